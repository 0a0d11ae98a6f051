"""A district of sixty desks over one folder, as an officer sees it."""

from __future__ import annotations

import random
import shutil
from types import ModuleType

import pytest

from ferpa_wizard.ledger.chains import chains
from ferpa_wizard.ledger.restore import restore_from_share
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.desks import DeskRow, desks
from tests.ledger.desks import Desk, District, later, rewritten, rows
from tests.ledger.samples import NOW

SILENT = ("desk-07", "desk-31")
WIPED, CUT = "desk-12", "desk-40"
OFFICERS = ("a", "b", "c")


def _report(district: District, officer: str, day: float) -> dict[str, DeskRow]:
    return {row.name: row for row in desks(district.place / officer, now=later(day))}


def _week(district: District, all_desks: list[Desk], chance: random.Random) -> None:
    """Everybody pushes on a day of its own, and officers pull in between, each when it likes."""
    for desk in chance.sample(all_desks, len(all_desks)):
        if desk.name not in SILENT:
            desk.seal(chance.randint(1, 2), at=later(3))
            desk.push(at=later(3 + chance.random()))
        if chance.random() < 0.06:
            district.pull(chance.choice(OFFICERS), at=later(4))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 3))])
def test_the_copies_are_complete_and_the_same_and_the_report_names_who_is_silent(
    district: District, verifier: ModuleType, seed: int
) -> None:
    chance = random.Random(seed)
    all_desks = [district.desk(f"desk-{n:02d}", chance.randint(1, 2)) for n in range(60)]
    by_name = {desk.name: desk for desk in all_desks}
    district.pull("a")
    _week(district, all_desks, chance)

    shutil.rmtree(by_name[WIPED].home)
    restore_from_share(by_name[WIPED].home, district.share, desk=WIPED, now=NOW)
    by_name[WIPED].seal(2, at=later(5))
    by_name[WIPED].push(at=later(5))
    by_name[CUT].seal(1, at=later(5))
    by_name[CUT].push(at=later(5))
    rewritten(by_name[CUT].segment.path, lambda data: data[: len(data) // 2])

    district.pull("b", at=later(8))
    report = _report(district, "b", 8)
    assert {name: row.state for name, row in report.items() if row.needs_person} == {
        **dict.fromkeys(SILENT, "silent"),
        CUT: "broken",
    }
    assert {report[name].silent_since for name in SILENT} == {"2026-11-24"}
    assert report[WIPED].count == len(by_name[WIPED].rows()) - 1  # the rules are a row too

    by_name[CUT].push(at=later(8))
    for officer in chance.sample(OFFICERS, 3):
        district.pull(officer, at=later(9))
        assert {name for name, row in _report(district, officer, 9).items() if row.needs_person} == set(SILENT)
        for desk in all_desks:
            assert rows(district.copy(desk, officer)) == desk.rows(), desk.name
    held = chains(district.place / "c")
    assert [chain.installation for chain in held] == sorted(desk.installation for desk in all_desks)
    for chain in held:
        verdict, report_ = verify(chain.home), verifier.check(chain.home / "ledger.sqlite")
        assert (verdict.holds, report_.code) == (True, 0)
        assert report_.head == verdict.head
    restored = verifier.check(by_name[WIPED].home / "ledger.sqlite")
    assert (restored.code, restored.head) == (0, verify(by_name[WIPED].home).head)
