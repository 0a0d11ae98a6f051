"""Each kind of request that staff name, from Home to the saved record by keys, within the questions that it may take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QWidget

from ferpa_wizard.core.budgets import Budgets, Scenario, read_budgets
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import UNSURE
from ferpa_wizard.core.rerun import given_in
from ferpa_wizard.core.walk import Ask, on_pages, walk
from ferpa_wizard.desktop.pages.many import NONE
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.desktop.driving import Driver, Key, name_of

DAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
STARTS = {"danger": Key.Key_D}
LOOKS = ("Check your answers", "What did you decide?")


@cache
def budgets() -> Budgets:
    file = real.RULES / "budgets.yaml"
    found, mistakes = read_budgets(file.read_bytes(), file.name, real.pack())
    assert not mistakes
    return found


@cache
def worked() -> dict[str, Example]:
    """For each kind of request the worked one that takes the most questions and not more than it may."""
    found: dict[str, tuple[int, Example]] = {}
    for example in real.examples():
        if example.profile not in budgets().filled or UNSURE in example.answers.values():
            continue
        walked = walk(real.pack(), example.answers, real.profiles()[example.profile], example.on)
        if walked.ask:
            continue
        pages = len(on_pages(given.ask for given in walked.trail))
        for scenario in budgets().scenarios:
            begun = ("start" in example.answers) == (scenario.id in STARTS)  # with the key that opens it
            fits = begun and scenario.when.truth(walked.facts) and pages <= scenario.most
            if fits and pages > found.get(scenario.id, (0, example))[0]:
                found[scenario.id] = pages, example
    return {name: example for name, (_, example) in found.items()}


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    profile = real.profiles()[worked()[request.getfixturevalue("scenario").id].profile]
    made = Desk(tmp_path / "home", lambda: (real.pack(), profile), now=lambda: DAY)
    yield made
    made.close()


@pytest.mark.parametrize("scenario", budgets().scenarios, ids=lambda one: one.id)
def test_each_kind_of_request_is_sealed_by_keys_within_its_questions(
    drive: Driver, desk: Desk, scenario: Scenario
) -> None:
    answers = worked()[scenario.id].answers
    drive.press(STARTS.get(scenario.id, Key.Key_N), ctrl=True)
    pages = 0
    while isinstance(page := drive.window.request_shell.page, QuestionPage):
        _fill(drive, page, answers)
        drive.press(Key.Key_Return)
        assert not drive.title.startswith("Error"), drive.title
        pages += 1
        assert pages <= scenario.most
    if drive.title.startswith(LOOKS[0]):
        drive.press(Key.Key_Return)
    drive.press(Key.Key_Return)
    assert drive.title.startswith(LOOKS[1])
    choices = drive.window.request_shell.request.choices()
    drive.press(Key(Key.Key_1 + next(place for place, one in enumerate(choices) if one.fits and not one.declines)))
    drive.tab_to(QLineEdit, "Your name")
    drive.write("R. Osei")
    drive.press(Key.Key_Return)
    assert drive.title.startswith("Decision saved"), drive.title
    kept = given_in(desk.record("2026-0001").body)
    assert kept and kept == {name: answers[name] for name in kept}


def _fill(drive: Driver, page: QuestionPage, answers: Mapping[str, Answer]) -> None:
    """Answer each question of the page, those too that its answers bring up."""
    done = 0
    while done < len(page.questions):  # there are more while it is answered
        ask = page.questions[done].ask
        _choose(drive, ask, answers[ask.id])
        done += 1


def _choose(drive: Driver, ask: Ask, answer: Answer) -> None:
    if ask.kind == "many":
        labels = [option.label for option in ask.options if option.id in answer] or [NONE[ask.page]]
        for label in labels:
            _tab_to(drive, QCheckBox, [label])
            drive.press(Key.Key_Space)
        return
    if ask.kind != "one":
        _tab_to(drive, QLineEdit, [ask.text])
        drive.write(str(answer))
        return
    (wanted,) = [option.label for option in ask.options if option.id == answer]
    _tab_to(drive, QRadioButton, [option.label for option in ask.options])
    while name_of(drive.focused) != wanted:
        drive.press(Key.Key_Down)
    drive.press(Key.Key_Space)


def _tab_to(drive: Driver, kind: type[QWidget], names: list[str]) -> None:
    for _ in range(400):
        if isinstance(drive.focused, kind) and name_of(drive.focused) in names:
            return
        drive.press(Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {names}")
