"""What a request needs from outside."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.typed import sound
from ferpa_wizard.requests.draft import Draft
from ferpa_wizard.requests.sealed import Sealed


@dataclass(frozen=True)
class Room:
    """Rules, profile, clock, and where to keep things."""

    pack: Pack
    profile: Profile
    now: Callable[[], datetime]
    save: Callable[[Draft], None]  # raises DraftError
    append: Callable[[dict[str, object], datetime], Sealed]  # raises a sentence for people
    finish: Callable[[str], None]  # forget the draft once it is sealed
    count: Callable[[datetime], None]  # one answer was given without a record; raises a sentence for people
    lost: str = ""  # a sentence where the agreement that the draft names cannot be had


def account() -> str:
    """The operating-system account; one that is missing (a bare container) or unreadable is no reason not to record."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return ""
    return name if sound(name) else ""
