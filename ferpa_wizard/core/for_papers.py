"""The marks of one request, and whether its entry in the student's file is due, by the pack's own lines."""

from __future__ import annotations

from ferpa_wizard.core.choices import goes_out
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.marks import EntryRule


def marks_of(facts: Facts) -> list[str]:
    """The ids of the marks that surely hold."""
    return [mark.id for mark in facts.pack.marks if mark.when.truth(facts)]


def entry_of(facts: Facts, found: Determination, choice: str) -> dict[str, object]:
    """`none`: the key of the sentence that says why no entry is due, empty where one is; `waits`: file none yet."""
    rule = next((one for one in facts.pack.entry_rules if _fits(one, facts, found, choice)), None)
    return {"none": rule.says if rule else "", "waits": rule is not None and rule.waits}


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
