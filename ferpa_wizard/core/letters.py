"""A text at the start of a line and inside a sentence."""

from __future__ import annotations


def raised(text: str) -> str:
    """The text as it stands at the start of a line."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
