"""The golden papers: a worked request for each verdict, under each decision, with every paper as plain text.

`make golden` writes them anew. They are for reading: as a parent, as the person who asked, as an auditor.
"""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.documents.text import to_text
from ferpa_wizard.requests.papers import paper, papers
from ferpa_wizard.requests.sealed import Sealed
from tests.documents.sealing import NO_HOME, sealed_example

GOLDEN = Path(__file__).parent / "golden"

# For each verdict an ordinary request. No worked request ends in a missing fact, so there one answer is taken back.
EXAMPLES: dict[str, tuple[str, dict[str, Answer]]] = {
    "must-share": ("parent-sees-grades", {}),
    "may-share": ("new-school-wants-file", {}),
    "may-share-emergency": ("proof-plan-to-the-emergency-room", {}),
    "after-steps": ("tutoring-no-control", {}),
    "part": ("press-names-and-grades", {}),
    "consent": ("club-own-program", {}),
    "not-ferpa": ("reporter-counts", {}),
    "other-rule": ("coach-wants-meal-status", {}),
    "not-as-asked": ("consent-refused", {}),
    "judgement": ("parent-paper-unclear", {}),
    "missing-fact": ("adult-students-mother", {"dependent": "unsure"}),
}


def golden(verdict: str, choice: str) -> Sealed:
    """The sealed decision that the file of this verdict and decision is made of."""
    name, other = EXAMPLES[verdict]
    return sealed_example(name, choice, **other)


def written(verdict: str, choice: str) -> str:
    """Every paper of that decision, one after the other, with a line between."""
    sealed = golden(verdict, choice)
    kinds = [kind for kind in papers(sealed) if "txt" in kind.formats]
    return "".join(
        f"#### {kind.id}{'' if kind.suggested else ' (at hand)'}: {kind.label}\n\n"
        f"{to_text(paper(sealed, kind.id, home=NO_HOME))}\n"
        for kind in kinds
    )


def files() -> dict[Path, str]:
    """Each file and what belongs in it."""
    return {GOLDEN / verdict / f"{choice}.txt": written(verdict, choice) for verdict in EXAMPLES for choice in CHOICES}


def main() -> None:
    """Write them all anew, and take away what belongs to none."""
    found = files()
    for old in GOLDEN.rglob("*.txt"):
        if old not in found:
            old.unlink()
    for file, text in found.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
