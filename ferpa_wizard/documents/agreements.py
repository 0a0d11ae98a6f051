"""Agreement papers: what the law asks each kind to say, and an outline to fill in."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.documents.body import text
from ferpa_wizard.documents.document import Block, Checklist, Document, Heading, Paragraph, Task
from ferpa_wizard.documents.paper import SIGNED, Voice, pairs
from ferpa_wizard.documents.told import Told


@dataclass(frozen=True)
class Element:
    """One thing that has to be said or hold; `conditions` are those of the rules that ask for it."""

    key: str
    cite: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """One kind of agreement; `bases` are the ways to share that rest on it."""

    key: str
    bases: tuple[str, ...]
    elements: tuple[Element, ...]
    good: tuple[str, ...]
    signers: tuple[str, ...]
    checklist: str = "checklist"


_STUDY, _AUDIT = "34 CFR 99.31(a)(6)(iii)(C)", "34 CFR 99.35(a)(3)"

STUDIES = Agreement(
    "studies",
    ("ferpa-studies",),
    (
        Element("scope", f"{_STUDY}(1)", ("st.6",)),
        Element("use", f"{_STUDY}(2)", ("st.7",)),
        Element("identity", f"{_STUDY}(3)", ("st.8",)),
        Element("destroy", f"{_STUDY}(4)", ("st.9",)),
    ),
    ("onward", "log", "kind", "safe"),
    ("for-school", "for-party"),
)
AUDIT = Agreement(
    "audit",
    ("ferpa-audit-evaluation",),
    (
        Element("designate", f"{_AUDIT}(i)", ("ae.4",)),
        Element("data", f"{_AUDIT}(ii)(A)", ("ae.5",)),
        Element("purpose", f"{_AUDIT}(ii)(B)", ("ae.6",)),
        Element("activity", f"{_AUDIT}(ii)(C)", ("ae.7",)),
        Element("destroy", f"{_AUDIT}(iii)", ("ae.8",)),
        Element("time", f"{_AUDIT}(iv)", ("ae.9",)),
        Element("protect", f"{_AUDIT}(v)", ("ae.10",)),
    ),
    ("methods", "onward", "program", "log"),
    ("for-agency", "for-party"),
)
PROVIDER = Agreement(
    "provider",
    ("ferpa-school-official-outsourced",),
    (
        Element("job", "34 CFR 99.31(a)(1)(i)(B)(1)", ("soo.1", "soo.2")),
        Element("control", "34 CFR 99.31(a)(1)(i)(B)(2)", ("soo.3",)),
        Element("limits", "34 CFR 99.31(a)(1)(i)(B)(3); 34 CFR 99.33(a)", ("soo.4",)),
        Element("notice", "34 CFR 99.7(a)(3)(iii)", ("soo.5",)),
        Element("need", "34 CFR 99.31(a)(1)(i)(A)", ("soo.9",)),
        Element("access", "34 CFR 99.31(a)(1)(ii)", ("soo.6",)),
        Element("family", "34 CFR 99.10(a)", ("soo.8",)),
    ),
    ("end", "safe", "terms"),
    ("for-school", "for-party"),
    "checklist-provider",
)
AGREEMENTS = {agreement.key: agreement for agreement in (STUDIES, AUDIT, PROVIDER)}


def agreement_paper(voice: Voice, kind: str) -> Document:
    """The checklist with its owner lines, what is good to add, and the outline."""
    agreement, say = AGREEMENTS[kind], voice.sheet("agreements")
    title = say(f"{kind}-title")
    blocks = (
        Heading(1, title),
        Paragraph(say(f"{kind}-intro")),
        Heading(2, say(agreement.checklist)),
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
    return Task(say(f"{agreement.key}-{element.key}"), note, say("met") if done else "", done)


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
        clauses.append(Heading(3, f"{place}. {say(f'{agreement.key}-{element.key}')}"))
        clauses.append(Paragraph(say(f"{agreement.key}-{element.key}-outline", items=shown)))
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
