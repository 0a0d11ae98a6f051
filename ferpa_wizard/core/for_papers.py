"""The marks of one request, and whether its entry in the student's file is due, by the pack's own lines."""

from __future__ import annotations

from ferpa_wizard.core.choices import goes_out
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.marks import EntryRule, Mark

_OPEN = ("to-do", "unknown")


def marks_of(facts: Facts, found: Determination) -> list[str]:
    """The ids of the marks that surely hold."""
    return [mark.id for mark in facts.pack.marks if _holds(mark, facts, found)]


def _holds(mark: Mark, facts: Facts, found: Determination) -> bool:
    chosen = found.basis.id if found.basis else ""
    if mark.bases and chosen not in mark.bases:
        return False
    if mark.open and mark.open not in _open_conditions(found, chosen):
        return False
    return mark.when is None or mark.when.truth(facts) is True


def _open_conditions(found: Determination, chosen: str) -> list[str]:
    lines = (line for basis in found.bases if basis.id == chosen for line in basis.conditions)
    return [line.id for line in lines if line.status in _OPEN]


def entry_of(facts: Facts, found: Determination, choice: str) -> dict[str, object]:
    """`none`: the key of the sentence that says why no entry is due, empty where one is; `waits`: file none yet.

    `cite` is where that stands, empty where an entry is due.
    """
    rule = next((one for one in facts.pack.entry_rules if _fits(one, facts, found, choice)), None)
    if rule is None:
        return {"none": "", "waits": False, "cite": ""}
    return {"none": rule.says, "waits": rule.waits, "cite": rule.cite}


def _fits(rule: EntryRule, facts: Facts, found: Determination, choice: str) -> bool:
    if rule.refused and goes_out(found.verdict, choice):
        return False
    if rule.verdicts and found.verdict not in rule.verdicts:
        return False
    if rule.bases and (found.basis is None or found.basis.id not in rule.bases):
        return False
    if rule.met and (found.basis is None or found.basis.status != "met"):
        return False
    return (rule.when is None or rule.when.truth(facts) is True) and not (rule.unless and rule.unless.truth(facts))
