"""Drafts: saved whole, never lost, never in the way of another."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.ledger.drafts import MAX_BYTES, Drafts
from ferpa_wizard.ledger.errors import DraftDamaged, DraftError, DraftMissing


def draft(name: str = "d1", **changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "id": name,
        "started": "2026-11-24T10:40:00+00:00",
        "saved": "2026-11-24T10:52:00+00:00",
        "answers": {"requester": "outside", "purposes": ["tutoring"], "count": 3},
        "set_aside": {"old": "x"},
        "reference": "R-7",
        "words": 'They "called" – twice 😀\n\ud800',
        "result_seen": False,
        "changed_after_result": ["requester"],
    } | changes


WAITING: dict[str, Any] = {
    **dict.fromkeys(("choice", "words", "by_name", "by_role", "second_name", "second_role"), "text"),
    "reasons": ["district"],
    "notes": {"n": "text"},
    "found": {"label": "text"},
}
PASSED_ON: dict[str, Any] = {
    **dict.fromkeys(("name", "role", "school"), "text"),
    "at": "2026-11-24T10:40:00+00:00",
    "found": {"label": "text"},
}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_draft_comes_back_as_it_was_saved_half_characters_included(drafts: Drafts) -> None:
    drafts.save(draft())
    assert drafts.load("d1") == draft()
    drafts.save(draft(words="later"))
    assert drafts.load("d1")["words"] == "later"
    assert names(drafts.folder) == ["d1.json"]


def test_a_decision_that_waits_and_who_passed_it_on_come_back(drafts: Drafts) -> None:
    drafts.save(draft(waiting=WAITING, passed_on=PASSED_ON))
    assert drafts.load("d1") == draft(waiting=WAITING, passed_on=PASSED_ON)
    drafts.save(draft(waiting={}, passed_on={}))
    assert drafts.load("d1")["waiting"] == {}


def test_what_a_newer_window_adds_survives(drafts: Drafts) -> None:
    drafts.save(draft(title="Tutoring", extra={"a": [1, None]}))
    assert drafts.load("d1")["extra"] == {"a": [1, None]}


def test_drafts_are_listed_last_saved_first(drafts: Drafts) -> None:
    assert drafts.list().drafts == ()
    for name, saved in [("a", "2026-11-24T10:00:00+00:00"), ("b", "2026-11-24T07:00:00-05:00"), ("c", "2025-01-01T00:00:00+00:00")]:  # fmt: skip
        drafts.save(draft(name, saved=saved))
    assert [found["id"] for found in drafts.list().drafts] == ["b", "a", "c"]


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_drafts_are_closed_to_others(drafts: Drafts) -> None:
    drafts.save(draft())
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((drafts.folder / "d1.json").stat().st_mode) == 0o600


def test_a_discarded_draft_comes_back_until_it_is_forgotten(drafts: Drafts) -> None:
    drafts.save(draft())
    drafts.discard("d1")
    assert drafts.list().drafts == ()
    with pytest.raises(DraftMissing):
        drafts.load("d1")
    drafts.restore("d1")
    assert drafts.load("d1") == draft()
    drafts.discard("d1")
    assert drafts.forget_discarded() == 1
    with pytest.raises(DraftMissing):
        drafts.restore("d1")
    assert drafts.forget_discarded() == 0


def test_a_draft_whose_record_is_sealed_leaves_nothing_behind(drafts: Drafts) -> None:
    drafts.save(draft())
    drafts.save(draft("other"))
    drafts.remove("d1")
    drafts.discard("other")
    drafts.remove("other")
    drafts.remove("other")
    assert list(drafts.folder.rglob("*.json")) == []


def test_restoring_does_not_replace_a_draft_made_meanwhile(drafts: Drafts) -> None:
    drafts.save(draft())
    drafts.discard("d1")
    drafts.save(draft(words="new"))
    with pytest.raises(DraftError):
        drafts.restore("d1")
    assert drafts.load("d1")["words"] == "new"


@pytest.mark.parametrize("name", ["", "..", "../d1", "a/b", "a\\b", "nul\0", "x" * 65, "d1.json", "é"])
def test_a_name_cannot_lead_out_of_the_folder(drafts: Drafts, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        drafts.save(draft(name))
    for act in (drafts.load, drafts.discard, drafts.restore):
        with pytest.raises(DraftMissing):
            act(name)
    assert names(tmp_path) == []


def test_a_file_cut_at_any_byte_is_set_aside_and_hides_no_other(drafts: Drafts) -> None:
    drafts.save(draft("good"))
    drafts.save(draft(words="short", answers={"q": "a"}, set_aside={}))
    path = drafts.folder / "d1.json"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        listing = drafts.list()
        assert [found["id"] for found in listing.drafts] == ["good"]
        assert len(listing.problems) == 1
        assert not path.exists()
    assert len(names(drafts.damaged)) == len(whole)
    assert drafts.list().problems == ()


def with_(**changes: Any) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.write_text(json.dumps(draft() | changes))

    return spoil


def without(key: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.write_text(json.dumps({k: v for k, v in draft().items() if k != key}))

    return spoil


def holding(data: bytes) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        path.write_bytes(data)

    return spoil


def huge(path: Path) -> None:
    path.write_bytes(json.dumps(draft()).encode().ljust(MAX_BYTES + 1))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGED = [
    holding(b""),
    holding(b"\0" * 500),
    holding(b"Dear diary"),
    holding(b"\xff\xfe{}"),
    holding(b"[]"),
    holding(b"null"),
    holding(b"[" * 100_000),
    holding(b'{"format": ' + b"9" * 10_000 + b"}"),
    huge,
    folder,
    with_(format=0),
    with_(format=2),
    with_(format=True),
    with_(format="1"),
    with_(format=1.0),
    with_(id="another"),
    with_(answers=[]),
    with_(answers={"q": None}),
    with_(answers={"q": 1.5}),
    with_(answers={"q": True}),
    with_(answers={"q": [1]}),
    with_(set_aside=None),
    with_(words=1),
    with_(reference=[]),
    with_(result_seen="yes"),
    with_(changed_after_result={}),
    with_(changed_after_result=[1]),
    with_(saved="yesterday"),
    with_(saved="0001-01-01T00:00:00+00:00"),
    with_(saved="9999-12-31T23:59:59+00:00"),
    with_(started="yesterday"),
    with_(waiting=[]),
    with_(waiting={"choice": "share"}),
    with_(waiting=WAITING | {"choice": 1}),
    with_(waiting=WAITING | {"reasons": [1]}),
    with_(waiting=WAITING | {"notes": {"n": [1]}}),
    with_(waiting=WAITING | {"found": {"label": None}}),
    with_(passed_on="R. Osei"),
    with_(passed_on={"name": "R. Osei"}),
    with_(passed_on=PASSED_ON | {"at": "yesterday"}),
    with_(passed_on=PASSED_ON | {"school": None}),
    with_(saved="2026-11-24T10:52:00"),
    with_(saved=1),
    without("format"),
    without("id"),
    without("saved"),
    without("answers"),
]
if hasattr(os, "mkfifo"):
    DAMAGED.append(pipe)


@pytest.mark.parametrize("spoil", DAMAGED)
def test_a_damaged_file_is_set_aside_and_reported_and_hides_no_other(
    drafts: Drafts, spoil: Callable[[Path], None]
) -> None:
    drafts.save(draft("good"))
    drafts.save(draft())
    spoil(drafts.folder / "d1.json")
    listing = drafts.list()
    assert [found["id"] for found in listing.drafts] == ["good"]
    (problem,) = listing.problems
    assert str(drafts.folder / "d1.json") in problem
    assert str(drafts.damaged / "d1.json") in problem
    assert names(drafts.damaged) == ["d1.json"]
    drafts.save(draft(words="again"))
    assert drafts.load("d1")["words"] == "again"


def test_opening_a_damaged_draft_sets_it_aside_as_well(drafts: Drafts) -> None:
    for count in (1, 2, 3):
        drafts.save(draft())
        (drafts.folder / "d1.json").write_text("{")
        with pytest.raises(DraftDamaged):
            drafts.load("d1")
        assert len(names(drafts.damaged)) == count
    with pytest.raises(DraftMissing):
        drafts.load("d1")


@pytest.mark.parametrize(
    "bad", [draft(format=2), draft(answers=None), draft(saved="now"), draft(answers={"q": float("nan")})]
)
def test_what_could_not_be_opened_again_is_not_saved(drafts: Drafts, bad: dict[str, Any]) -> None:
    drafts.save(draft())
    with pytest.raises(ValueError):  # noqa: PT011  any sentence will do
        drafts.save(bad)
    assert drafts.load("d1") == draft()


def test_a_draft_that_is_too_large_to_be_opened_is_not_saved(drafts: Drafts) -> None:
    drafts.save(draft())
    with pytest.raises(DraftError):
        drafts.save(draft(words="x" * MAX_BYTES))
    assert drafts.load("d1") == draft()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "drafts").touch()
    with pytest.raises(DraftError) as caught:
        Drafts(tmp_path).save(draft())
    assert str(tmp_path / "drafts" / "d1.json") in str(caught.value)


def test_a_failed_save_keeps_the_last_version_and_leaves_no_part(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.save(draft())

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("ferpa_wizard.ledger.replacing.sync_file", fail)
    with pytest.raises(DraftError):
        drafts.save(draft(words="never"))
    assert drafts.load("d1") == draft()
    assert names(drafts.folder) == ["d1.json"]


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_return(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real = Path.replace

    def replace(path: Path, to: Path) -> Path:
        steps.append("replace")
        return real(path, to)

    monkeypatch.setattr("ferpa_wizard.ledger.replacing.sync_file", lambda _: steps.append("file"))
    monkeypatch.setattr("ferpa_wizard.ledger.replacing.sync_folder", lambda _: steps.append("folder"))
    monkeypatch.setattr(Path, "replace", replace)
    drafts.save(draft())
    assert steps == ["file", "replace", "folder"]


def test_what_was_deleted_is_off_the_disk_before_the_return(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("d1", "d2"):
        drafts.save(draft(name))
    drafts.discard("d2")
    synced: list[list[str]] = []
    monkeypatch.setattr("ferpa_wizard.ledger.replacing.sync_folder", lambda folder: synced.append(names(folder)))
    drafts.remove("d1")
    assert synced == [["discarded"]]
    assert drafts.forget_discarded() == 1
    assert synced == [["discarded"], []]


def test_what_a_killed_program_left_is_swept_away_after_a_day(drafts: Drafts) -> None:
    drafts.save(draft())
    new, old = drafts.folder / ".d1.json.new.part", drafts.folder / ".d1.json.old.part"
    new.touch()
    old.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    listing = drafts.list()
    assert len(listing.drafts) == 1
    assert listing.problems == ()
    assert names(drafts.folder) == [".d1.json.new.part", "d1.json"]
