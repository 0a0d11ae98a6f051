"""One thing put right in a request, and the request walked again."""

from __future__ import annotations

import json

import pytest

from ferpa_wizard.core.choices import ALL_YES
from ferpa_wizard.core.determine import determine, verdict_of
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.fixes import ALREADY, OPEN, SCHOOL, STEP, TRIED, Put, Tried, try_fixes
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.walk import walk
from tests import real

EXAMPLES = {example.id: example for example in real.examples()}


def put(name: str, school: dict[str, Answer] | None = None, **answers: Answer) -> Put:
    example = EXAMPLES[name]
    told = {question.replace("_", "-"): answer for question, answer in answers.items()}
    standing = real.profiles()[example.profile or "example"].answers
    return Put({**example.answers, **told}, {**standing, **(school or {})})


def tried(request: Put) -> Tried:
    return try_fixes(real.pack(), request, "2026-11-24")


def verdict(request: Put) -> str:
    walked = walk(real.pack(), request.answers, Profile(answers=request.standing), "2026-11-24")
    assert walked.ask is None
    return determine(walked.facts).verdict


def ids(request: Put) -> dict[str, str]:
    found = tried(request)
    assert found.state == TRIED
    return {fix.id: fix.kind for fix in found.fixes}


def tutoring(school: dict[str, Answer] | None = None, **answers: Answer) -> Put:
    return put("tutoring-in-order", school, **answers)


@pytest.mark.parametrize(
    ("request_", "fixes"),
    [
        (tutoring({"soo.5": "no"}), {"soo.5": SCHOOL}),
        (tutoring(school_control="none"), {"soo.3": STEP}),
        (tutoring(papers_ferpa_school_official_outsourced=("soo.4", "soo.6")), {"soo.9": STEP}),
        (tutoring({"soo.5": "no"}, papers_ferpa_school_official_outsourced=("soo.4", "soo.6")), {}),
        (put("club-own-program"), {}),
        (put("press-names-and-grades", {"directory-items": ("name",)}, items=("name", "awards")), {"directory-items": SCHOOL}),
        (put("press-names-and-grades", {"directory-notice": "none"}, items=("name", "awards")), {"directory-notice": SCHOOL}),
        (put("press-names-and-grades", {"directory-items": ("name",), "directory-notice": "none"}, items=("name", "awards")), {}),
    ],
)  # fmt: skip
def test_a_fix_clears_what_lacks_that_one_thing(request_: Put, fixes: dict[str, str]) -> None:
    assert verdict(request_) not in ALL_YES
    assert ids(request_) == fixes


def test_the_limit_of_a_notice_is_taken_out() -> None:
    request = put("press-names-and-grades", {"directory-limit": "yes"}, items=("name", "awards"), inside_limit="no")
    assert ids(request) == {"directory-limit": SCHOOL}


def test_words_are_those_of_the_rules() -> None:
    (fix,) = tried(tutoring({"soo.5": "no"})).fixes
    rows = (tick for basis in real.pack().bases for row in basis.paperwork for tick in row.ticks())
    assert (fix.do, fix.by) in {(cure.do, cure.by) for tick in rows if tick.id == "soo.5" for cure in tick.cures}
    (fix,) = tried(put("press-names-and-grades", {"directory-items": ()}, items=("name", "awards"))).fixes
    mend = real.pack().questions["directory-items"].mend
    assert mend is not None
    assert (fix.do, fix.by) == (mend.do, mend.by)


def test_what_is_a_yes_already_or_asks_more_is_not_tried() -> None:
    assert tried(tutoring()) == Tried(ALREADY)
    request = tutoring()
    del request.answers["staff-job"]
    assert tried(request) == Tried(OPEN)


def test_requests_that_differ_in_the_order_of_answers_only_are_the_same() -> None:
    one = tutoring()
    other = Put(dict(reversed(one.answers.items())), dict(reversed(one.standing.items())))
    assert one.key == other.key
    assert one.key != tutoring({"soo.5": "no"}).key


@pytest.mark.parametrize("question", [name for name, one in real.pack().questions.items() if one.mend])
def test_what_a_school_can_change_is_a_standing_fact(question: str) -> None:
    found = real.pack().questions[question]
    assert found.standing and found.mend
    assert not found.mend.to if found.kind == "many" else found.mend.to in {option.id for option in found.options}


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("mend: {to: safe,", "mend: {to: perhaps,", "mend: {to: perhaps,"),
        ("mend: {to: safe,", "mend: {", "mend: { do:"),
        ('mend: {do: "List it', 'mend: {to: name, do: "List it', "mend: {to: name,"),
        ("  - id: id-safe\n    standing: yes", "  - id: id-safe", "mend: {to: safe,"),
    ],
)
def test_a_change_that_no_school_can_make_is_refused_at_its_line(old: str, new: str, at: str) -> None:
    files = json.loads(real.pack().content)
    changed = {name: text.replace(old, new) for name, text in files.items()}
    assert changed != files
    with pytest.raises(RulesError) as caught:
        pack_from_bytes(json.dumps(changed).encode())
    (mistake,) = caught.value.mistakes
    assert at in changed[mistake.file].splitlines()[mistake.line - 1]


def test_the_verdict_alone_is_that_of_the_determination() -> None:
    for example in real.examples():
        profile = real.profiles().get(example.profile, real.profiles()["example"])
        facts = walk(real.pack(), example.answers, profile, example.on).facts
        assert verdict_of(facts) == determine(facts, what_if=False).verdict
