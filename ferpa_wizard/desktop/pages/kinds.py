"""Which page puts which kind of question."""

from __future__ import annotations

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.walk import Ask
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.field import FieldPage
from ferpa_wizard.desktop.pages.items import ItemsPage
from ferpa_wizard.desktop.pages.many import ManyPage
from ferpa_wizard.desktop.pages.question import Answer, QuestionPage
from ferpa_wizard.desktop.remember import Memory


def question_page(
    look: Look, ask: Ask, *, section: str, given: Answer | None, memory: Memory, pack: Pack
) -> QuestionPage:
    """The page for a question, with the answer it has already."""
    if ask.page == "items":
        return ItemsPage(
            look, ask, section=section, given=given, memory=memory, items=pack.items, groups=pack.groups
        )  # fmt: skip
    kinds: dict[str, type[QuestionPage]] = {"one": QuestionPage, "many": ManyPage}
    kind = kinds.get(ask.kind, FieldPage)
    return kind(look, ask, section=section, given=given, memory=memory)
