"""The colours of the papers, on screen in light and dark and on paper, contrast as WCAG 2.1 asks (1.4.3 and 1.4.11)."""

from __future__ import annotations

import json
import re

import pytest

from ferpa_wizard.documents.document import Tone
from ferpa_wizard.paths import data

PAPERS = data() / "resources" / "papers"
TEXT, SIGN = 4.5, 3.0
TONES: dict[str, dict[str, str]] = json.loads((PAPERS / "tones.json").read_text(encoding="utf-8"))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours "#rrggbb", as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def page_colours(theme: str) -> dict[str, str]:
    """The variables of the page's style sheet in this theme."""
    light, dark = re.findall(r":root \{(.*?)\}", (PAPERS / "paper.css").read_text(encoding="utf-8"), re.DOTALL)
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light if theme == "light" else dark))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_boxes_on_the_page(theme: str) -> None:
    colours = page_colours(theme)
    assert {"page", "text", "text2", "accent", "control"} <= colours.keys()
    for name in ("text", "text2", "accent"):
        assert contrast(colours[name], colours["page"]) >= TEXT, name
    assert contrast(colours["control"], colours["page"]) >= SIGN


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_words_of_each_tone_on_the_page_and_in_a_frame(theme: str, tone: Tone) -> None:
    colours, before = page_colours(theme), "" if theme == "light" else "dark_"
    ink, tint = TONES[tone][f"{before}ink"], TONES[tone][f"{before}tint"]
    assert contrast(ink, colours["page"]) >= TEXT
    assert contrast(ink, tint) >= TEXT
    assert contrast(colours["text"], tint) >= TEXT


def test_words_and_boxes_on_paper() -> None:
    laid_out = (PAPERS / "paper.typ").read_text(encoding="utf-8")
    named = dict(re.findall(r'#let ([\w-]+) = rgb\("(#[0-9A-F]{6})"\)', laid_out))
    for colour in (named["ink"], named["quiet"], *re.findall(r'fill: rgb\("(#[0-9A-F]{6})"\)', laid_out)):
        assert contrast(colour, "#FFFFFF") >= TEXT, colour
    assert contrast(named["control"], "#FFFFFF") >= SIGN
    assert all(contrast(named["ink"], tone["tint"]) >= TEXT for tone in TONES.values())


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
