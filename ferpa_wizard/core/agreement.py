"""A standing agreement with a partner: which answers it settles, for which data, until which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ferpa_wizard.core.choices import SHARES
from ferpa_wizard.core.determination import AdviceLine, Determination
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.facts import Answer, Answers, Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.values import Unhidden, take

BEYOND = "beyond-agreement"
"""The id of the advice on data that the agreement does not list."""
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Agreement:
    """`schools` is empty where it holds for all; `signed` and `destroy` are empty where nobody set them.

    `answers` are by question or checklist. Days are YYYY-MM-DD; it holds through the day `ends`.
    """

    id: str
    party: str
    schools: tuple[str, ...] = ()
    basis: str = ""
    items: tuple[str, ...] = ()
    signed: str = ""
    ends: str = ""
    destroy: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def has_ended(self, on: str) -> bool:
        return on > self.ends

    def days_left(self, on: str) -> int:
        """The days until it ends: 0 on its last day, less than that once it has ended."""
        return (date.fromisoformat(self.ends) - date.fromisoformat(on)).days

    def settles(self, pack: Pack, answers: Answers, on: str) -> dict[str, Answer]:
        """What it answers on this day in a request with these answers: nothing from the day after its end on.

        Its checklists were ticked for the data that it lists. For more than that somebody has to look again.
        """
        if self.has_ended(on):
            return {}
        beyond = bool(set(answers.get("items", ())) - set(self.items))
        return {name: answer for name, answer in self.answers.items() if not (beyond and name in pack.checklists)}

    def beyond(self, facts: Facts) -> tuple[Item, ...]:
        """The data asked for that it does not list."""
        picked = facts.answers.get("items", ())
        return tuple(item for item in facts.items if item.id in picked and item.id not in self.items)


def may_settle(pack: Pack) -> frozenset[str]:
    """The questions and checklists that an agreement may answer, as the rules mark them."""
    questions = (question.id for question in pack.questions.values() if question.by_agreement)
    return frozenset((*questions, *(page for page, basis in pack.checklists.items() if basis.by_agreement)))


def advised(found: Determination, agreement: Agreement | None, facts: Facts, *, on: str) -> Determination:
    """The same determination, with advice on data that an agreement which holds on this day does not list."""
    beyond = () if agreement is None or agreement.has_ended(on) else agreement.beyond(facts)
    if agreement is None or not beyond:
        return found
    line = AdviceLine(BEYOND, "".join(_says(agreement, beyond)), "")
    return replace(found, advice=(line, *found.advice))


def _says(agreement: Agreement, beyond: tuple[Item, ...]) -> Iterator[str]:
    names = ", ".join(item.name for item in beyond)
    yield f"The agreement with {agreement.party} does not list: {names}. "
    yield "Add this to the agreement before you share it, or leave it out."


def agreement_in(body: Body, pack: Pack) -> Agreement | None:
    """The agreement that a sealed decision could become: its data and what it says of the partner; no party, no days.

    None where it was made under one, and where nothing may go at once under a way to share that an agreement carries.
    """
    basis = body["determination"]["basis"] or {"id": ""}
    carried = any(one.by_agreement for one in pack.bases if one.id == basis["id"])
    if not carried or body.get("agreement") or body["restricted"] or body["decision"]["choice"] not in SHARES:
        return None
    may_go = (item for item in body["items"] if item["share"] and item["basis"] == basis["id"])
    items = tuple(item["id"] for item in may_go if item["id"] in pack.items)
    answers = dict(_of_partner(body["answers"], pack))
    return Agreement("", "", basis=basis["id"], items=items, answers=answers) if items else None


def _of_partner(rows: Iterable[Body], pack: Pack) -> Iterator[tuple[str, Answer]]:
    """The answers that these rules let an agreement settle; one that they do not know any more is left out."""
    settled = may_settle(pack)
    for row in rows:
        if row["question"] in settled:
            try:
                yield row["question"], take(row["answer"], row["question"], Unhidden(pack, {}))
            except AnswerError:
                continue
