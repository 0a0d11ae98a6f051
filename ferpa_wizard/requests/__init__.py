"""What window and terminal share: open a request, answer, change, decide, seal, write papers."""
