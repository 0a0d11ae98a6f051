"""What the rules hold of the law is told paragraph by paragraph, and what they lack needs a reason."""

from __future__ import annotations

import json
from functools import cache

import pytest

from ferpa_wizard.core.coverage import Coverage, Line, coverage, coverage_lines, paragraph_names, uncited
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.read_coverage import COVERAGE, ids_in, read_measure
from ferpa_wizard.core.read_pack import pack_from_bytes, pack_of
from tests import real
from tests.core.small_pack import FILES, small_pack

PARAGRAPHS = {"99.30": ["99.30(a)", "99.30(b)", "99.30(b)(1)"], "99.31": ["99.31(a)"], "99.10": [], "99.37": []}
INDEX = json.dumps({"paragraphs": PARAGRAPHS, "terms": ["99.3 Parent"]})
SERVICE: dict[str, Answer] = {
    "requester": "group", "items": ("grades",), "purpose": "service", "control": "written",
    "papers-provider": ("p.2", "p.3"),
}  # fmt: skip


def _example(ident: str, answers: dict[str, Answer]) -> Example:
    return Example(ident, "t", "s", "none", "2026-11-24", answers, "may-share", None, {}, {}, "e.yaml", 1)


def _coverage(measure: str, *, elsewhere: tuple[str, ...] = ()) -> Coverage:
    pack = small_pack(paragraphs__json=INDEX)
    examples = [_example("one", SERVICE), _example("two", {"requester": "court", "items": ("grades",)})]
    return coverage(pack, read_measure(measure.encode()), examples, {}, elsewhere)


def _line(found: Coverage, ident: str) -> Line:
    return next(line for line in (*found.paragraphs, *found.propositions) if line.id == ident)


def test_paragraphs_stand_in_the_order_of_the_law() -> None:
    names = paragraph_names(small_pack(paragraphs__json=INDEX))
    assert names[:3] == ["34 CFR 99.10", "34 CFR 99.30", "34 CFR 99.30(a)"]
    assert names[-1] == "34 CFR 99.3 Parent"


def test_a_cited_paragraph_names_its_rules_and_the_examples_that_meet_them() -> None:
    line = _line(_coverage("law: []"), "34 CFR 99.31")
    assert line.status == "covered"
    assert "p.1 (provider)" in line.rules
    assert "court (beyond)" in line.rules
    assert line.examples == ("one", "two")


def test_a_paragraph_without_rules_is_a_gap_until_a_reason_is_given() -> None:
    assert _line(_coverage("law: []"), "34 CFR 99.31(a)").status == "gap"
    found = _coverage('paragraphs: [{cite: "34 CFR 99.31(a)", reason: "A heading."}]')
    assert _line(found, "34 CFR 99.31(a)") == Line("34 CFR 99.31(a)", "reason", reason="A heading.")
    assert found.mistakes == ()


def test_paragraphs_beyond_the_sections_on_disclosure_need_no_reason() -> None:
    assert _line(_coverage("law: []"), "34 CFR 99.3 Parent").status == "outside"


def test_a_heading_counts_through_its_parts_and_is_no_gap_of_its_own() -> None:
    found = _coverage("law: []")
    assert _line(found, "34 CFR 99.30(b)").status == "below"
    assert "34 CFR 99.30(b)(1)" in [line.id for line in found.gaps]
    assert "34 CFR 99.30(b)" not in [line.id for line in found.gaps]


def test_rules_that_no_example_meets_are_a_gap() -> None:
    pack = small_pack(paragraphs__json=INDEX)
    found = coverage(pack, read_measure(b"law: [{id: p.1}]"), [], {})
    assert _line(found, "34 CFR 99.31").lacks == "No example meets these rules."
    assert _line(found, "p.1").lacks == "No example meets it."


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ('paragraphs: [{cite: "34 CFR 99.31", reason: "r"}]', "“34 CFR 99.31” is cited by"),
        ('paragraphs: [{cite: "34 CFR 99.77", reason: "r"}]', "There is no paragraph “34 CFR 99.77”."),
        (
            'paragraphs: [{cite: ["34 CFR 99.30(b)", "34 CFR 99.30(b)(1)"], reason: "r"}]',
            "“34 CFR 99.30(b)” is covered by its parts.",
        ),
        ('law: [{id: p.1}]\npropositions: [{id: p.1, reason: "r"}]', "The rules hold “p.1” under its own name."),
        ('propositions: [{id: x.1, reason: "r"}]', "“x.1” is not listed under law."),
        ("law: [{id: x.1}]\npropositions: [{id: x.1, as: [nobody]}]", "There is no rule “nobody”."),
        ('law: [{id: x.1, cite: "34 CFR 99.77"}]', "There is no paragraph “34 CFR 99.77”."),
    ],
)
def test_what_is_not_needed_or_not_there_is_a_mistake_at_its_line(measure: str, says: str) -> None:
    mistakes = _coverage(measure).mistakes
    assert [(one.file, one.line) for one in mistakes] == [(COVERAGE, measure.count("\n") + 1)]
    assert mistakes[0].what.startswith(says)


