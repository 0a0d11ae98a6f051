"""Which rules and which basis decisions used, asked without reading them."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import NOW, PACK, PACK_SHA256, Tamper, record


def test_each_decision_names_its_rules_and_its_basis(fresh: Ledger) -> None:
    without = record()
    without["determination"]["basis"] = None
    for body in (record(), without):
        fresh.append("decision", body, at=NOW, pack=PACK)
    fresh.append("note", {"format": 1}, at=NOW)
    found = fresh.uses(after=0)
    assert [(use.sequence, use.sha256, use.version, use.basis) for use in found] == [
        (1, PACK_SHA256, "1", "consent"),
        (2, PACK_SHA256, "1", ""),
    ]


def test_it_goes_on_after_a_decision_and_a_page_at_a_time(fresh: Ledger) -> None:
    for _ in range(5):
        fresh.append("decision", record(), at=NOW, pack=PACK)
    assert [use.sequence for use in fresh.uses(after=2)] == [3, 4, 5]
    assert [use.sequence for use in fresh.uses(after=1, limit=2)] == [2, 3]


def test_a_text_that_somebody_spoiled_names_nothing_and_keeps_no_other_from_being_counted(
    home: Path, tampering: Tamper
) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = CAST('{\"pack\":' AS BLOB) WHERE sequence = 4")
        connection.execute("UPDATE bodies SET body = CAST('{\"pack\":7}' AS BLOB) WHERE sequence = 5")
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        found = {use.sequence: use.sha256 for use in ledger.uses(after=0)}
    assert found.pop(4, "") == found.pop(5, "") == ""
    assert set(found.values()) == {PACK_SHA256}


def test_a_text_that_was_changed_and_can_still_be_read_names_nothing(home: Path, tampering: Tamper) -> None:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        changed, *others = [use.sequence for use in ledger.uses(after=0)]
    with tampering() as connection:
        connection.execute(
            "UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), 'consent', 'studies') AS BLOB)"
            " WHERE sequence = ?",
            (changed,),
        )
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        found = {use.sequence: (use.sha256, use.basis) for use in ledger.uses(after=0)}
    assert found.pop(changed) == ("", "")
    assert list(found) == others
    assert {sha256 for sha256, _ in found.values()} == {PACK_SHA256}
