"""The letter to the person who asked: what we can do, what we need, by when, whom to call."""

from __future__ import annotations

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.documents.body import group, rows, text
from ferpa_wizard.documents.document import Block, Document, Heading, Pair, Pairs, Paragraph
from ferpa_wizard.documents.letter_parts import holder, items, rights, steps, ways
from ferpa_wizard.documents.paper import SIGNED, Voice, pairs
from ferpa_wizard.documents.reasons import basis_line, why
from ferpa_wizard.documents.told import Told, in_our_voice, lower_first

_BY_VERDICT = {"may-share": "share-may", "may-share-emergency": "share-emergency", "not-ferpa": "share-not-ferpa"}
_NEXT = {"ask-officer": "reply-by", "not-now": "again-by"}


def letter(voice: Voice) -> Document:
    """One honest text for each verdict and decision."""
    title = voice.sheet("letter")(f"title{_kind(voice.told)}")
    return voice.paper(title, (*_top(voice, title), *_middle(voice), *_end(voice)), warn=False, outside=True)


def _kind(told: Told) -> str:
    if told.to_change:
        return f"-{told.to_change}"
    if "gone-out" in told.marks:
        return "-out"
    if "school-sends" in told.marks:
        return "-ourselves"
    return "-danger" if told.nobody_asks else ""


def _top(voice: Voice, title: str) -> tuple[Block, ...]:
    say, common, told = voice.sheet("letter"), voice.common, voice.told
    reference = text(group(told.body, "request"), "reference")
    lines = [
        (common("to"), told.asker),
        (common("date"), told.on),
        (common("number"), told.number),
        *([(common("reference"), reference)] if reference else []),
        *([(common("received"), told.noted("received"))] if told.noted("received") else []),
        *([(common("deadline"), told.noted("deadline"))] if told.noted("deadline") else []),
        *([(common(key), "")] if (key := _NEXT.get(told.choice)) else []),
        (common("contact"), voice.contact),
    ]
    dear = say("dear-named", asker=told.asker) if told.asker else say("dear")
    opening = (dear, " ".join(_asked(voice)), " ".join(_answers(voice)))
    return (Heading(1, title), pairs(*lines), *map(Paragraph, opening))


def _asked(voice: Voice) -> list[str]:
    say, told = voice.sheet("letter"), voice.told
    kind = _kind(told) or ("" if told.items else "-open")
    said = [say(f"asked{kind}", items=voice.items_named(told.items))]
    if voice.purpose and kind in ("", "-open") and told.answer("requester") != "family":
        said.append(say("purpose", purpose=voice.purpose))
    return said


def _answers(voice: Voice) -> list[str]:
    """What we do, in one or two sentences."""
    say, told = voice.sheet("letter"), voice.told
    given = voice.items_named(item for item in told.items if item.get("share") is True)
    signer = say(f"signer-{told.rights_holder or 'either'}")
    waits = voice.items_named(told.shown)
    said = [say(_answer(told), given=given, waits=waits, signer=signer, **_clock(told))]
    if _access_stands(told):
        doubt = "-doubt" if told.verdict != "must-share" else ""
        said.append(say(f"access-stands{doubt}{'-by' if told.clock_day else ''}", **_clock(told)))
    if _owed(told) and told.shares:
        said.append(say("access-how"))
    if _danger_waits(told):
        said.append(say("danger-call"))
    if "gone-out" in told.marks:
        said.append(say("out-done"))
    if told.unchecked and told.shares and not told.to_change:
        key = "unchecked-after" if told.in_danger else "unchecked-owed" if _owed(told) else "unchecked-before"
        said.append(say(key, layers=voice.layers_named(told.unchecked)))
    return said


def _access_stands(told: Told) -> bool:
    """Does the clock of the family's right run on while the school takes its time?"""
    asked = told.verdict == "judgement" or (told.verdict == "must-share" and told.choice != "share")
    return asked and bool(told.clock)


def _danger_waits(told: Told) -> bool:
    """Is someone in danger while nothing goes out yet? Where it is declined, the answer itself says whom to call."""
    told_already = told.verdict == "may-share-emergency" and told.choice in DECLINES
    return told.in_danger and (told.goes_further or told.choice != "share") and not told_already


