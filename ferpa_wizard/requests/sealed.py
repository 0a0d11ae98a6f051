"""What sealing a decision gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ferpa_wizard.core.todo import Todo


@dataclass(frozen=True)
class Sealed:
    """A decision record in the ledger: its number for people, its seal, when, and what was sealed.

    `todos` is what is left to do on it as it stands now; None right after sealing, when its own clocks hold.
    `practice` says that it was made to learn, and so do its papers.
    """

    number: str
    seal: str
    at: datetime
    body: dict[str, object]
    todos: tuple[Todo, ...] | None = None
    practice: bool = False
