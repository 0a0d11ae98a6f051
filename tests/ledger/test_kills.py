"""What was acknowledged is there, however the program ends and whatever the disk does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import COUNT, NOW, Check

posix = pytest.mark.skipif(os.name != "posix", reason="SIGKILL and limits are a matter of POSIX")
ROOT = Path(__file__).resolve().parents[2]

APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.ledger.ledger import Ledger
with Ledger.open(Path(sys.argv[1]), now=datetime.now(UTC)) as ledger:
    while True:
        entry = ledger.append("note", {"words": "x" * 500}, at=datetime.now(UTC))
        print(entry.sequence, entry.seal, flush=True)
"""

SAVE = """
import os, signal, sys
from pathlib import Path
from ferpa_wizard.ledger.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    drafts.save({"format": 1, "id": "d", "saved": "2026-11-24T10:52:00+00:00", "answers": {"n": n}, "words": "x" * n})
    print(n, flush=True)
"""

LIMITED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.ledger.errors import DiskFull
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.exporting import Exports, Wanted
from ferpa_wizard.requests.steps import whole
what, home, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
exports = Exports(home, lambda: datetime.now(UTC))
if what != "draft":  # what the export needs besides
    whole(exports.exporting(Wanted("csv"), home.parent / "warm.csv"))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if what == "draft":
        draft = {"format": 1, "id": "d", "saved": "2026-11-24T10:52:00+00:00", "answers": {}}
        Drafts(home).save(draft | {"words": "x" * limit})
    else:
        whole(exports.exporting(Wanted(what), Path(sys.argv[4])))
except DiskFull as error:
    print("full")
    print(error)
"""


def python(code: str, *arguments: object, quiet: bool = False) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    errors = subprocess.DEVNULL if quiet else None
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)


def lines_until_killed(code: str, home: Path, count: int) -> list[str]:
    """What the process had printed when it was killed, right after its line number `count`."""
    with python(code, home) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(count)]
        process.kill()
        return [*lines, *process.stdout.readlines()]


@posix
def test_a_killed_program_has_kept_all_that_it_acknowledged(home: Path, check: Check) -> None:
    acknowledged: list[str] = []
    for round_ in range(3):
        acknowledged += lines_until_killed(APPEND, home, 2 + 3 * round_)
    with Ledger.open(home, now=NOW) as ledger:
        there = {f"{entry.sequence} {entry.seal}\n" for entry in ledger.every()}
    assert {line for line in acknowledged if line.endswith("\n")} <= there
    verdict = check()
    assert verdict.holds
    assert verdict.count >= COUNT + len(acknowledged) - 3


@posix
def test_a_killed_program_has_kept_the_draft_that_it_saved(tmp_path: Path) -> None:
    for count in (1, 4):
        acknowledged = lines_until_killed(SAVE, tmp_path, count)
        listing = Drafts(tmp_path).list()
        assert listing.problems == ()
        (draft,) = listing.drafts
        assert draft["answers"]["n"] == len(draft["words"]) >= len(acknowledged)


@posix
def test_two_programs_append_at_once_and_nothing_is_lost(home: Path) -> None:
    processes = [python(APPEND, home) for _ in range(2)]
    acknowledged = []
    for process in processes:
        with process:
            assert process.stdout is not None
            acknowledged += [process.stdout.readline() for _ in range(4)]
            process.kill()
            acknowledged += process.stdout.readlines()
    with Ledger.open(home, now=NOW) as ledger:
        there = {f"{entry.sequence} {entry.seal}\n" for entry in ledger.every()}
    assert {line for line in acknowledged if line.endswith("\n")} <= there
    assert len(set(acknowledged)) == len(acknowledged)
    assert verify(home).holds


@posix
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "pdf", "bundle"])
def test_an_export_that_fills_the_disk_leaves_what_was_there(home: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "exports" / "log"
    out.parent.mkdir()
    out.write_text("the last one")
    with python(LIMITED, form, home, 900, out) as process:
        told, _ = process.communicate()
    assert told.startswith("full\n")
    assert str(out) in told
    assert out.read_text() == "the last one"
    assert list(out.parent.iterdir()) == [out]


@posix
def test_a_draft_that_fills_the_disk_keeps_its_last_version(home: Path) -> None:
    drafts = Drafts(home)
    drafts.save({"format": 1, "id": "d", "saved": "2026-11-24T10:52:00+00:00", "answers": {"q": "kept"}})
    with python(LIMITED, "draft", home, 900) as process:
        told, _ = process.communicate()
    assert told.startswith("full\n")
    assert drafts.load("d")["answers"] == {"q": "kept"}
    assert [path.name for path in drafts.folder.iterdir()] == ["d.json"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB, where this process may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_sealed(small_disk: Path, check: Check) -> None:
    with python(APPEND, small_disk, quiet=True) as process:
        assert process.stdout is not None
        acknowledged = process.stdout.readlines()
    assert process.returncode == 1
    with Ledger.open(small_disk, now=NOW, readonly=True) as ledger:
        assert [f"{entry.sequence} {entry.seal}\n" for entry in ledger.every()] == acknowledged
    assert check(at=small_disk).count == len(acknowledged) > 10
