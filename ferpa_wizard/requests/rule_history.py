"""Which rules the decisions of a home folder used, how often, and what they would come to today."""

from __future__ import annotations

from collections.abc import Callable

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.log_chains import Chains
from ferpa_wizard.requests.past_decisions import PastDecisions
from ferpa_wizard.requests.rule_use import RuleUse


class RuleHistory:
    """Reads the chains only; `now` gives the rules in use."""

    def __init__(self, chains: Chains, now: Callable[[], Pack]) -> None:
        self._chains, self._now = chains, now
        self.use = RuleUse(chains)

    def pack(self, sha256: str) -> Pack:
        """The rules in use, or those that a chain holds. Raises LedgerError, RequestsError, RulesError."""
        if sha256 == self._now().sha256:
            return self._now()
        with self._chains.open() as ledgers:
            content = next((found for opened in ledgers.values() if (found := opened().pack(sha256))), None)
        if content is None:
            raise RequestsError("The log does not hold these rules. They may be in the log of another computer.")
        return pack_from_bytes(content)

    def past(self, sha256: str = "") -> PastDecisions:
        """The decisions made under these rules, or under any, to be looked at under those in use."""
        return PastDecisions(self._chains, self._now(), sha256)
