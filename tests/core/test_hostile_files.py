"""Files that nobody should write: rules, citations, profiles, examples and answers, broken in every place."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.agreements import read_agreements
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import MOST_MISTAKES, AgreementsError, ProfileError, RulesError
from ferpa_wizard.core.examples import read_examples
from ferpa_wizard.core.profile import NO_PROFILE, read_profile
from ferpa_wizard.core.read_pack import pack_from_bytes, pack_of, read_pack
from ferpa_wizard.core.strict_yaml import MAX_DEPTH, MAX_NODES, MAX_SCALAR, parse
from ferpa_wizard.core.walk import walk
from ferpa_wizard.requests.agreements_csv import from_csv
from ferpa_wizard.requests.answers_file import AnswersError, read_answers
from tests import real
from tests.core.small_pack import FILES, small_pack

PACK = small_pack()
PROFILE = b'school: "S"\nreview_by: 2027-01-31\nanswers:\n  listed: [name]\n  p.3: {value: yes, until: 2027-01-31}\n'
EXAMPLES = (
    b'examples:\n  - id: one\n    title: "t"\n    story: "s"\n    answers: {requester: group, items: [grades], purpose: own}\n'
    b"    expect: {verdict: consent, basis: consent-basis, ferpa: sole, stopped: {grades: [ferpa]}}\n"
)
AGREEMENTS = (
    b'agreements:\n  - id: one\n    party: "P"\n    schools: ["A", "B"]\n    basis: ferpa-studies\n    items: [name, grades]\n'
    b"    signed: 2026-01-31\n    ends: 2027-01-31\n    answers:\n      requester: provider\n      papers-ferpa-studies: [st.1]\n"
)
ANSWERS = b"requester: group\nitems: [grades, name]\npurpose: own\n"


def _files(**changed: bytes) -> dict[str, bytes]:
    return {**{name: text.encode() for name, text in FILES.items()}, **changed}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a: 1\nb: \x7f\n", 2),
        (b"a: \x00\n", 1),
        ("a: 1\nb: \u2066x\u2069\n".encode(), 2),
        ("a: 1\n\ufeffb: 2\n".encode(), 2),
        (b"a: 1\nb: \xc3\x28\n", 2),
        (b"a: 1\nb: \xed\xa0\x80\n", 2),
        (b"a: 1\n\n- b\n", 3),
        (b"a: 1\nb: %x\n", 2),
        (b"a: 1\nb: `x`\n", 2),
        (b"a: 1\n? {b: c}\n: d\n", 2),
        (b'a: 1\nb: "' + b"x" * (MAX_SCALAR + 1) + b'"\n', 2),
        (b"a: 1\nb: {c, d}\n", 2),
        (b"a: 1\nb: {c: d, e f g}\n", 2),
        (b"a: 1\nb: [c, {no: No, the group}]\n", 2),
        (b"a: 1\nb: |\n  text\n c\n", 4),
        (b"a: 1\nb: !<tag:x,2000:y> z\n", 2),
        (b"a: 1\nb: !!str z\n", 2),
        (b"a: 1\nb: &x\n", 2),
        (b"%YAML 9.9\n---\na: 1\n", 1),
        (b"a: 1\n...\n---\nb: 1\n", 3),
    ],
)
def test_one_mistake_at_the_line_and_nothing_is_read(data: bytes, line: int) -> None:
    root, mistakes = parse(data, "x.yaml")
    assert root is None
    assert [(mistake.file, mistake.line) for mistake in mistakes] == [("x.yaml", line)]
    assert mistakes[0].what
    assert mistakes[0].instead


def test_every_repeated_key_is_told() -> None:
    _, mistakes = parse(b"a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n", "x.yaml")
    assert [mistake.line for mistake in mistakes] == [2, 3, 4]


def test_the_bounds_are_where_they_are_said_to_be() -> None:
    assert parse(b"[" * (MAX_DEPTH - 1) + b"x" + b"]" * (MAX_DEPTH - 1), "x")[1] == []
    assert len(parse(b"[" * MAX_DEPTH + b"x" + b"]" * MAX_DEPTH, "x")[1]) == 1
    assert parse(b'"' + b"x" * MAX_SCALAR + b'"', "x")[1] == []
    assert len(parse(b"- x\n" * (MAX_NODES + 1), "x")[1]) == 1


_KEYS = b"".join(b"k%d: v\n" % number for number in range(90_000))
_BLOCKS = b"\n" + b"- {}\n" * 150_000


@pytest.mark.parametrize(
    ("data", "read", "error"),
    [
        (_KEYS, lambda d: read_profile(d, "p.yaml", PACK), ProfileError),
        (b"school: A\nanswers: {" + _KEYS.replace(b"\n", b", ") + b"}", lambda d: read_profile(d, "p.yaml", PACK), ProfileError),
        (b"examples: " + _BLOCKS, lambda d: read_examples({"e.yaml": d}, PACK), RulesError),
        (b"agreements: " + _BLOCKS, lambda d: read_agreements(d, "g.yaml", real.pack()), AgreementsError),
        (b"id," + b",".join(b"c%d" % n for n in range(300_000)), lambda d: from_csv(d, "g.csv", real.pack()), AgreementsError),
        (b"id,party\n" + b"x\n" * 300_000, lambda d: from_csv(d, "g.csv", real.pack()), AgreementsError),
        (b"id,party\n" + b"x,y\n" * 100_000, lambda d: from_csv(d, "g.csv", real.pack()), AgreementsError),
    ],
    ids=["keys", "answers", "examples", "agreements", "columns", "short rows", "rows"],
)  # fmt: skip
def test_a_file_that_is_all_mistakes_has_its_end_in_time(data: bytes, read: Any, error: type[RulesError]) -> None:
    real.pack()
    began = time.process_time()
    with pytest.raises(error) as caught:
        read(data)
    assert time.process_time() - began < 3
    assert 100 < len(caught.value.mistakes) < 2 * MOST_MISTAKES


@pytest.mark.parametrize("text", ["no", "yes", "~", "null", "0o7", "1e3", "2026-01-31", ".inf", "0x1F", "on", "1_000"])
def test_every_scalar_is_text(text: str) -> None:
    root, mistakes = parse(f"a: {text}\n".encode(), "x")
    assert mistakes == []
    assert root is not None
    assert isinstance(root.value, dict)
    assert root.value["a"].value == text


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".yaml")))
@pytest.mark.parametrize("data", [b"", b"[]", b"x", b"- a: b\n", b"\xff", b"a: {b: {c: [d]}}\n", b"[" * 9000])
def test_no_rule_file_can_be_anything_else(name: str, data: bytes) -> None:
    with pytest.raises(RulesError) as caught:
        pack_of(_files(**{name: data}))
    assert name in {mistake.file for mistake in caught.value.mistakes}


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"null", b"{", b"7", b"\xff", b'{"paragraphs": 7}', b'{"paragraphs": {"a": 7}}', b'{"terms": 7}',
             b'{"terms": [[]]}', b'{"terms": [{}]}', b'{"paragraphs": []}', b"[" * 100_000]
)  # fmt: skip
def test_a_broken_index_of_citations_is_a_mistake(data: bytes) -> None:
    with pytest.raises(RulesError) as caught:
        pack_of(_files(**{"paragraphs.json": data}))
    assert caught.value.mistakes


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"a": 1}',
        b'{"pack.yaml": "x"}',
        b"\xff",
        b"{}",
        b"[" * 100_000,
        b'{"\\ud800": "x"}',
    ],
)
def test_a_stored_pack_that_is_none_is_a_mistake(data: bytes) -> None:
    with pytest.raises(RulesError):
        pack_from_bytes(data)


def test_two_mistakes_in_each_of_two_files_are_four() -> None:
    duties = FILES["duties.yaml"].replace("when: after", "when: later").replace("when: before", "when: sooner")
    items = FILES["items.yaml"].replace("shows: identifies", "shows: all").replace('label: "Grades"', 'labl: "Grades"')
    with pytest.raises(RulesError) as caught:
        small_pack(**{"duties.yaml": duties, "items.yaml": items})
    places = [(mistake.file, mistake.line) for mistake in caught.value.mistakes]
    assert {("duties.yaml", 3), ("duties.yaml", 4), ("items.yaml", 4), ("items.yaml", 6)} <= set(places)
    assert {file for file, _ in places} == {"duties.yaml", "items.yaml"}
    assert places == sorted(places)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """One to three lines gone, doubled, swapped, cut, or with a piece of another in them."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        cut = chance.randrange(len(line) + 1)
        piece = chance.choice([b"yes", b"[", b"]", b"none", b"id", b'"', b"{", b": "])
        changed = [
            b"", line * 2, chance.choice(lines), line[:cut], line[:cut] + bytes([chance.randrange(256)]) + line[cut:],
            b"  " + line, line.replace(piece, b"", 1), line.replace(piece, b"{}", 1), line.replace(b": ", b": [", 1),
        ]  # fmt: skip
        lines[at] = chance.choice(changed)
    return b"".join(lines)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 2**32))
