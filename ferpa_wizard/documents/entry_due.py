"""Whether an entry in the student's file is due (34 CFR 99.32), and of which kind.

Requests count also when they are refused. Only those who are named in 99.32(d) need none, and what is not known counts
as not known: then the entry is due.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ferpa_wizard.core.choices import goes_out
from ferpa_wizard.documents.body import Fields, group, text
from ferpa_wizard.documents.told import Told

_EXEMPT = re.compile(r"99\.32\(d\)\(([1-5])\)")


@dataclass(frozen=True)
class Due:
    """`none` is the key of the sentence that says why no entry is due; empty when one is.

    `kind` is request, disclosure or both; `notes` are keys of sentences that go with it; `hold` forbids filing for now.
    With `refused` it is about what stays alone. `cite` is where that stands.
    """

    none: str = ""
    kind: str = "request"
    notes: tuple[str, ...] = ()
    emergency: bool = False
    hold: bool = False
    refused: bool = False
    cite: str = "34 CFR 99.32(a)"


def entry_due(told: Told) -> Due:
    """The entry that this record asks for: what the rules sealed on it, then the duties of what goes out."""
    entry = group(told.body, "entry")
    if text(entry, "none"):
        return Due(none=text(entry, "none"), cite=text(entry, "cite"))
    if entry.get("waits") is True:
        return Due(kind="both" if told.shares else "request", hold=True, cite=text(entry, "cite"))
    if "gone-out" in told.marks:
        return Due(kind="disclosure")
    if goes_out(told.verdict, told.choice) or (told.partly and told.shares):
        return _shared(told)
    waits = told.choice == "share-after-steps" and told.verdict == "consent"
    return Due(notes=("outcome-consent",) if waits else ())


def _shared(told: Told) -> Due:
    """By the duties of the way that carries it; without such a way the entry is due."""
    after = [duty for duty in told.duties if text(duty, "when") == "after"]
    asked = [duty for duty in after if _asks(duty) and text(duty, "id") != "log-request"]
    exempt = _EXEMPT.search(" ".join(text(duty, "cite") for duty in after))
    if exempt and not asked and told.carried:
        # Only directory information is lifted by what is asked for; the rest of (d) is lifted by who asks.
        if exempt[1] == "4" and told.partly:
            return Due(notes=("listed-part",), refused=True)
        if told.verdict == "after-steps":  # what is exempt only after the steps is not exempt yet
            return Due(notes=("outcome-exempt",))
        return Due(none=f"none-{exempt[1]}", cite=f"34 CFR {exempt[0]}")
    notes = ["outcome-own" if told.nobody_asks else "outcome-later"]
    notes += ["unsettled"] if told.duty("log-parent-default", "log-minor-default") else []
    notes += ["unless-listed"] if exempt and exempt[1] == "4" else []
    return Due(kind="disclosure" if told.nobody_asks else "both", notes=tuple(notes), emergency=told.in_danger)


def _asks(duty: Fields) -> bool:
    cite = text(duty, "cite")
    return "99.32(a)" in cite or "1232g(b)(4)(A)" in cite
