"""What a new request starts with, as Home offers it: its first answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ferpa_wizard.core.facts import Answer


@dataclass(frozen=True, slots=True)
class QuickStart:
    id: str
    label: str
    answers: Mapping[str, Answer]


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
