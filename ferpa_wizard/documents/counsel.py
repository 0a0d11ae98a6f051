"""The question for counsel: what is asked, what is known, what the rules say, what has to be settled."""

from __future__ import annotations

from ferpa_wizard.core.choices import ALL_YES, DECLINES
from ferpa_wizard.documents.body import group, rows, text
from ferpa_wizard.documents.document import Block, Cell, Checklist, Document, Heading, Paragraph, Table, Task
from ferpa_wizard.documents.paper import WIDE, Voice, pairs
from ferpa_wizard.documents.told import in_our_voice, lower_first
from ferpa_wizard.documents.words import LAYERS

_LINES = "\n\n".join([WIDE] * 3)


def counsel_question(voice: Voice) -> Document:
    """One page for the lawyer or the privacy officer; no student is named in it."""
    say = voice.sheet("notices")
    title, by = say("counsel-title"), (say("counsel-by"), voice.told.noted("deadline"))
    blocks = (
        Heading(1, title),
        pairs((voice.common("to"), say("counsel-to")), (voice.common("date"), voice.told.on), by),
        *_asked(voice),
        Heading(2, say("counsel-question")),
        *map(Paragraph, questions(voice)),
        *_found(voice),
        *_left(voice),
        *_decided(voice),
        *_facts(voice),
        *map(Paragraph, _meanwhile(voice)),
        Heading(2, say("counsel-answer")),
        pairs((say("counsel-answer-text"), _LINES), (say("counsel-answer-by"), "")),
    )
    return voice.paper(title, blocks)


def _asked(voice: Voice) -> tuple[Block, ...]:
    say, request = voice.sheet("notices"), group(voice.told.body, "request")
    said = filter(None, (text(request, "title"), text(request, "words")))
    return (Heading(2, say("counsel-asked")), *map(Paragraph, said))


def questions(voice: Voice) -> list[str]:
    """Every open point as a question; where the rules leave none open, whether they are right."""
    say, told = voice.sheet("notices"), voice.told
    judge = group(told.found, "judge")
    found = [say("counsel-secret")] if told.perhaps_secret else []
    if judge:
        role, test = (lower_first(in_our_voice(text(judge, key))) for key in ("role", "test"))
        found.append(say("counsel-judge", test=test, role=role))
    if told.verdict == "must-share" and told.choice in DECLINES:
        found.append(say("counsel-owed", cite=text(told.basis, "cite")))
    if "custody-doubt" in told.marks:
        found.append(say("counsel-custody"))
    open_facts = [text(row, "text") or text(row, "question") for row in rows(told.found, "unknown")]
    found += [say("counsel-open", question=question) for question in open_facts]
    if told.unchecked:
        found.append(say("counsel-state", layers=voice.layers_named(told.unchecked)))
    if told.verdict not in ALL_YES or not found:
        found.append(say("counsel-limit", says=text(told.found, "says")))
    if told.binds("state"):
        found.append(say("counsel-conflict"))
    return found


def _found(voice: Voice) -> tuple[Block, ...]:
    say, found = voice.sheet("notices"), voice.told.found
    basis = ", ".join(filter(None, (text(group(found, "basis"), "title"), text(group(found, "basis"), "cite"))))
    layers = tuple(
        (Cell(title), Cell(text(group(group(found, "layers"), layer), "says"))) for layer, title in LAYERS.items()
    )
    said = filter(None, (text(found, "label"), text(found, "says"), basis))
    table = Table((say("counsel-layer"), say("counsel-layer-says")), layers, (1, 3))
    return (
        Heading(2, say("counsel-found")),
        *map(Paragraph, said),
        Heading(2, say("counsel-layers")),
        table,
    )


def _left(voice: Voice) -> tuple[Block, ...]:
    """The steps that are left, and each condition of the chosen way that is not met."""
    say, told = voice.sheet("notices"), voice.told
    steps = tuple(Task(text(step, "do"), text(step, "cite")) for step in rows(told.found, "steps"))
    basis = next((row for row in rows(told.found, "bases") if text(row, "id") == told.basis_id), {})
    unmet = tuple(
        (Cell(text(row, "says"), note=text(row, "because")), Cell(text(row, "cite").replace("; ", "\n")))
        for row in rows(basis, "conditions")
        if text(row, "status") != "met"
    )
    header = (say("counsel-unmet"), say("counsel-unmet-cite"))
    return (
        *((Heading(2, say("counsel-steps")), Checklist(steps)) if steps else ()),
        *((Heading(2, say("counsel-conditions")), Table(header, unmet, (3, 1))) if unmet else ()),
    )


def _decided(voice: Voice) -> tuple[Block, ...]:
    say, told = voice.sheet("notices"), voice.told
    reasons = voice.layers_named(told.reasons)
    items = voice.items_named(told.items, most=30) if told.items else ""
    known = [
        (say("counsel-items"), items),
        (say("counsel-choice"), text(told.decision, "label")),
        (say("counsel-reason"), reasons),
        (say("counsel-correction"), text(told.decision, "correction")),
        (say("counsel-words"), text(told.decision, "words")),
    ]
    return (Heading(2, say("counsel-decided")), pairs(*(row for row in known if row[1])))


def _facts(voice: Voice) -> tuple[Block, ...]:
    say = voice.sheet("notices")
    answered = tuple(
        (Cell(text(row, "text")), Cell(text(row, "label") or text(row, "answer")))
        for row in rows(voice.told.body, "answers")
    )
    if not answered:
        return ()
    header = (say("counsel-facts-question"), say("counsel-facts-answer"))
    return (Heading(2, say("counsel-facts")), Table(header, answered, (5, 4), dense=True))


def _meanwhile(voice: Voice) -> list[str]:
    say, told = voice.sheet("notices"), voice.told
    if "abuse-report" in told.marks:
        return [say("counsel-meanwhile-report")]
    if told.in_danger:
        return [say("counsel-meanwhile-danger")]
    if told.goes_further:
        return [say("counsel-meanwhile-wants")]
    if told.choice == "share":
        return [say("counsel-meanwhile-shares", items=voice.items_named(told.shown, most=30))]
    if not told.clock:
        return [say("counsel-meanwhile")]
    return [say("counsel-meanwhile-family", days=str(told.clock.get("days")), cite=text(told.clock, "cite"))]
