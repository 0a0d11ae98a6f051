"""The parts of the justification record that say what people asked, answered and decided."""

from __future__ import annotations

from ferpa_wizard.core.choices import CHOICES
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
    reasons = [words.LAYERS.get(layer, layer) for layer in names(decision, "reasons")]
    pairs = (
        Pair("Decision", _choice(decision)),
        Pair("Reason given", ", ".join(reasons), _unlooked(body)),
        Pair("FERPA in this decision", figure(body)),
        Pair("Offered instead", "; ".join(text(route, "title") for route in rows(body, "offered"))),
        Pair("Steps", _no_steps(body)),
        Pair("Explanation", "" if _differs(decision) else text(decision, "words")),
        Pair("Takes the place of", _record(text(body, "replaces"))),
        Pair("Decided by", _person(by), _account(by)),
        Pair("Agreed by", _person(group(decision, "second")), "As typed."),
        Pair("Decided on", sealed.minute(sealed.moment(text(decision, "at")))),
    )
    return (
        Heading(2, "What was decided"),
        Pairs(tuple(pair for pair in pairs if pair.value)),
        *_correction(body),
        *_only_in_part(body),
        *_difference(body),
    )


def _record(number: str) -> str:
    return f"Decision record {number}" if number else ""


def _unlooked(body: Fields) -> str:
    """That a reason was named and never looked at."""
    told = Told(body, "")
    unseen = [words.LAYERS[one] for one in told.reasons if one in words.LAYERS and told.layer(one)[0] in _UNSEEN]
    return f"As the person who decided named it. This was not looked at: {', '.join(unseen)}." if unseen else ""


def _no_steps(body: Fields) -> str:
    """What has to come first where the rules list no step."""
    told = Told(body, "")
    if told.choice != "share-after-steps" or rows(told.found, "steps"):
        return ""
    open_yet = [text(row, "text") for row in rows(told.found, "unknown")]
    open_yet += [f"whether {text(group(told.found, 'judge'), 'test')}"] if group(told.found, "judge") else []
    if told.verdict in ("judgement", "missing-fact") and open_yet:
        return f"Settle this first: {open_yet[0]}"
    return _FIRST.get(told.verdict, "The rules name none. Steps of the school’s own were not written down.")


def _choice(decision: Fields) -> str:
    choice = text(decision, "choice")
    return text(decision, "label") or CHOICES.get(choice, choice)


def _person(person: Fields) -> str:
    return ", ".join(filter(None, (text(person, "name"), text(person, "role"))))


def _account(by: Fields) -> str:
    account = text(by, "account")
    return f"As typed. Signed in to the computer as {account}." if account else "As typed."


def _correction(body: Fields) -> tuple[Block, ...]:
    decision = group(body, "decision")
    sentence, ferpa = text(decision, "correction"), Told(body, "").layer("ferpa")[0]
    title = (
        "FERPA is not the reason" if ferpa in ("does-not-object", "needs-steps") else "Is FERPA the reason? Not settled"
    )
    return (Callout(Tone.ASK, title, sentence),) if sentence else ()


def _only_in_part(body: Fields) -> tuple[Block, ...]:
    """What stops some of it is no reason for the rest."""
    told = Told(body, "")
    rest = told.held_back_freely
    if not rest:
        return ()
    stopped = [item for item in told.items if names(item, "stopped_by")]
    layers = ", ".join(words.LAYERS[layer] for layer in told.binding_layers)
    says = (
        f"{layers} stops {_listed(told, stopped)}. Nothing that was looked at stops {_listed(told, rest)}. "
        "Not to share that is the school’s own choice."
    )
    return (Callout(Tone.ASK, "Only a part is stopped", says),)


def _listed(told: Told, items: list[Fields]) -> str:
    return "; ".join(told.labels(items))


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
    asked, told = group(body, "request"), Told(body, "")
    pairs = (
        Pair("Who asked", "; ".join(filter(None, (told.who[1], told.asker)))),
        Pair("What for", told.label("purpose") or told.label("family-wants")),
        Pair("Which students", told.label("students")),
        Pair("Came in on", _day(text(asked, "received"))),
        Pair("How it came", WAYS.get(text(asked, "way"), "") if text(asked, "way") else ""),
        Pair("They want it by", _day(text(asked, "deadline"))),
        Pair("Agreement", _agreement(group(body, "agreement"))),
        Pair("How they were identified", text(asked, "identity") or "Not noted"),
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


def _agreement(agreement: Fields) -> str:
    return f"With {text(agreement, 'party')}, until {_day(text(agreement, 'ends'))}" if agreement else ""


def _duty(body: Fields, name: str) -> str:
    duties = rows(group(body, "determination"), "duties")
    return next((text(duty, "do") for duty in duties if text(duty, "id") == name), "")


_FIRST = {
    "consent": "Get the signed and dated consent (34 CFR 99.30).",
    "not-as-asked": "No step opens this as it was asked. It needs another way.",
}
_YES_NO = {"yes": "Yes", "no": "No"}
_NEVER = "9999"
_UNSEEN = ("not-checked", "not-covered")


def kept(body: Fields) -> tuple[Block, ...]:
    """What the school's profile says for every request, as far as the chosen way rests on it."""
    found = tuple(
        (Cell(text(row, "says")), Cell(_YES_NO.get(text(row, "answer"), text(row, "answer"))), Cell(_until(row)))
        for row in rows(group(body, "profile"), "kept")
    )
    header = ("Standing fact", "Answer", "Relied on until")
    return (Heading(2, "What the school’s profile says in general"), Table(header, found, (11, 3, 5))) if found else ()


def _until(row: Fields) -> str:
    return _day(text(row, "until")) if text(row, "until") < _NEVER else "No day is set"


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
    label = text(row, "label") or text(row, "answer") or "; ".join(names(row, "answer")) or "None"
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
