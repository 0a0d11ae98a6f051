"""The check of all that a home holds as evidence: its own chain, its copies of other desks' chains, and papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger.chains import copies, places
from ferpa_wizard.ledger.checkpoint import Checkpoint, CheckpointUnusable, noted, read_checkpoint
from ferpa_wizard.ledger.errors import LedgerError, translated
from ferpa_wizard.ledger.file import NAME, was_kept
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import DIFFERS, UNREADABLE, Verdict, verify
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.issued import ISSUED, Paper, papers_in


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """One chain: whose it is, what was found, and the checkpoint that it was held against."""

    desk: str  # the installation; empty for the home's own
    verdict: Verdict
    checkpoint: Checkpoint | None = None

    @property
    def name(self) -> str:
        return f"Desk {self.desk}" if self.desk else "This desk"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, the home's own chain first. `head` is the seal that its own chain was held against."""

    at: datetime
    chains: tuple[ChainCheck, ...]
    papers: tuple[Paper, ...] = ()
    head: str = ""

    @property
    def ok(self) -> bool:
        return all(chain.verdict.holds for chain in self.chains) and all(paper.state == ISSUED for paper in self.papers)

    @property
    def count(self) -> int:
        return self.chains[0].verdict.count

    @property
    def lines(self) -> tuple[str, ...]:
        """One line a desk; the name is left out where there is no other."""
        if len(self.chains) == 1 and not self.chains[0].desk:
            return (self.chains[0].verdict.says,)
        return tuple(f"{chain.name}: {chain.verdict.says}" for chain in self.chains)

    @property
    def says(self) -> str:
        return "\n".join(self.lines)


def check(
    home: Path, *, at: datetime, head: str | None = None, checkpoint: Path | None = None, papers: Sequence[Path] = ()
) -> Checked:
    """Check every chain, and then the papers against their records.

    `head`, a seal kept elsewhere, must be in the home's own chain; `checkpoint` is the file of one, and is held against
    the chain of its desk. Raises RequestsError when one of them is none, and for a paper that cannot be read,
    LedgerError where the folder itself does not answer.
    """
    kept = _checkpoint(checkpoint)
    with translated(home / NAME):
        others = {place.installation: place.home for place in places(home)}
        has_own = (home / NAME).exists() or was_kept(home / NAME) or not others
    own = kept if kept and (kept.installation not in others or kept.installation == _installation(home, at)) else None
    chains = []
    # A district may hold nothing but copies. What was asked of this desk is answered all the same.
    if has_own or head is not None or own is not None:
        chains.append(ChainCheck("", _verified(home, head, own), own))
    for installation, folder in others.items():
        theirs = kept if kept and own is None and kept.installation == installation else None
        verdict = _of_desk(installation, verify(folder, checkpoint=theirs))
        chains.append(ChainCheck(installation, verdict, theirs))
    found = look_at_papers(home, papers, at=at) if papers else []
    return Checked(at, tuple(chains), tuple(found), head or "")


def look_at_papers(home: Path, papers: Iterable[Path], *, at: datetime) -> list[Paper]:
    """What the records of all chains say of these files, and of those in these folders. Raises RequestsError."""
    with ExitStack() as open_ones:
        ledgers = [open_ones.enter_context(ledger) for ledger in _readable(home, at)]
        return papers_in(papers, ledgers)


def checkpoint_of(home: Path, *, at: datetime) -> Checkpoint:
    """How far the home's own chain has come, once it was checked. Raises RequestsError, LedgerError."""
    verdict = verify(home)
    if not verdict.holds:
        raise RequestsError(f"No checkpoint was taken, because the log does not hold. {verdict.says}")
    if verdict.head == GENESIS:
        raise RequestsError("The log holds no entries yet, so there is nothing to note. Take one after a decision.")
    with Ledger.open(home, now=at, readonly=True) as ledger:
        last = ledger.get(verdict.count).at
    return noted(verdict.installation, verdict.count, last=last, head=verdict.head, at=at)


def _checkpoint(file: Path | None) -> Checkpoint | None:
    try:
        return read_checkpoint(file) if file is not None else None
    except CheckpointUnusable as error:
        raise RequestsError(str(error)) from error


def _verified(home: Path, head: str | None, checkpoint: Checkpoint | None) -> Verdict:
    try:
        return verify(home, head=head, checkpoint=checkpoint)
    except ValueError as error:
        raise RequestsError(
            "This is no seal. A seal has 64 characters, 0 to 9 and a to f; it stands on each record."
        ) from error


def _of_desk(installation: str, verdict: Verdict) -> Verdict:
    """A copy must be of the desk that its folder is named for."""
    if verdict.outcome == UNREADABLE or verdict.installation in ("", installation):
        return verdict
    says = f"The copy is of another desk ({verdict.installation}). Pull this desk again into an empty folder."
    return replace(verdict, outcome=DIFFERS, problems=(says, *verdict.problems), fault=verdict.fault or "other-desk")


def _installation(home: Path, at: datetime) -> str:
    try:
        with Ledger.open(home, now=at, readonly=True) as ledger:
            return ledger.installation
    except LedgerError:
        return ""


def _readable(home: Path, at: datetime) -> Iterator[Ledger]:
    """Chains that cannot be opened name no paper; the check of the chains tells of them."""
    for folder in (home, *(copy.home for copy in copies(home))):
        try:
            yield Ledger.open(folder, now=at, readonly=True)
        except LedgerError:
            continue
