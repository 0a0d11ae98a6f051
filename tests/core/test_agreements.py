"""Agreements: what the file says, what one settles, until when, and what of a decision becomes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.agreement import BEYOND, Agreement, advised, may_settle
from ferpa_wizard.core.agreements import agreements_text, free_id, problems, read_agreements
from ferpa_wizard.core.cross_check import AGREED
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import AgreementsError, RulesError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.walk import Walk, walk
from tests import real
from tests.core.small_pack import FILES, small_pack

PAPERS = "papers-ferpa-school-official-outsourced"
SETTLED: dict[str, Answer] = {
    "requester": "provider", "provider-who": "partner", "purpose": "school-service", "staff-job": "yes",
    "school-control": "in-writing", PAPERS: ("soo.4", "soo.9", "soo.6", "id.1"),
}  # fmt: skip
ONE = Agreement(
    id="bright-path", party="Bright Path", schools=("Oak", "Elm"), basis="ferpa-school-official-outsourced",
    items=("name", "grades"), signed="2026-08-01", ends="2026-12-01", destroy="2027-01-31", answers=SETTLED,
)  # fmt: skip
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
LAST, AFTER = "2026-12-01", "2026-12-02"


def under(answers: dict[str, Answer], *, on: str = LAST, agreement: Agreement = ONE) -> Walk:
    profile = replace(real.profiles()["example"], agreement=agreement)
    return walk(real.pack(), answers, profile, on)


def sources(walked: Walk) -> dict[str, str]:
    return {given.ask.id: given.source for given in walked.trail}


def test_the_example_settles_what_it_says_and_nothing_else() -> None:
    walked = under({"students": "few", "items": ("name", "grades")})
    assert walked.ask is None
    assert {name for name, source in sources(walked).items() if source == "agreement"} == set(SETTLED)
    assert determine(walked.facts).verdict == "may-share"


def test_it_holds_on_its_last_day_and_settles_nothing_on_the_next() -> None:
    picked: dict[str, Answer] = {"students": "few", "items": ("name", "grades")}
    assert under(picked, on=LAST).ask is None
    after = under(picked, on=AFTER)
    assert after.ask is not None and after.ask.id == "requester"
    assert "agreement" not in sources(after).values()


def test_what_a_person_says_goes_before_the_agreement() -> None:
    walked = under({"students": "few", "items": ("name", "grades"), "school-control": "none"})
    assert sources(walked)["school-control"] == "person"
    assert sources(walked)["staff-job"] == "agreement"
    assert determine(walked.facts).verdict == "after-steps"


def test_the_agreement_speaks_for_itself_in_the_reason_of_a_condition() -> None:
    walked = under({"students": "few", "items": ("name", "grades")})
    (basis,) = [one for one in determine(walked.facts).bases if one.id == ONE.basis]
    (control,) = [one for one in basis.conditions if one.id == "soo.3"]
    said = real.pack().wording.phrases["because-agreed"].partition("{")[0]
    assert said in control.because


def test_more_data_than_it_lists_asks_for_its_paperwork_again_and_is_told_as_advice() -> None:
    picked: dict[str, Answer] = {"students": "few", "items": ("name", "grades", "test-scores")}
    walked = under(picked)
    assert walked.ask is not None and walked.ask.id == PAPERS
    walked = under({**picked, PAPERS: SETTLED[PAPERS]})
    found = determine(walked.facts)
    told = advised(found, ONE, walked.facts, on=LAST)
    assert [line.id for line in told.advice if line not in found.advice] == [BEYOND]
    assert "test scores" in told.advice[0].says
    assert (told.verdict, told.layers) == (found.verdict, found.layers)
    assert advised(found, ONE, walked.facts, on=AFTER) is found


def test_nothing_is_told_of_data_that_it_lists() -> None:
    walked = under({"students": "few", "items": ("name",)})
    found = determine(walked.facts)
    assert advised(found, ONE, walked.facts, on=LAST) is found


def test_no_agreement_settles_items_students_or_standing_facts() -> None:
    pack = real.pack()
    settled = may_settle(pack)
    assert set(SETTLED) <= settled
    assert not settled & {"items", "students", "start", "paper", "form-shows", "threat", "opt-outs", "consent-signed"}
    assert not settled & {question.id for question in pack.questions.values() if question.standing}


def test_the_file_gives_back_what_was_written() -> None:
    assert read_agreements(agreements_text([ONE]), "a.yaml", real.pack()) == (ONE,)
    assert read_agreements(agreements_text([]), "a.yaml", real.pack()) == ()


LINE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@given(LINE, st.lists(LINE, max_size=3), DAYS, st.permutations(["name", "grades", "attendance"]))
@settings(max_examples=60)
def test_any_text_comes_back(party: str, schools: list[str], ends: object, items: list[str]) -> None:
    made = replace(ONE, party=party, schools=tuple(schools), ends=str(ends), signed="", items=tuple(items[:2]))
    made = replace(made, items=tuple(name for name in real.pack().items if name in made.items))
    assert read_agreements(agreements_text([made]), "a.yaml", real.pack()) == (made,)


def test_the_first_to_end_stands_first() -> None:
    later = replace(ONE, id="later", ends="2027-01-01")
    assert [one.id for one in read_agreements(agreements_text([later, ONE]), "a", real.pack())] == [ONE.id, "later"]


BAD = """\
agreements:
  - id: Bright Path
    party: ""
    basis: ferpa-consent
    items: [name, shoe-size]
    ends: 2027-13-01
    answers:
      students: few
      school-control: maybe
  - id: two
    party: "Two"
    basis: ferpa-studies
    items: [name]
    signed: 2027-02-01
    ends: 2027-01-31
  - id: two
    party: "Two"
    basis: ferpa-studies
    items: []
    ends: 2027-01-31
    begins: 2026-01-31
