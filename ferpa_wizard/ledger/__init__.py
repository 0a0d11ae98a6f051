"""What is kept: the append-only ledger, its check and exports, and drafts."""
