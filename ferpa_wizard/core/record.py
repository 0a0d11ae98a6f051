"""From a determination and what people chose to the body of a decision record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from ferpa_wizard.core.choices import CHOICES, DECLINES, SHARES
from ferpa_wizard.core.determination import Determination, ItemLine
from ferpa_wizard.core.errors import RecordError
from ferpa_wizard.core.facts import unnamed
from ferpa_wizard.core.for_papers import entry_of, marks_of
from ferpa_wizard.core.intake import Intake, due
from ferpa_wizard.core.model import LAYERS, Pack
from ferpa_wizard.core.principles import MAX_NOTE, kept
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.second import same_person, why_second
from ferpa_wizard.core.sentences import is_restricted, phrase, request_named
from ferpa_wizard.core.typed import LONGEST_LINE, unfit
from ferpa_wizard.core.walk import Given, Walk

FORMAT = 1
MAX_WORDS = 2_000
SECOND = ("second", "second-role")
"""The fields of the second person: the only ones that a decision may lack while it waits for one."""
_CLEARED = ("does-not-object", "needs-steps")
_FITTING: Mapping[str, tuple[str, ...]] = {
    "must-share": ("share",),
    "may-share": ("share",),
    "may-share-emergency": ("share",),
    "not-ferpa": ("share", "ask-officer"),
    "part": ("share", "share-after-steps", "ask-officer"),
    "after-steps": ("share-after-steps", "not-now", "ask-officer"),
    "consent": ("share-after-steps", "not-now", "do-not-share", "ask-officer"),
    "other-rule": ("share-after-steps", "not-now", "do-not-share", "ask-officer"),
    "not-as-asked": ("not-now", "do-not-share", "ask-officer"),
    "judgement": ("not-now", "ask-officer"),
    "missing-fact": ("not-now", "ask-officer"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What people chose; `reasons` are layers, `words` theirs, `notes` answer the prompts of the principles.

    `second_name` and `second_role` tell who else agreed, where somebody had to.
    """

    choice: str
    reasons: tuple[str, ...] = ()
    words: str = ""
    by_name: str = ""
    by_role: str = ""
    account: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    second_name: str = ""
    second_role: str = ""


@dataclass(frozen=True, slots=True)
class DecisionChoice:
    """`fits` tells whether it agrees with the determination; every one may be recorded.

    `declines` asks for the true reason, `shares` for the prompts of the principles.
    """

    id: str
    label: str
    fits: bool
    declines: bool
    shares: bool


@dataclass(frozen=True, slots=True)
class History:
    """`changed` names the answers changed after the result was seen, `replaces` the record of which this is a new
    version.
    """

    changed: tuple[str, ...] = ()
    replaces: str = ""


NO_HISTORY = History()


def choices(determination: Determination) -> tuple[DecisionChoice, ...]:
    """Every decision, each with whether the determination supports it."""
    fitting = _FITTING[determination.verdict]
    return tuple(
        DecisionChoice(name, label, name in fitting, declines=name in DECLINES, shares=name in SHARES)
        for name, label in CHOICES.items()
    )


def correction(pack: Pack, determination: Determination, decision: Decision) -> str:
    """The line that corrects FERPA as the reason where FERPA does not bind; else an empty text.

    It clears FERPA only as far as the rules do: what waits for steps of FERPA is allowed after them, and while a fact
    or a rule is missing nobody can tell yet.
    """
    layer = determination.layers["ferpa"]
    blamed = "ferpa" in decision.reasons and decision.choice in DECLINES
    if not blamed or layer.binding != "no":
        return ""
    if layer.state not in _CLEARED:
        return phrase(pack, "challenge-open", layer=layer.title)
    if determination.verdict == "must-share":
        return phrase(pack, "correction-owed")
    return phrase(pack, "correction" if layer.state == "does-not-object" else "correction-steps")


def problems(determination: Determination, decision: Decision, profile: Profile) -> list[tuple[str, str]]:
    """What the decision still lacks: the field (choice, reasons, words, name, role, second, ...) and a sentence."""
    found = []
    if decision.choice not in CHOICES:
        return [("choice", "Choose what was decided.")]
    if not decision.by_name.strip():
        found.append(("name", "Name the person who decided."))
    if decision.choice in DECLINES and not decision.reasons:
        found.append(("reasons", "Tick the real reason. More than one may hold."))
    if decision.reasons and decision.choice not in DECLINES:
        found.append(("reasons", "A reason goes with a no. Leave it out, or choose “Not now” or “Do not share”."))
    if strange := [reason for reason in decision.reasons if reason not in LAYERS]:
        found.append(("reasons", f"Not a layer: {', '.join(strange)}. Use {', '.join(LAYERS)}."))
    if differs(determination, decision.choice) and not decision.words.strip():
        found.append(("words", "This differs from the result. Say why in your own words."))
    found += _second(determination, decision, profile)
    second = dict(zip(SECOND, (decision.second_name, decision.second_role), strict=True))
    written = {"words": decision.words, "name": decision.by_name, "role": decision.by_role, **second, **decision.notes}
    bounds = {"words": MAX_WORDS, **dict.fromkeys(("name", "role", *SECOND), LONGEST_LINE)}
    told = ((field, unfit(text, bounds.get(field, MAX_NOTE))) for field, text in written.items())
    return found + [(field, says) for field, says in told if says]


def second_for(determination: Determination, choice: str, profile: Profile) -> str:
    """Why the school wants a second person to agree to this choice; empty where it does not."""
    return why_second(profile.second_person, choice, differs=differs(determination, choice))


