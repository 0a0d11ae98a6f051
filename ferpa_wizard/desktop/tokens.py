"""Colours of the three themes as data, the pairs that must contrast, and the contrast sum."""

from __future__ import annotations

import math
from collections.abc import Mapping

_ROWS = """
canvas        #F4F6F6 #11171B #000000
surface       #FFFFFF #1A2228 #000000
sunken        #E9EDEE #0D1215 #000000
hover         #EDF4F6 #212C33 #1A1A1A
text          #16212A #E9EEF1 #FFFFFF
text2         #46545F #AEBBC4 #FFFFFF
border        #D3DADD #33404A #FFFFFF
control       #6B7882 #84939E #FFFFFF
accent        #0A566B #74C7D8 #FFE55C
accent_hover  #073F4F #97D9E6 #FFFFFF
on_accent     #FFFFFF #08191E #000000
tint          #E1F0F3 #14323A #000000
focus         #16212A #FFFFFF #00E5FF
yes           #17653A #84D39D #7CFF9B
yes_t         #E3F2E8 #15301F #000000
steps         #824700 #F2B860 #FFC54D
steps_t       #FCF0DA #2B2112 #000000
consent       #553A98 #C0AEF3 #D8C6FF
consent_t     #EEE9F8 #292241 #000000
no            #9C241C #F5A19A #FF9A94
no_t          #FBE8E6 #3D1D1B #000000
ask           #1B4A97 #99BDF7 #9CC4FF
ask_t         #E5EDFA #1A2A46 #000000
na            #46545F #AEBBC4 #FFFFFF
na_t          #E9EDEE #232D34 #000000
"""

NAMES = ("light", "dark", "contrast")


def _column(number: int) -> Mapping[str, str]:
    rows = (line.split() for line in _ROWS.strip().splitlines())
    return {row[0]: row[number] for row in rows}


THEMES: Mapping[str, Mapping[str, str]] = {name: _column(number) for number, name in enumerate(NAMES, start=1)}

_STATUS = ("yes", "steps", "consent", "no", "ask", "na")

# foreground, background, least ratio (WCAG 2)
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("text", ground, 7.0) for ground in ("canvas", "surface", "sunken", "hover", "tint")),
    *(("text2", ground, 4.5) for ground in ("canvas", "surface", "sunken", "hover", "tint")),
    *(("accent", ground, 4.5) for ground in ("canvas", "surface", "sunken", "tint")),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    *(("control", ground, 3.0) for ground in ("canvas", "surface", "sunken")),
    *(("focus", ground, 3.0) for ground in ("canvas", "surface", "sunken")),
    *((status, f"{status}_t", 4.5) for status in _STATUS),
    *(("text", f"{status}_t", 7.0) for status in _STATUS),
    *((status, ground, 4.5) for status in _STATUS for ground in ("surface", "sunken", "canvas")),
)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio, 1 to 21, of two `#RRGGBB` colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)
