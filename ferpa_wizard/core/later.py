"""What is said of a sealed record later: a note on it, or that another record takes its place. The record stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, unfit

NOTE, SUPERSEDE = "note", "supersede"
"""The kinds of entries."""
FORMAT = 1
LONGEST_NOTE = 2_000
Body = Mapping[str, Any]
_FIELDS = ("record", "says", "by")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the record with this number; `by` is the name of who wrote it."""

    record: str
    says: str
    by: str


def problems(note: Note) -> list[tuple[str, str]]:
    """What keeps a note from being kept: the field and a sentence."""
    found = {
        "says": unfit(note.says, LONGEST_NOTE, missing="Write the note."),
        "by": unfit(note.by, LONGEST_LINE, missing="Write your name."),
    }
    return [(name, says) for name, says in found.items() if says]


def entry_of_note(note: Note, *, restricted: bool) -> dict[str, object]:
    return {"format": FORMAT, "record": note.record, "says": note.says, "by": note.by, "restricted": restricted}


def note_in(body: Body) -> Note | None:
    """What an entry of a note says; None for one of another shape."""
    texts = [text for name in _FIELDS if isinstance(text := body.get(name), str)]
    return Note(*texts) if len(texts) == len(_FIELDS) else None


def superseding(number: str, body: Body) -> list[dict[str, object]]:
    """The entry that goes with a new version of a record: which one it takes the place of."""
    old = body.get("replaces")
    if not old:
        return []
    return [{"format": FORMAT, "record": old, "by_record": number, "restricted": body["restricted"] is True}]


def superseded_in(body: Body) -> tuple[str, str] | None:
    """The record that lost its place and the one that took it; None for an entry of another shape."""
    old, new = body.get("record"), body.get("by_record")
    return (old, new) if isinstance(old, str) and isinstance(new, str) else None
