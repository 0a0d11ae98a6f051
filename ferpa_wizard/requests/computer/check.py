"""What one check found."""

from __future__ import annotations

from typing import Literal, NamedTuple

State = Literal["passed", "failed", "not-applicable"]


class Check(NamedTuple):
    """`passed` is None where the check does not apply here. `says` is what was found and, if wrong, what to do."""

    name: str
    passed: bool | None
    says: str

    @property
    def state(self) -> State:
        if self.passed is None:
            return "not-applicable"
        return "passed" if self.passed else "failed"
