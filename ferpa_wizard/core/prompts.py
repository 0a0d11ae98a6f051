"""The principles for effective sharing as a pack holds them, with their short questions."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.expressions import Test


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the principles for effective sharing, each of which has a place in the record."""

    id: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A short question for a principle, put when the decision is made."""

    id: str
    principle: str
    ask: str
    hint: str


@dataclass(frozen=True, slots=True)
class Principles:
    """`when` tells for which requests the prompts are put."""

    all: tuple[Principle, ...]
    prompts: tuple[Prompt, ...]
    when: Test
