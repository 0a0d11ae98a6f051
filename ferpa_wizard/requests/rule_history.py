"""Which rules the decisions of a home folder used, how often, and what they would come to today."""

from __future__ import annotations

from collections.abc import Callable

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.rule_use import RuleUse
from ferpa_wizard.requests.rule_versions import PastDecisions


class RuleHistory:
    """Reads the ledger only; `opened` raises LedgerMissing where there is none."""

    def __init__(self, opened: Callable[[], Ledger], now: Callable[[], Pack]) -> None:
        self._opened, self._now = opened, now
        self.use = RuleUse(opened)

    def pack(self, sha256: str) -> Pack:
        """The rules in use, or those that the ledger holds. Raises LedgerError, RequestsError, RulesError."""
        if sha256 == self._now().sha256:
            return self._now()
        content = self._opened().pack(sha256)
        if content is None:
            raise RequestsError("The log does not hold these rules. They may be in the log of another computer.")
        return pack_from_bytes(content)

    def past(self, sha256: str) -> PastDecisions:
        """The decisions made under these rules, to be looked at under those in use."""
        return PastDecisions(self._opened, sha256, self._now())
