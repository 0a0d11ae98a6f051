"""Whether an entry in the student's file is due (34 CFR 99.32), and of which kind.

Requests count also when they are refused. Only those who are named in 99.32(d) need none, and what is not known counts
as not known: then the entry is due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ferpa_wizard.documents.body import Fields, text
from ferpa_wizard.documents.told import CARRIED, Told

_EXEMPT = re.compile(r"99\.32\(d\)\(([1-5])\)")
_OFFICIAL = ("ferpa-school-official-internal", "ferpa-school-official-outsourced")
_NOBODY_SHOWN = (
    "ferpa-deidentified", "ferpa-research-code", "nd-not-pii", "nd-no-disclosure", "nd-return-to-source",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """`none` is the key of the sentence that says why no entry is due; empty when one is.

    `kind` is request, disclosure or both; `notes` are keys of sentences that go with it; `hold` forbids filing for now.
    """

    none: str = ""
    kind: str = "request"
    notes: tuple[str, ...] = ()
    emergency: bool = False
    hold: bool = False


def entry_due(told: Told) -> Due:
    """The entry that this record asks for."""
    if told.perhaps_secret:
        return _sealed(told)
    # A count about a student whom they know is a request for that student's data.
    counts = told.answer("students") == "none" and told.answer("could-tell") != "targeted"
    if counts or told.basis_id in _NOBODY_SHOWN:
        return Due(none="none-no-data")
    if told.verdict == "not-ferpa":
        return Due(none="none-outside")
    if told.reports_abuse or (told.basis_id == "sevis-reporting" and told.verdict != "part"):
        return Due(none="none-report" if told.reports_abuse else "none-other-law")
    if told.requester == "nobody":
        return _gone_out(told)
    if told.choice == "share" or (told.choice == "share-after-steps" and told.verdict in CARRIED):
        return _shared(told)
    return _refused(told)


def _sealed(told: Told) -> Due:
    if told.answer("court-kind") == "terror-order":
        return Due(none="none-terror")
    if told.sealed_paper:
        return Due(none="none-5")
    return Due(kind="both" if told.shares else "request", hold=True)


def _gone_out(told: Told) -> Due:
    if any("99.32(a)" in text(duty, "cite") for duty in told.duties) or told.answers("went-what") != ["nobody"]:
        return Due(kind="disclosure")
    return Due(none="none-no-data")


def _shared(told: Told) -> Due:
    """By the duties of the way that carries it; without such a way the entry is due."""
    after = [duty for duty in told.duties if text(duty, "when") == "after"]
    asked = [duty for duty in after if _asks(duty) and text(duty, "id") != "log-request"]
    exempt = _EXEMPT.search(" ".join(text(duty, "cite") for duty in after))
    if exempt and not asked and told.verdict in CARRIED:
        return Due(none=f"none-{exempt[1]}")
    notes = ["outcome-later"] if told.choice == "share-after-steps" else []
    notes += ["unsettled"] if told.duty("log-parent-default", "log-minor-default") else []
    notes += ["unless-listed"] if exempt and exempt[1] == "4" else []
    return Due(kind="disclosure" if told.nobody_asks else "both", notes=tuple(notes), emergency=told.in_danger)


def _asks(duty: Fields) -> bool:
    cite = text(duty, "cite")
    return "99.32(a)" in cite or "1232g(b)(4)(A)" in cite


def _refused(told: Told) -> Due:
    if told.nobody_asks:
        return Due(none="none-no-request")
    if told.asker_holds_rights:
        return Due(none="none-1")
    if told.requester == "colleague" and told.answer("purpose") == "school-job":
        return Due(none="none-2")
    if told.basis_id in _OFFICIAL and told.status(told.basis_id) == "met":
        return Due(none="none-2")
    if told.basis_id == "ferpa-consent" and told.status("ferpa-consent") == "met":
        return Due(none="none-3")
    if _asked_for_listed_facts(told):
        return Due(none="none-4")
    later = told.choice == "share-after-steps" and told.verdict == "consent"
    return Due(notes=("outcome-consent",) if later else ())


def _asked_for_listed_facts(told: Told) -> bool:
    """Is all that was asked for on the school's own list of directory information?"""
    items = {text(item, "id") for item in told.items}
    return bool(items) and items <= set(told.answers("directory-items"))
