"""What a desk keeps beside its requests and records, each part made when it is first asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ferpa_wizard.ledger.errors import LedgerMissing

if TYPE_CHECKING:
    from ferpa_wizard.core.model import Pack
    from ferpa_wizard.core.profile import Profile
    from ferpa_wizard.ledger.ledger import Ledger
    from ferpa_wizard.requests.agreements import Agreements
    from ferpa_wizard.requests.central import Central
    from ferpa_wizard.requests.entries import Entries
    from ferpa_wizard.requests.exporting import Exports
    from ferpa_wizard.requests.issued import IssuedPapers
    from ferpa_wizard.requests.keeping import Keeping
    from ferpa_wizard.requests.later import Later
    from ferpa_wizard.requests.log_book import LogBook
    from ferpa_wizard.requests.rule_history import RuleHistory
    from ferpa_wizard.requests.school import School
    from ferpa_wizard.requests.standing import StandingDecisions
    from ferpa_wizard.requests.todos import Todos
    from ferpa_wizard.requests.uses import Uses


class Beside(NamedTuple):
    """To-dos, notes and new versions of the records of one chain."""

    todos: Todos
    later: Later


class DeskParts(ABC):
    """The parts need a home folder, its ledger, the rules and a clock."""

    home: Path
    central: Central
    _now: Callable[[], datetime]
    _entries: Entries

    @property
    @abstractmethod
    def pack(self) -> Pack:
        """The rules."""

    @property
    @abstractmethod
    def profile(self) -> Profile:
        """The school's profile."""

    @property
    @abstractmethod
    def _rules(self) -> tuple[Pack, Profile]:
        """The rules and the profile."""

    @abstractmethod
    def read_anew(self) -> None:
        """Take rules and profile as they are now."""

    @abstractmethod
    def _open(self, *, writing: bool = True) -> Ledger:
        """The ledger; reading makes none. Raises LedgerMissing when there is none to read."""

    @contextmanager
    def chain(self, installation: str = "") -> Iterator[Ledger]:
        """The chain of this desk to read, or the copy of another desk's. Raises LedgerError, RequestsError."""
        if self.is_own(installation):
            yield self._open(writing=False)
            return
        from ferpa_wizard.requests.other_desks import chain_of

        with chain_of(self.home, installation, now=self._now()) as copy:
            yield copy

    def is_own(self, installation: str) -> bool:
        """Does it name this desk, or no other?"""
        try:
            return installation in ("", self._open(writing=False).installation)
        except LedgerMissing:
            return not installation

    def beside(self, chain: Ledger) -> Beside:
        """What stands in a chain beside its records."""
        if self.is_own(chain.installation):
            return Beside(self.todos, self.later)
        from ferpa_wizard.requests.entries import Entries
        from ferpa_wizard.requests.later import Later
        from ferpa_wizard.requests.todos import Todos

        entries = Entries(lambda _: chain, self._now)
        return Beside(Todos(entries), Later(entries))

    @cached_property
    def todos(self) -> Todos:
        """What is left to do on the decisions, with owner, day and whether it is done."""
        from ferpa_wizard.requests.todos import Todos

        return Todos(self._entries)

    @cached_property
    def later(self) -> Later:
        """Notes on records, and which record took the place of which."""
        from ferpa_wizard.requests.later import Later

        return Later(self._entries)

    @cached_property
    def issued(self) -> IssuedPapers:
        """The papers that were made of the decisions, by their SHA-256."""
        from ferpa_wizard.requests.issued import IssuedPapers

        return IssuedPapers(self._entries)

    @cached_property
    def history(self) -> RuleHistory:
        """Which rules the decisions used, how often, and what they would come to today."""
        from ferpa_wizard.requests.rule_history import RuleHistory

        return RuleHistory(self.book.chains, lambda: self.pack)

    @cached_property
    def keeping(self) -> Keeping:
        """Reviews of records, legal holds, and the schedule by which records go."""
        from ferpa_wizard.requests.keeping import Keeping

        return Keeping(self, self._entries)

    @cached_property
    def book(self) -> LogBook:
        """The log to look through: all decisions of this home folder, those of other desks included."""
        from ferpa_wizard.requests.log_book import LogBook

        return LogBook(self.home, lambda: self._open(writing=False), self._now)

    @cached_property
    def exports(self) -> Exports:
        """The log as a file for others: all of it or what a search finds."""
        from ferpa_wizard.requests.exporting import Exports

        return Exports(self.home, self._now)

    @cached_property
    def agreements(self) -> Agreements:
        """The register of agreements with partners."""
        from ferpa_wizard.requests.agreements import Agreements

        return Agreements(self.home, lambda: self.pack, self._now)

    @cached_property
    def school(self) -> School:
        """The profile of the school, to look at and to change."""
        from ferpa_wizard.requests.school import School

        return School(self.home, self.read_anew, school=self.central.source.school)

    @cached_property
    def standing(self) -> StandingDecisions:
        """The decisions that serve requests like them until a day."""
        from ferpa_wizard.requests.standing import StandingDecisions

        return StandingDecisions(self._entries, self.later, lambda: self._rules, lambda: self.agreements)

    @cached_property
    def uses(self) -> Uses:
        """The uses of standing decisions."""
        from ferpa_wizard.requests.uses import Uses

        return Uses(self._entries, self.standing)
