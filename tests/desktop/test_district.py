"""What the window shows of rules that the district sent, and when it looks for newer ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton

from ferpa_wizard.desktop.controls.rows import FactRow, PressRow
from ferpa_wizard.desktop.pages.shown import SOURCES
from ferpa_wizard.requests.central import Central
from ferpa_wizard.requests.desk import Desk
from tests.desktop.conftest import opened
from tests.desktop.driving import Driver, name_of, settle, wait_for
from tests.desktop.test_accessibility import nameless, too_small, with_markup
from tests.requests.releases import FILES, PUBLIC, lay, policy, sealed
from tests.requests.test_central import ASKED, OWN


@pytest.fixture
def share(tmp_path: Path) -> Path:
    profile = FILES["profile.yaml"] + b"state: CA\n"
    return lay(tmp_path / "share", sealed({**FILES, "profile.yaml": profile}))


@pytest.fixture
def drive(qapp: QApplication, share: Path, tmp_path: Path) -> Iterator[Driver]:
    """A window of Lincoln High that has looked at the share before."""
    lay(tmp_path / "home", {"profile.yaml": OWN})
    desk = Desk.open(tmp_path / "home", policy=policy(share, "Lincoln High"))
    desk.central.look()
    with opened(qapp, desk, tmp_path) as made:
        yield Driver(made)
    desk.central.wait(60)
    desk.close()


def _facts(drive: Driver) -> list[str]:
    return [name_of(row) for row in drive.all(FactRow)]


def test_check_says_which_facts_the_district_set(drive: Driver) -> None:
    desk = drive.window._desk
    drive.window._open(lambda: desk.new(ASKED))
    drive.window.request_shell.check_answers()
    assert drive.sees(SOURCES["district"]) and drive.sees(SOURCES["profile"])


def test_your_school_shows_what_the_district_set_and_offers_no_change(drive: Driver, tmp_path: Path) -> None:
    drive.window.desk_shell.go("school")
    theirs = [one for one in _facts(drive) if one.startswith("Does your notice limit")]
    assert len(theirs) == 1
    assert not [row for row in drive.all(PressRow) if name_of(row).startswith("Does your notice limit")]
    assert [row for row in drive.all(PressRow) if name_of(row).startswith("Can the student ID alone")]
    assert any("J. Moreau" in one for one in _facts(drive))
    assert drive.find(QLineEdit, "State").text() == "CA"
    assert drive.find(QLineEdit, "State").isReadOnly()
    assert not any(tick.isEnabled() for tick in drive.all(QCheckBox))


def test_saving_your_school_writes_nothing_of_the_district_into_its_file(drive: Driver, tmp_path: Path) -> None:
    drive.window.desk_shell.go("school")
    drive.find(QLineEdit, "Name of the school or district").setText("Lincoln High, annex")
    drive.find(QPushButton, "Save").click()
    text = (tmp_path / "home" / "profile.yaml").read_text(encoding="utf-8")
    assert "annex" in text
    assert not any(word in text for word in ("state", "Moreau", "second_person", "k12"))


def test_about_tells_of_the_release_and_of_what_was_refused_since(drive: Driver, share: Path) -> None:
    drive.window.desk_shell.go("about")
    assert any("Release 6" in one for one in _facts(drive))
    drive.window._desk.central.wait(60)  # for the look with which the window begins
    lay(share, {"profile.yaml": b"school: Another\n"})
    lay(share, {name: content for name, content in sealed(release=7).items() if name.startswith("manifest")})
    drive.window._desk.central.look()
    drive.window.desk_shell.go("home")
    drive.window.desk_shell.go("about")
    facts = _facts(drive)
    assert any("profile.yaml" in one for one in facts) and any("Release 6" in one for one in facts)


def test_the_share_is_looked_at_only_once_home_stands_and_everything_is_ready(
    qapp: QApplication, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.open(tmp_path / "home", policy=policy(share))
    seen: list[tuple[bool, bool]] = []
    windows: list[Driver] = []
    go: Callable[[Central], None] = Central.go

    def watched(central: Central) -> None:
        seen.append((windows[0].window._painted, desk.has_rules))
        go(central)

    monkeypatch.setattr(Central, "go", watched)
    with opened(qapp, desk, tmp_path) as made:
        windows.append(Driver(made))
        for _ in range(20):
            settle()
        assert seen == [(True, True)]
        desk.central.wait(60)
        assert desk.new().profile.release == 6
    desk.close()


class Clock(QTimer):
    """A timer of the window that goes by a time of the test: it rings when that has come, and never by itself."""

    made: ClassVar[list[Clock]] = []

    def start(self, *wait: int) -> None:
        self.wait, self.gone = wait[0], 0
        self.made.append(self)

    @classmethod
    def go_on(cls, milliseconds: int) -> None:
        for clock in cls.made:
            before, clock.gone = clock.gone, clock.gone + milliseconds
            for _ in range(clock.gone // clock.wait - before // clock.wait):
                clock.timeout.emit()


def test_the_share_is_looked_at_anew_each_hour(
    qapp: QApplication, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    minute = 60_000
    desk = Desk.open(tmp_path / "home", policy=policy(share))
    looks: list[int] = []
    monkeypatch.setattr(Central, "go", lambda central: looks.append(1))
    monkeypatch.setattr(Clock, "made", [])
    monkeypatch.setattr("ferpa_wizard.desktop.window.QTimer", Clock)
    with opened(qapp, desk, tmp_path):
        wait_for(lambda: len(looks) == 1 and bool(Clock.made))
        Clock.go_on(59 * minute)
        assert len(looks) == 1
        Clock.go_on(minute)
        assert len(looks) == 2
        Clock.go_on(3 * 60 * minute)
        assert len(looks) == 5
    desk.close()


def test_rules_with_mistakes_are_mended_by_the_next_release(
    qapp: QApplication, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(Central, "go", lambda central: looks.append(1))
    lay(tmp_path / "home", {"profile.yaml": b"school: [\n"})
    desk = Desk.open(tmp_path / "home", policy=policy(share))
    with opened(qapp, desk, tmp_path):
        for _ in range(20):
            settle()
        assert looks == [1]
    desk.close()


@pytest.mark.parametrize("page", ["school", "about"])
def test_what_the_district_set_serves_voice_and_keys(drive: Driver, page: str) -> None:
    drive.window.desk_shell.go(page)
    assert not (nameless(drive) or too_small(drive) or with_markup(drive))
    ring = list(drive.tab_ring())
    assert len(ring) == len(set(ring))
    assert not [name_of(widget) or repr(widget) for widget in drive.tab_stops() if widget not in ring]


def test_the_key_that_counts_is_shown_short(drive: Driver) -> None:
    drive.window.desk_shell.go("about")
    told = drive.window._desk.central.told()
    assert told is not None and told["key"] == PUBLIC
    assert any(str(told["fingerprint"]) in one for one in _facts(drive))
