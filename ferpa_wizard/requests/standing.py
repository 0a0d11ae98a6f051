"""Standing decisions of a home folder: kept in the ledger, each change an entry.

Home shows them, so the engine is loaded only where a decision is judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ferpa_wizard.core import standing_decision as core
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import Decided, decided
from ferpa_wizard.requests.errors import DecisionError, RequestsError

if TYPE_CHECKING:
    from ferpa_wizard.core.facts import Answer
    from ferpa_wizard.core.model import Pack
    from ferpa_wizard.core.profile import Profile


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a record may stand: `why_not` says why it may not at all, `lapses` what cuts `latest` short."""

    latest: str
    why_not: tuple[str, ...] = ()
    lapses: tuple[str, ...] = ()


class StandingDecisions:
    """Reads and notes them; `opened` gives the ledger, for writing or not, `rules` the rules and profile of today."""

    def __init__(
        self,
        opened: Callable[[bool], Ledger],
        now: Callable[[], datetime],
        rules: Callable[[], tuple[Pack, Profile]],
    ) -> None:
        self._opened, self._now, self._rules = opened, now, rules
        self._read = 0
        self._latest: dict[str, Standing] = {}

    def of(self, number: str) -> Standing | None:
        """How one record stands; None if nobody let it. Raises LedgerError."""
        self._catch_up()
        return self._latest.get(self._opened(False).get(number).number)

    def every(self) -> list[Standing]:
        """Those that nobody has ended, the one that was let stand first coming first."""
        try:
            self._catch_up()
        except LedgerMissing:
            return []
        return [one for one in self._latest.values() if not one.ended]

    def stay(self, number: str) -> Stay:
        """Whether and how long a record may stand. Raises LedgerError, RequestsError, and what `Desk.pack` raises."""
        from ferpa_wizard.core import may_stand

        body = self._decided(number).body
        pack, profile = self._rules()
        if reason := may_stand.why_not(body, pack):
            return Stay("", (reason,))
        if lapsed := may_stand.what_lapsed(body, pack, profile, self._today()):
            return Stay("", (*lapsed, core.AGAIN))
        latest, lapses = may_stand.last_day(body, pack, profile)
        return Stay(latest, (may_stand.TOO_OLD,)) if latest < self._today() else Stay(latest, (), lapses)

    def stand(self, number: str, until: str, *, by: str) -> Standing:
        """Let a record stand until the end of a day. Raises DecisionError with what to mend, and as `stay` does."""
        stay, decision = self.stay(number), self._decided(number)
        if stay.why_not:
            raise DecisionError([("", says) for says in stay.why_not])
        standing = Standing(decision.number, until, decision.body["request"]["title"])
        if wrong := core.problems(standing, by=by, today=self._today(), latest=stay.latest):
            raise DecisionError(wrong)
        return self._note(standing, by)

    def end(self, number: str, *, by: str) -> Standing:
        """End it today. Raises LedgerError, RequestsError."""
        return self._note(replace(self._standing(number), ended=self._today()), by)

    def resume(self, standing: Standing, *, by: str) -> None:
        """Take back that it was ended. Raises LedgerError."""
        self._note(replace(standing, ended=""), by)

    def refusals(self, number: str, day: str) -> list[str]:
        """Why it cannot be used for this day, and what to do; nothing while it stands.

        The answers of the record are run again under the rules and the profile of today. Raises as `stay` does.
        """
        from ferpa_wizard.core.may_stand import what_lapsed

        if over := self._standing(number).over(day):
            return [over]
        pack, profile = self._rules()
        lapsed = what_lapsed(self._decided(number).body, pack, profile, day)
        return [*lapsed, core.AGAIN] if lapsed else []

    def answers(self, number: str) -> dict[str, Answer]:
        """The answers that people gave in this record, for a new request. Raises LedgerError, RequestsError."""
        from ferpa_wizard.core.rerun import given_in

        return given_in(self._decided(number).body)

    def _decided(self, number: str) -> Decided:
        return decided(self._opened(False), number)

    def _standing(self, number: str) -> Standing:
        found = self.of(number)
        if found is None:
            raise RequestsError(f"Record {number} does not stand. Let it stand first, on its page or with: log stand.")
        return found

    def _note(self, standing: Standing, by: str) -> Standing:
        self._opened(True).append(core.KIND, core.entry_of_standing(standing, by=by), at=self._now())
        return standing

    def _today(self) -> str:
        return self._now().date().isoformat()

    def _catch_up(self) -> None:
        for entry in self._opened(False).every(core.KIND, after=self._read):
            self._read = entry.sequence
            found = core.standing_in_entry(entry.body or {})
            if found is not None:
                self._latest[found.record] = found
