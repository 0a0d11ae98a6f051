"""Makes an old ledger for the tests, by hand, once for each version of the rules that was given to schools.

    .venv/bin/python -m tests.ledger.old.make

What is made stays for ever as it is: a program that can no longer read it has broken a promise.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.desk import Desk
from tests import real

OLD = Path(__file__).parent
LEDGER, HEAD = "ledger.sqlite.gz", "head.txt"
START = datetime(2026, 11, 24, 10, tzinfo=UTC)
PROFILE = "example"


@dataclass(frozen=True)
class Kept:
    """A worked example and what is decided about it."""

    example: str
    choice: str
    reasons: tuple[str, ...] = ()
    words: str = ""
    notes: dict[str, str] = field(default_factory=dict)


KEPT = (
    Kept("tutoring-no-control", "share-after-steps", notes={"change": "Tutors see who needs help.", "look-again": "In June."}),
    Kept("parent-sees-grades", "share", words="The parent came in."),
    Kept("club-own-program", "do-not-share", ("ferpa",)),
    Kept("tutoring-in-order", "not-now", ("ferpa", "practical"), "We have no time."),
    Kept("k058-grand-jury-secrecy", "ask-officer", words="Counsel looks at the paper."),
)  # fmt: skip


def main() -> int:
    """Write the folder of the present version of the rules; refuse to touch one that is there."""
    folder = OLD / real.pack().version
    if (folder / LEDGER).exists():
        sys.stderr.write(f"{folder} is there already, and an old ledger is never made anew.\n")
        return 1
    with tempfile.TemporaryDirectory() as home:
        head = fill(Path(home))
        content = (Path(home) / "ledger.sqlite").read_bytes()
    folder.mkdir(exist_ok=True)
    (folder / LEDGER).write_bytes(gzip.compress(content, 9, mtime=0))
    (folder / HEAD).write_text(head + "\n", encoding="utf-8")
    sys.stdout.write(f"{folder}: {(folder / LEDGER).stat().st_size // 1000} kB\n")
    return 0


def fill(home: Path) -> str:
    """Seal the decisions in this home folder, a minute or more apart; the last seal of the chain."""
    examples = {example.id: example for example in real.examples()}
    minutes = iter(range(100_000))
    rules = (real.pack(), real.profiles()[PROFILE])
    desk = Desk(home, lambda: rules, now=lambda: START + timedelta(minutes=next(minutes)))
    for kept in KEPT:
        request = desk.unsaved(examples[kept.example].answers)
        request.note(Intake("R-7", "They called twice.", "2026-11-20", "phone", "2026-12-01", "called back"))
        request.decide(Decision(kept.choice, kept.reasons, kept.words, "R. Osei", "registrar", notes=kept.notes))
    with desk._open(writing=False) as ledger:  # the desk tells no head
        return ledger.head()


if __name__ == "__main__":
    sys.exit(main())
