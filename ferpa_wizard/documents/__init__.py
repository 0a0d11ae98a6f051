"""Papers: one neutral document, and thin writers that give it a form."""
