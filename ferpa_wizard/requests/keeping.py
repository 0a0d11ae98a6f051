"""What a privacy officer does with records once they are sealed: reviews, legal holds, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferpa_wizard.requests.entries import Entries
from ferpa_wizard.requests.holds import Holds
from ferpa_wizard.requests.retention import Retention
from ferpa_wizard.requests.reviews import Reviews

if TYPE_CHECKING:
    from ferpa_wizard.requests.desk_parts import DeskParts


class Keeping:
    """The three of one desk."""

    def __init__(self, desk: DeskParts, entries: Entries) -> None:
        self.reviews = Reviews(desk.home, entries)
        self.holds = Holds(entries)
        self.retention = Retention(desk, entries)
