"""Everything that one home folder offers: rules, profile, drafts and records. Built once and passed down.

Only what Home shows is loaded with this module; the engine comes with the first request, so that the window is up
sooner.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ferpa_wizard import paths
from ferpa_wizard.core.settings import NO_POLICY, Policy
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import DiskFull, LedgerMisplaced, LedgerMissing
from ferpa_wizard.ledger.errors import DraftError as StoredDraftError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.place import why_misplaced
from ferpa_wizard.requests.central import NOWHERE, Central, Source
from ferpa_wizard.requests.decided import DECISION, not_purged, unchanged
from ferpa_wizard.requests.desk_parts import DeskParts
from ferpa_wizard.requests.draft import Draft, from_json, same_answers, to_json
from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.errors import DraftError
from ferpa_wizard.requests.quick_starts import QUICK_STARTS
from ferpa_wizard.requests.sealed import Sealed

if TYPE_CHECKING:
    from ferpa_wizard.core.entry import Entry
    from ferpa_wizard.core.facts import Answer
    from ferpa_wizard.core.model import Pack
    from ferpa_wizard.core.profile import Profile
    from ferpa_wizard.core.rerun import Rerun
    from ferpa_wizard.requests.checking import Checked
    from ferpa_wizard.requests.courier import Courier
    from ferpa_wizard.requests.request import Request

ANSWER_ONLY = "answer-only"


@dataclass(frozen=True, slots=True)
class DraftRow:
    id: str
    title: str
    says: str
    saved: datetime
    waiting: bool = False  # its decision is filled in, and a second person has to agree


@dataclass(frozen=True, slots=True)
class RecordRow:
    number: str
    title: str
    choice: str
    label: str
    verdict: str
    basis: str
    at: datetime


class Desk(DeskParts):
    """`quick_starts` open a request with its first answer given; `courier` is told of each sealed decision."""

    quick_starts = QUICK_STARTS

    def __init__(
        self,
        home: Path,
        read: Callable[[], tuple[Pack, Profile]],
        *,
        now: Callable[[], datetime] | None = None,
        source: Source = NOWHERE,
    ) -> None:
        self.home = home
        self._read, self._now = read, now or _clock
        self.central = Central(home, source, self._now)
        self._drafts = Drafts(home)
        self._ledger: Ledger | None = None
        self._notes: list[str] = []
        self.courier: Courier | None = None
        self.policy = NO_POLICY
        self._entries = Entries(lambda writing: self._open(writing=writing), self._now)

    @classmethod
    def open(cls, home: Path | None = None, *, profile: Path | None = None, policy: Policy = NO_POLICY) -> Desk:
        """The desk of a home folder, under the policy of its organization; reads no rules and makes nothing yet."""
        place = paths.home(home)
        source = Source(policy.text("rules_folder"), policy.texts("rules_keys"), policy.text("school"))
        desk = cls(place, lambda: _rules(place, profile, source.school), source=source)
        desk.policy = policy
        return desk

    @cached_property
    def _rules(self) -> tuple[Pack, Profile]:
        return self._read()

    @property
    def pack(self) -> Pack:
        """The rules, read when they are first needed. Raises RulesError, ProfileError, OSError."""
        return self._rules[0]

    @property
    def profile(self) -> Profile:
        """The school's profile, read with the rules. Raises RulesError, ProfileError, OSError."""
        return self._rules[1]

    @property
    def has_rules(self) -> bool:
        """Have the rules been read? Asking reads none."""
        return "_rules" in self.__dict__

    def read_anew(self) -> None:
        """Take rules and profile as they are now. Raises RulesError, ProfileError, OSError."""
        self.__dict__.pop("_rules", None)
        _ = self._rules

    def now(self) -> datetime:
        """The moment on this computer's clock, with its zone."""
        return self._now()

    @property
    def today(self) -> str:
        """The day on this computer's clock, as 2026-11-24."""
        return self._now().date().isoformat()

    def close(self) -> None:
        """Let go of the ledger, and of drafts that were put away: nothing can bring them back now."""
        with suppress(StoredDraftError):
            self._drafts.forget_discarded()
        self._close_log()

    @contextmanager
    def apart(self) -> Iterator[Desk]:
        """The same desk with the log opened for itself, to read it in another thread."""
        other = Desk(self.home, lambda: self._rules, now=self._now)
        try:
            yield other
        finally:
            other._close_log()

    def _close_log(self) -> None:
        if "book" in self.__dict__:
            self.book.close()
        self._close_ledger()

    def _close_ledger(self) -> None:
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    # Requests and their drafts

    def new(self, answers: Mapping[str, Answer] | None = None, *, agreement: str = "", replaces: str = "") -> Request:
        """A new request, perhaps under an agreement; its draft is kept from the first answer on. What `replaces` a
        record starts with all that is known there.

        Raises RulesError, ProfileError, OSError; for a record that is replaced, LedgerError and RequestsError, too.
        """
        draft = replace(self._draft(answers or {}), agreement=agreement)
        return self._request(self.later.version(replaces, draft) if replaces else draft)

    def new_like(self, number: str) -> Request:
        """A new request with the answers that people gave in a record. Raises as `new` does for a replaced one."""
        return self._request(same_answers(self._draft({}), self._entries.decided(number).body))

    def unsaved(self, answers: Mapping[str, Answer] | None = None, *, on: str | None = None) -> Request:
        """A request that leaves no draft, as of another day if asked: for the command line."""
        return self._request(self._draft(answers or {}), on=on, keeps=False)

    def open_draft(self, draft_id: str) -> Request:
        """Carry on with a draft. Raises DraftError, and what `new` raises."""
        return self._request(self._load(draft_id))

    def take_over(self, passed: Draft) -> Request:
        """A request that another desk passed on, as a new draft of this one. Raises what `new` raises.

        Records and agreements of another desk are not those of this one, whatever the file says.
        """
        name = secrets.token_hex(8)
        request = self._request(replace(passed, id=name, started=self._now(), saved=None, agreement="", replaces=""))
        request.note(passed.intake)
        return request

    def pass_on(self, request: Request, out: Path, *, name: str, role: str) -> None:
        """Write a request for another desk; it stays here as well. Raises PassedOnError."""
        from ferpa_wizard.requests.passing import write_passed

        write_passed(request, out, home=self.home, name=name, role=role, at=self._now())

    def drafts(self) -> list[DraftRow]:
        """Newest first; a damaged one is moved aside and told in `problems`."""
        listing = self._drafts.list()
        self._notes = list(listing.problems)
        drafts = [from_json(stored) for stored in listing.drafts]
        return [
            DraftRow(draft.id, draft.title, draft.says, draft.saved or draft.started, waiting=bool(draft.waiting))
            for draft in drafts
        ]

    @property
    def misplaced(self) -> LedgerMisplaced | None:
        """The error that sealing would end in because of where the home lies: to be told before anybody answers."""
        return why_misplaced(self.home / NAME)

    def problems(self) -> list[str]:
        """What people should know on Home: that nothing can be sealed in this place, damaged drafts and, once the
        rules are read, facts that lapsed.
        """
        misplaced = self.misplaced
        notes = [*([str(misplaced)] if misplaced else ()), *self._notes]
        notes += self.courier.notes if self.courier else ()
        if not self.has_rules:
            return notes
        gone = self.central.problem(self.profile.release)
        lapsed = self.profile.lapsed(self.today)
        says = f"{len(lapsed)} facts of the school's profile are overdue for review, so they are asked again."
        return [*notes, *([gone] if gone else []), *([says] if lapsed else [])]

    def discard(self, draft_id: str) -> None:
        """Put a draft away; `restore` brings it back. Raises DraftError."""
        self._stored(lambda: self._drafts.discard(draft_id))

    def restore(self, draft_id: str) -> None:
        self._stored(lambda: self._drafts.restore(draft_id))

    # Records

    def recent(self, limit: int = 5) -> list[RecordRow]:
        """The newest decision records, without the restricted ones: those are opened by their number."""
        try:
            ledger = self._open(writing=False)
        except LedgerMissing:
            return []
        shown: list[RecordRow] = []
        for entry in self._entries.matching(_newest(ledger, limit)):
            if entry.body is not None and not entry.body.get("restricted"):
                shown.append(_row(entry.number, entry.at, entry.body))
            if len(shown) == limit:
                break
        return shown

    def record(self, number: str, installation: str = "") -> Sealed:
        """One sealed entry by its number, and what is left to do on it; of another desk, whose chain is here.

        Raises LedgerError, RequestsError.
        """
        with self.chain(installation) as chain:
            entry = unchanged(not_purged(chain, number))
            is_decision = entry.kind == DECISION and entry.body is not None
            todos = self.beside(chain).todos.of(entry.number) if is_decision else None
        return replace(_sealed(entry), todos=None if todos is None else tuple(todos))

    @property
    def altered(self) -> str:
        """A sentence on the entries that were met and do not match their seal; empty while none was."""
        return self._entries.warning

    def rerun(self, number: str) -> Rerun:
        """A sealed decision under the rules of today. Raises LedgerError, RequestsError, and what `pack` raises."""
        from ferpa_wizard.core.rerun import rerun

        return rerun(self._entries.decided(number).body, self.pack)

    def verify(
        self, head: str | None = None, *, checkpoint: Path | None = None, papers: Sequence[Path] = ()
    ) -> Checked:
        """Recompute the chain and the copies of others; `head` is a seal kept elsewhere, `checkpoint` the file of one,
        `papers` are files or folders. Raises RequestsError when one of them is not what it should be.
        """
        from ferpa_wizard.requests.checking import check

        return check(self.home, at=self.now(), head=head, checkpoint=checkpoint, papers=papers)

    def _open(self, *, writing: bool = True) -> Ledger:
        """The ledger; reading makes none. Raises LedgerMissing when there is none to read."""
        if self._ledger is not None and (self._ledger.moved or (writing and self._ledger.readonly)):
            self._close_ledger()
        if self._ledger is None:
            self._ledger = Ledger.open(self.home, now=self._now(), readonly=not writing)
        return self._ledger

    def _request(self, draft: Draft, *, on: str | None = None, keeps: bool = True) -> Request:
        from ferpa_wizard.requests.request import Request
        from ferpa_wizard.requests.room import Room

        if self.has_rules and self.central.has_other(self.profile.release):
            self.read_anew()
        agreement, lost = self.agreements.of_draft(draft.agreement)
        room = Room(
            pack=self.pack,
            profile=replace(self.profile, agreement=agreement),
            now=self._now,
            save=self._save if keeps else _forget,
            append=self._append,
            finish=self._finish if keeps else _forget,
            count=self._count,
            lost=lost,
        )
        return Request(room, draft, on=on)

    def _draft(self, answers: Mapping[str, Answer]) -> Draft:
        return Draft(id=secrets.token_hex(8), started=self._now(), answers=dict(answers))

    def _save(self, draft: Draft) -> None:
        self._stored(lambda: self._drafts.save(to_json(draft)))

    def _finish(self, draft_id: str) -> None:
        # The record is sealed and holds all of it; a draft that cannot be deleted is told on Home.
        try:
            self._drafts.remove(draft_id)
        except StoredDraftError as error:
            self._notes.append(str(error))

    def _load(self, draft_id: str) -> Draft:
        try:
            return from_json(self._drafts.load(draft_id))
        except (StoredDraftError, DiskFull) as error:
            raise DraftError(str(error)) from error

    @staticmethod
    def _stored(act: Callable[[], object]) -> None:
        try:
            act()
        except (StoredDraftError, DiskFull) as error:
            raise DraftError(str(error)) from error

    def _count(self, at: datetime) -> None:
        self._open().append(ANSWER_ONLY, {"format": 1}, at=at)

    def _append(self, body: dict[str, object], at: datetime) -> Sealed:
        entry = self._open().append(DECISION, body, at=at, pack=self.pack.content, also=self.later.along)
        if self.courier is not None:
            self.courier.go()
        return _sealed(entry)


def _newest(ledger: Ledger, at_once: int) -> Iterator[Entry]:
    """All decisions, newest first, read so many at once."""
    before = 0
    while page := ledger.entries(DECISION, limit=at_once, offset=before):
        yield from page
        before += len(page)


def _clock() -> datetime:
    return datetime.now(UTC).astimezone()


def _rules(home: Path, profile: Path | None, school: str) -> tuple[Pack, Profile]:
    from ferpa_wizard.requests.rules import read_rules

    return read_rules(home, profile, school=school)


def _forget(_: object) -> None:
    """Keeps nothing."""


def _sealed(entry: Entry) -> Sealed:
    return Sealed(entry.number, entry.seal, entry.at, dict(entry.body or {}))


def _row(number: str, at: datetime, body: Mapping[str, Any]) -> RecordRow:
    decision, found = body["decision"], body["determination"]
    return RecordRow(
        number=number,
        title=body["request"]["title"],
        choice=decision["choice"],
        label=decision["label"],
        verdict=found["verdict"],
        basis=(found["basis"] or {}).get("title", ""),
        at=at,
    )
