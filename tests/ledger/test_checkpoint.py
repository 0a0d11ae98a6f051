"""The file of a checkpoint: read as it was written, refused when anything in it changed, by both readers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferpa_wizard.ledger.checkpoint import Checkpoint, CheckpointUnusable, noted, read_checkpoint, write_checkpoint
from ferpa_wizard.ledger.errors import ExportFailed
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.checking import checkpoint_of
from tests.ledger.samples import COUNT, NOW
from tests.ledger.test_verifier import run


@pytest.fixture
def kept(home: Path) -> Checkpoint:
    return checkpoint_of(home, at=NOW)


def written(kept: Checkpoint, file: Path) -> Path:
    write_checkpoint(kept, file, home=file.parent / "home")
    return file


def test_it_is_read_as_it_was_written_and_names_the_last_entry(home: Path, kept: Checkpoint, tmp_path: Path) -> None:
    assert read_checkpoint(written(kept, tmp_path / "kept.json")) == kept
    with Ledger.open(home, now=NOW) as ledger:
        last = ledger.get(COUNT)
        assert (kept.installation, kept.count) == (ledger.installation, COUNT)
    assert (kept.number, kept.head) == (last.number, last.seal)
    assert "".join(kept.groups).replace(" ", "") == kept.head


def test_a_mark_of_an_editor_and_other_line_ends_do_not_harm(kept: Checkpoint, tmp_path: Path) -> None:
    file = written(kept, tmp_path / "kept.json")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_checkpoint(file) == kept


BROKEN: list[Callable[[dict[str, Any]], object]] = [
    lambda found: found.pop("head"),
    lambda found: found.update(head="a" * 64),
    lambda found: found.update(head=found["head"].upper()),
    lambda found: found.update(count=found["count"] - 1),
    lambda found: found.update(count=True),
    lambda found: found.update(count=str(found["count"])),
    lambda found: found.update(count=0),
    lambda found: found.update(number="2026-0001"),
    lambda found: found.update(installation="f" * 32),
    lambda found: found.update(time="yesterday"),
    lambda found: found.update(kind="ferpa-wizard-request"),
    lambda found: found.update(format=2),
    lambda found: found.update(format="1"),
    lambda found: found.pop("sum"),
    lambda found: found.update(sum=None),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_checkpoint_that_was_changed_is_refused_by_both(
    number: int, kept: Checkpoint, tmp_path: Path, verifier: ModuleType
) -> None:
    file = written(kept, tmp_path / "kept.json")
    found = json.loads(file.read_text())
    BROKEN[number](found)
    file.write_text(json.dumps(found))
    _refused(file, verifier)


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"Dear diary", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_checkpoint_is_refused_by_both(data: bytes, tmp_path: Path, verifier: ModuleType) -> None:
    (tmp_path / "kept.json").write_bytes(data)
    for path in (tmp_path / "kept.json", tmp_path / "none.json", tmp_path):
        _refused(path, verifier)


def test_any_byte_of_a_checkpoint_that_changes_what_it_says_is_noticed(
    kept: Checkpoint, tmp_path: Path, verifier: ModuleType
) -> None:
    file = written(kept, tmp_path / "kept.json")
    healthy, chance = file.read_bytes(), random.Random(7)
    for place in chance.sample(range(len(healthy)), 300):
        data = bytearray(healthy)
        data[place] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        try:
            assert read_checkpoint(file) == kept, place
        except CheckpointUnusable:
            continue
        assert tuple(verifier.read_checkpoint(file)) == tuple(getattr(kept, name) for name in kept.__slots__)


def _refused(file: Path, verifier: ModuleType) -> None:
    with pytest.raises(CheckpointUnusable):
        read_checkpoint(file)
    with pytest.raises(verifier.StopError) as raised:
        verifier.read_checkpoint(file)
    assert raised.value.code == verifier.UNREADABLE


def test_it_takes_the_place_of_no_file_of_the_program(home: Path, kept: Checkpoint) -> None:
    before = (home / "ledger.sqlite").read_bytes()
    with pytest.raises(ExportFailed):
        write_checkpoint(kept, home / "ledger.sqlite", home=home)
    assert (home / "ledger.sqlite").read_bytes() == before


def test_an_older_checkpoint_holds_while_the_log_grows_and_texts_are_purged(home: Path) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        older = [
            noted(ledger.installation, entry.sequence, last=entry.at, head=entry.seal, at=NOW)
            for entry in ledger.every()
        ]
        ledger.append("decision", {"format": 1}, at=NOW + timedelta(days=400))
    for kept in older:
        verdict = verify(home, checkpoint=kept)
        assert verdict.holds and kept.number in verdict.says


def test_the_verifier_takes_the_same_file(home: Path, kept: Checkpoint, tmp_path: Path) -> None:
    file = written(kept, tmp_path / "kept.json")
    done = run(home / "ledger.sqlite", "--checkpoint", file)
    assert (done.returncode, done.stderr) == (0, "") and kept.number in done.stdout
    file.write_text("{}")
    done = run(home / "ledger.sqlite", "--checkpoint", file, "--json")
    assert (done.returncode, done.stderr, json.loads(done.stdout)["verdict"]) == (2, "", "cannot-read")


def test_a_ledger_that_went_away_is_not_called_one_that_never_was(home: Path, tmp_path: Path) -> None:
    never = verify(tmp_path / "never").says
    (home / "ledger.sqlite").unlink()
    gone = verify(home)
    assert gone.outcome == "cannot-read"
    assert gone.says.replace(str(home), "") != never.replace(str(tmp_path / "never"), "")
