"""Colours contrast as the standard asks, in every theme."""

from __future__ import annotations

import pytest

from ferpa_wizard.desktop.tokens import NAMES, PAIRS, THEMES, contrast


@pytest.mark.parametrize(("fore", "back", "least"), PAIRS)
@pytest.mark.parametrize("theme", NAMES)
def test_every_pair_contrasts_enough(theme: str, fore: str, back: str, least: float) -> None:
    tokens = THEMES[theme]
    assert contrast(tokens[fore], tokens[back]) >= least


def test_the_sum_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_themes_have_the_same_tokens() -> None:
    assert len({frozenset(THEMES[name]) for name in NAMES}) == 1