def _clock(told: Told) -> dict[str, str]:
    """By when the family sees its records, from the duty that says so."""
    return {"day": told.clock_day, "days": str(told.clock.get("days", "")), "cite": text(told.clock, "cite")}


def _answer(told: Told) -> str:
    """The key of the sentence that opens the answer."""
    if told.choice == "share":
        return _share(told)
    if told.choice == "share-after-steps":
        return _later(told)
    if told.to_change and told.choice in DECLINES:
        return f"{told.choice}-{told.to_change}"
    if told.verdict == "may-share-emergency" and told.choice in DECLINES:
        return "danger-not-shared"
    return told.choice if told.choice in DECLINES else "ask-officer"


def _share(told: Told) -> str:
    if told.to_change:
        return f"share-{told.to_change}"
    if told.verdict == "must-share":
        if not told.clock:
            return "share-must"
        return "share-access-by" if told.clock_day else "share-access"
    if told.partly:
        return "share-part"
    return _BY_VERDICT.get(told.verdict, "share-differs-danger" if told.in_danger else "share-differs")


def _later(told: Told) -> str:
    if told.to_change:
        return f"later-{told.to_change}"
    if told.partly:
        return "later-part" if rows(told.found, "steps") else "later-part-own"
    if told.verdict == "after-steps":
        return "later" if len(told.waits_for_steps) == len(told.items) else "later-part"
    if _owed(told):
        return "later-access"
    if told.verdict == "not-as-asked":
        return "later-not-as-asked"
    if told.verdict == "consent":
        return "later-consent"
    return "later-own" if told.gives_all_later else "later-other"


def _middle(voice: Voice) -> tuple[Block, ...]:
    after = (*items(voice), *steps(voice), *_limits(voice), *_open(voice), *_unchecked(voice), *ways(voice))
    return (*holder(voice), *after)


def _limits(voice: Voice) -> tuple[Block, ...]:
    """Who says no, or the way to share where nobody does."""
    say, told = voice.sheet("letter"), voice.told
    way = basis_line(voice, told.way)
    said = [*why(voice), *([way] if way else [])]
    if not said:
        return ()
    limited = told.choice in DECLINES or told.binding_layers
    return (Heading(2, say("why" if limited else "law")), *map(Paragraph, said))


def _open(voice: Voice) -> tuple[Block, ...]:
    """What a person still has to judge, or a fact to find out; after a no, what could turn it."""
    say, told = voice.sheet("letter"), voice.told
    if told.choice == "share" and not told.goes_further:
        return ()
    judge, end = group(told.found, "judge"), "-turns" if told.choice == "do-not-share" else ""
    role, test = (lower_first(in_our_voice(text(judge, key))) for key in ("role", "test"))
    said = [say(f"judge{end}", role=role, test=test)] if judge else []
    questions = [text(row, "text") or text(row, "question") for row in rows(told.found, "unknown")]
    if told.verdict == "missing-fact" or told.choice in (*DECLINES, "share"):
        said += [say(f"fact{end}", question=question) for question in questions[:1]]
    return tuple(map(Paragraph, said))


def _unchecked(voice: Voice) -> tuple[Block, ...]:
    say, told = voice.sheet("letter"), voice.told
    if not told.unchecked:
        return ()
    kind = "-danger" if told.in_danger and told.shares else "-owed" if _owed(told) else ""
    said = [say(f"unchecked-says{kind}", layers=voice.layers_named(told.unchecked))]
    return (Heading(2, say("unchecked")), *map(Paragraph, said))


def _owed(told: Told) -> bool:
    """Is it a right of the family, which what was not checked can only widen?"""
    return told.verdict == "must-share" and bool(told.clock)


def _end(voice: Voice) -> tuple[Block, ...]:
    say, common = voice.sheet("letter"), voice.common
    by = group(voice.told.decision, "by")
    signed = filter(None, (text(by, "name"), text(by, "role")))
    return (
        *rights(voice),
        Heading(2, say("second-look")),
        Paragraph(say("second-look-says")),
        Paragraph(say("next")),
        Paragraph(say("regards")),
        Pairs((Pair(common("signature"), SIGNED, ", ".join(signed)),)),
    )
