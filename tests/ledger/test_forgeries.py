"""Forgeries by name: each is told by the program and by the one-file verifier, alike."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ferpa_wizard.ledger.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from ferpa_wizard.ledger.verify import Verdict, verify
from ferpa_wizard.requests.checking import checkpoint_of
from tests.ledger.forgeries import ENTRIES, FORGERIES, KEPT_ELSEWHERE
from tests.ledger.samples import NOW

HOW_MANY = 89
ONLY_BY_A_CHECKPOINT = 10


def told_by_both(
    home: Path, verifier: ModuleType, checkpoint: Checkpoint | None = None
) -> tuple[Verdict, dict[str, Any]]:
    """What both say, each of a copy of its own: opening a file can play back what lies beside it."""
    copies = [shutil.copytree(home, home.with_name(f"{home.name}-{name}")) for name in ("program", "verifier")]
    verdict = verify(copies[0], checkpoint=checkpoint)
    kept = (
        verifier.Checkpoint(*(getattr(checkpoint, name) for name in verifier.Checkpoint._fields))
        if checkpoint
        else None
    )
    told: dict[str, Any] = verifier.check(copies[1] / "ledger.sqlite", checkpoint=kept).as_json()
    for copy in copies:
        shutil.rmtree(copy)
    assert (told["verdict"], told["entry"], told["count"], told["head"]) == (
        verdict.outcome,
        verdict.entry,
        verdict.count,
        verdict.head,
    )
    assert bool(told["problems"]) is bool(verdict.problems) is not verdict.holds
    return verdict, told


def test_so_many_forgeries_are_named() -> None:
    assert len(FORGERIES) == HOW_MANY
    assert len(KEPT_ELSEWHERE) == ONLY_BY_A_CHECKPOINT


@pytest.mark.parametrize("name", FORGERIES)
def test_each_is_told_with_its_first_entry_and_what_happened(name: str, home: Path, verifier: ModuleType) -> None:
    forgery = FORGERIES[name]
    forgery.act(home)
    verdict, told = told_by_both(home, verifier)
    assert (verdict.outcome, verdict.entry) == (forgery.outcome, forgery.entry)
    if forgery.entry is not None:
        assert verdict.fault == told["fault"] == forgery.fault
        assert str(forgery.entry) in verdict.problems[0]
        assert str(forgery.entry) in told["problems"][0]
    assert forgery.told in verdict.says and forgery.told in str(told["problems"])
    if name in ENTRIES:
        assert verdict.count == (forgery.entry or 0) - 1


@pytest.mark.parametrize("name", KEPT_ELSEWHERE)
def test_what_hashes_cannot_tell_a_checkpoint_tells(
    name: str, home: Path, verifier: ModuleType, tmp_path: Path
) -> None:
    forgery, file = KEPT_ELSEWHERE[name], tmp_path / "checkpoint.json"
    write_checkpoint(checkpoint_of(home, at=NOW), file, home=home)
    kept = read_checkpoint(file)
    assert told_by_both(home, verifier, kept)[0].holds
    forgery.act(home)
    assert told_by_both(home, verifier)[0].holds
    verdict, told = told_by_both(home, verifier, kept)
    assert (verdict.outcome, verdict.entry, verdict.fault) == (forgery.outcome, forgery.entry, forgery.fault)
    assert told["fault"] == forgery.fault
