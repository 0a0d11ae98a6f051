"""The school's profile: standing facts with the day until which they may be relied on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.errors import AnswerError, Mistake, ProfileError
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.retention import KINDS, MOST_YEARS, Rule, never_counts
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.core.typed import is_day, is_whole_path
from ferpa_wizard.core.values import take

SECOND_PERSON = ("differs", "shares", "declines", "always")
"""When a decision needs a second person: where it goes against the result, shares, declines, or every time."""
_STATE = re.compile(r"[A-Z]{2}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]*\.yaml")
FOREVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the school to whom a request can be passed on."""

    role: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Profile:
    """`answers` by question or checklist row; `until` the last day each holds.

    `state` and `district` name the overlays that the school's requests are decided with. `second_person` says for which
    decisions the school wants a second person: some of SECOND_PERSON. `review_by` is the last day of those answers that
    have none of their own. `retention` says how long decisions are kept: the first rule that fits counts. `log_folder`
    is the shared folder that the log is pushed to. `agreement` is the one that the request in hand is made under.
    `release` is the district's release of rules in use, 0 where there is none; `by_district` are the answers it sets.
    """

    school: str = ""
    sha256: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    until: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    district: str = ""
    people: tuple[Person, ...] = ()
    second_person: tuple[str, ...] = ()
    review_by: str = ""
    retention: tuple[Rule, ...] = ()
    agreement: Agreement | None = None
    log_folder: str = ""
    release: int = 0
    by_district: frozenset[str] = frozenset()

    def on(self, day: str) -> dict[str, Answer]:
        """What still holds on this day; an overdue fact has lapsed to unknown and is asked again."""
        return {name: answer for name, answer in self.answers.items() if day <= self.until.get(name, FOREVER)}

    def agreed(self, pack: Pack, answers: Answers, day: str) -> dict[str, Answer]:
        """What the agreement answers on this day in a request with these answers."""
        return self.agreement.settles(pack, answers, day) if self.agreement else {}

    def lapsed(self, day: str) -> list[str]:
        return [name for name in self.answers if day > self.until.get(name, FOREVER)]


NO_PROFILE = Profile()


@dataclass(frozen=True, slots=True)
class OverlayName:
    """An overlay as a profile names it: the file to look for, and the line where it does."""

    file: str
    line: int
    shipped: bool  # may it be one that comes with the program?


def overlay_names(data: bytes, file: str) -> tuple[OverlayName, ...]:
    """The overlays that a profile names; the rest of it can only be read once they are. Raises ProfileError."""
    block, mistakes = profile_block(data, file)
    state, district = _state(block), _district(block)
    if mistakes:
        raise ProfileError(mistakes)
    found = [OverlayName(f"{state.lower()}.yaml", block.line_of("state"), shipped=True)] if state else []
    found += [OverlayName(district, block.line_of("district"), shipped=False)] if district else []
    return tuple(found)


def profile_block(data: bytes, file: str) -> tuple[Block, list[Mistake]]:
    """The file as keys and values, and the list that takes its mistakes. Raises ProfileError where it holds none."""
    root, mistakes = parse(data, file)
    if root is None:
        raise ProfileError(mistakes or [Mistake(file, 1, "The profile is empty.", "Write `school:` and `answers:`.")])
    return Block(root, file, mistakes), mistakes


def _state(block: Block) -> str:
    return _named(block, "state", _STATE, "Write the two letters of the state, such as CA.")


def _district(block: Block) -> str:
    return _named(block, "district", _FILE, "Write the name of a file beside this one, such as district.yaml.")


def _named(block: Block, key: str, pattern: re.Pattern[str], instead: str) -> str:
    value = block.text(key, "")
    if value and not pattern.fullmatch(value):
        block.wrong(f"“{value}” cannot be a {key}.", instead, line=block.line_of(key))
    return value


def read_profile(data: bytes, file: str, pack: Pack) -> Profile:
    """A profile from its YAML. Raises ProfileError holding every mistake."""
    block, mistakes = profile_block(data, file)
    profile = profile_in(block, pack, hashlib.sha256(data).hexdigest())
    block.finish()
    if mistakes:
        raise ProfileError(mistakes)
    return profile


