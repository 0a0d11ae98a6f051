"""A profile as the file that `read_profile` takes back."""

from __future__ import annotations

from collections.abc import Iterator

from ferpa_wizard.core.agreements import answer_text
from ferpa_wizard.core.profile import FOREVER, Person, Profile
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.core.yaml_text import pairs, quoted, row, scalar

_HEAD = "# The standing facts of the school. FERPA Wizard writes this file when somebody saves “Your school”."


def profile_text(profile: Profile) -> bytes:
    """The YAML of a profile; its hash is that of the new file, and comments of the old one are not in it."""
    return "".join(f"{line}\n" for line in _lines(profile)).encode()


def _lines(profile: Profile) -> Iterator[str]:
    yield _HEAD
    yield f"school: {quoted(profile.school)}"
    for name, value in (("review_by", profile.review_by), ("state", profile.state), ("district", profile.district)):
        if value:
            yield f"{name}: {quoted(value) if name == 'district' else value}"
    if profile.people:
        yield "people:"
        yield from (f"  - {_person(person)}" for person in profile.people)
    if profile.second_person:
        yield f"second_person: {row(profile.second_person)}"
    if profile.retention:
        yield "retention:"
        yield from (f"  - {_rule(rule)}" for rule in profile.retention)
    if profile.log_folder:
        yield f"log_folder: {quoted(profile.log_folder)}"
    yield f"answers:{'' if profile.answers else ' {}'}"
    yield from (f"  {scalar(name)}: {_answer(profile, name)}" for name in profile.answers)


def _person(person: Person) -> str:
    parts = {"role": person.role, "name": person.name, "phone": person.phone}
    return pairs({key: quoted(value) for key, value in parts.items()})


def _rule(rule: Rule) -> str:
    outcome = {"outcome": row(rule.outcomes)} if rule.outcomes else {}
    return pairs({"kind": rule.kind, **outcome, "years": str(rule.years)})


def _answer(profile: Profile, name: str) -> str:
    said = answer_text(profile.answers[name])
    until = profile.until.get(name, FOREVER)
    return said if until == (profile.review_by or FOREVER) else pairs({"value": said, "until": until})