"""


def test_every_mistake_is_told_at_its_line_in_one_run() -> None:
    with pytest.raises(AgreementsError) as caught:
        read_agreements(BAD.encode(), "a.yaml", real.pack())
    assert {mistake.file for mistake in caught.value.mistakes} == {"a.yaml"}
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 3, 4, 5, 6, 8, 9, 15, 16, 19, 21]


@pytest.mark.parametrize(
    ("field", "value"),
    [("party", " "), ("party", "a\nb"), ("party", "x" * 201), ("ends", ""), ("ends", "soon"), ("signed", "2027-01-01"),
     ("schools", ("a\tb",)), ("destroy", "2027-2-1"), ("party", "\ud800")],
)  # fmt: skip
def test_what_a_form_may_hold_wrong_is_named(field: str, value: object) -> None:
    wrong = problems(replace(ONE, **{field: value}))  # type: ignore[arg-type]
    assert {name for name, _ in wrong} == ({"ends"} if field == "signed" else {field})


def test_a_free_id_is_short_and_taken_by_no_other() -> None:
    assert free_id("Bright Path, Inc.", []) == "bright-path-inc"
    assert free_id("Bright Path", ["bright-path", "bright-path-2"]) == "bright-path-3"
    assert free_id("???", []) == "agreement"
    assert problems(replace(ONE, id=free_id("x" * 300, []))) == []


def test_a_profile_without_agreement_settles_nothing() -> None:
    assert Profile().agreed(real.pack(), {}, LAST) == {}


@pytest.mark.parametrize(
    ("file", "at"), [("bases/provider.yaml", "id: provider\n"), ("tree/why.yaml", "  - id: purpose\n")]
)
def test_rules_in_which_an_agreement_settles_anything_need_the_words_for_it(file: str, at: str) -> None:
    indent = " " * (len(at) - len(at.lstrip(" -")))
    marked = FILES[file].replace(at, f"{at}{indent}by-agreement: yes\n", 1)
    with pytest.raises(RulesError) as refused:
        small_pack(**{file: marked})
    assert [AGREED in mistake.what for mistake in refused.value.mistakes] == [True]
