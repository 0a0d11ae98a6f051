"""The pure core: rules, walk, determination, record. No Qt, no SQL, no clock, no network."""
