"""Values as YAML that the strict reader takes back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def scalar(text: str) -> str:
    """An id or a day as it is, any other text in quotes."""
    return text if _PLAIN.fullmatch(text) else quoted(text)


def quoted(text: str) -> str:
    """A text in quotes; what does not print is named by its number, so that a file never hides anything."""
    return "".join(char if char.isprintable() else _named(char) for char in json.dumps(text, ensure_ascii=False))


def row(values: Iterable[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, values))}]"


def pairs(values: Mapping[str, str]) -> str:
    """A mapping on one line."""
    inner = ", ".join(f"{key}: {value}" for key, value in values.items())
    return f"{{{inner}}}"


def _named(char: str) -> str:
    return f"\\U{ord(char):08X}"
