"""Drafts: one JSON file a request, replaced whole, and never in the way of another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from ferpa_wizard.ledger.errors import DraftDamaged, DraftError, DraftMissing, translated
from ferpa_wizard.ledger.replacing import delete, replacing, sweep
from ferpa_wizard.paths import private_folder, sync_folder

Draft = dict[str, Any]

DRAFTS = "drafts"
"""The folder of a home that holds them."""
FORMAT = 1
MAX_BYTES = 5 * 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SUFFIX = ".json"
_NEEDED = ("format", "id", "saved", "answers")
_TYPES: Mapping[str, type] = {
    "id": str,
    "started": str,
    "saved": str,
    "answers": dict,
    "set_aside": dict,
    "reference": str,
    "words": str,
    "received": str,
    "way": str,
    "deadline": str,
    "identity": str,
    "keep_out": bool,
    "asker": str,
    "result_seen": bool,
    "changed_after_result": list,
    "agreement": str,
    "replaces": str,
    "waiting": dict,
    "passed_on": dict,
}
_NESTED: Mapping[str, Mapping[str, type]] = {
    "waiting": {
        "choice": str,
        "reasons": list,
        "words": str,
        "by_name": str,
        "by_role": str,
        "second_name": str,
        "second_role": str,
        "notes": dict,
        "found": dict,
    },
    "passed_on": {"name": str, "role": str, "school": str, "at": str, "found": dict},
}
"""What stands in a decision that waits, and in what is known of who passed the request on; both may be empty."""


@dataclass(frozen=True)
class Listing:
    """The drafts that can be opened, last saved first, and a sentence for each file that cannot."""

    drafts: tuple[Draft, ...]
    problems: tuple[str, ...]


class Drafts:
    """The drafts of one home folder.

    Every method raises DraftError (or DiskFull) when the folder does not allow it; what was saved before
    then still is.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / DRAFTS
        self.discarded = self.folder / "discarded"
        self.damaged = self.folder / "damaged"

    def save(self, draft: Mapping[str, Any]) -> None:
        """Put this draft on the disk in place of its last version; return when it is there.

        Raises ValueError for a draft that could not be opened again.
        """
        name = str(draft.get("id"))
        if problem := problem_in(dict(draft), name):
            raise ValueError(problem)
        # Escaped, so that any text a keyboard can make survives, half characters included.
        data = json.dumps(draft, indent=1, sort_keys=True, allow_nan=False).encode("ascii")
        path = self._path(name)
        if len(data) > MAX_BYTES:
            raise DraftError(path, f"It is larger than {MAX_BYTES // 1024 // 1024} MB.")
        with translated(path, otherwise=DraftError, needs=len(data)):
            private_folder(self.folder)
            with replacing(path) as file:
                file.write(data)

    def load(self, name: str) -> Draft:
        """The draft with this id. Raises DraftMissing, and DraftDamaged once it has been moved aside."""
        return self._read(self._path(name))

    def list(self) -> Listing:
        """All drafts. Damaged files are moved to `drafts/damaged/` and reported, and hide no other."""
        drafts, problems = [], []
        with translated(self.folder, otherwise=DraftError):
            sweep(self.folder)
            paths = sorted(self.folder.glob("*" + _SUFFIX))
        for path in paths:
            try:
                drafts.append(self._read(path))
            except DraftMissing:
                continue  # another window decided or deleted it just now
            except DraftError as error:
                problems.append(str(error))
        drafts.sort(key=lambda draft: _time(draft["saved"]) or datetime.min.replace(tzinfo=UTC), reverse=True)
        return Listing(tuple(drafts), tuple(problems))

    def discard(self, name: str) -> None:
        """Move the draft to `drafts/discarded/`, from where `restore` brings it back."""
        self._move(self._path(name), self.discarded)

    def remove(self, name: str) -> None:
        """Delete the draft for good, also one that was discarded: its record is sealed."""
        file = self._path(name).name
        with translated(self.folder, otherwise=DraftError):
            delete(folder / file for folder in (self.folder, self.discarded))

    def restore(self, name: str) -> None:
        """Undo `discard`. Raises DraftMissing when there is nothing to bring back."""
        if self._path(name).exists():
            raise DraftError(self._path(name), "A draft with this name is there already.")
        self._move(self.discarded / self._path(name).name, self.folder)

    def forget_discarded(self) -> int:
        """Delete for good what was discarded; how many that were."""
        with translated(self.discarded, otherwise=DraftError):
            paths = sorted(self.discarded.glob("*" + _SUFFIX))
            delete(paths)
        return len(paths)

    def _path(self, name: str) -> Path:
        if not _ID.fullmatch(name):
            raise DraftMissing(self.folder / "(no such name)")
        return self.folder / (name + _SUFFIX)

    def _read(self, path: Path) -> Draft:
        try:
            with translated(path, otherwise=DraftError):
                return _draft(path)
        except _UnusableError as error:
            raise self._set_aside(path, str(error)) from error

    def _set_aside(self, path: Path, why: str) -> DraftDamaged:
        names = (path.name if n == 1 else f"{path.stem}-{n}{_SUFFIX}" for n in count(1))
        try:
            private_folder(self.damaged)
            target = next(self.damaged / name for name in names if not (self.damaged / name).exists())
            path.rename(target)
            sync_folder(self.folder)
        except OSError:
            return DraftDamaged(path, f"{why} It stays where it is, because it could not be moved.")
        return DraftDamaged(path, f"{why} It was moved to {target}.")

    def _move(self, path: Path, folder: Path) -> None:
        with translated(path, otherwise=DraftError):
            private_folder(folder)
            try:
                path.replace(folder / path.name)
            except FileNotFoundError as error:
                raise DraftMissing(path) from error
            sync_folder(folder)
            sync_folder(path.parent)


