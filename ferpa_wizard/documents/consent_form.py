"""The consent form: all that 34 CFR 99.30 asks for, filled from the answers, in English or Spanish."""

from __future__ import annotations

from typing import Literal

from ferpa_wizard.documents.body import Fields, text
from ferpa_wizard.documents.document import Block, Checklist, Document, Heading, Pair, Pairs, Paragraph, Task
from ferpa_wizard.documents.paper import SIGNED, WIDE, Voice, named, pairs
from ferpa_wizard.documents.wording import Sheet

Language = Literal["en", "es"]


def consent_form(voice: Voice, language: Language = "en") -> Document:
    """One form for one student."""
    say = voice.sheet("consent-form" if language == "en" else f"consent-form.{language}")
    called = voice.names if language == "en" else voice.sheet(f"names.{language}")
    blocks = (
        Heading(1, say("title")),
        Paragraph(say("intro")),
        *_student(say),
        *_records(voice, say, called),
        *_purpose_and_party(voice, say, called),
        *_terms(say, student_signs=voice.told.rights_holder == "student"),
        *_signature(voice, say),
        *_office(say),
    )
    # The rules tell of their review in English; only that they had none is known in every language.
    footer = say("footer-unreviewed" if voice.unreviewed else "footer")
    return voice.paper(say("title"), blocks, language=language, footer=footer)


def _student(say: Sheet) -> tuple[Block, ...]:
    return (Heading(2, say("student")), pairs((say("student-name"), ""), (say("student-born"), "")))


def _records(voice: Voice, say: Sheet, called: Sheet) -> tuple[Block, ...]:
    """Each item that waits for consent as a box to tick: nothing is agreed to by default."""
    told = voice.told
    guarded = [item for item in told.items if told.guards(item)]
    # An item that may go without it needs no consent, where anything does; another law wants a form of its own.
    asked = told.stopped_by("ferpa") or [item for item in told.items if item.get("with_consent") is True]
    free = [item for item in told.items if item.get("share") is True and asked]
    tasks = tuple(_item(called, item) for item in told.items if item not in guarded and item not in free)
    return (
        Heading(2, say("records")),
        Paragraph(f"{say('records-says')} {say('records-cite')}"),
        *([Checklist(tasks)] if tasks else []),
        *([Paragraph(say("records-free", items=_listed(called, free)))] if free else []),
        Paragraph(say("records-more")),
        *([Paragraph(say("other-law", items=_listed(called, guarded)))] if guarded else []),
    )


def _item(called: Sheet, item: Fields) -> Task:
    """In another language the sealed name stands below, for those who pick the records."""
    translated, label = _called(called, item), text(item, "label") or text(item, "id")
    return Task(translated, label if translated != label else "")


def _listed(called: Sheet, items: list[Fields]) -> str:
    return "; ".join(_called(called, item) for item in items)


def _called(called: Sheet, item: Fields) -> str:
    return called.get(f"item-{text(item, 'id')}", text(item, "label") or text(item, "id"))


def _purpose_and_party(voice: Voice, say: Sheet, called: Sheet) -> tuple[Block, ...]:
    who, purpose = named(voice.told, called)
    return (
        Heading(2, say("purpose")),
        Paragraph(f"{say('purpose-says')} {say('purpose-cite')}"),
        pairs((say("purpose-term"), purpose), (say("purpose-detail"), "")),
        Heading(2, say("party")),
        Paragraph(f"{say('party-says')} {say('party-cite')}"),
        pairs((say("party-term"), who), (say("party-name"), voice.told.asker)),
        Heading(2, say("until")),
        Pairs((Pair(say("until-term"), WIDE, say("until-says")),)),
    )


def _terms(say: Sheet, *, student_signs: bool) -> tuple[Block, ...]:
    mine = Task(say("copies-mine"), say("copies-mine-cite"))
    child = Task(say("copies-child"), say("copies-child-cite"))
    return (
        Heading(2, say("limits")),
        Paragraph(say("limits-says")),
        Heading(2, say("copies")),
        Checklist((mine,) if student_signs else (mine, child)),
        Heading(2, say("back")),
        Paragraph(say("back-says")),
    )


def _signature(voice: Voice, say: Sheet) -> tuple[Block, ...]:
    """Who signs is ticked by hand; the box that cannot be right is left out where the answers tell."""
    told = voice.told
    signers = [told.rights_holder] if told.rights_holder else ["parent", "student"]
    if "family-asks" in told.marks:  # nobody agrees to sharing with themselves
        signers = ["parent-other" if signer == "parent" else signer for signer in signers]
    return (
        Heading(2, say("sign")),
        Paragraph(f"{say('sign-says')} {say('sign-cite')}"),
        Checklist(tuple(Task(say(f"signer-{signer}")) for signer in signers)),
        pairs((say("signature"), SIGNED), (say("signed-name"), ""), (say("student-name"), ""), (say("signed-on"), "")),
    )


def _office(say: Sheet) -> tuple[Block, ...]:
    boxes = tuple(Task(say(key)) for key in ("office-checked", "office-before", "office-inside", "online"))
    return (Heading(2, say("office")), Checklist(boxes), pairs((say("office-by"), "")))
