"""The parts of the justification record that say what people asked, answered and decided."""

from __future__ import annotations

from ferpa_wizard.core.intake import WAYS
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents import words
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.document import (
    Block,
    Callout,
    Cell,
    Heading,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Tone,
)
from ferpa_wizard.documents.record_principles import figure
from ferpa_wizard.documents.told import Told


def decision(body: Fields) -> tuple[Block, ...]:
    decision, by = group(body, "decision"), group(group(body, "decision"), "by")
    person = ", ".join(filter(None, (text(by, "name"), text(by, "role"))))
    reasons = [words.LAYERS.get(layer, layer) for layer in names(decision, "reasons")]
    pairs = (
        Pair("Decision", _choice(decision)),
        Pair("Reason given", ", ".join(reasons)),
        Pair("FERPA in this decision", figure(body)),
        Pair("Offered instead", "; ".join(text(route, "title") for route in rows(body, "offered"))),
        Pair("Explanation", "" if _differs(decision) else text(decision, "words")),
        Pair("Decided by", person, _account(by)),
        Pair("Decided on", sealed.minute(sealed.moment(text(decision, "at")))),
    )
    return (
        Heading(2, "What was decided"),
        Pairs(tuple(pair for pair in pairs if pair.value)),
        *_correction(decision),
        *_only_in_part(body),
        *_difference(body),
    )


def _choice(decision: Fields) -> str:
    choice = text(decision, "choice")
    return text(decision, "label") or words.DECISIONS.get(choice, choice)


def _account(by: Fields) -> str:
    account = text(by, "account")
    return f"As typed. Signed in to the computer as {account}." if account else "As typed."


def _correction(decision: Fields) -> tuple[Block, ...]:
    sentence = text(decision, "correction")
    return (Callout(Tone.ASK, "FERPA is not the reason", sentence),) if sentence else ()


def _only_in_part(body: Fields) -> tuple[Block, ...]:
    """A reason that stops some of it is none for the rest."""
    rest = Told(body, "").held_back_freely
    if not rest:
        return ()
    kept = ", ".join(text(item, "label") or text(item, "id") for item in rest)
    says = f"Nothing that was looked at stops this: {kept}. Not to share it is the school’s own choice."
    return (Callout(Tone.ASK, "The reason holds for a part only", says),)


def _differs(decision: Fields) -> bool:
    return decision.get("differs") is True


def _difference(body: Fields) -> tuple[Block, ...]:
    decision = group(body, "decision")
    if not _differs(decision):
        return ()
    result = text(group(body, "determination"), "label")
    why = text(decision, "words") or "No reason was written down."
    return (
        Callout(
            Tone.STEPS,
            "The decision differs from the result",
            f"Result: {result}. Decision: {_choice(decision)}.",
            note=f"Why: {why}",
        ),
    )


def request(body: Fields) -> tuple[Block, ...]:
    asked = group(body, "request")
    pairs = (
        Pair("Came in on", _day(text(asked, "received"))),
        Pair("How it came", WAYS.get(text(asked, "way"), "") if text(asked, "way") else ""),
        Pair("They want it by", _day(text(asked, "deadline"))),
        Pair("How they were identified", text(asked, "identity")),
        *(Pair("Clock", _day(text(row, "day")), _duty(body, text(row, "duty"))) for row in rows(body, "due")),
    )
    known = tuple(pair for pair in pairs if pair.value)
    described = text(asked, "words")
    return (
        *((Heading(2, "The request"), Pairs(known)) if known else ()),
        *((Heading(2, "The request in words"), Paragraph(described)) if described else ()),
    )


def _day(iso: str) -> str:
    return sealed.day(iso) if iso else ""


def _duty(body: Fields, name: str) -> str:
    duties = rows(group(body, "determination"), "duties")
    return next((text(duty, "do") for duty in duties if text(duty, "id") == name), "")


def answers(body: Fields) -> tuple[Block, ...]:
    changed = names(body, "changed_after_result")
    found = tuple(_answer(row, changed) for row in rows(body, "answers"))
    if not found:
        return ()
    return (
        Heading(2, f"Answers given: {len(changed) or 'none'} changed after the result was seen"),
        Table(("Question", "Answer", "Source"), found, (11, 9, 3), dense=True),
    )


def _answer(row: Fields, changed: list[str]) -> tuple[Cell, ...]:
    source = text(row, "source")
    note = "Changed after the result was seen" if text(row, "question") in changed else ""
    label = text(row, "label") or text(row, "answer") or ", ".join(names(row, "answer")) or "None"
    return (Cell(text(row, "text")), Cell(label, note), Cell(words.SOURCES.get(source, source)))


def evidence(body: Fields, *, number: str, seal: str) -> tuple[Block, ...]:
    """The rules that were used, who has not reviewed them, and how to check the record."""
    pack = group(body, "pack")
    law, facts = sealed.day(text(pack, "law_as_of")), sealed.day(text(body, "on"))
    as_of = f"The law as of {law}, the facts as of {facts}.\nSHA-256 {text(pack, 'sha256')}"
    said = (
        text(group(body, "determination"), "law_note"),
        text(pack, "review"),
        text(body, "notice"),
    )
    pairs = (
        Pair("Rules", f"{text(pack, 'id')} {text(pack, 'version')}", as_of),
        *map(_overlay, rows(group(body, "determination"), "overlays")),
        Pair("Seal", seal),
    )
    check = (
        "The seal is the SHA-256 of this record’s entry in the decision log, and changes when the record does. "
        f"To check it, open record {number} there and compare, or run “ferpa-wizard log verify”."
    )
    reviewed = dict.fromkeys(filter(None, said)) or (words.NO_LAWYER,)
    return (Heading(2, "Rules and seal"), Pairs(pairs), *map(Paragraph, (*reviewed, check)))


def _overlay(row: Fields) -> Pair:
    """State law or district policy that was looked at, and that only these rules of it were."""
    says = f"The rules held here, as of {sealed.day(text(row, 'law_as_of'))}. There may be others."
    name = words.LAYERS.get(text(row, "layer"), "")
    return Pair(name, f"{text(row, 'title')}. {says}", text(row, "review"))
