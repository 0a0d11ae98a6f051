"""What a rule says of itself, in plain words: shared by the book of the rules and the paper of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ferpa_wizard.core.letters import lowered
from ferpa_wizard.core.model import MARKS, Basis, Condition, Cure, Pack, Severity
from ferpa_wizard.core.read_coverage import split_cites
from ferpa_wizard.core.tests_in_words import Names, answer_in_words

EFFECTS: Mapping[str, str] = {
    "outside": "FERPA does not limit this. Other law and policy still may.",
    "requires": "The school has to do it.",
    "emergency": "The school may share at once.",
    "permits": "The school may share. It does not have to.",
}
LAYERS: Mapping[str, str] = {
    "other_federal": "other federal law",
    "state": "state law",
    "district": "district policy",
    "practical": "practical",
}
SOURCE_MARKS: Mapping[str, str] = {**MARKS, "unverified": "not verified"}
_CLASSES: Mapping[Severity, str] = {
    Severity.STEP: "a step",
    Severity.CONSENT: "the family decides",
    Severity.FOOTING: "new paper is needed",
    Severity.CHANGE: "another request is needed",
}


def effect(basis: Basis) -> str:
    """What a basis lets a school do, or makes it do, for which schools, and whether a decision on it may stand."""
    level = {"k12": " Only for schools up to grade 12.", "college": " Only for colleges."}.get(basis.level, "")
    law = f" ({LAYERS[basis.law]})" if basis.law in LAYERS else ""
    stands = " A decision on it may stand for requests like it." if basis.may_stand else ""
    return f"{EFFECTS[basis.effect]}{law}{level}{stands}".replace(".(", ". (")


def group_says(condition: Condition) -> str:
    """What a condition says; a group without words of its own says how many of its members are needed."""
    return condition.says or ("all of these" if condition.every else "one of these")


def unmet(condition: Condition, pack: Pack, names: Names | None = None, *, kinds: bool = False) -> Iterator[str]:
    """What follows where a condition is not met, a sentence each; `kinds` names the kind of each cure."""
    yield from (_cure(cure, pack, names, kinds=kinds) for cure in condition.cures)
    if condition.says_no:
        lead = "On any other answer" if condition.cures else "If not"
        yield f"{lead}, it is out: {condition.says_no}"
    if condition.burden:
        yield "The requester has to show it: not known counts as no."
    if condition.judge:
        when = "If nobody is sure" if condition.test else "Always"
        yield f"{when}: {lowered(condition.judge.role)} judges whether {condition.judge.test}."


def _cure(cure: Cure, pack: Pack, names: Names | None, *, kinds: bool) -> str:
    on = f"On {answer_in_words(cure.on, pack, names)}" if cure.on else "If not"
    kind = f" ({cure.kind})" if kinds else ""
    by = f" By: {cure.by}." if cure.by else ""
    start = f" {cure.from_when}" if cure.from_when else ""
    return f"{on}, {_CLASSES[cure.severity]}{kind}: {cure.do}{by}{start}"


def marked(mark: str) -> str:
    """How far a rule was checked, in brackets after it; nothing for our own."""
    return f" ({SOURCE_MARKS[mark]})" if mark in SOURCE_MARKS else ""


def cites(cite: str) -> str:
    """The citations of a rule, one after another."""
    return "; ".join(split_cites(cite))
