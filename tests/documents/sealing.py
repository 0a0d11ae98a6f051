"""Worked requests sealed as a desk seals them, on one day, under one number and by one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.examples import Example, run
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.record import Decision, differs, seal
from ferpa_wizard.requests.sealed import Sealed
from tests import real
from tests.documents.samples import NUMBER, SEAL

ON = "2026-11-24"
AT = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
NO_HOME = Path(__file__).parent / "golden"
"""A folder with no wording of a district's own."""
RULES = {"sha256": "5d0c6e1fa2b34c7d8e9f00112233445566778899aabbccddeeff0123456789ab", "version": "2026.1"}
"""Printed in place of the hash and version, so that a paper changes only where its words do."""


def sealed_example(name: str, choice: str, **other: Answer) -> Sealed:
    """The worked request under this decision; `other` answers (an underscore stands for a hyphen) replace its own."""
    example = _example(name)
    if other:
        answers = {question.replace("_", "-"): answer for question, answer in other.items()}
        example = replace(example, answers={**example.answers, **answers})
    walk, found = run(example, real.pack(), real.profiles())
    intake = Intake(reference="File 4417", received="2026-11-20", way="email", deadline="2026-12-04")
    body: dict[str, Any] = seal(
        walk, found, decision(found, choice), intake=intake, profile=real.profiles().get(example.profile, NO_PROFILE),
        on=ON, at=AT,
    )  # fmt: skip
    body["pack"] |= RULES
    return Sealed(NUMBER, SEAL, AT, body)


def decision(found: Determination, choice: str) -> Decision:
    """What people chose. "Not now" gives the true reason; "do not share" puts it on FERPA, as people like to do."""
    binding = tuple(name for name, layer in found.layers.items() if layer.binding != "no")
    reasons = {"not-now": binding or ("practical",), "do-not-share": ("ferpa",)}[choice] if choice in DECLINES else ()
    words = "We talked about it and decided so." if differs(found, choice) else ""
    return Decision(choice, reasons, words, "Maria Lopez", "Principal")


@cache
def _example(name: str) -> Example:
    return next(example for example in real.examples() if example.id == name)
