"""Random answers to the questions of a pack, for the laws that hold whatever was answered."""

from __future__ import annotations

from hypothesis import strategies as st

from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import UNSURE, Pack

Answered = dict[str, Answer]


def answers(pack: Pack, *, always: tuple[str, ...] = (), unsure: bool = True) -> st.SearchStrategy[Answered]:
    """Some questions and checklists answered, `always` among them, each with what it offers."""
    every = {name: _values(pack, name, unsure=unsure) for name in (*pack.questions, *pack.checklists)}
    chosen = {name: every[name] for name in always}
    rest = {name: values for name, values in every.items() if name not in chosen}
    return st.fixed_dictionaries(chosen, optional=rest)


def _values(pack: Pack, name: str, *, unsure: bool) -> st.SearchStrategy[Answer]:
    if name in pack.checklists:
        rows = [tick.id for row in pack.checklists[name].paperwork for tick in row.ticks()]
        return _some_of(rows)
    question = pack.questions[name]
    if question.kind == "items":
        return _some_of(list(pack.items))
    ids = [option.id for option in question.options]
    if question.kind == "many":
        return _some_of(ids)
    return st.sampled_from([*ids, UNSURE] if question.unsure and unsure else ids)


def _some_of(ids: list[str]) -> st.SearchStrategy[Answer]:
    """In the order in which the page lists them, as a page keeps them."""
    picked = st.sets(st.sampled_from(ids), max_size=6)
    return picked.map(lambda some: tuple(name for name in ids if name in some))
