"""What a new request starts with: its first answer, as Home offers it, or the answers of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ferpa_wizard.core.facts import Answer


@dataclass(frozen=True, slots=True)
class QuickStart:
    id: str
    label: str
    answers: Mapping[str, Answer]
    replaces: str = ""  # the record of which the request is a new version
    agreement: str = ""  # the one that it is made under


QUICK_STARTS = (
    QuickStart("danger", "Someone is in danger now", {"start": "danger"}),
    QuickStart("family", "Parent or student asks", {"requester": "family"}),
    QuickStart("provider", "Vendor, app or partner", {"requester": "provider"}),
    QuickStart("police", "Police or court", {"requester": "government"}),
    QuickStart("school", "Another school", {"requester": "school"}),
    QuickStart("public", "Press or public", {"requester": "public"}),
    QuickStart("colleague", "A colleague", {"requester": "colleague"}),
    QuickStart("ourselves", "We want to send or publish", {"requester": "ourselves"}),
    QuickStart("challenge", "Someone says FERPA forbids it", {"start": "challenge"}),
    QuickStart("out", "Data has already gone out", {"requester": "nobody"}),
)


def same_answers(name: str, body: Mapping[str, Any], *, replaces: str = "") -> QuickStart:
    """A new request with what people answered in a sealed decision, under the same agreement if it had one.

    What the agreement settled then, it has to settle anew; if it is gone or has ended, that is asked.
    """
    from ferpa_wizard.core.rerun import said_in

    agreement = (body.get("agreement") or {"id": ""})["id"]
    return QuickStart(name, "The same answers", said_in(body), replaces=replaces, agreement=agreement)