@settings(max_examples=80)
def test_mutated_lines_raise_nothing_but_rules_errors(name: str, seed: int) -> None:
    data = _mutated(FILES[name].encode(), random.Random(seed))
    try:
        pack = pack_of(_files(**{name: data}))
    except RulesError as error:
        assert error.mistakes
        assert all(mistake.line >= 1 for mistake in error.mistakes)
    else:
        determine(
            walk(
                pack, {"requester": "group", "items": ("grades",), "purpose": "service"}, NO_PROFILE, "2026-11-24"
            ).facts
        )


@given(st.integers(0, 2**32))
@settings(max_examples=80)
def test_mutated_profiles_examples_and_answers_raise_only_their_own_errors(seed: int) -> None:
    chance = random.Random(seed)
    for data, read, error in (
        (PROFILE, lambda d: read_profile(d, "p.yaml", PACK), ProfileError),
        (EXAMPLES, lambda d: read_examples({"e.yaml": d}, PACK), RulesError),
        (AGREEMENTS, lambda d: read_agreements(d, "g.yaml", real.pack()), AgreementsError),
        (AGREEMENTS, lambda d: from_csv(d, "g.csv", real.pack()), AgreementsError),
        (ANSWERS, lambda d: read_answers(d, "a.yaml", PACK), AnswersError),
    ):
        try:
            read(_mutated(data, chance))
        except error as caught:
            assert caught.mistakes


def test_the_shipped_rules_with_one_line_gone_never_raise_anything_else() -> None:
    folder = real.RULES / "ferpa"
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.suffix in (".yaml", ".json")
    }
    assert read_pack(folder).content == pack_of(files).content
    chance = random.Random(1)
    for name in chance.sample(sorted(files), 12):
        if name.endswith(".yaml"):
            try:
                pack_of({**files, name: _mutated(files[name], chance)})
            except RulesError as error:
                assert error.mistakes


def test_a_pack_stored_as_bytes_is_plain_json() -> None:
    assert set(json.loads(PACK.content)) == set(FILES)
