"""Which decisions the schedule of the school lets go, what keeps one here all the same, and the purge itself."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ferpa_wizard.core import retention as core
from ferpa_wizard.core import review
from ferpa_wizard.core.entry import KINDS, Entry
from ferpa_wizard.ledger.chains import copies
from ferpa_wizard.ledger.columns import dig
from ferpa_wizard.ledger.errors import LedgerError, LedgerMissing
from ferpa_wizard.ledger.export_scope import is_restricted
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import DECISION, Decided, not_purged
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.following import Following
from ferpa_wizard.requests.other_desks import chain_of
from ferpa_wizard.requests.steps import Step, whole
from ferpa_wizard.requests.sweep import Leftovers, SavedViews, still_named, sweep

if TYPE_CHECKING:
    from ferpa_wizard.requests.desk_parts import DeskParts

_ABOUT_NO_RECORD = {DECISION, core.PURGE, "answer-only", "checkpoint"}
_DIFFERS = "Its text does not match its seal. Verify the log, and tell the privacy officer."
_FOR_EVER = "No rule of the schedule fits it, so it is kept for ever."
_DRAFT = "A draft of its new version is open. Decide or delete that first."
_NO_SCHEDULE = "The profile has no schedule (retention:), so all decisions are kept for ever."
_SCHEDULE = "Decisions that no rule of the schedule fits are kept for ever."


class Why(NamedTuple):
    """A reason for which a record stays, in a sentence; `see` is the command that shows more, if one does."""

    says: str
    see: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A decision: the last day on which it is kept by which rule, both empty if for ever, and why it stays now."""

    number: str
    sequence: int
    last_day: str
    rule: str
    why: tuple[Why, ...]
    restricted: bool

    @property
    def may_go(self) -> bool:
        return not self.why


@dataclass(frozen=True, slots=True)
class Purged:
    """The number of the purge, how many records and entries it took, and what is not cleaned up yet, in sentences.

    The number is empty where there was nothing to purge, and the files alone were cleaned up. `views` of the log that
    people had saved went, too, since they held a word of it.
    """

    number: str
    records: int
    entries: int
    views: int
    left: tuple[str, ...]


@dataclass
class _Taken:
    """What a purge takes: entries, the rules that say so, and what people typed."""

    records: int = 0
    views: int = 0
    sequences: set[int] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)


class _NothingToPurge(RequestsError):  # noqa: N818  it is no error to people
    """There is nothing to take."""


