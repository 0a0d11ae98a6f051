"""What sealing a decision gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Sealed:
    """A decision record in the ledger: its number for people, its seal, when, and what was sealed."""

    number: str
    seal: str
    at: datetime
    body: dict[str, object]