def profile_in(block: Block, pack: Pack, sha256: str) -> Profile:
    """What a file says of the whole school; its mistakes are told to the block."""
    state, district = _state(block), _district(block)
    school = block.text("school")
    return replace(standing_in(block, pack), school=school, sha256=sha256, state=state, district=district)


def standing_in(block: Block, pack: Pack, review_by: str = "") -> Profile:
    """Facts, people and what the school wants, without its name and overlays; mistakes are told to the block.

    `review_by` is the day of those answers that have none, where the block names none either.
    """
    review_by = _read_day(block, "review_by") or review_by
    log_folder = _log_folder(block)
    people = tuple(map(_read_person, block.blocks("people")))
    second_person = block.texts("second_person")
    if strange := [when for when in second_person if when not in SECOND_PERSON]:
        known = f"Use {', '.join(SECOND_PERSON)}."
        block.wrong(f"“{strange[0]}” is no kind of decision.", known, line=block.line_of("second_person"))
    retention = _read_retention(block)
    answers: dict[str, Answer] = {}
    until: dict[str, str] = {}
    inner = block.block("answers")
    for name in inner if inner else ():
        if inner is not None:
            _read_answer(inner, name, pack, answers=answers, until=until)
    return Profile(
        answers=answers,
        until={name: until.get(name) or review_by or FOREVER for name in answers},
        people=people,
        second_person=second_person,
        review_by=review_by,
        retention=retention,
        log_folder=log_folder,
    )


def _read_person(block: Block) -> Person:
    person = Person(block.text("role"), block.text("name", ""), block.text("phone", ""))
    block.finish()
    return person


def _read_retention(block: Block) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for inner in block.blocks("retention"):
        rule = Rule(inner.choice("kind", KINDS), inner.texts("outcome"), inner.number("years"))
        inner.finish()
        strange = [name for name in rule.outcomes if name not in CHOICES]
        if strange:
            known = f"Use {', '.join(CHOICES)}."
            inner.wrong(f"“{strange[0]}” is no outcome of a decision.", known, line=inner.line_of("outcome"))
        elif inner.has("outcome") and not rule.outcomes:
            inner.wrong("No outcome is named here.", "Name one, or leave `outcome` out.", line=inner.line_of("outcome"))
        elif never_counts(rule, rules):
            inner.wrong("This rule never counts: the rules above it take all of it.", "Move it up, or delete it.")
        if inner.has("years") and not 1 <= rule.years <= MOST_YEARS:
            inner.wrong(f"Write 1 to {MOST_YEARS} years.", "Write `years: 3`.", line=inner.line_of("years"))
        rules.append(rule)
    return tuple(rules)


def _log_folder(block: Block) -> str:
    """A relative folder would be another one for each program that reads it."""
    value = block.text("log_folder", "")
    if value and not is_whole_path(value):
        instead = "Write the whole path, such as /mnt/ferpa or //server/ferpa."
        block.wrong("This is not the whole path of a folder.", instead, line=block.line_of("log_folder"))
    return value


def _read_day(block: Block, key: str) -> str:
    value = block.text(key, "")
    if value and not is_day(value):
        block.wrong("A day is expected here.", "Write it as 2026-01-31.", line=block.line_of(key))
    return value


def _read_answer(block: Block, name: str, pack: Pack, *, answers: dict[str, Answer], until: dict[str, str]) -> None:
    node = block.node(name)
    if node is not None and isinstance(node.value, dict):
        inner = block.sub(node)
        until[name] = _read_day(inner, "until")
        node = inner.node("value")
        inner.finish()
    if node is None:
        block.wrong(f"“{name}” has no value.", "Add `value:`.", line=block.line_of(name))
        return
    try:
        answers[name] = _standing_answer(name, node.plain(), pack)
    except AnswerError as error:
        block.wrong(f"“{name}”: {error}", line=block.line_of(name))


def _standing_answer(name: str, value: object, pack: Pack) -> Answer:
    if name in pack.ticks:
        if value not in ("yes", "no"):
            raise AnswerError("Write yes or no.")
        return str(value)
    question = pack.questions.get(name)
    if question is None or not question.standing:
        standing = sorted(known.id for known in pack.questions.values() if known.standing)
        raise AnswerError(f"This is not a standing fact of a school. Standing: {', '.join(standing)}.")
    return take(value, name, Facts(pack, {}))
