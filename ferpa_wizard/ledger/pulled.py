"""What is known of another desk since its copy was last brought up to date; kept beside the copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ferpa_wizard.core.entry import EntryError, parse_time
from ferpa_wizard.ledger.replacing import replacing

STATE = "state.json"
SILENT_DAYS = 7
_MOST = 16 * 1024 * 1024  # bytes: a stamp has a hundred
_MOST_ENTRIES = 10**16 - 1  # as many as the names of segments can tell
_TEXTS = ("name", "contact", "seen", "program", "pack", "pack_version")
GAP, DUPLICATE, FORK, REWIND, BROKEN = "gap", "duplicate", "fork", "rewind", "broken"
HARMLESS = frozenset({DUPLICATE})
"""Faults that nobody has to look into."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a desk's folder; `kind` is one of the above, `says` a sentence or two."""

    kind: str
    says: str


@dataclass(frozen=True)
class Pulled:
    """`contact` is when the desk was last heard of, by its own clock, and `seen` when a pull first saw that.

    `new` is how many entries the last pull added to the copy, `count` how many it has. `stamps` are size and time of
    each segment that was read, and `lacking` the rules that entries name and that were not on the share.
    """

    installation: str
    name: str = ""
    contact: str = ""
    seen: str = ""
    new: int = 0
    count: int = 0
    program: str = ""
    pack: str = ""
    pack_version: str = ""
    faults: tuple[Fault, ...] = ()
    stamps: Mapping[str, list[int]] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()

    @property
    def heard(self) -> datetime | None:
        """When the desk was last heard of; a clock that is ahead does not make it later than it was seen."""
        times = [time for time in (_time(self.contact), _time(self.seen)) if time]
        return min(times, default=None)

    def is_silent(self, now: datetime, days: int = SILENT_DAYS) -> bool:
        return self.heard is not None and now - self.heard >= timedelta(days=days)

    @property
    def needs_person(self) -> bool:
        """Is there a fault that somebody has to look into?"""
        return any(fault.kind not in HARMLESS for fault in self.faults)


def load(folder: Path, installation: str) -> Pulled:
    """What was kept in the folder of a copy; what cannot be read is found out anew by the next pull."""
    try:
        with (folder / STATE).open("rb") as file:
            return _pulled(json.loads(file.read(_MOST)), installation)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return Pulled(installation)


def keep(folder: Path, pulled: Pulled) -> None:
    """Raises OSError."""
    with replacing(folder / STATE) as file:
        file.write(json.dumps(asdict(pulled), indent=1, sort_keys=True).encode("ascii"))


def _pulled(value: dict[str, Any], installation: str) -> Pulled:
    """Raises ValueError, TypeError, KeyError, AttributeError, OverflowError."""
    faults = tuple(Fault(str(one["kind"]), str(one["says"])) for one in value["faults"])
    stamps = {str(name): [int(part) for part in stamp] for name, stamp in value["stamps"].items()}
    known: dict[str, Any] = {name: str(value[name]) for name in _TEXTS}
    known |= {name: _counted(value[name]) for name in ("new", "count")}
    return Pulled(installation, **known, faults=faults, stamps=stamps, lacking=tuple(map(str, value["lacking"])))


def _counted(value: Any) -> int:
    """Raises ValueError for what counts no entries."""
    if type(value) is not int or not 0 <= value <= _MOST_ENTRIES:
        raise ValueError
    return value


def _time(text: str) -> datetime | None:
    try:
        return parse_time(text).astimezone(UTC)
    except EntryError:
        return None
