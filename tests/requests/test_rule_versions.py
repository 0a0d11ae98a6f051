"""The rules over time: which decisions used which, what changed, and what they would come to today."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.read_pack import pack_from_bytes
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.rerun import DIFFERENT, OPEN, OTHER_REASON, SAME
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.past_decisions import RECORD
from ferpa_wizard.requests.rule_versions import MADE, comparing, to_compare, versions_node
from tests import real
from tests.copied import copied
from tests.requests.outlines import said
from tests.requests.spoiling import spoil
from tests.requests.test_rule_grounds import finished

EXAMPLES = {example.id: example for example in real.examples()}
DIFFERS = "tutoring-control-unwritten"


def older() -> Pack:
    """The shipped rules as if control had to be in writing before."""
    files = json.loads(real.pack().content)
    old = "holds: {school-control: [in-writing, not-in-writing]}\n    cure: {from: {school-control: none}"
    new = "holds: {school-control: in-writing}\n    cure: {from: {school-control: [not-in-writing, none]}"
    changed = {name: text.replace(old, new) for name, text in files.items()}
    assert changed != files
    return pack_from_bytes(json.dumps(changed).encode())


def seal(home: Path, pack: Pack, name: str) -> str:
    example = EXAMPLES[name]
    desk = Desk(home, lambda: (pack, real.profiles().get(example.profile, NO_PROFILE)))
    number = desk.new(example.answers).decide(Decision("ask-officer", words="To be sure.", by_name="N")).number
    desk.close()
    return number


def restricted() -> str:
    """An example whose decision stands in no list."""
    return next(
        example.id
        for example in real.examples()
        if example.answers.get("government-who") == "immigration" and example.profile
    )


def plain() -> str:
    """An example that has nothing to do with the school's control."""
    return next(
        example.id
        for example in real.examples()
        if example.answers.get("requester") == "school" and "school-control" not in example.answers
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home with three decisions under older rules, one of them kept out of lists, and one under those in use."""
    for name in (DIFFERS, plain(), restricted()):
        seal(tmp_path, older(), name)
    seal(tmp_path, real.pack(), plain())
    return Desk(tmp_path, lambda: (real.pack(), NO_PROFILE))


def test_a_decision_that_is_sealed_while_they_are_counted_is_counted_too(tmp_path: Path) -> None:
    seal(tmp_path, real.pack(), plain())
    example = EXAMPLES[plain()]
    desk = Desk(tmp_path, lambda: (real.pack(), real.profiles().get(example.profile, NO_PROFILE)))
    use = desk.history.use
    counting = use.counting()
    next(counting)
    desk.new(example.answers).decide(Decision("ask-officer", words="To be sure.", by_name="N"))
    finished(counting)
    assert use.decisions.total() == 2


def test_each_decision_is_counted_for_its_rules_and_its_way(desk: Desk) -> None:
    use = desk.history.use
    finished(use.counting())
    assert use.decisions == {older().sha256: 3, real.pack().sha256: 1}
    assert use.bases == Counter(_bases(desk))
    node = versions_node(desk.pack, use)
    assert [one.id for one in node.nodes] == [f"versions/{sha256}" for sha256 in (real.pack().sha256, older().sha256)]
    assert "3 decisions" in node.nodes[1].cite


def test_a_decision_that_was_changed_is_not_counted_and_that_is_said(desk: Desk) -> None:
    with Ledger.open(desk.home, now=datetime.now(UTC), readonly=True) as ledger:
        (apart,) = [one.number for one in ledger.every("decision") if one.body and one.body["restricted"]]
    spoil(desk.home, apart, '"format":1', '"format":2')
    use = desk.history.use
    before = versions_node(desk.pack, use).lines[0]
    finished(use.counting())
    assert use.decisions == {older().sha256: 2, real.pack().sha256: 1}
    assert versions_node(desk.pack, use).lines[0] != before
    past = desk.history.past(older().sha256)
    finished(past.looking())
    told = past.summary()
    assert (told.unread, told.restricted, len(past.rows)) == (1, 0, 2)


def _bases(desk: Desk) -> list[str]:
    """The basis of each decision that has one, as the records say."""
    with Ledger.open(desk.home, now=datetime.now(UTC), readonly=True) as ledger:
        found: list[Any] = [desk.record(entry.number).body["determination"] for entry in ledger.every("decision")]
    return [one["basis"]["id"] for one in found if one["basis"]]


def test_a_second_count_adds_only_what_is_new(desk: Desk) -> None:
    use = desk.history.use
    finished(use.counting())
    seal(desk.home, real.pack(), plain())
    finished(use.counting())
    assert use.decisions == {older().sha256: 3, real.pack().sha256: 2}


def test_nothing_is_counted_and_no_ledger_is_made_where_there_is_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new", lambda: (real.pack(), NO_PROFILE))
    assert finished(desk.history.use.counting()) == ([], None)
    assert not (tmp_path / "new").exists()


def test_past_decisions_are_told_apart_by_what_they_come_to_now(desk: Desk) -> None:
    past = desk.history.past(older().sha256)
    steps, node = finished(past.looking())
    assert [step.done for step in steps] == [1, 2, 3]
    outcomes = {row.number: row.found.outcome for row in past.rows}
    assert list(outcomes.values()) == [DIFFERENT, SAME]
    shown = {one.id: [row.id for row in one.nodes] for one in node.nodes}
    first, second = outcomes
    assert shown == {f"past/{DIFFERENT}": [f"{RECORD}{first}"], f"past/{SAME}": [f"{RECORD}{second}"]}
    differing = said(node.nodes[0].nodes[0])
    assert past.rows[0].found.label in differing
    basis = next(one for one in real.pack().bases if one.id == "ferpa-school-official-outsourced")
    control = next(one for one in basis.conditions if one.id == "soo.3")
    assert f"{basis.title}: {control.says}" in differing, "what makes the difference is told in words"
    assert control.id not in differing


def test_a_decision_that_is_kept_out_of_lists_is_counted_and_not_named(desk: Desk) -> None:
    past = desk.history.past(older().sha256)
    _, node = finished(past.looking())
    assert past.summary().restricted == 1
    every = [node, *node.nodes, *(row for part in node.nodes for row in part.nodes)]
    assert len([one for one in every if one.id.startswith(RECORD)]) == 2
    assert str(past.summary().restricted) in said(node)


def test_all_chains_are_summed_up_and_what_cannot_be_run_is_counted(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    numbers = [seal(other, older(), name) for name in (DIFFERS, DIFFERS, plain(), plain())]
    with closing(sqlite3.connect(other / "ledger.sqlite")) as connection, connection:
        for trigger in ("bodies_keep", "bodies_stay"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        spoil = "UPDATE bodies SET body = CAST(replace(body, 'To be', 'Xo be') AS BLOB) WHERE sequence = ?"
        purge = "DELETE FROM bodies WHERE sequence = ?"
        for statement, number in ((spoil, numbers[2]), (purge, numbers[3])):
            connection.execute(statement, (int(number.split("-")[1]),))
    copied(other, tmp_path)
    past = desk.history.past()
    _, node = finished(past.looking())
    summary = past.summary()
    assert summary.outcomes == {DIFFERENT: 3, OPEN: 0, OTHER_REASON: 0, SAME: 2}
    assert (summary.restricted, summary.purged, summary.unread) == (1, 1, 1)
    assert max(count for _, count in summary.rules) == 3
    assert all("soo.3" not in rule for rule, _ in summary.rules), "what makes the difference is told in words"
    openable = [row.id for part in node.nodes for row in part.nodes if row.id.startswith(RECORD)]
    assert len(openable) == 3, "a number of another desk opens no record here"
    use = desk.history.use
    finished(use.counting())
    assert use.decisions == {older().sha256: 5, real.pack().sha256: 1}
    assert use.unread == 1


def test_what_was_found_until_it_was_stopped_stays(desk: Desk) -> None:
    past = desk.history.past(older().sha256)
    work = past.looking()
    next(work)
    work.close()
    assert [row.found.outcome for row in past.rows] == [DIFFERENT]
    assert len(past.node().nodes) == 1


def test_two_versions_are_compared_in_words() -> None:
    some = [request for request in to_compare(older(), real.pack()) if request.name.startswith("tutoring")]
    steps, node = finished(comparing(older(), real.pack(), some))
    assert steps[-1].done == steps[-1].of == len(some)
    titles = " ".join(one.title for one in node.nodes)
    assert "Grades" in titles, "an item is named as people see it"
    assert "may share" in titles.casefold()
    assert all(one.lines for one in node.nodes)
    assert finished(comparing(real.pack(), real.pack(), some))[1].nodes == ()


def test_what_is_compared_are_the_worked_examples_and_requests_made_from_both() -> None:
    names = [request.name for request in to_compare(older(), real.pack())]
    assert {name for name in names if name} == set(EXAMPLES)
    assert names.count("") > MADE


def test_rules_are_found_in_the_ledger_by_their_hash_and_others_are_refused(desk: Desk) -> None:
    assert desk.history.pack(older().sha256) == older()
    assert desk.history.pack(real.pack().sha256) is real.pack()
    with pytest.raises(RequestsError):
        desk.history.pack("0" * 64)
