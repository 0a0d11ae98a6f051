"""Which question is put in which way."""

from __future__ import annotations

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.field import FieldQuestion
from ferpa_wizard.desktop.pages.items import ItemsQuestion
from ferpa_wizard.desktop.pages.many import ManyQuestion
from ferpa_wizard.desktop.pages.question import Answer, Question
from ferpa_wizard.desktop.remember import Memory


def question_of(look: Look, ask: Ask, *, given: Answer | None, memory: Memory, style: str, pack: Pack) -> Question:
    """The question as it is put on a page, with the answer it has already."""
    if ask.page == "items":
        return ItemsQuestion(
            look, ask, given=given, memory=memory, style=style, items=pack.items, groups=pack.groups
        )  # fmt: skip
    kinds: dict[str, type[Question]] = {"one": Question, "many": ManyQuestion}
    return kinds.get(ask.kind, FieldQuestion)(look, ask, given=given, memory=memory, style=style)
