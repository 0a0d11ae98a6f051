"""An export that is killed at any moment leaves the whole file or the one before it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.requests.exporting import SUFFIXES, Exports, Format, Wanted
from ferpa_wizard.requests.steps import whole
from tests import many

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork are a matter of POSIX")
ROOT = Path(__file__).resolve().parents[2]
BEFORE = "the last one"
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.steps import whole

home, out, form, points = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
NOW = datetime(2026, 11, 27, tzinfo=UTC)

def work(kill_at):
    # Counts calls from Python into C, which is where files are written, synced and renamed.
    calls = 0
    def count(frame, event, _):
        nonlocal calls
        if event == "c_call":
            calls += 1
            if calls == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.setprofile(count)
    whole(Exports(home, lambda: NOW).exporting(Wanted(form, Search()), out))
    sys.setprofile(None)
    return calls

def child(kill_at):
    # Each in a process of its own: threads that one left behind would not be there in the next.
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
    else:
        told.write_text(str(work(kill_at)))
        os._exit(0)

told = home.parent / "told"
child(0)
every, whole = int(told.read_text()), out.read_bytes()
counts = {"before": 0, "whole": 0, "half": 0}
for point in range(points):
    for part in out.parent.iterdir():
        if part != out and part.is_file():
            part.unlink()
    out.write_text("the last one")
    # Half of them in the last twentieth, where the file gets its name.
    start, span = (0, every) if point % 2 else (every * 19 // 20, every // 20)
    child(start + max(1, span * (point + 1) // points))
    found = out.read_bytes()
    counts["whole" if found == whole else "before" if found == b"the last one" else "half"] += 1
print(counts["before"], counts["whole"], counts["half"])
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "home"
    many.fill(folder, 30)
    whole(Exports(folder, lambda: datetime(2026, 11, 27, tzinfo=UTC)).exporting(Wanted("csv"), folder.parent / "x"))
    return folder


def kill(form: Format, points: int, home: Path, folder: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(home), str(folder / "out"), form, str(points)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    before, whole, half = map(int, done.stdout.split())
    assert (before + whole, half) == (points, 0)
    assert before > points // 2


@pytest.mark.parametrize("form", [*SUFFIXES])
def test_a_killed_export_leaves_no_half_file(form: Format, home: Path, tmp_path: Path) -> None:
    kill(form, 4, home, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("form", [*SUFFIXES])
def test_an_export_killed_at_forty_points_leaves_no_half_file(form: Format, home: Path, tmp_path: Path) -> None:
    kill(form, 40, home, tmp_path)
