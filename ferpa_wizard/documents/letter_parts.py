"""Parts of the letter that come and go: items, steps, ways to yes, rights of the family."""

from __future__ import annotations

from collections.abc import Iterator

from ferpa_wizard.core.choices import ALL_YES, DECLINES
from ferpa_wizard.core.letters import raised
from ferpa_wizard.documents.body import Fields, names, rows, text
from ferpa_wizard.documents.document import Block, Cell, Checklist, Heading, Paragraph, Table, Task, Tone
from ferpa_wizard.documents.paper import Voice
from ferpa_wizard.documents.reasons import shows_steps
from ferpa_wizard.documents.told import Told, in_our_voice

_FIRST = ("alt-consent-form", "alt-ask-for-order")
_MOST_WAYS = 6
_WITH_STEPS = ("after-steps", "part")
# The rules speak to the school. In a letter the one who asked does these.
_THEIR_TIME = "their time"


def items(voice: Voice) -> tuple[Block, ...]:
    """Each item with our answer; none where nothing is shared, or where one sentence says it all."""
    told, say = voice.told, voice.sheet("letter")
    if not told.shares or not told.items or told.to_change:
        return ()
    lines = tuple(
        (Cell(label), _outcome(voice, item)) for label, item in zip(told.labels(told.items), told.items, strict=True)
    )
    rules = "-rules" if told.goes_further else ""
    header = (say("items-what"), say(f"items-answer{rules}"))
    return (Heading(2, say(f"items{rules}")), Table(header, lines, (1, 1)))


def _outcome(voice: Voice, item: Fields) -> Cell:
    """Our answer; where the school goes further than the rules, what these say instead."""
    told, say = voice.told, voice.sheet("letter")
    stopped = names(item, "stopped_by")
    if guards := told.guards(item):
        return Cell(say("item-other"), _stopping(voice, guards), Tone.NO)
    if stopped and "ferpa" not in stopped and item.get("with_consent") is True:
        return Cell(say("item-consent"), _stopping(voice, stopped), Tone.CONSENT)
    if "ferpa" in stopped or (told.verdict == "consent" and item.get("share") is not True):
        return _ferpa_item(voice)
    if told.choice == "share" and (told.verdict in ALL_YES or item.get("share") is True):
        return Cell(say(_now(told)), tone=Tone.YES)
    return Cell(say(_not_yet(told, item)), tone=Tone.STEPS)


def _stopping(voice: Voice, layers: list[str]) -> str:
    return voice.sheet("letter")("item-layer", layer=raised(voice.layers_named(layers)))


def _now(told: Told) -> str:
    if told.verdict == "may-share-emergency":
        return "item-danger"
    waits = told.unchecked and not told.in_danger and told.verdict != "must-share"
    return "item-checked" if waits else "item-now"


def _not_yet(told: Told, item: Fields) -> str:
    """The key of what an item still waits for that nothing stops."""
    if told.goes_further:
        return "item-steps" if told.verdict == "after-steps" else "item-unsettled"
    if told.choice != "share-after-steps":
        return "item-open"
    if told.gives_all_later or told.verdict in _WITH_STEPS or item.get("share") is True:
        return "item-later" if shows_steps(told) else "item-own"
    return "item-way"


def _ferpa_item(voice: Voice) -> Cell:
    say = voice.sheet("letter")
    if voice.told.verdict == "consent":
        return Cell(say("item-consent"), tone=Tone.CONSENT)
    if voice.told.choice == "share-after-steps":
        return Cell(say("item-way"), tone=Tone.CONSENT)
    return Cell(say("item-other"), say("item-other-note"), Tone.CONSENT)


# Steps


def steps(voice: Voice) -> tuple[Block, ...]:
    """What has to happen first, in words for the reader."""
    told, say = voice.told, voice.sheet("letter")
    if not shows_steps(told):
        own = told.choice == "share-after-steps" and (told.gives_all_later or told.partly)
        return (Paragraph(say("step-own-danger" if told.in_danger else "step-own")),) if own else ()
    tasks = tuple(_step(voice, step) for step in rows(told.found, "steps"))
    return (Heading(2, say("steps" if told.shares else "steps-would")), Checklist(tasks))


def _step(voice: Voice, step: Fields) -> Task:
    say, removed, kind = voice.sheet("letter"), names(step, "removes"), text(step, "kind")
    kind = "take-out" if removed else kind if f"step-{kind}" in say else "other"
    labels = [label for label, item in zip(voice.told.labels(voice.told.items), voice.told.items, strict=True)
              if text(item, "id") in removed]  # fmt: skip
    taken = voice.labels_joined(labels) or ", ".join(removed)
    key = f"step-{kind}" if taken or kind != "take-out" else "step-take-some"
    layer = text(step, "layer")
    whose = voice.layers_named([layer]) if layer not in ("", "ferpa") else ""
    source = ", ".join(filter(None, (text(step, "cite"), whose)))
    return Task(say(key, items=taken, do=in_our_voice(text(step, "do"))), source)


# Ways to yes


