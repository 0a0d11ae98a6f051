"""What a command found, for people who read it in a terminal."""

from __future__ import annotations


def plain(value: object) -> str:
    """A value of JSON in one line; nothing is `none`."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {plain(inner)}" for name, inner in value.items()) or "none"
    if isinstance(value, list | tuple):
        return "; ".join(map(plain, value)) or "none"
    return "none" if value in (None, "") else str(value)
