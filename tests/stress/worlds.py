"""A small world to try things in: a desk with its home, a shared folder, and places for exports and backups."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests import rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Wanted
from ferpa_wizard.requests.sealed import Sealed
from ferpa_wizard.requests.steps import whole
from tests import real
from tests.ledger.old.make import HEAD, LEDGER, OLD

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
LATER = datetime(2034, 1, 2, 10, tzinfo=UTC)
"""When all that was decided NOW is past its time."""
BEFORE = b"the last one\n"
"""What stands where an export goes."""
_YEARS = 3


def ready(at: Path) -> None:
    """Load what the acts need, so that forks have it, by doing something of everything once."""
    import typst  # noqa: F401  only loaded: what it compiles leaves threads behind, which no fork would have

    vars(rules)["read_pack"] = real.read_once
    make(at, 1)
    with at_desk(at) as desk:
        for form in ("csv", "xlsx", "jsonl", "bundle"):
            whole(desk.exports.exporting(Wanted(form), at / "out" / form))


def at_home(home: Path, now: Callable[[], datetime] = lambda: NOW) -> Desk:
    """The desk of a home, as a new start of the program makes it."""
    profile = replace(real.profiles()["example"], until={}, retention=(Rule("decision", (), _YEARS),))
    return Desk(home, lambda: (real.pack(), profile), now=now)


@contextmanager
def at_desk(at: Path, now: Callable[[], datetime] = lambda: NOW) -> Iterator[Desk]:
    """The desk whose home is in this world, for a block, and closed as a window closes it."""
    desk = at_home(at / "home", now)
    try:
        yield desk
    finally:
        desk.close()


def answers() -> dict[str, Answer]:
    """Those of a whole request, in their order."""
    return dict(next(one.answers for one in real.examples() if one.id == "new-school-wants-file"))


def seal(desk: Desk, words: str = "As we agreed.", name: str = "R. Osei") -> Sealed:
    """A record, made as a window makes one: answers first, each kept in the draft."""
    request = desk.new()
    for value in answers().values():
        request.answer(value)
    return request.decide(Decision("ask-officer", (), words, name, "registrar"))


def make(at: Path, records: int) -> None:
    """A world whose desk has so many records and a draft."""
    for name in ("home", "share", "out", "backups", "old"):
        (at / name).mkdir(parents=True)
    with at_desk(at) as desk:
        for number in range(records):
            seal(desk, f"Words of record {number}.")
        desk.new().answer("school")


def put_old(home: Path) -> None:
    """Put the oldest ledger that schools may have into this home."""
    home.mkdir(parents=True, exist_ok=True)
    (home / NAME).write_bytes(gzip.decompress((_oldest() / LEDGER).read_bytes()))


def old_head() -> str:
    """The last seal of that ledger."""
    return (_oldest() / HEAD).read_text(encoding="utf-8").strip()


def _oldest() -> Path:
    return min(file.parent for file in OLD.glob(f"*/{LEDGER}"))


def seals(home: Path) -> dict[str, str]:
    """The seals of all entries that match theirs, by number. Raises LedgerError."""
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        return {entry.number: entry.seal for entry in ledger.every() if entry.matches}


def asked_by(home: Path) -> Iterator[str]:
    """What a new start on this home would have to tell or to ask, a sentence each; nothing where all is well."""
    desk = at_home(home)
    desk.drafts()
    yield from (f"a new start says: {says}" for says in desk.problems())
    desk.recent()
    desk.close()
    if (home / NAME).exists():
        verdict = verify(home)
        if not verdict.holds:
            yield f"it does not verify: {verdict.says}"


def strays(folder: Path, *fine: str) -> Iterator[str]:
    """Files with a name that people see and that nobody asked for."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.name not in fine:
            yield f"{path.name} was left in {folder.name}"
