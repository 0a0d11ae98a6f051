"""The entry in each student's file (34 CFR 99.32): one slip for each file number, or why none is due.

File numbers that are pasted go into the paper alone. Those of a standing decision come with its uses, each with the day
and the one who got the data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ferpa_wizard.core.use import LONGEST_FILE, Use
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.body import group, names, text
from ferpa_wizard.documents.document import Block, Callout, Document, Heading, Pair, Pairs, Paragraph, Tone
from ferpa_wizard.documents.entry_due import Due, entry_due
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.paper import BLANK, WIDE, Voice, named
from ferpa_wizard.documents.told import Told, titled

MOST_FILES = 500
_BETWEEN = re.compile(r"[\s,;]+")


def file_numbers(pasted: str) -> tuple[str, ...]:
    """The file numbers in a pasted text, each once, in their order.

    DocumentError when there are more than one paper can hold, or when one is too long to be a file number.
    """
    found = tuple(dict.fromkeys(filter(None, _BETWEEN.split(pasted))))
    if len(found) > MOST_FILES:
        raise DocumentError(f"These are {len(found)} file numbers. Make the entries in lots of {MOST_FILES}.")
    if long := [number for number in found if len(number) > LONGEST_FILE]:
        raise DocumentError(f"“{long[0][:LONGEST_FILE]}…” is too long for a file number. Paste file numbers only.")
    return found


def entries(voice: Voice, files: Sequence[str] = (), *, uses: Sequence[Use] = ()) -> Document:
    """One slip for each file or use, a blank one without any; or the paragraph that says why none is due.

    DocumentError when there are more uses than one paper can hold.
    """
    if len(uses) > MOST_FILES:
        raise DocumentError(f"These are {len(uses)} entries. Choose fewer days: {MOST_FILES} fit on one paper.")
    say, due = voice.sheet("entries"), entry_due(voice.told)
    if due.none:
        title = say("title-none")
        said = [say(due.none), say("none-keep")] if due.none in _KEEP else [say(due.none)]
        return voice.paper(title, (Heading(1, title), *map(Paragraph, said)))
    title = say("title-emergency" if due.emergency else "title")
    blocks = (Heading(1, title), *_hold(voice, due), *map(Paragraph, _says(voice, due)))
    slips = (part for use in _each(files or ("",), uses) for part in _slip(voice, due, use))
    return voice.paper(title, (*blocks, *slips))


def _each(files: Sequence[str], uses: Sequence[Use]) -> Sequence[Use]:
    """The uses; without any, the files as uses of which nothing else is known."""
    return uses or [Use("", "", file, "") for file in files]


_KEEP = ("none-2", "none-3", "none-4", "none-outside", "none-no-data", "none-other-law")


def _hold(voice: Voice, due: Due) -> tuple[Block, ...]:
    say = voice.sheet("entries")
    return (Callout(Tone.NO, say("hold"), say("hold-says")),) if due.hold else ()


def _says(voice: Voice, due: Due) -> list[str]:
    say = voice.sheet("entries")
    first = [say("emergency-says")] if due.emergency else []
    return [*first, *map(say, due.notes), say("intro"), say("see")]


def _slip(voice: Voice, due: Due, use: Use) -> tuple[Block, ...]:
    say = voice.sheet("entries")
    heading = say("slip", file=use.file) if use.file else say("slip-blank")
    rows = (Pair(say("file"), use.file or BLANK), *_who(voice, due, use), *_what(voice, due), Pair(say("made"), WIDE))
    return (Heading(2, heading), Pairs(rows))


def _who(voice: Voice, due: Due, use: Use) -> tuple[Pair, ...]:
    say, told = voice.sheet("entries"), voice.told
    received = "" if use.day else told.noted("received")  # what came in was the first request, not this one
    asked = [Pair(say("date-asked"), received or BLANK)] if due.kind != "disclosure" else []
    gone = [Pair(say("date-shared"), sealed.day(use.day) if use.day else BLANK)] if due.kind != "request" else []
    party = say("party" if due.kind != "disclosure" else "party-shared")
    return (
        Pair(say("kind"), say(f"kind-{due.kind}")),
        *asked,
        *gone,
        Pair(party, f"{_party(voice)}\n{use.recipient or told.asker or WIDE}".strip(), say("party-note")),
        Pair(say("interest"), f"{voice.purpose}\n{WIDE}".strip(), say("interest-note")),
        *(_further(voice) if due.kind != "request" and told.duty("log-onward", "log-onward-agencies") else ()),
    )


def _what(voice: Voice, due: Due) -> tuple[Pair, ...]:
    say = voice.sheet("entries")
    return (
        Pair(say("records"), _records(voice, due) or WIDE),
        *([] if due.kind == "request" else [Pair(say("basis"), _basis(voice) or WIDE)]),
        Pair(say("answer"), say(f"answer-{_answer(voice.told, due)}")),
        *(_danger(voice) if due.emergency else ()),
    )


def _danger(voice: Voice) -> tuple[Pair, ...]:
    say = voice.sheet("entries")
    told = tuple(Pair(say(f"told-{key}"), WIDE) for key in ("why", "what", "when", "limits"))
    threat = Pair(say("threat"), f"{WIDE}\n{WIDE}", say("threat-note"))
    return (threat, Pair(say("told"), f"{WIDE}\n{WIDE}", say("told-note")), *told)


def _further(voice: Voice) -> tuple[Pair, ...]:
    say = voice.sheet("entries")
    return tuple(Pair(say(key), WIDE, say(f"{key}-note")) for key in ("authorities", "further"))


def _party(voice: Voice) -> str:
    return named(voice.told, voice.names)[0]


def _records(voice: Voice, due: Due) -> str:
    told = voice.told
    stays = [item for item in told.items if names(item, "stopped_by")]
    items = stays if due.refused else told.shown if told.shares else told.items
    return voice.labels_joined(told.labels(items), most=60)


def _basis(voice: Voice) -> str:
    """The way with its citation; empty, to be filled in, where the rules do not carry what goes."""
    way = voice.told.basis if "gone-out" in voice.told.marks else voice.told.way
    return titled(way)


def _answer(told: Told, due: Due) -> str:
    if "gone-out" in told.marks:
        return "out"
    if told.goes_further or (told.shares and not told.carried):
        return "consent" if told.verdict == "consent" else "way"
    if told.shares and due.kind != "request":
        return "shared" if told.choice == "share" else "later"
    if due.refused:
        return "no" if told.choice == "share" else "way"
    if told.choice == "not-now":
        return "not-now"
    if told.choice == "share-after-steps":
        return "consent" if told.verdict == "consent" else "later"
    return "open" if told.choice == "ask-officer" else "no"


# For the student system

COLUMNS = (
    "file", "kind", "asked on", "shared on", "party", "name of party", "interest", "records", "way to share",
    "citation", "threat", "answer", "reference", "file or ticket",
)  # fmt: skip


def entry_rows(voice: Voice, files: Sequence[str] = (), *, uses: Sequence[Use] = ()) -> list[dict[str, str]]:
    """The entries as rows under COLUMNS, one a file or use; what only people know is empty.

    DocumentError when no entry is due, or none may be filed yet.
    """
    say, told, due = voice.sheet("entries"), voice.told, entry_due(voice.told)
    if due.none or due.hold:
        raise DocumentError(say(due.none or "hold-says"))
    same = dict.fromkeys(COLUMNS, "") | {
        "kind": say(f"kind-{due.kind}"),
        "asked on": text(group(told.body, "request"), "received") if due.kind != "disclosure" else "",
        "party": _party(voice),
        "interest": voice.purpose,
        "records": _records(voice, due),
        "way to share": "" if due.kind == "request" else text(told.way, "title"),
        "citation": "34 CFR 99.32(a)" if due.kind == "request" else text(told.way, "cite"),
        "answer": say(f"answer-{_answer(told, due)}"),
        "reference": told.number,
        "file or ticket": text(group(told.body, "request"), "reference"),
    }
    if uses:
        same["asked on"] = ""  # what came in was the first request, not these
    return [
        same | {"file": use.file, "shared on": use.day, "name of party": use.recipient or told.asker}
        for use in _each(files, uses)
    ]
