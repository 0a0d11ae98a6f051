"""Standing decisions of a home folder: kept in the ledger, each change an entry.

Home shows them, so the engine is loaded only where a decision is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ferpa_wizard.core import standing_decision as core
from ferpa_wizard.core.errors import AgreementsError
from ferpa_wizard.core.later import SUPERSEDE
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.requests.decided import VERIFY
from ferpa_wizard.requests.entries import Entries, signed
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.following import Following

if TYPE_CHECKING:
    from ferpa_wizard.core.agreement import Agreement
    from ferpa_wizard.core.model import Pack
    from ferpa_wizard.core.profile import Profile
    from ferpa_wizard.requests.agreements import Agreements
    from ferpa_wizard.requests.later import Later


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a record may stand: `why_not` says why it may not at all, `lapses` what cuts `latest` short."""

    latest: str
    why_not: tuple[str, ...] = ()
    lapses: tuple[str, ...] = ()


class StandingDecisions:
    """Reads and notes them.

    `later` knows which records were replaced; `rules` gives the rules and profile of today, `agreements` the register.
    """

    def __init__(
        self,
        entries: Entries,
        later: Later,
        rules: Callable[[], tuple[Pack, Profile]],
        agreements: Callable[[], Agreements],
    ) -> None:
        self._entries, self._later, self._rules, self._agreements = entries, later, rules, agreements
        self._latest: dict[str, Standing] = {}
        self._noted: dict[str, int] = {}  # the sequence of the entry that says so
        self._following = Following(entries, self._forget, core.KIND)

    def of(self, number: str) -> Standing | None:
        """How one record stands; None if nobody let it. Raises LedgerError."""
        self._catch_up()
        return self._latest.get(self._entries.number(number))

    def every(self) -> list[Standing]:
        """Those that nobody has ended, the one that was let stand first coming first."""
        try:
            self._catch_up()
        except LedgerMissing:
            return []
        return [one for one in self._latest.values() if not one.ended and not self._later.replaced(one.record)]

    def over(self, standing: Standing, day: str) -> str:
        """Why it does not serve this day, and what to do; empty while it stands. Raises LedgerError."""
        return self._replaced(standing.record, day) or standing.over(day)

    def stay(self, number: str) -> Stay:
        """Whether and how long a record may stand. Raises LedgerError, RequestsError, and what `Desk.pack` raises."""
        from ferpa_wizard.core import may_stand

        decision, today = self._entries.decided(number), self._entries.today
        pack, profile = self._rules()
        if reason := may_stand.why_not(decision.body, pack) or self._replaced(decision.number, today):
            return Stay("", (reason,))
        if lapsed := self._lapsed(decision.body, today):
            return Stay("", lapsed)
        latest, lapses = may_stand.last_day(decision.body, pack, profile, self._agreed(decision.body))
        return Stay(latest, (may_stand.TOO_OLD,)) if latest < today else Stay(latest, (), lapses)

    def stand(self, number: str, until: str, *, by: str) -> Standing:
        """Let a record stand until the end of a day. Raises DecisionError with what to mend, and as `stay` does."""
        stay, decision = self.stay(number), self._entries.decided(number)
        if stay.why_not:
            raise DecisionError([("", says) for says in stay.why_not])
        standing = Standing(decision.number, until, decision.body["request"]["title"])
        if wrong := core.problems(standing, by=by, today=self._entries.today, latest=stay.latest):
            raise DecisionError(wrong)
        return self._note(standing, by)

    def end(self, number: str, *, by: str) -> Standing:
        """End it today. Raises LedgerError, RequestsError."""
        standing = self._standing(number)
        if standing.ended:
            raise RequestsError(f"This decision was ended on {standing.ended}. Nothing was changed.")
        return self._note(replace(standing, ended=self._entries.today), by)

    def resume(self, standing: Standing, *, by: str) -> None:
        """Take back that it was ended. Raises LedgerError, RequestsError."""
        if self._standing(standing.record) != standing:
            raise RequestsError("Somebody let this decision stand anew since. Nothing was changed.")
        self._entries.decided(standing.record)
        self._note(replace(standing, ended=""), by)

    def refusals(self, number: str, day: str) -> list[str]:
        """Why it cannot be used for this day, and what to do; nothing while it stands.

        The answers of the record are run again under the rules and the profile of today. Raises as `stay` does.
        """
        standing = self._standing(number)
        if over := self.over(standing, day) or self._unsure(standing):
            return [over]
        return list(self._lapsed(self._entries.decided(number).body, day))

    def _replaced(self, record: str, day: str) -> str:
        newer = self._later.replaced(record)
        if newer is None or day < newer.day:
            return ""
        return f"Record {newer.by} took the place of this one on {newer.day}. If that one shares, let it stand instead."

    def _unsure(self, standing: Standing) -> str:
        """What to say where an entry that cannot be read any more may have ended it."""
        spoiled = self._entries.altered((core.KIND, SUPERSEDE), after=self._noted[standing.record])
        if not spoiled:
            return ""
        told = f"Entry {spoiled[0]} changed after it was sealed; it may have ended this decision."
        return f"{told} {VERIFY} If it still holds, let it stand anew."

    def _lapsed(self, body: Mapping[str, Any], day: str) -> tuple[str, ...]:
        """What it rested on and does not hold on this day, and what to do; nothing while all of it does."""
        from ferpa_wizard.core.may_stand import agreement_lapsed, what_lapsed

        pack, profile = self._rules()
        try:
            lapsed = agreement_lapsed(body, pack, self._agreed(body), day)
        except (AgreementsError, OSError):
            return ("The register of agreements cannot be read. The page Agreements says what to mend there.",)
        found = (lapsed,) if lapsed else what_lapsed(body, pack, profile, day)
        return (*found, core.AGAIN) if found else ()

    def _agreed(self, body: Mapping[str, Any]) -> Agreement | None:
        """The agreement that answered a part of a record, as the register has it now."""
        return self._agreements().find(body["agreement"]["id"]) if body.get("agreement") else None

    def _standing(self, number: str) -> Standing:
        found = self.of(number)
        if found is None:
            raise RequestsError(f"Record {number} does not stand. Let it stand first, on its page or with: log stand.")
        return found

    def _note(self, standing: Standing, by: str) -> Standing:
        self._entries.append(core.KIND, core.entry_of_standing(standing, by=signed(by)))
        return standing

    def _catch_up(self) -> None:
        for entry in self._following.new():
            found = core.standing_in_entry(entry.body or {})
            if found is not None:
                self._latest[found.record], self._noted[found.record] = found, entry.sequence

    def _forget(self) -> None:
        self._latest.clear()
        self._noted.clear()
