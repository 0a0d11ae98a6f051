"""What a policy may say, and the files that IT manages it with."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ferpa_wizard.core import settings_files
from ferpa_wizard.core.settings import SETTINGS, PolicyError, policy_of, read_policy

GOOD = {
    "home": "~/ferpa",
    "school": "Lincoln High",
    "rules_folder": "//server/rules",
    "rules_keys": ["k1", "k2"],
    "log_folder": "/mnt/ferpa",
    "theme": "dark",
    "text_size": 150,
}
WRONG: Mapping[str, Sequence[object]] = {
    "home": ["ferpa", "", 1, None, "./x", "C:", ["~"], "~bob", "~bob/x"],
    "school": ["", " ", 7, None, ["a"], "two\nlines"],
    "rules_folder": ["rules", "~/rules", "~", "..", True, "/a\0b"],
    "rules_keys": ["key", [], [""], [1], {}],
    "log_folder": ["share", "~/share", 3, ""],
    "theme": ["Dark", "", 1, True, "red", ["dark"]],
    "text_size": [99, 201, "150", 150.5, True, None],
}
TREE = Path(__file__).parents[2] / "packaging" / "policy"
SPACE = {"p": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}


def written(found: object) -> bytes:
    return json.dumps(found, indent=1).encode()


def test_every_setting_can_be_set() -> None:
    found = read_policy(written(GOOD), "policy.json")
    assert found.values == {**GOOD, "rules_keys": ("k1", "k2")}
    assert set(GOOD) == {setting.id for setting in SETTINGS}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_of_another_kind_is_refused_with_its_line(name: str, value: object) -> None:
    text = json.dumps({"theme" if name != "theme" else "school": "light", name: value}, indent=1)
    with pytest.raises(PolicyError) as caught:
        read_policy(text.encode(), "policy.json")
    lines = {mistake.line for mistake in caught.value.mistakes}
    assert [line for line in lines if json.dumps(name) in text.splitlines()[line - 1]]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'"theme"', b"{'a': 1}", b"\xff\xfe", b"[" * 100_000, b"null",
             b'{"text_size": %s}' % (b"9" * 5_000)]
)  # fmt: skip
def test_what_is_no_policy_is_refused(data: bytes) -> None:
    with pytest.raises(PolicyError):
        read_policy(data, "policy.json")


def test_a_policy_that_is_full_of_what_nobody_knows_is_read_in_time() -> None:
    data = json.dumps({f"key-{number}": 1 for number in range(60_000)}).encode()
    began = time.process_time()
    assert len(read_policy(data, "policy.json").unknown) == 60_000
    assert time.process_time() - began < 2


def test_a_setting_that_stands_twice_is_refused() -> None:
    with pytest.raises(PolicyError):
        read_policy(b'{"theme": "dark",\n "theme": "light"}', "policy.json")


def test_what_a_later_version_knows_is_named_and_does_nothing() -> None:
    found = read_policy(b'{"$schema": "x", "theme": "dark", "colour": "blue"}', "policy.json")
    assert (found.values, found.unknown) == ({"theme": "dark"}, ("colour",))


def test_the_registry_stands_before_the_file_setting_by_setting() -> None:
    both = policy_of({"theme": "light"}, "registry").over(read_policy(b'{"theme": "dark", "school": "A"}', "file"))
    assert both.values == {"theme": "light", "school": "A"}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("policy.schema.json", settings_files.schema()),
        ("ferpa-wizard.admx", settings_files.admx()),
        ("en-US/ferpa-wizard.adml", settings_files.adml()),
    ],
)
def test_the_files_for_it_are_those_of_the_table(file: str, text: str) -> None:
    """`ferpa-wizard settings --templates packaging/policy` writes them anew."""
    assert (TREE / file).read_text(encoding="utf-8") == text


def test_the_documentation_has_the_table() -> None:
    guide = TREE.parents[1] / "docs" / "settings.md"
    assert settings_files.table() in guide.read_text(encoding="utf-8")


def test_each_setting_has_its_element_its_words_and_its_place_to_type_in_the_template() -> None:
    from lxml import etree  # type: ignore[import-untyped] # it comes with python-docx

    admx, adml = etree.fromstring(settings_files.admx().encode()), etree.fromstring(settings_files.adml().encode())
    strings = {one.get("id") for one in adml.iterfind(".//p:string", SPACE)}
    typed = {one.get("id"): one[0].get("refId") for one in adml.iterfind(".//p:presentation", SPACE)}
    policies = list(admx.iterfind(".//p:policy", SPACE))
    assert [one.get("name") for one in policies] == [setting.id for setting in SETTINGS]
    for one in policies:
        (element,) = next(one.iterfind("p:elements", SPACE))
        assert element.get("valueName") == one.get("name") == typed[one.get("name")] == element.get("id")
    used = {word[9:-1] for one in admx.iter() for word in one.attrib.values() if word.startswith("$(string.")}
    assert used <= strings
