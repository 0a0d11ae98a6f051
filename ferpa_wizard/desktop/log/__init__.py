"""The decision log: search, list, detail, charts and review."""
