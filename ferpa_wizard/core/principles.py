"""The principles for effective data sharing: which prompts a request gets, and what the record keeps of them."""

from __future__ import annotations

from collections.abc import Mapping

from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.prompts import Prompt

MAX_NOTE = 500


def prompts(facts: Facts) -> tuple[Prompt, ...]:
    """The prompts for this request; none where nothing that shows who a student is leaves the school."""
    principles = facts.pack.principles
    return principles.prompts if principles.when.truth(facts) else ()


def kept(pack: Pack, notes: Mapping[str, str]) -> list[dict[str, object]]:
    """Each principle as a record keeps it: its words, and its prompts with what was noted."""
    return [
        {
            "id": principle.id,
            "title": principle.title,
            "says": principle.says,
            "notes": [
                {"ask": prompt.ask, "note": notes.get(prompt.id, "").strip()}
                for prompt in pack.principles.prompts
                if prompt.principle == principle.id
            ],
        }
        for principle in pack.principles.all
    ]
