"""The worked requests that are offered for practice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.readability import HARDEST, grade, long_sentences
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.requests.practice import LIST, PracticeDesk, read_practice
from tests import real

LATER = datetime(2041, 3, 2, 9, 0, tzinfo=UTC)


def offered() -> list[Example]:
    return [example for group in real.practice().groups for example in group.examples]


@pytest.fixture(params=[example.id for example in offered()])
def desk(request: pytest.FixtureRequest) -> Iterator[PracticeDesk]:
    example = next(one for one in offered() if one.id == request.param)
    made = real.practice().desk(example, now=lambda: LATER)
    yield made
    made.close()


def test_the_list_names_ids_that_exist_each_once() -> None:
    root, mistakes = parse((real.RULES / LIST).read_bytes(), LIST)
    assert root is not None and not mistakes
    names = [example.id for example in offered()]
    assert len(names) == len(set(names))
    assert 12 <= len(names) <= 20
    assert set(names) <= {example.id for example in real.examples()}


def test_it_is_grouped_and_has_nearly_all_verdicts() -> None:
    assert len({group.title for group in real.practice().groups}) == 6
    assert all(len({one.verdict for one in group.examples}) > 1 for group in real.practice().groups)
    assert len({one.verdict for one in offered()}) >= 10


def test_each_story_can_be_read_by_itself() -> None:
    assert all(one.story for one in offered())
    assert not [one.id for one in offered() if re.search(r"\bThe same (?!time)", f"{one.title}\n{one.story}")]


def test_no_story_tells_what_comes_out_or_is_hard_to_read() -> None:
    for example in offered():
        assert "FERPA" not in example.story, example.id
        assert grade([example.story]) <= HARDEST, example.id
        assert not list(long_sentences(example.story)), example.id


def test_its_answers_still_lead_to_the_result_on_any_day(desk: PracticeDesk) -> None:
    worked = desk.worked()
    assert worked.ask is None
    assert worked.determination is not None
    assert worked.determination.verdict == desk.example.verdict


def test_a_list_with_a_wrong_id_is_refused(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(real.RULES, rules)
    file = rules / LIST
    file.write_text(file.read_text(encoding="utf-8").replace("danger-too-much", "danger-too-mcuh"), encoding="utf-8")
    with pytest.raises(RulesError, match="danger-too-mcuh"):
        read_practice(rules)
