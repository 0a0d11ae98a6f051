"""Makes many complete requests from a pack alone: each page gets the answers that it has been given least so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from zlib import crc32

from ferpa_wizard.core.asking import next_page, open_rows
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.values import options_of

_DEEPEST = 60  # pages in one request
_TYPED = {"date": ("2020-01-01", "2030-01-01"), "number": ("1", "100"), "text": ("Some words",)}


def made_requests(pack: Pack, standing: Answers, count: int) -> Iterator[Mapping[str, Answer]]:
    """`count` requests under a profile's standing answers; the same pack gives the same requests."""
    taken: Counter[tuple[str, str, str]] = Counter()
    presumed: list[dict[str, Answer]] = [
        {question.id: option.id}
        for question in pack.questions.values()
        for option in question.options
        if question.presume and option.id != question.presume
    ]
    starts: list[dict[str, Answer]] = [{}, *presumed]
    for number in range(count):
        # Every other request leaves all presumptions as they stand.
        start = starts[0] if number % 2 else starts[number // 2 % len(starts)]
        yield _made(Facts(pack, dict(start), standing), number, taken)


def _made(facts: Facts, number: int, taken: Counter[tuple[str, str, str]]) -> Mapping[str, Answer]:
    while (page := next_page(facts)) is not None and len(facts.answers) < _DEEPEST:
        asker = str(facts.value("requester"))
        counted = [((asker, page, str(answer)), answer) for answer in _answers(page, facts)]
        key, answer = min(counted, key=lambda one: (taken[one[0]], crc32(f"{number} {one[0]}".encode())))
        taken[key] += 1
        facts = facts.supposing(page, answer)
    return facts.answers


def _answers(page: str, facts: Facts) -> list[Answer]:
    basis = facts.pack.checklists.get(page)
    if basis:
        rows = [row.id for row in open_rows(basis, facts)]
        return [tuple(rows), (), *((row,) for row in rows)]
    question = facts.pack.questions[page]
    if question.kind == "items":
        items = list(facts.pack.items)
        return [*((item,) for item in items), *(tuple(items[n : n + 3]) for n in range(0, len(items), 3))]
    if question.kind in _TYPED:
        return list(_TYPED[question.kind])
    options = [option.id for option in options_of(question, facts)]
    return [tuple(options), ()] if question.kind == "many" else list(options)
