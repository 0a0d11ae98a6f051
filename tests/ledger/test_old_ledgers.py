"""Ledgers of earlier versions stay readable for ever: each folder under old/ is one, as make.py there made it."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.rerun import DIFFERENT, OPEN, OTHER_REASON, SAME, rerun
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.decided import DECISION
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import Format
from ferpa_wizard.requests.papers import write_papers
from tests import real
from tests.exported import export
from tests.ledger.old.make import HEAD, LEDGER, OLD

FOLDERS = sorted(file.parent for file in OLD.glob(f"*/{LEDGER}"))


@dataclass(frozen=True)
class Old:
    """An old ledger, unpacked into a home folder: its desk, its last seal, its decisions by number."""

    home: Path
    desk: Desk
    head: str
    bodies: dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    home = tmp_path_factory.mktemp("old")
    (home / "ledger.sqlite").write_bytes(gzip.decompress((request.param / LEDGER).read_bytes()))
    desk = Desk(home, lambda: (real.pack(), real.profiles()["example"]))
    with desk._open(writing=False) as ledger:  # lists leave out the restricted ones
        bodies = {entry.number: dict(entry.body or {}) for entry in ledger.every(DECISION)}
    desk.close()
    yield Old(home, desk, (request.param / HEAD).read_text(encoding="utf-8").strip(), bodies)
    desk.close()


def test_there_is_an_old_ledger() -> None:
    assert FOLDERS, "No old ledger is kept yet. Make one: .venv/bin/python -m tests.ledger.old.make"


def test_it_is_small_and_holds_what_matters(old: Old) -> None:
    assert len(old.bodies) >= 5
    assert len({body["determination"]["verdict"] for body in old.bodies.values()}) >= 4
    assert any(body["restricted"] for body in old.bodies.values())
    assert all(body["profile"]["answers"] for body in old.bodies.values())
    assert any(body["decision"]["correction"] for body in old.bodies.values())
    assert all(file.stat().st_size < 500_000 for folder in FOLDERS for file in folder.iterdir())


def test_both_programs_find_the_chain_whole(old: Old, verifier: ModuleType) -> None:
    verdict = verify(old.home, head=old.head)
    report = verifier.check(old.home / "ledger.sqlite", old.head).as_json()
    assert verdict.holds, verdict.says
    assert report["verdict"] == verdict.outcome
    assert report["problems"] == []
    assert verdict.head == old.head


def test_each_decision_comes_out_the_same_under_its_own_rules(old: Old) -> None:
    with old.desk._open(writing=False) as ledger:  # the desk hands out no stored rules
        stored = {body["pack"]["sha256"]: ledger.pack(body["pack"]["sha256"]) for body in old.bodies.values()}
    old.desk.close()
    assert None not in stored.values()
    own = {name: pack_from_bytes(content) for name, content in stored.items() if content is not None}
    found = {number: rerun(body, own[body["pack"]["sha256"]]).outcome for number, body in old.bodies.items()}
    assert set(found.values()) == {SAME}, found


def test_each_decision_has_an_outcome_under_the_rules_of_today(old: Old) -> None:
    for number in old.bodies:
        found = old.desk.rerun(number)
        assert found.outcome in (SAME, OTHER_REASON, DIFFERENT, OPEN)
        assert found.says
        assert found.rules or found.outcome in (SAME, OTHER_REASON)


def test_every_paper_of_each_can_still_be_made(old: Old, tmp_path: Path) -> None:
    for number in old.bodies:
        sealed = old.desk.record(number)
        files = write_papers(sealed, tmp_path, ("html", "txt"), home=old.home)
        files += write_papers(sealed, tmp_path, ("pdf",), kinds=["record"], home=old.home)
        assert {file.suffix for file in files} >= {".html", ".txt", ".pdf"}
        assert all(file.stat().st_size > 100 for file in files)
        record = (tmp_path / f"record-{number}.txt").read_text(encoding="utf-8")
        assert sealed.seal[:8] in record.replace(" ", "").lower()
        assert number in record


def test_it_is_exported_and_listed(old: Old, tmp_path: Path) -> None:
    kinds: tuple[Format, ...] = ("csv", "jsonl")
    for kind in kinds:
        assert export(old.desk, tmp_path / f"log.{kind}", kind) >= len(old.bodies)
    shown = {number for number, body in old.bodies.items() if not body["restricted"]}
    assert {row.number for row in old.desk.recent(100)} == shown
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == DECISION]
    assert {row["number"] for row in rows if row["text"] == "here"} == shown
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = [line["body"] for line in lines if line["body"] and "determination" in line["body"]]
    assert kept == [body for body in old.bodies.values() if not body["restricted"]]
