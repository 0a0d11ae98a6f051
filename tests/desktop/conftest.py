"""A window on a desk with a small pack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ferpa_wizard import paths
from ferpa_wizard.core.profile import Person, Profile
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.desktop.app import open_window
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.garbage import searched_here_only
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.quick_starts import QuickStart
from tests.desktop.driving import Driver
from tests.desktop.sample_pack import sample_pack
from tests.requests.sample_desks import example_desk

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

HERE = Path(__file__).parent
PROFILE = Profile(
    "Hill School",
    people=(Person("principal", "J. Moreau", "555-0102"), Person("privacy officer", "R. Osei", "555-0101")),
    second_person=("differs",),
    retention=(Rule("decision", ("share", "not-now"), 3),),
)
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.desktop)


class PlannedChoosers(Choosers):
    """Answers with a path of the test and opens no dialog."""

    def __init__(self, folder: Path) -> None:
        self.to = folder

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.to

    def file(self, parent: QWidget, title: str, *, name: str) -> Path | None:
        return self.to / name

    def to_open(self, parent: QWidget, title: str, *, kind: str) -> Path | None:
        """The first file of the folder that has the ending of the kind."""
        return next(iter(sorted(self.to.glob(f"*{kind[kind.index('.') :].rstrip(')')}"))), None)

    def printer(self, parent: QWidget, printer: QPrinter, *, pages: int) -> bool:
        """Print to a file beside the others."""
        printer.setOutputFormat(printer.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.to / "printed.pdf"))
        return True


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def shared() -> bool:
    """Whether some questions of the pack stand on one page."""
    return False


@pytest.fixture
def desk(tmp_path: Path, shared: bool) -> Iterator[Desk]:
    made = Desk(tmp_path / "home", lambda: (sample_pack(shared=shared), PROFILE), now=lambda: NOW)
    made.quick_starts = (  # type: ignore[assignment] # theirs name answers of the real rules
        QuickStart("danger", "Someone is in danger now", {"requester": "group"}),
        QuickStart("press", "For the press", {"requester": "press"}),
    )
    yield made
    made.close()


@pytest.fixture
def real_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the shipped rules."""
    made = example_desk(tmp_path / "home", NOW)
    yield made
    made.close()


@contextmanager
def opened(qapp: QApplication, desk: Desk, folder: Path) -> Iterator[Window]:
    """A window on a desk; what it saves or opens lies in the folder."""
    qapp.setStyle("Fusion")
    made = open_window(qapp, desk, paths.data() / "resources", choosers=PlannedChoosers(folder))
    made.resize(1024, 700)
    made.show()
    made.activateWindow()
    qapp.processEvents()
    with searched_here_only():
        yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def window(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Window]:
    with opened(qapp, desk, tmp_path) as made:
        yield made


@pytest.fixture
def drive(window: Window) -> Driver:
    return Driver(window)