class _UnusableError(Exception):
    """A file that is no draft; `str()` says why."""


def _draft(path: Path) -> Draft:
    """The draft in this file. Raises _UnusableError, DraftMissing, OSError."""
    if not path.exists():
        raise DraftMissing(path)
    if not path.is_file():
        raise _UnusableError("It is not a file.")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _UnusableError("It is far larger than any draft.")
    if not data.strip(b" \t\r\n\0"):
        raise _UnusableError("It is empty.")
    try:
        draft: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _UnusableError("It was cut short or changed by something else.") from error
    if problem := problem_in(draft, path.stem):
        raise _UnusableError(problem)
    if not isinstance(draft, dict):  # said by problem_in already; this is for the types
        raise _UnusableError("It is no draft.")
    return draft


def problem_in(draft: object, name: str) -> str:
    """What keeps this from being the draft of that name; empty when nothing does."""
    if not isinstance(draft, dict):
        return "It holds something else than a draft."
    if type(draft.get("format")) is not int or draft["format"] < FORMAT:
        return "It does not say in which format it is."
    if draft["format"] > FORMAT:
        return "A newer FERPA Wizard wrote it; open it with that one."
    if draft.get("id") != name or not _ID.fullmatch(name):
        return "It belongs to a draft of another name."
    if missing := [key for key in _NEEDED if key not in draft]:
        return f"Its {missing[0]} is missing."
    return _wrong_types(draft)


def _wrong_types(draft: Draft) -> str:
    for key, kind in _TYPES.items():
        if key in draft and type(draft[key]) is not kind:
            return f"Its {key} has been changed by something else."
    if any(_time(draft[key]) is None for key in ("saved", "started") if key in draft):
        return "It does not say when it was saved."
    if not all(_is_answer(answer) for answer in draft["answers"].values()):
        return "One of its answers has been changed by something else."
    if not all(type(name) is str for name in draft.get("changed_after_result", [])):
        return "Its changed_after_result has been changed by something else."
    if strange := [key for key, types in _NESTED.items() if draft.get(key) and not _holds(draft[key], types)]:
        return f"Its {strange[0]} has been changed by something else."
    return ""


def _holds(found: Mapping[str, Any], types: Mapping[str, type]) -> bool:
    """Is each of these there, of its type, and made of nothing but text?"""
    if any(type(found.get(key)) is not kind for key, kind in types.items()):
        return False
    values = [found[key] for key in types]
    inner = [part for value in values for part in (value.values() if isinstance(value, dict) else value)]
    return all(type(part) is str for part in inner) and ("at" not in types or _time(found["at"]) is not None)


def _is_answer(answer: object) -> bool:
    if isinstance(answer, (list, tuple)):
        return all(type(part) is str for part in answer)
    return type(answer) is str or type(answer) is int


def _time(text: str) -> datetime | None:
    """The moment, if it has its zone and any other zone can tell it, too."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.utcoffset() is not None and MINYEAR < when.year < MAXYEAR else None
