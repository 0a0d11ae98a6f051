"""A test of the rules as a phrase for people: the questions as they are asked, the answers as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.model import Pack

Names = Mapping[str, str]
"""How facts, questions and rows of checklists are called instead, by their ids."""


def in_words(test: ex.Test, pack: Pack, names: Names | None = None) -> str:
    """The test as a phrase; a group inside a group stands in brackets."""
    match test:
        case ex.FactIs():
            return _fact(test, pack, names)
        case ex.FactDated():
            return f"{_asked(test.fact, pack, names)} with a day {'before' if test.before else 'after'} {test.day}"
        case ex.ItemIs():
            return f"the item is {_either(pack.items[name].name for name in test.ids if name in pack.items)}"
        case ex.ItemTagged():
            return f"the item has the mark {_either(test.tags)}"
        case ex.ItemListed():
            return f"{_asked(test.fact, pack, names)} with this item"
        case ex.AsksFor():
            return f"something is asked for of which this holds: {in_words(test.inner, pack, names)}"
        case ex.Not():
            return f"not so: {_grouped(test.test, pack, names)}"
        case _:
            link = "; and " if isinstance(test, ex.All) else "; or "
            return link.join(_grouped(part, pack, names) for part in test.parts())


def _grouped(test: ex.Test, pack: Pack, names: Names | None) -> str:
    words = in_words(test, pack, names)
    return f"({words})" if isinstance(test, ex.All | ex.Any) and len(test.tests) > 1 else words


def answer_in_words(test: ex.Test, pack: Pack, names: Names | None = None) -> str:
    """The same without its question, where that is plain from what stands beside it."""
    if isinstance(test, ex.FactIs) and test.fact in pack.questions:
        return _values(test, pack)
    return in_words(test, pack, names)


def _fact(test: ex.FactIs, pack: Pack, names: Names | None) -> str:
    if test.fact in pack.ticks:
        row = (names or {}).get(test.fact, f"the row {test.fact}")
        return f"{row} is {'ticked' if test.values == ('yes',) else 'not ticked'}"
    return f"{_asked(test.fact, pack, names)} {_values(test, pack)}"


def _values(test: ex.FactIs, pack: Pack) -> str:
    question = pack.questions.get(test.fact)
    labels = {option.id: f"“{option.label}”" for option in question.options} if question else {}
    if question and question.kind == "items":
        labels = {item.id: item.name for item in pack.items.values()}
    return _either(labels.get(value, value) for value in test.values)


def _asked(fact: str, pack: Pack, names: Names | None) -> str:
    """A question in the words in which it is asked; a fact that is worked out by its name."""
    question = pack.questions.get(fact)
    own = (names or {}).get(fact, f"“{question.text}”" if question else fact)
    return f"{own} is answered" if question else f"{own} is"


def _either(words: Iterable[str]) -> str:
    return " or ".join(words)
