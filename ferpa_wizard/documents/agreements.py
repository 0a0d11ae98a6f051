"""Agreement papers: what the law asks each kind to say, and an outline to fill in."""

from __future__ import annotations

from ferpa_wizard.documents.agreement_kinds import Agreement, Element, agreements
from ferpa_wizard.documents.body import text
from ferpa_wizard.documents.document import Block, Checklist, Document, Heading, Paragraph, Task
from ferpa_wizard.documents.paper import SIGNED, Voice, pairs
from ferpa_wizard.documents.told import Told


def agreement_paper(voice: Voice, kind: str) -> Document:
    """The checklist with its owner lines, what is good to add, and the outline."""
    agreement, say = agreements()[kind], voice.sheet("agreements")
    title = say(f"{kind}-title")
    blocks = (
        Heading(1, title),
        Paragraph(say(f"{kind}-intro")),
        Heading(2, say.get(f"checklist-{kind}", say("checklist"))),
        Checklist(tuple(_task(voice, agreement, element) for element in agreement.elements)),
        Heading(2, say("good")),
        Paragraph(say("good-says")),
        Checklist(tuple(Task(say(f"{kind}-good-{name}")) for name in agreement.good)),
        *_outline(voice, agreement),
    )
    return voice.paper(title, blocks)


def _task(voice: Voice, agreement: Agreement, element: Element) -> Task:
    say = voice.sheet("agreements")
    note = say("checklist-note", cite=element.cite)
    done = _met(voice.told, agreement, element)
    return Task(say(f"{agreement.id}-{element.id}"), note, say("met") if done else "", done)


def _met(told: Told, agreement: Agreement, element: Element) -> bool:
    """Did the answers show it already? Only where the rules say so of every condition behind it."""
    if told.status(*agreement.bases) in ("", "ruled-out"):
        return False
    states = [text(row, "status") for row in told.conditions() if text(row, "id") in element.conditions]
    return bool(states) and all(state == "met" for state in states)


def _outline(voice: Voice, agreement: Agreement) -> tuple[Block, ...]:
    say, told = voice.sheet("agreements"), voice.told
    shown = voice.items_named(told.shown, most=30)
    clauses: list[Block] = []
    for place, element in enumerate(agreement.elements, start=1):
        clauses.append(Heading(3, f"{place}. {say(f'{agreement.id}-{element.id}')}"))
        clauses.append(Paragraph(say(f"{agreement.id}-{element.id}-outline", items=shown)))
    unchecked = [Paragraph(say("unchecked", layers=voice.layers_named(told.unchecked)))] if told.unchecked else []
    return (
        Heading(2, say("outline")),
        Paragraph(say("outline-says")),
        *unchecked,
        Paragraph(say("between")),
        *clauses,
        Heading(3, say("sign")),
        pairs(*((say(signer), SIGNED) for signer in agreement.signers)),
    )
