"""How often the decisions in the log used which rules and which way to share; no text of a decision is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass

from ferpa_wizard.core.retention import PURGE
from ferpa_wizard.ledger.used_rules import Use
from ferpa_wizard.requests.decided import DECISION
from ferpa_wizard.requests.log_chains import Chains
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
    """Counts once over all chains, and from then on what is new."""

    def __init__(self, chains: Chains) -> None:
        self._chains = chains
        self._seen: Counter[str] = Counter()  # the last sequence that was counted, by installation
        self._purges = 0
        self.packs: dict[str, UsedPack] = {}
        self.decisions: Counter[str] = Counter()  # by the SHA-256 of their rules
        self.bases: Counter[str] = Counter()  # by the id of their basis
        self.unread = 0  # somebody changed their text

    def counting(self) -> Generator[Step, None, None]:
        """Go on to count, a page at a time; between two the ledger may be closed and opened. Raises LedgerError."""
        with self._chains.open() as ledgers:
            self._forget_purged(sum(opened().count(PURGE) for opened in ledgers.values()))
            every = sum(opened().count(DECISION) for opened in ledgers.values())
            for chain, opened in ledgers.items():
                while page := opened().uses(after=self._seen[chain.installation]):
                    for use in page:
                        if use.sha256:
                            self._add(use)
                        else:
                            self.unread += 1
                    self._seen[chain.installation] = page[-1].sequence
                    yield Step(self.decisions.total(), every, "Decision")

    def _forget_purged(self, purges: int) -> None:
        """Count all anew where a purge has taken some that were counted."""
        if purges != self._purges:
            self._purges, self.unread = purges, 0
            for known in (self._seen, self.packs, self.decisions, self.bases):
                known.clear()

    def _add(self, use: Use) -> None:
        self.packs.setdefault(use.sha256, UsedPack(use.sha256, use.id, use.version, use.law_as_of, use.review))
        self.decisions[use.sha256] += 1
        if use.basis:
            self.bases[use.basis] += 1
