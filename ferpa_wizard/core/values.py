"""What each page takes as an answer, and whether a stored one still fits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.model import Option, Question
from ferpa_wizard.core.typed import is_day

MAX_TEXT = 2_000
MAX_NUMBER = 999_999
_DIGITS = re.compile(r"[0-9]{1,6}")


def options_of(question: Question, facts: Facts) -> tuple[Option, ...]:
    """The options offered now: those that the answers so far do not hide, then "unsure"."""
    shown = tuple(option for option in question.options if facts.applies(option.when))
    return (*shown, facts.pack.unsure) if question.unsure else shown


def fits(answer: Answer, page: str, facts: Facts) -> bool:
    """Could this answer be given to this page now?"""
    try:
        taken = take(answer, page, facts)
    except AnswerError:
        return False
    return taken == answer or (isinstance(answer, tuple) and len(taken) == len(answer))


def take(value: object, page: str, facts: Facts) -> Answer:
    """The answer as it is kept. Raises AnswerError with a sentence that says what to give instead."""
    question = facts.pack.questions.get(page)
    if page in facts.pack.checklists:
        ticks = [tick.id for row in facts.pack.checklists[page].paperwork for tick in row.ticks()]
        return _many(value, ticks)
    if question is None:
        raise AnswerError(f"There is no question “{page}” in these rules.")
    if question.kind == "items":
        return _many(value, list(facts.pack.items))
    if question.kind == "many":
        return _many(value, [option.id for option in options_of(question, facts)])
    if not isinstance(value, str):
        raise AnswerError("One answer is needed here, as text.")
    return _single(value, question, facts)


def _single(value: str, question: Question, facts: Facts) -> str:
    if question.kind == "one":
        known = [option.id for option in options_of(question, facts)]
        if value not in known:
            raise AnswerError(f"“{value[:60]}” is not offered here. Choose one of: {', '.join(known)}.")
    elif question.kind == "number" and not _DIGITS.fullmatch(value):
        raise AnswerError(f"A whole number from 0 to {MAX_NUMBER} is needed here.")
    elif question.kind == "date" and not is_day(value):
        raise AnswerError("A date is needed here, written as 2026-01-31.")
    elif not value.strip() or len(value) > MAX_TEXT or not value.isprintable():
        raise AnswerError(f"Write a few words, {MAX_TEXT} characters at most.")
    return value


def _many(value: object, known: Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise AnswerError("A list is needed here; an empty list says that none fits.")
    strange = [str(one)[:60] for one in value if one not in known]
    if strange:
        raise AnswerError(f"Not offered here: {', '.join(strange)}.")
    return tuple(name for name in known if name in value)


class Unhidden(Facts):
    """For reading a file: whether an option is offered depends on the other answers, and the walk sees to that."""

    def applies(self, when: Test | None) -> bool:
        return True
