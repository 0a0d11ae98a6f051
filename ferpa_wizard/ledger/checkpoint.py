"""A checkpoint: how far a ledger had come, in a small file that is kept elsewhere.

The chain alone cannot tell an older copy, a cut-off end or a ledger that was made anew with fitting hashes. What was
noted on another computer, or on paper, can. That one was taken is no entry in the chain: whoever makes the chain anew
would leave it out, and a check must not need the right to write.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.core.entry import EntryError, number, parse_time, time_text
from ferpa_wizard.ledger.errors import ExportFailed, LedgerError, translated
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import replacing

KIND = "ferpa-wizard-checkpoint"
FORMAT = 1
MAX_BYTES = 64 * 1024
_SAYS = (
    "Keep this file where those who can change the log cannot reach it. To see whether the log still holds all that it "
    "held then: ferpa-wizard log verify --checkpoint THIS-FILE, or python verify_ledger.py ledger.sqlite --checkpoint "
    "THIS-FILE."
)
_FORMS = {
    "installation": re.compile(r"[0-9a-f]{32}"),
    "number": re.compile(r"\d{4}-\d{4,16}", re.ASCII),
    "head": re.compile(r"[0-9a-f]{64}"),
    "program": re.compile(r"[!-~]{1,64}"),
}
_LETTERS, _IN_A_ROW = 4, 4


class CheckpointUnusable(LedgerError):  # noqa: N818  as its neighbours in errors.py
    """The file is no checkpoint; `detail` says why."""

    happened = "The checkpoint {file} cannot be used."
    safe = "The log was not checked against it."
    now = "Take another copy of that checkpoint, or an older one."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`number` and `head` are those of the last entry; `count` is its sequence, `time` when this was noted."""

    installation: str
    count: int
    number: str
    head: str
    time: str
    program: str

    @property
    def day(self) -> str:
        return self.time[:10]

    @property
    def groups(self) -> tuple[str, ...]:
        """The head in groups of four, four to a line, as people copy it from a screen to paper."""
        groups = [self.head[start : start + _LETTERS] for start in range(0, len(self.head), _LETTERS)]
        return tuple(" ".join(groups[start : start + _IN_A_ROW]) for start in range(0, len(groups), _IN_A_ROW))

    @property
    def text(self) -> str:
        """The file, for people and for programs."""
        found = {"kind": KIND, "format": FORMAT, "says": _SAYS, **asdict(self), "sum": _sum(self)}
        return json.dumps(found, indent=1) + "\n"


def noted(installation: str, count: int, *, last: datetime, head: str, at: datetime) -> Checkpoint:
    """The checkpoint of a chain that was checked just now; `last` is the time of its last entry."""
    return Checkpoint(installation, count, number(last, count), head, time_text(at), __version__)


def write_checkpoint(checkpoint: Checkpoint, out: Path, *, home: Path) -> None:
    """Write it, all or nothing. Raises ExportFailed, DiskFull."""
    if is_own_file(out, home):
        raise ExportFailed(out, OWN_FILE)
    with translated(out, otherwise=ExportFailed), replacing(out) as file:
        file.write(checkpoint.text.encode("ascii"))


def read_checkpoint(file: Path) -> Checkpoint:
    """The checkpoint in this file. Raises CheckpointUnusable."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CheckpointUnusable(file, f"(The system says: {error.strerror or error}.)") from error
    try:
        # An editor may have put a mark before the text; what it says is the same.
        found = json.loads(data.decode("utf-8-sig")) if len(data) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise CheckpointUnusable(file, "It holds no checkpoint, or it was cut short.")
    if type(found.get("format")) is int and found["format"] > FORMAT:
        raise CheckpointUnusable(file, "A newer FERPA Wizard wrote it; check it with that one.")
    checkpoint = _read(found)
    if checkpoint is None:
        raise CheckpointUnusable(file, "It was changed after it was written.")
    return checkpoint


def _read(found: dict[str, object]) -> Checkpoint | None:
    count, time = found.get("count"), found.get("time")
    texts = {name: str(found.get(name)) for name in _FORMS}
    if found.get("format") != FORMAT or type(count) is not int or count < 1:
        return None
    if not all(form.fullmatch(texts[name]) for name, form in _FORMS.items()):
        return None
    try:
        parse_time(time)
    except EntryError:
        return None
    checkpoint = Checkpoint(count=count, time=str(time), **texts)
    return checkpoint if found.get("sum") == _sum(checkpoint) else None


def _sum(checkpoint: Checkpoint) -> str:
    """Tells a damaged file from a ledger that does not fit. Whoever forges the file can work it out as well."""
    lines = "\n".join(str(value) for value in asdict(checkpoint).values())
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