def _second(determination: Determination, decision: Decision, profile: Profile) -> list[tuple[str, str]]:
    """What the second person still lacks; one who is named without need has to be another person, too."""
    why = second_for(determination, decision.choice, profile)
    if why and not decision.second_name.strip():
        return [(SECOND[0], f"Name who agreed. {why}")]
    if same_person(decision.second_name, decision.by_name):
        return [(SECOND[0], "This is the person who decided. Name somebody else who agreed.")]
    return []


def differs(determination: Determination, choice: str) -> bool:
    return choice not in _FITTING[determination.verdict]


def seal(
    walk: Walk,
    determination: Determination,
    decision: Decision,
    *,
    intake: Intake,
    profile: Profile,
    on: str,
    at: datetime,
    history: History = NO_HISTORY,
) -> dict[str, object]:
    """The body of a decision record, plain JSON values. Raises RecordError when the decision lacks something.

    `on` is the day whose law and profile were used; `history` is how the request came to this decision.
    """
    lacking = problems(determination, decision, profile)
    if walk.ask is not None:
        lacking.append(("", f"One question is still open: {walk.ask.text}"))
    if lacking:
        raise RecordError([sentence for _, sentence in lacking])
    pack, restricted = walk.facts.pack, is_restricted(walk.facts) or intake.keep_out
    title = phrase(pack, "title-restricted") if restricted else request_named(walk.facts)
    return {
        "format": FORMAT,
        "restricted": restricted,
        "request": {"title": title, **asdict(intake)},
        "pack": {**determination.pack, "review": pack.review},
        "on": on,
        "agreement": _agreement(profile, walk),
        "profile": {
            "school": profile.school,
            "sha256": profile.sha256,
            "answers": _standing(profile, on),
            "kept": _kept(pack, determination, profile),
            **_from_district(profile),
        },
        "answers": [_answer(given) for given in (*walk.trail, *walk.assumed)],
        "items": [_item(line) for line in determination.items if line.id != unnamed(pack).id],
        "determination": determination.as_json(),
        "decision": _decision(pack, determination, decision, at),
        "marks": marks_of(walk.facts, determination),
        "entry": entry_of(walk.facts, determination, decision.choice),
        "due": [
            {"duty": duty.id, "day": due(duty.days, received=intake.received, on=on)}
            for duty in determination.duties
            if duty.days
        ],
        "principles": kept(pack, decision.notes),
        "offered": _offered(pack, determination) if decision.choice in DECLINES else [],
        "changed_after_result": list(history.changed),
        "replaces": history.replaces,
        "notice": pack.review,
    }


def _standing(profile: Profile, on: str) -> dict[str, object]:
    """The facts of the school that held on the day, so that the record can be run again."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in profile.on(on).items()}


def _from_district(profile: Profile) -> dict[str, object]:
    """The district's release of rules, and the facts that it set; nothing where there is none."""
    return {"release": profile.release, "by_district": sorted(profile.by_district)} if profile.release else {}


def _agreement(profile: Profile, walk: Walk) -> dict[str, object] | None:
    """The agreement that gave some of the answers, if one did."""
    agreement = profile.agreement
    if agreement is None or all(given.source != "agreement" for given in walk.trail):
        return None
    return {"id": agreement.id, "party": agreement.party, "ends": agreement.ends}


def _kept(pack: Pack, determination: Determination, profile: Profile) -> list[dict[str, object]]:
    """The paperwork of the chosen way that the profile answers for every request, and until when that holds."""
    if determination.basis is None:
        return []
    basis = next(basis for basis in pack.bases if basis.id == determination.basis.id)
    ticks = [tick for condition in (*basis.whole, *basis.covers) for tick in condition.ticks()]
    return [
        {"id": tick.id, "says": tick.says, "answer": profile.answers[tick.id], "until": profile.until.get(tick.id, "")}
        for tick in ticks
        if tick.id in profile.answers
    ]


def _offered(pack: Pack, determination: Determination) -> list[dict[str, object]]:
    """The ways to yes that go with a no; where the rules let it go as asked, that way itself, and the officer."""
    offered: list[tuple[str, str]] = [(route.id, route.title) for route in determination.routes]
    if not offered:
        offered = [(basis.id, basis.title) for basis in (determination.basis,) if basis]
        offered += [(route.id, route.title) for route in pack.routes if route.last]
    return [{"id": name, "title": title} for name, title in offered]


def _answer(given: Given) -> dict[str, object]:
    answer = list(given.answer) if isinstance(given.answer, tuple) else given.answer
    return {
        "question": given.ask.id,
        "section": given.ask.section,
        "text": given.ask.text,
        "answer": answer,
        "label": given.label,
        "source": given.source,
    }


def _item(line: ItemLine) -> dict[str, object]:
    return {
        "id": line.id,
        "label": line.label,
        "share": line.share,
        "basis": line.basis,
        "stopped_by": list(line.stopped_by),
        "with_consent": line.with_consent,
    }


def _decision(pack: Pack, determination: Determination, decision: Decision, at: datetime) -> dict[str, object]:
    return {
        "choice": decision.choice,
        "label": CHOICES[decision.choice],
        "reasons": [layer for layer in LAYERS if layer in decision.reasons],
        "words": decision.words.strip(),
        "differs": differs(determination, decision.choice),
        "correction": correction(pack, determination, decision),
        "by": {"name": decision.by_name.strip(), "role": decision.by_role.strip(), "account": decision.account},
        "at": at.astimezone(UTC).isoformat(timespec="seconds"),
        **_agreed(decision),
    }


def _agreed(decision: Decision) -> dict[str, object]:
    """Who else agreed; nothing where nobody is named, as in all records before there were second persons."""
    name = decision.second_name.strip()
    return {"second": {"name": name, "role": decision.second_role.strip()}} if name else {}
