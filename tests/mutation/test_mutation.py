"""The wrongs that are done to the rules are wrong, and only an expectation or a law of the engine tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.read_coverage import Measure, read_measure
from ferpa_wizard.core.walk import walk
from tests.core.small_pack import small_pack
from tests.mutation.__main__ import REASONS, main
from tests.mutation.killing import Court
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.reasons import read_reasons

DAY = "2026-11-24"


def _answers(control: str = "written", *ticked: str) -> dict[str, Answer]:
    return {
        "requester": "group", "items": ("grades",), "purpose": "service", "control": control, "papers-provider": ticked,
    }  # fmt: skip


def _example(answers: dict[str, Answer], **expect: tuple[str, ...]) -> Example:
    """Expects what comes out now, where nothing is said."""
    found = determine(walk(small_pack(), answers, NO_PROFILE, DAY).facts)
    basis = found.basis.id if found.basis else "none"
    return Example("e", "t", "s", "none", DAY, answers, found.verdict, basis, expect, {}, "e.yaml", 1)


def _court(*examples: Example, measure: str = "law: []") -> Court:
    return Court(small_pack(), read_measure(measure.encode()), list(examples), {})


def _mutant(name: str) -> Mutant:
    return next(mutant for mutant in mutants(small_pack()) if mutant.name == name)


def test_each_mutant_has_a_name_of_its_own_and_is_another_pack() -> None:
    pack = small_pack()
    found = mutants(pack)
    assert len({mutant.name for mutant in found}) == len(found)
    assert [mutant.name for mutant in found if mutant.build() == pack] == []


def test_every_kind_of_wrong_is_made() -> None:
    names = {mutant.name for mutant in mutants(small_pack())}
    assert names >= {
        "provider: p.0 negated", "provider: p.0 purpose not service", "provider: p.1 control not unwritten",
        "provider: p.1 cure 1 removed", "provider: p.1 cure 1 get-consent for designate",
        "provider: p.1 cure 1 control not none", "provider: p.2 negated", "provider: p.1 cite not 34 CFR 99.31",
        "provider: cite not 34 CFR 99.31", "provider: duty log removed", "directory: d.1 negated",
        "consent-basis: c.1 cure 1 sign for get-consent", "access: a.1 holder not parent", "meals: stops negated",
        "meals: stops tag not meal", "meals: m.1 negated", "log: cite not 34 CFR 99.31", "adult: when negated",
        "holder: student negated", "court: negated",
    }  # fmt: skip


def test_a_checklist_row_keeps_its_cure_because_the_reader_asks_for_one() -> None:
    assert [mutant.name for mutant in mutants(small_pack()) if mutant.name.startswith("provider: p.2 cure")] == []


@pytest.mark.parametrize(
    ("name", "answers", "killed"),
    [
        ("provider: p.0 negated", _answers("written", "p.2", "p.3"), True),
        ("provider: p.1 control not unwritten", _answers("unwritten", "p.2", "p.3"), True),
        ("provider: p.1 control not unwritten", _answers("written", "p.2", "p.3"), False),
        ("provider: p.1 cure 1 removed", _answers("none", "p.2", "p.3"), True),
        ("provider: p.1 cure 1 removed", _answers("written", "p.2", "p.3"), False),
        ("provider: p.1 cure 1 get-consent for designate", _answers("none", "p.2", "p.3"), True),
        ("provider: p.2 negated", _answers("written", "p.3"), True),
        ("consent-basis: c.1 negated", _answers("written", "p.2", "p.3"), False),
    ],
)
def test_an_example_kills_what_it_meets(name: str, answers: dict[str, Answer], killed: bool) -> None:
    court = _court(_example(answers))
    assert court.failing == []
    assert bool(court.kills(_mutant(name))) is killed


def test_a_duty_is_missed_only_where_it_is_expected() -> None:
    answers = _answers("written", "p.2", "p.3")
    removed = _mutant("provider: duty log removed")
    assert _court(_example(answers)).kills(removed) == ""
    assert _court(_example(answers, duties=("log",))).kills(removed) == "e: duties lack log"


def test_a_citation_is_missed_by_an_example_or_by_the_list_of_the_law() -> None:
    answers = _answers("written", "p.2", "p.3")
    wrong = _mutant("access: a.0 cite not 34 CFR 99.10")
    assert _court(_example(answers)).kills(wrong) == ""
    told = _court(_example(answers), measure='law: [{id: a.0, cite: "34 CFR 99.10"}]').kills(wrong)
    assert told == "a.0 (access) does not cite 34 CFR 99.10."
    family: dict[str, Answer] = {"requester": "family", "adult": "yes", "items": ("grades",)}
    court = _court(_example(family, cites=("34 CFR 99.10",)))
    assert court.failing == []
    assert court.kills(_mutant("access: cite not 34 CFR 99.10")) == ""  # its conditions still cite it


def test_examples_that_fail_as_the_rules_are_are_told_first() -> None:
    assert _court(_example(_answers(), steps=("nothing",))).failing[0].startswith("e: steps")


def test_where_a_wrong_cannot_show_walking_again_shows_nothing() -> None:
    examples = [_example(_answers(control, *ticked)) for control in ("written", "none") for ticked in ((), ("p.2",))]
    examples.append(_example({"requester": "family", "adult": "no", "items": ("photo",)}))
    quick, thorough = _court(*examples), _court(*examples)
    thorough._shows = lambda mutant, state, met: True  # type: ignore[method-assign]
    found = [mutant for mutant in mutants(small_pack()) if not mutant.cites]
    assert [mutant.name for mutant in found if bool(quick.kills(mutant)) != bool(thorough.kills(mutant))] == []


def test_reasons_are_read_strictly() -> None:
    assert read_reasons(b'survivors: [{mutant: "a: *", reason: "r"}]', "f")[0].reason == "r"
    with pytest.raises(RulesError):
        read_reasons(b'survivors: [{mutant: "a: *"}]', "f")


def test_the_shipped_reasons_are_readable() -> None:
    read_reasons(REASONS.read_bytes(), REASONS.name)


@pytest.mark.long
def test_a_few_wrongs_of_the_shipped_rules_are_killed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "ferpa-school-official-outsourced: soo.[123] negated", "--killed"]) == 0
    assert "3 mutants, 3 killed, 0 survive" in capsys.readouterr().out


def test_an_unknown_measure_is_no_reason_to_kill(tmp_path: Path) -> None:
    court = Court(small_pack(), Measure(), [_example(_answers("written", "p.2", "p.3"))], {})
    assert court.kills(_mutant("provider: cite not 34 CFR 99.31")) == ""
