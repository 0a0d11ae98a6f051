"""The program met from outside, as a screen reader meets it: over AT-SPI, in a session and on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.facts import Answer
from ferpa_wizard.requests.desk import Desk
from tests.real import RULES

ROOT = Path(__file__).parents[2]
JOURNEY = Path(__file__).parent / "journey.txt"
SPOKEN = Path(__file__).parent / "orca.txt"
WRITE = "FERPA_WIZARD_WRITE_JOURNEY"  # set: the transcript is written anew and not compared
PYTHON = "/usr/bin/python3"  # the bindings come with the system, not with the virtual environment
SECONDS = 120
PATIENCE = {"with_orca": 4, "every_screen": 4}  # the one listens after each key, the other goes over all
PROGRAMS = {"every_screen": "tests.atspi.scenes"}
NAME = "rosei"
# What is known of a tutoring group that control is not taken over yet: the request that `make run` decides.
ANSWERS: dict[str, Answer] = {
    "requester": "provider",
    "provider-who": "partner",
    "students": "few",
    "items": ("name", "grade-level", "meal-status"),
    "purpose": "school-service",
    "staff-job": "yes",
    "school-control": "none",
    "papers-ferpa-school-official-outsourced": ("soo.4", "soo.9", "soo.6"),
    "meal-role": "none",
}
CHOICES = {"radio button", "check box"}
SENSIBLE = CHOICES | {"push button", "image", "label", "text", "combo box", "table", "table cell", "tree", "tree item"}
OPENERS = {"Why we ask", "How to find out", "Search help", "Charts"}  # check boxes that open a part of the page


def _missing() -> str:
    """What is needed and not there; empty when all is there."""
    programs = [name for name in ("dbus-run-session", "xvfb-run", "xdotool", PYTHON) if shutil.which(name) is None]
    if programs:
        return f"{', '.join(programs)} is missing"
    bindings = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if subprocess.run([PYTHON, "-c", bindings], capture_output=True, check=False).returncode:
        return "the bindings for AT-SPI are missing (python3-gi, gir1.2-atspi-2.0)"
    launchers = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"))
    return "" if any(launcher.exists() for launcher in launchers) else "at-spi2-core is missing"


MISSING = _missing()
pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(bool(MISSING) and "CI" not in os.environ, reason=f"no screen reader can listen: {MISSING}"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with the example profile, every fact of it still good."""
    made = tmp_path / "desk"
    made.mkdir()
    profile = (RULES / "profiles" / "example.yaml").read_text(encoding="utf-8")
    year = datetime.now(UTC).year
    (made / "profile.yaml").write_text(profile.replace(" 2027-", f" {year + 1}-"), encoding="utf-8")
    return made


@pytest.mark.long
def test_from_home_to_a_saved_record_by_accessible_actions(home: Path, tmp_path: Path) -> None:
    pages = walk("by_actions", home, tmp_path)
    assert saved(home) == ["Share after the steps"]
    titles = [page["title"] for page in pages]
    assert {"Home", "Check your answers", "What did you decide?", "Decision saved"} < set(titles)
    assert {"Record", "Settings", "About", "Decision log"} < set(titles)
    assert titles[1].startswith("Error: ")
    entries = {node["name"] for node in pages[0]["nodes"] if node["role"] == "radio button"}  # Home asks nothing
    for page in pages:
        assert len(page["nodes"]) > 3, page["title"]
        assert wrong(page, entries | OPENERS) == [], page["title"]


@pytest.mark.long
def test_what_is_spoken_on_the_way_by_keys(home: Path, tmp_path: Path) -> None:
    lines = walk("by_keys", home, tmp_path)
    assert saved(home) == ["Share after the steps"]
    as_before(lines, JOURNEY)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("orca") is None and "CI" not in os.environ, reason="orca is not installed")
def test_what_orca_speaks_on_the_way_by_keys(home: Path, tmp_path: Path) -> None:
    lines = walk("with_orca", home, tmp_path)
    assert saved(home) == ["Share after the steps"]
    as_before(lines, SPOKEN)


@pytest.mark.long
def test_every_screen_says_what_can_take_the_focus(home: Path, tmp_path: Path) -> None:
    pages = walk("every_screen", home, tmp_path)
    assert len({page["title"] for page in pages}) == len(pages) > 40
    for page in pages:
        assert len(page["nodes"]) > 3, page["title"]
        assert [node for node in page["nodes"] if not named(node)] == [], page["title"]


def as_before(lines: list[str], file: Path) -> None:
    told = "\n".join(lines) + "\n"
    if WRITE in os.environ:
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8"), "Is what is spoken meant to change? Then `make atspi`."


def wrong(page: dict[str, Any], no_answers: set[str]) -> list[dict[str, str]]:
    """What can take the focus and does not say what it is, or is an answer outside of its question."""
    return [
        node
        for node in page["nodes"]
        if not named(node) or (node["role"] in CHOICES and not asked(node, page, no_answers))
    ]


def named(node: dict[str, str]) -> bool:
    return bool(node["name"].strip()) and "<" not in node["name"] and node["role"] in SENSIBLE


def asked(node: dict[str, str], page: dict[str, Any], no_answers: set[str]) -> bool:
    return node["name"] in no_answers or (node["group"] != "" and node["group"] in page["groups"])


def saved(home: Path) -> list[str]:
    """What was decided, by the records in a home folder."""
    desk = Desk(home, lambda: pytest.fail("the rules are not needed"))
    labels = [row.label for row in desk.recent()]
    desk.close()
    return labels


def in_words(place: Path, profile: Path) -> dict[str, list[str]]:
    """The answers as a person finds them on the screen: questions and labels."""
    desk = Desk.open(place, profile=profile)
    request, words = desk.new(), dict[str, list[str]]()
    while (ask := request.ask) is not None:
        answer = ANSWERS[ask.id]
        chosen = (answer,) if isinstance(answer, str) else answer
        words[ask.text] = [option.label for option in ask.options if option.id in chosen]
        request.answer(answer)
    desk.close()
    return words


def walk(way: str, home: Path, tmp_path: Path) -> Any:
    """Walk in a session of its own; what was found."""
    assert not MISSING
    runtime, found = tmp_path / "runtime", tmp_path / "found.json"
    runtime.mkdir(mode=0o700)
    plan = {
        "way": way, "program": [sys.executable, "-m", PROGRAMS.get(way, "ferpa_wizard")], "home": str(home), "found": str(found),
        "answers": in_words(tmp_path / "plan", home / "profile.yaml"), "name": NAME,
    }  # fmt: skip
    session = [
        "dbus-run-session",
        "--",
        "xvfb-run",
        "-a",
        "-s",
        "-screen 0 1280x1024x24",
        PYTHON,
        "-m",
        "tests.atspi.walk",
    ]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        session, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            told, _ = process.communicate(json.dumps(plan), timeout=SECONDS * PATIENCE.get(way, 1))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
    assert process.returncode == 0, told
    return json.loads(found.read_text(encoding="utf-8"))
