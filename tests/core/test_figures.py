"""The four figures: each decision counts in exactly one, and FERPA is only counted where it bound or was named."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.figures import (
    BOUND_ANOTHER_WAY,
    BOUND_NOTHING_WENT,
    FIGURES,
    NAMED_NOT_BINDING,
    NOT_INVOLVED,
    ferpa_figure,
)


@pytest.mark.parametrize(
    ("binding", "choice", "reasons", "figure"),
    [
        ("sole", "do-not-share", ["ferpa"], BOUND_NOTHING_WENT),
        ("shared", "not-now", ["district"], BOUND_NOTHING_WENT),
        ("sole", "ask-officer", [], BOUND_NOTHING_WENT),
        ("sole", "share-after-steps", [], BOUND_ANOTHER_WAY),
        ("shared", "share", [], BOUND_ANOTHER_WAY),
        ("no", "do-not-share", ["ferpa", "district"], NAMED_NOT_BINDING),
        ("no", "do-not-share", ["district"], NOT_INVOLVED),
        ("no", "share", [], NOT_INVOLVED),
    ],
)
def test_a_decision_counts_where_it_belongs(binding: str, choice: str, reasons: list[str], figure: str) -> None:
    assert ferpa_figure(binding, choice, reasons) == figure


def test_every_decision_counts_once() -> None:
    found = {
        ferpa_figure(binding, choice, reasons)
        for binding in ("no", "shared", "sole")
        for choice in CHOICES
        for reasons in ((), ("ferpa",), ("state",))
    }
    assert found == set(FIGURES)
