"""Papers that go out with the data or before them: limits, notice before a court paper is obeyed, hand-over slip."""

from __future__ import annotations

from ferpa_wizard.core.choices import CARRIED
from ferpa_wizard.documents.body import text
from ferpa_wizard.documents.document import Block, Cell, Checklist, Document, Heading, Paragraph, Table, Task
from ferpa_wizard.documents.paper import SIGNED, Voice, pairs
from ferpa_wizard.documents.told import Told, titled


def limits_are_due(told: Told) -> bool:
    """Does the record ask to tell the recipient about the limits (99.33(d)), or does no way settle yet that none are?

    Staff have a standing notice of their own.
    """
    if told.duty("staff-notice") or told.to_change:
        return False
    cites = [text(duty, "cite") for duty in told.duties]
    theirs = "family-asks" in told.marks or told.duty("no-limits")
    open_yet = told.shares and told.verdict not in (*CARRIED, "consent") and not theirs
    return open_yet or any("99.33(d)" in cite and "99.33(c)" not in cite for cite in cites)


def redisclosure(voice: Voice) -> Document:
    """The notice of limits; where FERPA sets none, the paper says so."""
    say, told = voice.sheet("notices"), voice.told
    if not limits_are_due(told):
        title = say("no-limits-title")
        return voice.paper(title, (Heading(1, title), Paragraph(say("no-limits-says"))))
    if "gone-out" in told.marks:
        return _by_mistake(voice)
    title = say("redisclosure-title")
    purpose = voice.purpose or voice.values["blank"]
    limits = [say(f"redisclosure-{key}", purpose=purpose) for key in _limits(told)]
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        pairs((voice.common("to"), ""), (voice.common("date"), ""), (voice.common("number"), told.number)),
        Paragraph(say("redisclosure-intro", items=voice.items_named(told.shown, most=30))),
        *map(Paragraph, limits),
        pairs((say("redisclosure-received"), SIGNED)),
    )
    return voice.paper(title, blocks, outside=True)


def _by_mistake(voice: Voice) -> Document:
    """To whoever has the data without a way for it: no purpose is theirs."""
    say, told = voice.sheet("notices"), voice.told
    title = say("mistake-title")
    items = voice.items_named(told.items, most=30) if told.items else voice.values["blank"]
    said = [say(f"mistake-{key}", items=items) for key in ("intro", "back", "seen")]
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        pairs((voice.common("to"), ""), (voice.common("date"), ""), (voice.common("number"), told.number)),
        *map(Paragraph, [*said, say("redisclosure-penalty")]),
        pairs((say("mistake-done"), SIGNED)),
    )
    return voice.paper(title, blocks, outside=True)


def _limits(told: Told) -> list[str]:
    """Two laws let the data travel a little further, each in words of its own."""
    own = "welfare" if told.duty("inform-welfare") else "juvenile" if told.duty("inform-juvenile") else ""
    agency = ["agency"] if told.basis_id == "ferpa-audit-evaluation" else []
    return ["use", own or "onward", "people", *([] if own else ["behalf"]), "court", *agency, "penalty"]


# Before a court order or subpoena is obeyed


def notice_is_safe(told: Told) -> bool:
    """Is it a court paper of which the family may be told?"""
    return "court-paper" in told.marks and "family-is-told-first" in told.marks


def subpoena_notice(voice: Voice) -> Document:
    """The letter to the family, with what has to be sure before it is sent; else why there is none."""
    say, told = voice.sheet("notices"), voice.told
    if not notice_is_safe(told):
        title = say("subpoena-none-title")
        why = say("subpoena-none-secret" if told.perhaps_secret else "subpoena-none")
        return voice.paper(title, (Heading(1, title), Paragraph(why)))
    title = say("subpoena-title")
    return voice.paper(title, (Heading(1, title), *_before_sending(voice), *_to_the_family(voice)), outside=True)


def _before_sending(voice: Voice) -> tuple[Block, ...]:
    say, kind = voice.sheet("notices"), voice.told.answer("court-kind")
    keys = (f"subpoena-first-{key}" for key in ("any", kind))
    tasks = tuple(Task(say(key)) for key in keys if key in say)
    return (Heading(2, say("subpoena-first")), Checklist(tasks))


def _to_the_family(voice: Voice) -> tuple[Block, ...]:
    say, told = voice.sheet("notices"), voice.told
    asked = voice.items_named(told.items, most=30) if told.items else ""
    due = told.noted("deadline")
    return (
        Heading(2, say("subpoena-letter")),
        pairs((say("subpoena-to"), ""), (voice.common("date"), ""), (voice.common("number"), told.number)),
        Paragraph(say("subpoena-says")),
        pairs((say("subpoena-records"), asked), (say("subpoena-from"), ""), (say("subpoena-due"), due)),
        *(Paragraph(say(f"subpoena-{key}")) for key in ("protect", "tell", "else", "copy")),
        pairs((voice.common("signature"), SIGNED)),
        pairs((say("subpoena-sent"), "")),
    )


# With the data


def handover(voice: Voice) -> Document:
    """The slip that goes with the records: what, to whom, how checked, what to look at before."""
    say, told = voice.sheet("notices"), voice.told
    title = say("handover-title")
    items = tuple((Cell(label),) for label in told.labels(told.shown))
    listed = [Table((say("handover-what"),), items, (1,))] if items else []
    asked = [] if items else [(say("handover-what"), "")]
    checked = {"to": told.asker, "checked": told.noted("identity")}
    fields = [(say(f"handover-{key}"), checked.get(key, "")) for key in ("to", "checked", "how", "by")]
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        Paragraph(say("handover-says")),
        *listed,
        pairs(*asked, (say("handover-basis"), titled(told.way)), *fields),
        Heading(2, say("handover-before")),
        Checklist(_boxes(voice)),
        pairs((say("handover-got"), SIGNED)),
    )
    return voice.paper(title, blocks, outside=True)


def _boxes(voice: Voice) -> tuple[Task, ...]:
    say, told = voice.sheet("notices"), voice.told
    consent = ["consent"] if text(told.way, "id") == "ferpa-consent" else []
    first = ["steps"] if told.carried else ["further", "way"] if told.goes_further else ["way"]
    unchecked = ["unchecked"] if told.unchecked and not told.in_danger else []  # danger does not wait for it
    keys = [*first, *consent, *unchecked, "danger" if told.in_danger else "only"]
    if told.verdict != "not-ferpa":  # else nobody can be recognized, or it is no school record
        limits = ["limits"] if told.carried else ["limits-perhaps"]
        keys += ["statement", *(limits if limits_are_due(told) else []), "entry"]
    layers = voice.layers_named(told.unchecked)
    return tuple(Task(say(f"handover-box-{key}", layers=layers)) for key in keys)
