"""Long work in steps, so that who waits sees how far it is and can stop it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """So many are done of so many; `what` names one of them: “Decision 140 of 214”."""

    done: int
    of: int
    what: str

    @property
    def says(self) -> str:
        return f"{self.what} {self.done} of {self.of}"
