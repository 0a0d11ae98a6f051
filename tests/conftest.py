"""For every test: a home folder of its own, no screen needed, nothing left behind; without Qt, what is left out."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("here", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

DESKTOP = Path(__file__).parent / "desktop"
LIBRARIES = "apt install libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"


def _why_no_qt() -> str:
    """What keeps Qt from being loaded; empty when nothing does."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return str(error)
    return ""


WHY_NO_QT = _why_no_qt()
LEFT_OUT = (
    f"LEFT OUT: tests/desktop and every test marked desktop. Qt cannot be loaded: {WHY_NO_QT}. On Debian: {LIBRARIES}"
)


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    # pytest-qt ends the whole run when it cannot load Qt; this is the last moment to go on without it.
    if WHY_NO_QT and (plugin := pluginmanager.get_plugin("pytest-qt")):
        pluginmanager.unregister(plugin)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    return True if WHY_NO_QT and collection_path == DESKTOP else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if WHY_NO_QT and item.get_closest_marker("desktop"):
            item.add_marker(pytest.mark.skip(reason=LEFT_OUT))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if WHY_NO_QT:
        terminalreporter.section("Qt is missing")
        terminalreporter.line(LEFT_OUT)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the files of the person who runs it."""
    home = tmp_path / "home"
    monkeypatch.setenv("FERPA_WIZARD_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return home


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Windows that were closed for later deletion are deleted now; one that is still up fails its test."""
    yield
    application = sys.modules["PySide6.QtWidgets"].QApplication.instance() if not WHY_NO_QT else None
    if application is None or request.node.get_closest_marker("desktop") is None:
        return
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    left = [window for window in application.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.close()
    assert left == []
