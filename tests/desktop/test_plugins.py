"""The parts of Qt that the program loads, and what is said when one is missing; the whole self-test at the end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QApplication

from ferpa_wizard import paths
from ferpa_wizard.cli import codes, main
from ferpa_wizard.desktop import plugins
from ferpa_wizard.requests.computer.check import Check

RESOURCES = paths.data() / "resources"
FOLDER = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))


def _states(found: list[Check]) -> dict[str, bool | None]:
    return {one.name: one.passed for one in found}


def _only(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Plugins are looked for in this folder alone."""
    monkeypatch.setattr(
        plugins, "_files", lambda kind: sorted(file for file in (folder / kind).glob("*") if file.suffix == ".so")
    )


def test_all_that_is_in_use_can_be_loaded(qapp: QApplication) -> None:
    assert plugins.platform_check().passed is True
    found = _states(plugins.plugin_checks(RESOURCES))
    assert found["qt-icons"] is found["qt-style"] is True
    assert found["qt-print"] is not False
    assert qapp.platformName() in plugins.plugins()["platforms"]
    assert "svgicon" in plugins.plugins()["iconengines"]


@pytest.mark.parametrize("asked", ["nothing", "nothing:size=1x1;other"])
def test_a_platform_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    found = plugins.platform_check()
    assert found.passed is False
    assert "nothing" in found.says


def test_the_next_platform_counts_where_the_first_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nothing;offscreen:size=1x1")
    assert plugins.platform_check().passed is True


def test_plugins_that_are_missing_are_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _only(monkeypatch, tmp_path)
    assert plugins.platform_check().passed is False
    found = _states(plugins.plugin_checks(RESOURCES))
    assert found["qt-icons"] is False
    assert found["qt-print"] is None


@pytest.mark.parametrize("kind", ["platforms", "iconengines", "printsupport"])
def test_plugins_that_are_damaged_are_told(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    for one in ("platforms", "iconengines", "printsupport"):
        shutil.copytree(FOLDER / one, tmp_path / one)
    _only(monkeypatch, tmp_path)
    for file in (tmp_path / kind).iterdir():
        file.write_bytes(file.read_bytes()[:300])
    found = _states([plugins.platform_check(), *plugins.plugin_checks(RESOURCES)])
    names = {"platforms": "qt-platform", "iconengines": "qt-icons", "printsupport": "qt-print"}
    assert found.pop(names[kind]) is (None if kind == "printsupport" else False)
    assert False not in found.values()


def test_icons_that_were_not_copied_are_told(qapp: QApplication, tmp_path: Path) -> None:
    assert _states(plugins.plugin_checks(tmp_path))["qt-icons"] is False


def test_a_style_that_is_missing_is_told(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "STYLE", "none such")
    assert _states(plugins.plugin_checks(RESOURCES))["qt-style"] is False


def test_the_command_tells_of_computer_qt_and_window_together(
    qapp: QApplication, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    assert main(["self-test", "--json"]) == codes.FINE
    found = json.loads(capsys.readouterr().out)
    assert {one["check"] for one in found["checks"]} >= {
        "sqlite",
        "place",
        "qt-platform",
        "qt-icons",
        "window",
        "paper",
    }
    assert not own_home.exists()
