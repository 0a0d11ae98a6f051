"""What a request under an agreement tells people: where an answer came from, and why a question is put again."""

from __future__ import annotations

from dataclasses import replace

from ferpa_wizard.core.agreement import Agreement, may_settle
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.walk import Ask, Given, Walk
from ferpa_wizard.documents.body import day

AGREED = "agreed"
"""The mark of a data item that the agreement lists."""
_AGAIN = "So we ask this again."


def origin(given: Given, agreement: Agreement | None) -> str:
    """Whose answer it is, where the agreement gave it."""
    if agreement is None or given.source != "agreement":
        return ""
    return f"From the agreement with {agreement.party}, until {day(agreement.ends)}."


def asked_again(page: str, agreement: Agreement | None, facts: Facts, *, on: str, lost: str) -> str:
    """Why a question that the agreement was to settle is put all the same; empty for any other.

    `lost` says why the agreement cannot be had; then each question that one may settle counts.
    """
    if lost and page in may_settle(facts.pack) and page not in facts.answers:
        return lost
    if agreement is None or page not in agreement.answers or page in facts.answers:
        return ""
    if agreement.has_ended(on):
        return f"The agreement with {agreement.party} ended on {day(agreement.ends)}. {_AGAIN}"
    if page in facts.pack.checklists and agreement.beyond(facts):
        return f"This is more data than the agreement with {agreement.party} lists. {_AGAIN}"
    return ""


def marked(ask: Ask, agreement: Agreement | None, *, on: str) -> Ask:
    """The page of data items, with those marked that the agreement lists."""
    if agreement is None or ask.page != "items" or agreement.has_ended(on):
        return ask
    options = [replace(one, marks=(*one.marks, AGREED)) if one.id in agreement.items else one for one in ask.options]
    return replace(ask, options=tuple(options))


def with_next(walked: Walk) -> list[Ask]:
    """The questions of a walk. The one that is due stands by those on its page: an agreement may answer later ones."""
    asks = [given.ask for given in walked.trail]
    if walked.ask is None:
        return asks
    same = [place for place, ask in enumerate(asks, start=1) if ask.on_page == walked.ask.on_page]
    place = same[-1] if same else len(asks)
    return [*asks[:place], walked.ask, *asks[place:]]
