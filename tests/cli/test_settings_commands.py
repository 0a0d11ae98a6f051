"""`settings` as people read it, and the templates that it writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.cli.settings import _BY, NOBODY, ORGANIZATION, PERSON
from ferpa_wizard.core.settings import SETTINGS
from tests.requests.releases import everything, lay
from tests.requests.test_managed import LOCKED, lock, machine

__all__ = ["machine"]  # a fixture
Out = pytest.CaptureFixture[str]
NAMES = [setting.id for setting in SETTINGS]
FILES = {"policy.schema.json", "ferpa-wizard.admx", "en-US/ferpa-wizard.adml", "settings.md"}


def _files(folder: Path) -> dict[str, bytes]:
    return {name: found for name, found in everything(folder).items() if isinstance(found, bytes)}


def test_templates_are_written_into_a_folder_that_is_made_and_can_be_read(
    tmp_path: Path, own_home: Path, capsys: Out
) -> None:
    folder = tmp_path / "for" / "it"
    assert main(["settings", "--templates", str(folder)]) == codes.FINE
    assert str(folder) in capsys.readouterr().out
    found = _files(folder)
    assert found.keys() == FILES
    assert set(NAMES) <= json.loads(found["policy.schema.json"])["properties"].keys()
    for name in ("ferpa-wizard.admx", "en-US/ferpa-wizard.adml"):
        root = ET.fromstring(found[name])  # noqa: S314  written by us
        assert all(setting in {value for one in root.iter() for value in one.attrib.values()} for setting in NAMES)
    assert all(name in found["settings.md"].decode() for name in NAMES)
    assert not any(b"\r" in content for content in found.values())  # the same on every system
    assert not own_home.exists()


def test_in_a_folder_that_holds_something_only_the_templates_are_written_anew(tmp_path: Path) -> None:
    main(["settings", "--templates", str(tmp_path / "fresh")])
    lay(
        tmp_path / "it", {"mine.admx": b"mine", "en-US/mine.adml": b"mine", "ferpa-wizard.admx": b"an older one" * 9999}
    )
    assert main(["settings", "--templates", str(tmp_path / "it")]) == codes.FINE
    mine = {"mine.admx": b"mine", "en-US/mine.adml": b"mine"}
    assert _files(tmp_path / "it") == {**_files(tmp_path / "fresh"), **mine}


@pytest.mark.parametrize("at", ["file", "file/below"])
def test_a_place_that_is_no_folder_is_told_and_left_as_it_was(at: str, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    before = everything(tmp_path)
    assert main(["settings", "--templates", str(tmp_path / at)]) == codes.DISK
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert everything(tmp_path) == before


def _lines(out: Out) -> dict[str, tuple[str, str]]:
    """Of each setting its value and who set it, as they stand on its line."""
    assert main(["settings"]) == codes.FINE
    text = out.readouterr().out
    found = re.findall(r"^(\w+): (.*?)(?: \((.*)\))?$", text, re.MULTILINE)
    assert len(found) == len(text.splitlines())
    return {name: (value, by) for name, value, by in found}


def test_each_setting_has_its_line_with_its_value_and_who_set_it(machine: Path, own_home: Path, capsys: Out) -> None:
    alone = _lines(capsys)
    assert list(alone) == NAMES
    assert alone["home"] == (str(own_home), _BY[PERSON])
    assert {by for name, (_, by) in alone.items() if name != "home"} == {_BY[NOBODY]}
    lock(machine, rules_keys=["a1", "b2"], colour="blue")
    found = _lines(capsys)
    assert list(found) == [*NAMES, "colour"]  # what this version does not know is told, and named last
    for name, value in LOCKED.items():
        assert found[name] == (str(value), _BY[ORGANIZATION])
    assert found["rules_keys"][0].split(", ") == ["a1", "b2"]
    assert found["home"] == alone["home"]
    assert found["rules_folder"] == alone["rules_folder"]
