"""Published cases: does the program say what the publications say?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.examples import Example, run
from ferpa_wizard.core.strict_yaml import parse
from tests import real

DATA = Path(__file__).with_name("published.yaml")
WHY = Path(__file__).parents[2] / "docs" / "decisions" / "0015-where-a-publication-is-not-followed.md"
FREE = {"may-share", "may-share-emergency"}


@dataclass(frozen=True)
class Case:
    """`ferpa` is what the publication says of FERPA as the barrier: yes, no, or "" where it is not compared."""

    id: str
    example: str
    overlays: tuple[str, ...]
    verdicts: tuple[str, ...]
    bases: tuple[str, ...]
    ferpa: str


@cache
def cases() -> list[Case]:
    root, mistakes = parse(DATA.read_bytes(), DATA.name)
    assert root is not None
    found = [_case(block) for block in Block(root, DATA.name, mistakes).blocks("cases")]
    assert mistakes == []
    return found


def _case(block: Block) -> Case:
    overlay = block.text("overlay", "")
    case = Case(
        id=block.text("id"),
        example=block.text("example"),
        overlays=(overlay,) if overlay else (),
        verdicts=block.texts("verdicts"),
        bases=block.texts("bases"),
        ferpa=block.text("ferpa", ""),
    )
    block.finish()
    return case


def _example(case: Case) -> Example:
    return next(example for example in real.examples_with(*case.overlays) if example.id == case.example)


@cache
def _determination(case: Case) -> Determination:
    found, determination = run(_example(case), real.with_overlays(*case.overlays), real.profiles_with(*case.overlays))
    assert found.ask is None
    return determination


def _agrees(case: Case) -> bool:
    found = _determination(case)
    basis = found.basis.id if found.basis else "none"
    barrier = "no" if found.layers["ferpa"].binding == "no" else "yes"
    return found.verdict in case.verdicts and basis in case.bases and case.ferpa in ("", barrier)


def test_every_published_case_stands_as_an_example_under_its_own_id() -> None:
    assert len(cases()) == len({case.id for case in cases()}) == 64
    for case in cases():
        assert case.example.startswith(f"{case.id}-")
        assert _example(case).id == case.example


def test_at_least_ninety_five_of_a_hundred_agree() -> None:
    apart = [case.id for case in cases() if not _agrees(case)]
    assert len(apart) <= 0.05 * len(cases()), apart


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_none_says_may_share_where_the_publication_says_no(case: Case) -> None:
    if not FREE & set(case.verdicts):
        assert _determination(case).verdict not in FREE


def test_each_that_is_not_followed_has_its_reason_written_down() -> None:
    written = set(re.findall(r"^## ([kp]\d{3})\b", WHY.read_text(encoding="utf-8"), re.MULTILINE))
    assert written == {case.id for case in cases() if not _agrees(case)}
