"""Old records under their own rules and under others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.rerun import DIFFERENT, OPEN, SAME, rerun
from ferpa_wizard.ledger.errors import NoSuchEntry
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.desk import Desk
from tests import real

EXAMPLES = {example.id: example for example in real.examples()}


def _sealed(tmp_path: Path, name: str) -> tuple[Desk, str]:
    example = EXAMPLES[name]
    desk = Desk(tmp_path, lambda: (real.pack(), real.profiles().get(example.profile, NO_PROFILE)))
    request = desk.new(example.answers)
    return desk, request.decide(Decision("ask-officer", words="To be sure.", by_name="N")).number


def _other(old: str, new: str) -> bytes:
    """The shipped rules with one thing changed."""
    files = json.loads(real.pack().content)
    changed = {name: text.replace(old, new) for name, text in files.items()}
    assert changed != files
    return json.dumps(changed).encode()


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(EXAMPLES)[::7])
def test_every_record_comes_out_the_same_under_its_own_rules(tmp_path: Path, name: str) -> None:
    desk, number = _sealed(tmp_path, name)
    found = desk.rerun(number)
    assert (found.outcome, found.rules) == (SAME, ())
    with Ledger.open(tmp_path, now=datetime.now(UTC), readonly=True) as ledger:
        stored = ledger.pack(real.pack().sha256)
    assert stored is not None
    assert rerun(desk.record(number).body, pack_from_bytes(stored)).outcome == SAME


def test_another_rule_is_named_when_it_changes_the_verdict(tmp_path: Path) -> None:
    desk, number = _sealed(tmp_path, "tutoring-control-unwritten")
    stricter = pack_from_bytes(
        _other(
            "holds: {school-control: [in-writing, not-in-writing]}\n    cure: {from: {school-control: none}",
            "holds: {school-control: in-writing}\n    cure: {from: {school-control: [not-in-writing, none]}",
        )
    )
    found = rerun(desk.record(number).body, stricter)
    assert found.outcome == DIFFERENT
    assert "ferpa-school-official-outsourced: soo.3" in found.rules


def test_rules_that_ask_more_say_so(tmp_path: Path) -> None:
    desk, number = _sealed(tmp_path, "tutoring-in-order")
    asking = pack_from_bytes(_other("holds: {staff-job: yes}", "holds: {needs-it: yes}"))
    found = rerun(desk.record(number).body, asking)
    assert (found.outcome, found.rules) == (OPEN, ("needs-it",))


def test_a_record_that_is_not_there_is_refused(tmp_path: Path) -> None:
    desk, _ = _sealed(tmp_path, "tutoring-in-order")
    with pytest.raises(NoSuchEntry):
        desk.rerun("2026-0099")