def ways(voice: Voice) -> tuple[Block, ...]:
    """At least one way on, whenever the letter does not give everything."""
    told, say = voice.told, voice.sheet("letter")
    if told.gives_all:
        return ()
    if told.verdict in ALL_YES and told.choice in (*DECLINES, "ask-officer"):
        return _open_way(voice)
    offered = [route for route in rows(told.found, "routes") if not _breaks_silence(told, route)]
    if told.verdict != "other-rule" or any(item.get("with_consent") is True for item in told.items):
        offered.sort(key=lambda route: text(route, "id") not in _FIRST)
    lines = tuple(_way(voice, route) for route in offered[:_MOST_WAYS]) or tuple(_without_routes(voice))
    if told.rights_in_doubt:
        lines = ((Cell(say("way-look"), say("way-look-cite")), Cell(say("by-school"))), *lines)
    more = (Paragraph(say("ways-more")),) if len(offered) > _MOST_WAYS else ()
    table = Table((say("ways-what"), say("ways-takes")), lines, (12, 5))
    return (Heading(2, say("ways")), Paragraph(say(f"ways-says{_ways_for(told)}")), table, *more)


def _ways_for(told: Told) -> str:
    """What the ways are good for beside our answer, as the end of a key."""
    if told.to_change:
        return ""
    if told.goes_further:
        return "-further"
    if told.gives_all_later:
        return "-later"
    return "-rest" if told.shares and told.verdict in _WITH_STEPS else ""


def _breaks_silence(told: Told, route: Fields) -> bool:
    """Might this way tell the family of a paper that may be secret? Only those known to be silent do not."""
    return told.perhaps_secret and route.get("quiet") is not True


def _way(voice: Voice, route: Fields) -> tuple[Cell, ...]:
    say, told_there = voice.sheet("letter"), voice.sheet("routes")
    name, title, takes = text(route, "id"), text(route, "title"), text(route, "takes")
    by = say("by-requester") if route.get("asker_acts") is True else _by(voice, text(route, "by"))
    says = told_there.get(f"{name}-{_signs(voice.told)}", told_there.get(name, title))
    note = _stays(voice, route) if name in told_there else say("way-note", steps=" ".join(names(route, "steps_text")))
    takes = say("way-takes", by=by, takes=say("their-time") if takes == _THEIR_TIME else takes).strip(", ")
    return (Cell(says, note), Cell(takes, text(route, "cite").replace("; ", "\n")))


def _stays(voice: Voice, route: Fields) -> str:
    """A signed consent opens what FERPA stops; what another layer stops stays shut."""
    others = [item for item in voice.told.items if voice.told.guards(item)]
    if text(route, "paper") != "consent-form" or not others:
        return ""
    return voice.sheet("letter")("way-stays", items=voice.items_named(others))


def _by(voice: Voice, by: str) -> str:
    """Who acts, told to the one who asked: an office of ours, a person, we or they."""
    say = voice.sheet("letter")
    if by in ("you", "the requester"):
        return say("by-you" if by == "you" else "by-requester")
    if not by or by.startswith(("the ", "any", "your ", "their ")):
        return in_our_voice(by)
    return by if by.isupper() else say("by-ours", by=by)


def _signs(told: Told) -> str:
    """Who may sign a consent, as the end of a key; a parent who asks needs that of another."""
    own = "family-asks" in told.marks and told.rights_holder == "parent"
    return "other" if own else told.rights_holder


def _without_routes(voice: Voice) -> Iterator[tuple[Cell, ...]]:
    say = voice.sheet("letter")
    yield (Cell(say("way-officer")), Cell(say("by-officer")))


def _open_way(voice: Voice) -> tuple[Block, ...]:
    """The rules let it go as asked: nothing is to be shown or brought, only to be looked at once more."""
    told, say = voice.told, voice.sheet("letter")
    if told.choice == "ask-officer":
        return (Paragraph(say("wait")),)
    title, cite = in_our_voice(text(told.basis, "title")), text(told.basis, "cite")
    key = "open-way-owed" if told.verdict == "must-share" else "open-way"
    if told.to_change:
        says = say("open-way-change")
    else:
        says = say(key, title=title, cite=cite) if title and cite else say("open-way-plain")
    return (Heading(2, say("ways")), Paragraph(says))


# Rights


def holder(voice: Voice) -> tuple[Block, ...]:
    """To a parent whose child holds the rights by now: who holds them, and that this is no wall."""
    told = voice.told
    if told.rights_in_doubt:
        return (Paragraph(voice.sheet("letter")("holder-doubt")),)
    if "child-holds" not in told.marks or told.gives_all:
        return ()
    return (Paragraph(voice.sheet("letter")("holder-student")),)


def rights(voice: Voice) -> tuple[Block, ...]:
    """What a family may do that does not get all it asked for: hearing, statement, complaint."""
    told, say = voice.told, voice.sheet("letter")
    held_back = told.shares and not told.gives_all and any(names(item, "stopped_by") for item in told.items)
    theirs = "own-record" in told.marks and told.verdict != "not-ferpa"
    if not theirs or not (told.choice in DECLINES or held_back):
        return ()
    if holder(voice) and not told.rights_in_doubt:
        return (
            Heading(2, say("rights-of-student")),
            *(Paragraph(say(key)) for key in ("rights-student", "rights-address")),
        )
    hearing = ("rights-hearing", "rights-hearing-how", "rights-statement")
    own = hearing if told.to_change == "change" else ("rights-amend",)
    said = (*own, "rights-complain", "rights-address")
    return (Heading(2, say("rights")), *(Paragraph(say(key)) for key in said))
