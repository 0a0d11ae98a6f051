"""What the rules rest on and what they leave out, as it is shown: the same as the core says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from functools import cache
from typing import TypeVar

import pytest

from ferpa_wizard.core.cited import cited_rules
from ferpa_wizard.core.coverage import Coverage, coverage
from ferpa_wizard.core.read_coverage import COVERAGE, ids_in, read_measure
from ferpa_wizard.core.sources import sources
from ferpa_wizard.documents.body import day
from ferpa_wizard.requests.rule_book import Book
from ferpa_wizard.requests.rule_coverage import limits_book, measuring
from ferpa_wizard.requests.rule_files import overlays_of
from ferpa_wizard.requests.rule_sources import citing_rules, sources_book
from ferpa_wizard.requests.steps import Step
from tests import real
from tests.requests.outlines import said

Result = TypeVar("Result")


def finished(work: Generator[Step, None, Result]) -> tuple[list[Step], Result]:
    """The steps of some work, and what comes of it."""
    steps = []
    while True:
        try:
            steps.append(next(work))
        except StopIteration as end:
            return steps, end.value


@cache
def measured() -> tuple[list[Step], Book]:
    return finished(measuring(real.pack()))


@cache
def from_core() -> Coverage:
    measure = read_measure((real.RULES / "ferpa" / COVERAGE).read_bytes())
    overlays = {name for file in overlays_of(real.RULES) for name in ids_in(file.read_bytes(), file.name)}
    return coverage(real.pack(), measure, real.examples(), real.profiles(), overlays)


@pytest.mark.long
def test_coverage_counts_what_the_core_counts() -> None:
    book, found = measured()[1], from_core()
    shown = {node.id: len(node.nodes) for node in book.nodes}
    for kind, lines in (("points", found.propositions), ("paragraphs", found.paragraphs)):
        for status, count in Counter(line.status for line in lines).items():
            assert shown[f"{kind}/{status}"] == count
    assert str(sum(line.status == "covered" for line in found.propositions)) in book.head


def test_what_is_not_decided_stands_first_and_each_omission_has_its_reason() -> None:
    book = measured()[1]
    assert book.nodes[0].id == "limits"
    left_out = next(node for node in book.nodes if node.id == "points/reason")
    reasons = {line.id: line.reason for line in from_core().propositions if line.status == "reason"}
    assert {node.id.rpartition("/")[2]: said(node) for node in left_out.nodes} == reasons


def test_measuring_tells_how_far_it_is() -> None:
    last = measured()[0][-1]
    assert (last.done, last.of) == (len(real.examples()), len(real.examples()))
    assert str(last.of) in last.says


def test_what_is_not_decided_names_each_gap_and_the_law_that_was_not_loaded() -> None:
    pack = real.pack()
    held = {node.id for node in limits_book(pack).all()}
    assert {f"limits/{gap.id}" for gap in pack.beyond} <= held
    assert {"limits/no-state", "limits/no-district", "limits/people"} <= held
    assert "limits/no-state" not in {node.id for node in limits_book(real.with_overlays("va")).all()}


def test_each_source_says_what_it_is_about_how_far_it_was_checked_and_what_rests_on_it() -> None:
    pack = real.pack()
    held = {node.id: node for node in sources_book(pack).all()}
    titles = {basis.id: basis.title for basis in pack.bases}
    assert len(sources(pack)) == len(pack.sources)
    for source in sources(pack):
        node = held[f"source/{source.cite}"]
        assert node.cite == source.title != ""
        assert (day(pack.law_as_of) in said(node)) == (source.mark in ("P", "S"))
        assert (node.title != source.cite) == (source.mark in ("K", "unverified")), "unchecked ones are marked"
    for rule in cited_rules(pack):
        for cite in rule.cites:
            assert f"source/{cite}" in held
            if rule.owner in titles:
                assert titles[rule.owner] in said(held[f"source/{cite}"])


def test_sources_that_nobody_looked_up_come_first_and_are_counted() -> None:
    book, pack = sources_book(real.pack()), real.pack()
    unread = [cite for cite, mark in pack.sources.items() if mark == "K"]
    assert {node.id for node in book.nodes[0].nodes} == {f"source/{cite}" for cite in unread}
    assert str(len(unread)) in book.head
    part_99 = next(node for node in book.nodes if node.id == "sources/part-99")
    assert {node.title for node in part_99.nodes} == {c for c in citing_rules(pack) if c.startswith("34 CFR 99.")}


def test_the_sources_of_an_overlay_have_their_titles() -> None:
    pack = real.with_overlays("va")
    virginia = [source for source in sources(pack) if source.cite not in real.pack().sources]
    assert virginia
    assert all(source.title for source in virginia)
