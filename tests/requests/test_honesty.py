"""No sequence of actions seals a record that blames FERPA without a failed condition, or a no without a way on."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from ferpa_wizard.core.figures import BOUND_NOTHING_WENT, FIGURES, NAMED_NOT_BINDING
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.draft import Draft
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.quick_starts import QUICK_STARTS
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.room import Room
from ferpa_wizard.requests.sealed import Sealed
from tests import real
from tests.requests.honesty import figure_of, some_answer, some_decision, wrongs

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MOST = 40  # questions of one request
chances = st.integers(0, 99_999).map(random.Random)
starts = st.sampled_from([{}, *(dict(one.answers) for one in QUICK_STARTS), {"start": "challenge"}])
profiles = st.sampled_from(["example", "college", "limited", ""])


class Working(RuleBasedStateMachine):
    """One person at one request after another; everything that a window or a command may ask of it."""

    bodies: list[dict[str, object]]
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(start=starts, profile=profiles, last=st.integers(0, 99_999))
    def open(self, start: dict[str, Any], profile: str, last: int) -> None:
        self.bodies, self.last = [], last
        self.request = self._new(start, profile)

    @rule(start=starts, profile=profiles)
    @precondition(lambda self: bool(self.bodies))
    def open_another(self, start: dict[str, Any], profile: str) -> None:
        self.bodies = []
        self.request = self._new(start, profile)

    def _new(self, start: dict[str, Any], profile: str) -> Request:
        room = Room(
            pack=real.pack(),
            profile=real.profiles()[profile] if profile else NO_PROFILE,
            now=lambda: NOW,
            save=lambda draft: None,
            append=self._append,
            finish=lambda name: None,
            count=lambda at: None,
        )
        return Request(room, Draft(id="d", started=NOW, answers=dict(start)))

    def _append(self, body: dict[str, object], at: datetime) -> Sealed:
        self.bodies.append(body)
        return Sealed("2026-0001", "0" * 64, at, body)

    @rule(chance=chances)
    def answer(self, chance: random.Random) -> None:
        if self.request.ask is not None:
            self.request.answer(some_answer(self.request.ask, chance))

    @rule(chance=chances)
    def answer_page(self, chance: random.Random) -> None:
        values: dict[str, str | tuple[str, ...]] = {}
        while new := [ask for ask in self.request.page(values) if ask.id not in values]:
            values[new[0].id] = some_answer(new[0], chance)
        if values:
            self.request.answer_page(values)
            due = self.request.walk.ask  # what was answered is not asked again
            assert due is None or due.id not in values

    @rule(chance=chances)
    def answer_all(self, chance: random.Random) -> None:
        self.request.forward()
        for _ in range(MOST):
            if self.request.ask is None:
                return
            self.request.answer(some_answer(self.request.ask, chance))

    @rule()
    def back(self) -> None:
        self.request.back()

    @rule()
    def page_back(self) -> None:
        self.request.page_back()

    @rule(chance=chances)
    def edit(self, chance: random.Random) -> None:
        rows = [row.question for section in self.request.check_rows() for row in section.rows]
        if rows:
            self.request.edit(chance.choice(rows))

    @rule()
    def undo(self) -> None:
        self.request.undo()

    @rule()
    def redo(self) -> None:
        self.request.redo()

    @rule()
    def see_result(self) -> None:
        if self.request.determination is not None:
            self.request.see_result()

    @rule(chance=chances)
    def remove_items(self, chance: random.Random) -> None:
        items = [item.id for item in self.request.so_far.items]
        self.request.remove_items(chance.sample(items, min(len(items), 1)))

    @rule(words=st.sampled_from(["", "They called.", "FERPA says no."]))
    def note(self, words: str) -> None:
        assert self.request.note(Intake(words=words, received="2026-11-20", way="phone")) == []

    @rule(chance=chances)
    def decide(self, chance: random.Random) -> None:
        before = len(self.bodies)
        try:
            found = self.request.decide(Decision(**some_decision(chance))).body
        except DecisionError:
            assert len(self.bodies) == before
            return
        assert (before, len(self.bodies)) == (0, 1)  # and a request is sealed once
        assert wrongs(found) == [], found["answers"]
        self.seen[figure_of(found)] += 1

    def teardown(self) -> None:
        """Whatever was done, the request ends in a record."""
        chance = random.Random(self.last)
        self.answer_all(chance)
        while not self.bodies:
            self.decide(chance)


def test_whatever_is_done_no_record_is_dishonest() -> None:
    Working.seen.clear()
    few = settings(max_examples=70, stateful_step_count=20, derandomize=True, report_multiple_bugs=False)
    run_state_machine_as_test(Working, settings=few)
    assert {BOUND_NOTHING_WENT, NAMED_NOT_BINDING} <= set(Working.seen) <= set(FIGURES)
    assert sum(Working.seen.values()) > 60, Working.seen


@pytest.mark.parametrize("seed", range(5))
def test_random_requests_end_honestly(seed: int) -> None:
    """Many more requests than the machine above makes, each answered straight through."""
    chance = random.Random(seed)
    work = Working()
    counts: Counter[str] = Counter()
    for _ in range(40):
        start = chance.choice([{}, *(dict(one.answers) for one in QUICK_STARTS)])
        work.open(start, chance.choice(["example", "college", "limited", ""]), chance.randint(0, 99_999))
        work.teardown()
        counts[figure_of(work.bodies[-1])] += 1
    assert sum(counts[name] for name in FIGURES) == 40  # each counts once, and in no other figure