@pytest.mark.parametrize(
    ("measure", "status"),
    [
        ("law: [{id: p.1}]", "covered"),
        ("law: [{id: provider}]", "covered"),
        ("law: [{id: log}]", "covered"),
        ("law: [{id: x.1}]", "gap"),
        ('law: [{id: x.1}]\npropositions: [{id: x.1, reason: "r"}]', "reason"),
        ("law: [{id: x.1}]\npropositions: [{id: x.1, as: [p.1, p.2]}]", "covered"),
    ],
)
def test_a_proposition_is_held_by_name_by_another_name_or_has_a_reason(measure: str, status: str) -> None:
    found = _coverage(measure)
    assert [line.status for line in found.propositions] == [status]
    assert found.mistakes == ()


def test_an_overlay_may_hold_a_proposition() -> None:
    found = _coverage("law: [{id: ca.1}]", elsewhere=("ca.1",))
    assert [line.status for line in found.propositions] == ["reason"]


def test_a_rule_cites_where_its_proposition_stands_or_a_paragraph_below_it() -> None:
    pack = small_pack(paragraphs__json=INDEX)
    assert uncited(pack, read_measure(b'law: [{id: p.1, cite: "34 CFR 99.31"}]')) == set()
    wrong = read_measure(b'law: [{id: p.1, cite: "34 CFR 99.30(a)"}]')
    assert uncited(pack, wrong) == {"p.1 (provider) does not cite 34 CFR 99.30(a)."}
    below = small_pack(
        paragraphs__json=INDEX, **{"bases/provider__yaml": FILES["bases/provider.yaml"].replace("99.31", "99.31(a)")}
    )
    assert uncited(below, read_measure(b'law: [{id: p.1, cite: "34 CFR 99.31"}]')) == set()


def test_rules_under_another_name_have_to_cite_it_together() -> None:
    measure = read_measure(
        b'law: [{id: x.1, cite: "34 CFR 99.10; 34 CFR 99.31"}]\npropositions: [{id: x.1, as: [a.1, p.1]}]'
    )
    assert uncited(small_pack(), measure) == set()


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ("law: [{id: p.1}, {id: p.1}]", "“p.1” stands here twice."),
        ("propositions: [{id: p.1}]", "This needs the rules that hold it, or a reason."),
        ("paragraphs: [{reason: r}]", "“cite” is missing."),
        ("paragraphs: [{cite: x}]", "“reason” is missing."),
        ("rules: []", "The key “rules” is not known here."),
    ],
)
def test_the_file_is_read_strictly(measure: str, says: str) -> None:
    with pytest.raises(RulesError) as caught:
        read_measure(measure.encode())
    assert caught.value.mistakes[0].what == says
    with pytest.raises(RulesError):
        pack_of({name: text.encode() for name, text in {**FILES, COVERAGE: measure}.items()})


def test_the_file_lies_beside_the_rules_and_is_no_part_of_them() -> None:
    files = {name: text.encode() for name, text in FILES.items()}
    beside = pack_of({**files, COVERAGE: b"law: [{id: p.1}]"})
    assert beside.sha256 == pack_of(files).sha256
    assert COVERAGE not in json.loads(beside.content)
    assert pack_from_bytes(beside.content).sha256 == beside.sha256


def test_ids_are_found_in_any_rule_file() -> None:
    assert sorted(ids_in(b"a: [{id: x, b: [{id: y}]}]\nid: z", "f")) == ["x", "y", "z"]
    assert list(ids_in(b": [", "f")) == []


def test_as_text_the_gaps_come_last() -> None:
    lines = list(coverage_lines(_coverage("law: [{id: p.1}, {id: x.1}]")))
    assert lines.index("Gaps") > lines.index("Propositions") > lines.index("Paragraphs")
    assert "  x.1: No rule holds it, and no reason is given." in lines
    assert lines[-1] == "4 gaps."


def test_as_json_it_is_plain() -> None:
    found = json.loads(json.dumps(_coverage("law: [{id: x.1}]").as_json()))
    assert found["gaps"] == ["34 CFR 99.30(a)", "34 CFR 99.30(b)(1)", "34 CFR 99.31(a)", "x.1"]


@cache
def _shipped() -> Coverage:
    measure = read_measure((real.RULES / "ferpa" / COVERAGE).read_bytes())
    overlays = {
        name
        for file in real.RULES.glob("*/*.yaml")
        if file.parent.name in ("states", "district")
        for name in ids_in(file.read_bytes(), file.name)
    }
    return coverage(real.pack(), measure, real.examples(), real.profiles(), overlays)


def test_every_paragraph_on_disclosure_is_held_by_the_shipped_rules_or_has_a_reason() -> None:
    assert [f"{line.id}: {line.lacks}" for line in _shipped().paragraphs if line.status == "gap"] == []


def test_every_proposition_of_the_law_is_held_by_the_shipped_rules_or_has_a_reason() -> None:
    assert [line.id for line in _shipped().propositions if line.status == "gap" and not line.rules] == []


def test_the_shipped_reasons_are_all_needed() -> None:
    assert list(map(str, _shipped().mistakes)) == []