class Retention:
    """Looks at the records of a desk and purges them."""

    def __init__(self, desk: DeskParts, entries: Entries) -> None:
        self._desk, self._entries = desk, entries
        self._belonging: dict[tuple[str, str], set[int]] = {}
        kinds = (kind for kind in KINDS if kind not in _ABOUT_NO_RECORD)
        self._following = Following(entries, self._belonging.clear, *kinds)

    @property
    def says(self) -> str:
        """What is kept for ever, in a sentence. Raises what `Desk.profile` raises."""
        return _SCHEDULE if self._desk.profile.retention else _NO_SCHEDULE

    @property
    def elsewhere(self) -> str:
        """What is purged at other desks, in a sentence; empty where there are none."""
        others = len(copies(self._desk.home))
        if others == 1:
            return "Records of the other desk are purged at that desk; here is a copy."
        return f"Records of the {others} other desks are purged at those desks; here are copies." if others else ""

    def of(self, number: str) -> Row:
        """How long one decision is kept, and why it stays. Raises as `due` does."""
        entry = not_purged(self._entries.opened(False), number)
        return self._row(entry, self._entries.today, Leftovers(self._desk.home).replacing)

    def due(self, on: str = "") -> list[Row]:
        """The decisions whose time is up on a day, today if left out, the oldest first, also those that stay.

        Lists only count those that are restricted. Raises LedgerError, RequestsError, and what `Desk.profile` raises.
        """
        return whole(self.looking(on))

    def looking(self, on: str = "") -> Generator[Step, None, list[Row]]:
        """The same, a decision at a time."""
        found: list[Row] = []
        day, rules = on or self._entries.today, self._desk.profile.retention
        if not rules:
            return found
        # Never a day too early: the year of a rule may have a day more.
        ahead = date.fromisoformat(day) - self._entries.now().date() + timedelta(days=1)
        before = self._entries.now() + ahead - timedelta(days=365 * min(rule.years for rule in rules))
        replacing = Leftovers(self._desk.home).replacing
        with suppress(LedgerMissing):
            ledger = self._entries.opened(False)
            of = ledger.count(DECISION)
            for read, entry in enumerate(ledger.every(DECISION, before=before), start=1):
                row = self._row(entry, day, replacing)
                if "" < row.last_day < day:
                    found.append(row)
                yield Step(read, of, "Decision")
        return found

    def purge(self, numbers: Collection[str], *, by: str, words: str) -> Purged:
        """Purge these records and all that belongs to them, or none of them.

        What belonged to records that were purged before, here or at another desk, goes along, and the home folder is
        cleaned up. Raises DecisionError with what to mend or why a record stays, LedgerError, RequestsError, and what
        `Desk.profile` raises.
        """
        by, words = by.strip(), words.strip()
        if wrong := core.problems(by, words):
            raise DecisionError(wrong)
        ledger, taken = self._entries.opened(True), _Taken()
        _ = self._desk.profile  # this and what belongs to what are read before others have to wait
        self._catch_up()

        def body() -> dict[str, object]:
            self._take(ledger, numbers, taken)
            return core.entry_of_purge(taken.sequences, by=by, words=words, schedule=sorted(taken.rules))

        try:
            number = ledger.purge(body, at=self._entries.now()).number
        except _NothingToPurge:
            number = ""
        left = sweep(self._desk.home, ledger)
        for name in still_named(ledger, taken.texts):
            left.append(f"The file {name} still holds words of what was purged. Delete it if nobody needs it.")
        return Purged(number, taken.records, len(taken.sequences), taken.views, tuple(left))

    def _take(self, ledger: Ledger, numbers: Collection[str], taken: _Taken) -> None:
        """Fill in what goes. Nobody else writes meanwhile, so that what holds now holds until it is gone."""
        leftovers, day = Leftovers(self._desk.home), self._entries.today
        decisions = [not_purged(ledger, number) for number in dict.fromkeys(numbers)]
        rows = [self._row(entry, day, leftovers.replacing) for entry in decisions]
        if refused := [("record", f"Record {row.number} stays: {why.says}") for row in rows for why in row.why]:
            raise DecisionError(refused)
        self._catch_up()
        for row in rows:
            taken.sequences |= {row.sequence, *self._belonging.get(("", row.number), ())}
            taken.rules.add(row.rule)
        taken.records = len(rows)
        taken.sequences |= self._left_over(ledger)
        if not taken.sequences:
            raise _NothingToPurge
        for entry in decisions:
            leftovers.remove(entry.body or {}, entry.at)
        for sequence in taken.sequences:
            taken.texts |= core.typed_in(ledger.get(sequence).body or {})
        taken.views = SavedViews(self._desk.home).forget(map(ledger.get, taken.sequences), ledger)

    def _row(self, entry: Entry, day: str, replacing: Collection[str]) -> Row:
        restricted = is_restricted(entry)
        if entry.kind != DECISION:
            raise RequestsError(f"Entry {entry.number} is no decision. It goes with the decision that it belongs to.")
        if entry.text is None or not entry.matches:
            return Row(entry.number, entry.sequence, "", "", (Why(_DIFFERS),), restricted)
        rule = core.first_that_fits(self._desk.profile.retention, str(dig(entry.body, "decision", "choice")))
        if rule is None:
            return Row(entry.number, entry.sequence, "", "", (Why(_FOR_EVER),), restricted)
        last_day = rule.last_day(self._entries.day_of(entry))
        early = day <= last_day
        why = (Why(f"It is kept until {last_day}."),) if early else tuple(self._needed(entry, day, replacing))
        return Row(entry.number, entry.sequence, last_day, rule.says, why, restricted)

    def _needed(self, decision: Entry, day: str, replacing: Collection[str]) -> Iterator[Why]:
        """What keeps a record here though its time is up."""
        desk, keeping, number = self._desk, self._desk.keeping, decision.number
        if keeping.holds.count(number):
            yield Why("It is on legal hold.", f"log hold {number}")
        if open_ := sum(not todo.done for todo in desk.todos.on(Decided(number, decision.body or {}))):
            yield Why(f"{open_} on it {'is' if open_ == 1 else 'are'} still to do.", f"log due {number}")
        yield from self._needed_for_uses(number, day)
        if keeping.reviews.state_of(decision) in (review.CHANGE_ASKED, review.REOPENED):
            yield Why("Its review is open.", f"log review {number}")
        if number in replacing:
            yield Why(_DRAFT)

    def _needed_for_uses(self, number: str, day: str) -> Iterator[Why]:
        standing = self._desk.standing.of(number)
        if standing is None:
            return
        if not standing.over(day):
            yield Why(f"It stands until {standing.until}, so it may still be used.")
        if count := sum(not one.written for one in self._desk.uses.standing(number)):
            yield Why(f"{count} of its uses were not written out for the students’ files.", f"log uses {number}")

    def _left_over(self, ledger: Ledger) -> set[int]:
        """What belongs to records that were purged before, and was written at the same time or in another chain."""
        gone = {sequence for purge in ledger.every(core.PURGE) for sequence in core.named_in(purge.body or {})}
        found = set()
        for (installation, number), sequences in self._belonging.items():
            if self._is_purged(installation, number) if installation else _sequence(number) in gone:
                found |= sequences
        return found

    def _is_purged(self, installation: str, number: str) -> bool:
        """Has another desk purged it? Its chain may be out of reach; then nobody knows."""
        with (
            suppress(LedgerError, RequestsError),
            chain_of(self._desk.home, installation, now=self._entries.now()) as chain,
        ):
            return chain.get(number).text is None
        return False

    def _catch_up(self) -> None:
        for entry in self._following.new():
            if entry.text is not None and (record := core.belongs_to(entry.body or {})):
                self._belonging.setdefault(record, set()).add(entry.sequence)


def _sequence(number: str) -> int:
    last = number.rpartition("-")[2]
    return int(last) if last.isascii() and last.isdigit() else 0
