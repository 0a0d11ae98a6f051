"""What can go wrong with a paper."""

from __future__ import annotations


class DocumentError(Exception):
    """A paper could not be made or saved; the text is one or two sentences for a person."""
