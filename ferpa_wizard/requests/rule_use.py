"""How often the decisions in the ledger used which rules and which way to share; no text of a decision is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from dataclasses import dataclass

from ferpa_wizard.core.retention import PURGE
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.ledger import Ledger, Use
from ferpa_wizard.requests.decided import DECISION
from ferpa_wizard.requests.steps import Step


@dataclass(frozen=True, slots=True)
class UsedPack:
    """Rules that decisions were made under, as their records name them."""

    sha256: str
    id: str
    version: str
    law_as_of: str
    review: str


class RuleUse:
    """Counts once, and from then on what is new; `open_ledger` raises LedgerMissing where there is none."""

    def __init__(self, open_ledger: Callable[[], Ledger]) -> None:
        self._open = open_ledger
        self._seen = self._purges = 0
        self.packs: dict[str, UsedPack] = {}
        self.decisions: Counter[str] = Counter()  # by the SHA-256 of their rules
        self.bases: Counter[str] = Counter()  # by the id of their basis
        self.unread = 0  # somebody changed their text

    def counting(self) -> Generator[Step, None, None]:
        """Go on to count, a page at a time; between two the ledger may be closed and opened. Raises LedgerError."""
        try:
            every, purges = self._open().count(DECISION), self._open().count(PURGE)
        except LedgerMissing:
            return
        if purges != self._purges:  # some that were counted are gone
            self._forget()
            self._purges = purges
        while page := self._open().uses(after=self._seen):
            for use in page:
                if use.sha256:
                    self._add(use)
                else:
                    self.unread += 1
            self._seen = page[-1].sequence
            yield Step(self.decisions.total(), every, "Decision")

    def _forget(self) -> None:
        self._seen = 0
        for known in (self.packs, self.decisions, self.bases):
            known.clear()

    def _add(self, use: Use) -> None:
        self.packs.setdefault(use.sha256, UsedPack(use.sha256, use.id, use.version, use.law_as_of, use.review))
        self.decisions[use.sha256] += 1
        if use.basis:
            self.bases[use.basis] += 1
