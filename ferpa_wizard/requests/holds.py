"""Legal holds on records: kept in the ledger, each hold and each release an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.core import hold as core
from ferpa_wizard.core.hold import Hold
from ferpa_wizard.ledger.errors import LedgerMissing
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.following import Following

_FREE = "No hold stands on this record, so there is none to release. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Kept:
    """A hold or a release with the moment at which it was written."""

    hold: Hold
    at: datetime
    restricted: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A record that is held: how many holds stand on it, and all holds and releases, the oldest first."""

    record: str
    count: int
    history: tuple[Kept, ...]
    restricted: bool


class Holds:
    """Reads and notes them."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._kept: dict[str, list[Kept]] = {}
        self._following = Following(entries, self._kept.clear, core.KIND)

    def of(self, number: str) -> Held:
        """How one record is held. Raises LedgerError, RequestsError."""
        record = self._entries.decided(number).number
        self._catch_up()
        return self._held(record)

    def count(self, record: str) -> int:
        """How many holds stand on the decision with just this number, which is at hand. Raises LedgerError."""
        self._catch_up()
        return self._held(record).count

    def every(self) -> list[Held]:
        """All records that are held; those that are restricted are marked, and lists only count them."""
        try:
            self._catch_up()
        except LedgerMissing:
            return []
        return [held for held in map(self._held, self._kept) if held.count]

    def hold(self, number: str, words: str, *, by: str) -> Held:
        """Hold a record. Raises DecisionError with what to mend, LedgerError, RequestsError."""
        return self._note(number, core.HOLD, words, by)

    def release(self, number: str, words: str, *, by: str) -> Held:
        """Release one hold; where two stand, one is left. Raises as `hold` does."""
        if not self.of(number).count:
            raise DecisionError([("act", _FREE)])
        return self._note(number, core.RELEASE, words, by)

    def _note(self, number: str, act: str, words: str, by: str) -> Held:
        decision = self._entries.decided(number)
        hold = Hold(decision.number, act, words.strip(), by.strip())
        if wrong := core.problems(hold):
            raise DecisionError(wrong)
        restricted = decision.body["restricted"] is True
        self._entries.append(core.KIND, core.entry_of_hold(hold, restricted=restricted))
        return self.of(decision.number)

    def _held(self, record: str) -> Held:
        history = tuple(self._kept.get(record, ()))
        count = core.standing(one.hold.act for one in history)
        return Held(record, count, history, restricted=any(one.restricted for one in history))

    def _catch_up(self) -> None:
        for entry in self._following.new():
            body = entry.body or {}
            if (hold := core.hold_in(body)) is not None:
                kept = Kept(hold, entry.at, restricted=body.get("restricted") is True)
                self._kept.setdefault(hold.record, []).append(kept)
