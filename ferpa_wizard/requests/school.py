"""The profile of a home folder, as people look at it and change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.errors import Mistake, ProfileError, RulesError
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import FOREVER, NO_PROFILE, Profile
from ferpa_wizard.core.profile_text import profile_text
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.strict_yaml import file_content
from ferpa_wizard.core.typed import sound, unfit_day
from ferpa_wizard.core.values import take
from ferpa_wizard.core.walk import Ask, Choice, ask_of, label_of
from ferpa_wizard.ledger.errors import FileNotSaved, translated
from ferpa_wizard.ledger.file import turn_in
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.errors import DecisionError, RequestsError
from ferpa_wizard.requests.kept import in_use
from ferpa_wizard.requests.rules import PROFILE, all_rules, checked

BEFORE = "profile.before.yaml"
_CHANGED = (
    "Somebody changed the profile since you opened this page. Nothing was written, and nothing of theirs is lost. "
    "Open the page again, look at what changed, then make your change."
)
_YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


@dataclass(frozen=True)
class Shown:
    """What there is to show; with `mistakes` the file cannot be used, and pack and profile are those without it.

    The hash of the profile is that of the file in any case: `keep` knows by it what was looked at. `district` is what
    the district sets for this school; it goes before the profile, and nobody changes it here.
    """

    pack: Pack
    profile: Profile
    mistakes: tuple[Mistake, ...] = ()
    district: Profile = NO_PROFILE


@dataclass(frozen=True, slots=True)
class StandingFact:
    """One standing question, or a row of a checklist, with its answer; `answer` is None where the school gave none.

    `until` is the last day on which it holds, empty where it holds for good; `own` says that the day is its own;
    `by_district` says that the district gave the answer, and nobody changes it here.
    """

    ask: Ask
    answer: Answer | None
    label: str
    until: str
    own: bool
    lapsed: bool
    by_district: bool = False


class School:
    """`saved` is called after the file was written, to read rules and profile anew; it may raise what that raises.

    `school` is the name of the school where IT has set it.
    """

    def __init__(self, home: Path, saved: Callable[[], None], *, school: str = "") -> None:
        self.file, self.before = home / PROFILE, home / BEFORE
        self._home, self._saved, self._school = home, saved, school

    def look(self) -> Shown:
        """The profile of the file, or its mistakes. Raises RulesError and OSError where the rules are the trouble."""
        try:
            found = all_rules(self._home, None, school=self._school)
            return Shown(found.pack, found.own, district=found.district or NO_PROFILE)
        except ProfileError as error:
            pack = read_pack(paths.data() / "rules" / "ferpa")
            return Shown(pack, replace(NO_PROFILE, sha256=self._sha256()), tuple(error.mistakes))

    def facts(self, shown: Shown, on: str) -> Iterator[StandingFact]:
        """Every standing question and row of the rules, and what else the profile answers."""
        for ask in _asks(shown):
            by_district = ask.id in shown.district.answers
            profile = shown.district if by_district else shown.profile
            answer = profile.answers.get(ask.id)
            day = profile.until.get(ask.id, FOREVER)
            yield StandingFact(
                ask=ask,
                answer=answer,
                label="" if answer is None else label_of(ask, answer),
                until="" if day == FOREVER or answer is None else day,
                own=answer is not None and day != (profile.review_by or FOREVER),
                lapsed=answer is not None and on > day,
                by_district=by_district,
            )

    def answered(self, shown: Shown, name: str, value: object, until: str) -> Profile:
        """The profile with this fact answered, until a day or, without one, until its review.

        Raises AnswerError, and DecisionError with what to mend.
        """
        if wrong := unfit_day(until):
            raise DecisionError([("until", wrong)])
        known = shown.profile
        answer = str(value) if name in shown.pack.ticks else take(value, name, Facts(shown.pack, {}))
        days = {**known.until, name: until or known.review_by or FOREVER}
        return replace(known, answers={**known.answers, name: answer}, until=days)

    def without(self, shown: Shown, name: str) -> Profile:
        """The profile without an answer to this fact: staff are asked it again."""
        known = shown.profile
        answers = {key: value for key, value in known.answers.items() if key != name}
        return replace(known, answers=answers, until={key: day for key, day in known.until.items() if key != name})

    def reviewed(self, profile: Profile, review_by: str) -> Profile:
        """The profile with another day for its review, which goes for each fact that has no day of its own."""
        old, new = profile.review_by or FOREVER, review_by or FOREVER
        until = {name: new if day == old else day for name, day in profile.until.items()}
        return replace(profile, review_by=review_by, until=until)

    def keep(self, profile: Profile) -> None:
        """Write the file, once it can be read again with the rules that it names; a former one is kept beside it.

        Raises DecisionError with what to mend, RequestsError where the file is not the one that was looked at any
        more, RulesError, FileNotSaved, LedgerLocked and DiskFull.
        """
        if wrong := list(_problems(profile)):
            raise DecisionError(wrong)
        data = profile_text(profile)
        try:
            self._checked(data)
        except ProfileError as error:
            raise DecisionError([_at_field(one, data) for one in error.mistakes]) from error
        with translated(self.file, otherwise=FileNotSaved):
            paths.private_folder(self._home)
            with turn_in(self._home):
                if self._sha256() != profile.sha256:
                    raise RequestsError(_CHANGED)
                self._keep_former()
                with replacing(self.file) as file:
                    file.write(data)
        self._saved()

    def _sha256(self) -> str:
        """Of the file as it stands; empty where there is none."""
        return sha256(file_content(self.file)).hexdigest() if self.file.is_file() else ""

    def _checked(self, data: bytes) -> Profile:
        """The profile in these bytes, as it would stand beside what the district sets. Raises as `look` does."""
        return checked(data, self.file, self._home, sent=in_use(self._home), school=self._school).own

    def _keep_former(self) -> None:
        """Keep the file as it was, unless it holds nothing but what this program wrote: no comments are lost then."""
        if not self.file.is_file():
            return
        former = file_content(self.file)
        try:
            own = profile_text(self._checked(former)) == former
        except RulesError:
            own = False
        if not own:
            with replacing(self.before) as file:
                file.write(former)


def _problems(profile: Profile) -> Iterator[tuple[str, str]]:
    if not profile.school.strip():
        yield "school", "Write the name of the school."
    if wrong := unfit_day(profile.review_by):
        yield "review_by", wrong
    if any(not person.role.strip() for person in profile.people):
        yield "people", "Write the role of each person."
    people = (text for person in profile.people for text in (person.role, person.name, person.phone))
    if not all(map(sound, (profile.school, profile.district, *people))):
        yield "school", "A text holds half a character, which no file can keep. Type it again."


def _at_field(mistake: Mistake, data: bytes) -> tuple[str, str]:
    """The field of the profile on whose line the mistake is, or answers; and what to do."""
    line = data.decode().splitlines()[mistake.line - 1]
    field = "answers" if line.startswith(" ") else line.partition(":")[0]
    return field, f"{mistake.what} {mistake.instead}".strip()


def _asks(shown: Shown) -> Iterator[Ask]:
    pack, answers = shown.pack, {**shown.profile.answers, **shown.district.answers}
    facts = Facts(pack, {}, answers)
    yield from (ask_of(one.id, facts) for one in pack.questions.values() if one.standing)
    rows = {row.id: row for basis in pack.bases for part in basis.paperwork for row in part.ticks()}
    for row in rows.values():
        if row.standing or row.id in answers:
            yield Ask(
                id=row.id, section="conditions", text=row.says, hint="", why="", cite=row.cite, find_out="", kind="one",
                options=_YES_NO, page="question", on_page=row.id,
            )  # fmt: skip
