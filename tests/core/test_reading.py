"""Bad rule files: each mistake at its place, all in one run, and never another exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.read_pack import pack_from_bytes, pack_of
from ferpa_wizard.core.strict_yaml import parse
from tests.core.small_pack import FILES, small_pack

HOSTILE = {
    "repeated key": b"a: 1\nb: 2\na: 3\n",
    "anchor": b"a: 1\nb: &x 2\n",
    "alias": b"a: 1\nb: *x\n",
    "merge": b"a: 1\nb: {<<: *x}\n",
    "tag": b"a: 1\nb: !!python/object:os.system x\n",
    "own tag": b"a: 1\nb: !x y\n",
    "deep": b"a:\n  " + b"[" * 100_000,
    "deep mapping": b"a:\n  " + b"{a: " * 100_000,
    "control": b"a: 1\nb: \x07\n",
    "bidi": "a: 1\nb: x\u202ey\n".encode(),
    "latin-1": "a: 1\nb: caf\xe9\n".encode("latin-1"),
    "two documents": b"a: 1\n---\nb: 2\n",
    "prose in flow": b"a: 1\nb: {no: No, the group decides}\n",
    "list as key": b"a: 1\n? [x]\n: y\n",
    "tab indent": b"a:\n\tb: 1\n",
    "open quote": b'a: 1\nb: "x\n',
}
LINES = {"two documents": (2, 3), "open quote": (2, 3)}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_one_mistake_at_its_line(name: str) -> None:
    _, mistakes = parse(HOSTILE[name], "x.yaml")
    assert mistakes
    expected = LINES.get(name, (2,) if name != "repeated key" else (3,))
    assert mistakes[0].file == "x.yaml"
    assert mistakes[0].line in expected


def test_utf_16_too_large_and_empty_are_refused() -> None:
    assert parse("a: 1".encode("utf-16"), "x.yaml")[1]
    assert parse(b"a" * (6 * 1024 * 1024), "x.yaml")[1]
    assert parse(b"", "x.yaml") == (None, [])


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    parse(data, "x.yaml")


def _mistakes(**changed: str) -> list[tuple[str, int]]:
    with pytest.raises(RulesError) as caught:
        small_pack(**changed)
    return [(mistake.file, mistake.line) for mistake in caught.value.mistakes]


def _changed(file: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[file]
    return {file: FILES[file].replace(old, new)}


def _line(file: str, text: str) -> int:
    return FILES[file][: FILES[file].index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("bases/provider.yaml", "effect: permits", "effect: allows"),
        ("bases/provider.yaml", "rank: 5", "rank: five"),
        ("bases/provider.yaml", "rank: 5", "rnak: 5"),
        ("bases/provider.yaml", "kind: designate", "kind: magic"),
        ("items.yaml", "shows: identifies", "shows: everything"),
        ("duties.yaml", "when: after", "when: later"),
        ("facts/all.yaml", 'presume: "no"', "presume: maybe"),
        ("facts/all.yaml", "kind: many\n", "by-agreement: yes\n    kind: many\n"),
    ],
)
def test_a_wrong_value_is_told_at_its_line(file: str, old: str, new: str) -> None:
    assert (file, _line(file, old)) in _mistakes(**_changed(file, old, new))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("bases/provider.yaml", "purpose: service", "porpuse: service"),
        ("bases/provider.yaml", "purpose: service", "purpose: servise"),
        ("bases/provider.yaml", "duties: [log]", "duties: [lgo]"),
        ("bases/provider.yaml", 'cite: "34 CFR 99.31"\neffect', 'cite: "34 CFR 99.999"\neffect'),
        ("barriers/meals.yaml", 'cite: "42 USC 1"\nsays', 'cite: "42 USC 2"\nsays'),
        ("barriers/meals.yaml", "tag: meal", "tag: mael"),
        ("routes.yaml", "mends: [consent-basis]", "mends: [consent-bases]"),
    ],
)
def test_an_unknown_name_or_citation_is_told_in_its_file(file: str, old: str, new: str) -> None:
    assert file in {place for place, _ in _mistakes(**_changed(file, old, new))}


def test_all_mistakes_come_in_one_run() -> None:
    changed = {
        **_changed("items.yaml", "shows: identifies", "shows: everything"),
        **_changed("duties.yaml", "when: after", "when: later"),
        "bases/new.yaml": "id: [x]\n",
    }
    assert {file for file, _ in _mistakes(**changed)} >= {"items.yaml", "duties.yaml", "bases/new.yaml"}


def test_a_stored_pack_reads_back_with_the_same_name() -> None:
    pack = small_pack()
    assert pack_from_bytes(pack.content).sha256 == pack.sha256


@given(st.sampled_from(sorted(FILES)), st.integers(0, 4000), st.text(max_size=12))
@settings(max_examples=120)
def test_mutated_rules_raise_nothing_but_rules_errors(file: str, place: int, text: str) -> None:
    old = FILES[file]
    at = place % (len(old) + 1)
    files = {**FILES, file: old[:at] + text + old[at + len(text) // 2 :]}
    try:
        pack_of({name: content.encode("utf-8", "surrogatepass") for name, content in files.items()})
    except RulesError as error:
        assert error.mistakes
