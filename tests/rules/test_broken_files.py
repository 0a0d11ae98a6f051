"""Three hundred broken lines of rule files: each is told at its line, all of a run together, and nothing falls over."""

from __future__ import annotations

import random

import pytest

from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.read_pack import pack_of
from tests.rules.breaking import FORM, REFERENCE, Break, breaks, together
from tests.rules.seeding import real_files

FILES = real_files()
# What is broken in form hides which names the rules know, so that references are looked at once the form is right.
LOTS = [
    *together(breaks(FILES, FORM, random.Random(2026)), 5),
    *together(breaks(FILES, REFERENCE, random.Random(2026)), 8),
]


def _mistakes(lot: list[Break]) -> list[Mistake]:
    broken = {one.file: one.made(FILES[one.file]) for one in lot}
    with pytest.raises(RulesError) as refused:
        pack_of({name: broken.get(name, text.encode()) for name, text in FILES.items()})
    return refused.value.mistakes


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: f"{lot[0].how} and {len(lot) - 1} more")
def test_every_break_is_told_at_its_line_in_one_run(lot: list[Break]) -> None:
    found = _mistakes(lot)
    for one in lot:
        assert any(one.is_told(mistake.file, mistake.line) for mistake in found), (one, found)
    assert all(mistake.what and mistake.line >= 1 for mistake in found)


def test_there_are_three_hundred_of_every_kind() -> None:
    every = [one for lot in LOTS for one in lot]
    assert len(every) >= 300
    assert {one.how for one in every} == {*FORM, *REFERENCE}
