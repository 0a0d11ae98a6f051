"""Uses of standing decisions: logged, struck out, and written out for the students' files; all in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ferpa_wizard.core import use as core
from ferpa_wizard.core.use import Logged, Use
from ferpa_wizard.requests.entries import Entries, signed
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.following import Following
from ferpa_wizard.requests.standing import StandingDecisions

RECIPIENTS = 5


class Uses:
    """Reads and notes them."""

    def __init__(self, entries: Entries, standing: StandingDecisions) -> None:
        self._entries, self._standing = entries, standing
        self._following = Following(entries, self._forget, core.KIND, core.WRITTEN)
        self._uses: dict[str, tuple[Use, str]] = {}  # with the day on which it was logged
        self._struck: set[str] = set()
        self._written: set[str] = set()

    def of(self, number: str) -> list[Logged]:
        """All uses of one record, oldest first, those that were struck out too. Raises LedgerError."""
        self._catch_up()
        record = self._entries.number(number)
        return [self._as_it_stands(name) for name, (use, _) in self._uses.items() if use.record == record]

    def standing(self, number: str) -> list[Logged]:
        """The same without those that were struck out."""
        return [one for one in self.of(number) if not one.struck]

    def recipients(self, number: str) -> list[str]:
        """Who got data last, the newest first."""
        names = (one.use.recipient for one in reversed(self.standing(number)))
        return list(dict.fromkeys(names))[:RECIPIENTS]

    def log(self, use: Use) -> Logged:
        """Log a use. Raises DecisionError with what to mend, or with why it is refused; else as `stay` does."""
        decision = self._entries.decided(use.record)
        use = replace(use, record=decision.number)
        since, today = str(decision.body["on"]), self._entries.today
        if wrong := core.problems(use, since=since, today=today):
            raise DecisionError(wrong)
        if refused := self._standing.refusals(use.record, use.day):
            raise DecisionError([("", says) for says in refused])
        return Logged(self._entries.append(core.KIND, core.entry_of_use(use)).number, use, today)

    def strike(self, number: str, *, by: str) -> Logged:
        """Strike out the use with this number: a newer entry says so. Raises LedgerError, RequestsError."""
        self._catch_up()
        number = self._entries.number(number)
        if number not in self._uses:
            raise RequestsError(f"Entry {number} is no use of a standing decision. Nothing was changed.")
        if number in self._struck:
            raise RequestsError(f"The use {number} was struck out before. Nothing was changed.")
        self._entries.append(core.KIND, core.entry_of_strike(self._as_it_stands(number), by=signed(by)))
        self._struck.add(number)
        return self._as_it_stands(number)

    def note_written(self, record: str, uses: Sequence[Logged], *, by: str) -> None:
        """Note that the entries for the students' files were written out. Raises as `log` does."""
        decision = self._entries.decided(record)
        body = core.entry_of_written(decision.number, [one.number for one in uses], by=signed(by))
        self._entries.append(core.WRITTEN, body)

    def _as_it_stands(self, number: str) -> Logged:
        use, logged = self._uses[number]
        return Logged(number, use, logged, struck=number in self._struck, written=number in self._written)

    def _catch_up(self) -> None:
        """Read what was noted since the last look."""
        for entry in self._following.new():
            body = entry.body or {}
            if (use := core.use_in(body)) is not None:
                self._uses[entry.number] = use, self._entries.day_of(entry)
            self._struck.add(core.struck_in(body))
            self._written.update(core.written_in(body))

    def _forget(self) -> None:
        for known in (self._uses, self._struck, self._written):
            known.clear()
