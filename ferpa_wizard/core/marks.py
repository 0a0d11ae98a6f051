"""What the papers have to know of a request besides its determination; and what a school can mend."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.expressions import Test


@dataclass(frozen=True, slots=True)
class Mark:
    """A named fact for the papers: it holds where its test is surely yes, for one of its bases, if it names any.

    With `open` it holds only while this condition of the chosen way is neither met nor missed.
    """

    id: str
    when: Test | None
    bases: tuple[str, ...] = ()
    open: str = ""


@dataclass(frozen=True, slots=True)
class EntryRule:
    """One line on the entry in the student's file (34 CFR 99.32); see rules/ferpa/papers.yaml."""

    id: str
    says: str
    waits: bool
    refused: bool
    met: bool
    when: Test | None
    unless: Test | None
    bases: tuple[str, ...]
    verdicts: tuple[str, ...]
    cite: str


@dataclass(frozen=True, slots=True)
class Mend:
    """What a school does to change a standing fact, and the answer it then has; a list takes in the data asked for."""

    do: str
    by: str
    to: str = ""
