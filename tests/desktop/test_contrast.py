"""Texts as they are painted stand out from what is behind them, on every page and in every theme."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.tokens import NAMES, contrast
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver, settle
from tests.desktop.pages import PAGES, show

SHARP = 2  # pixels for each of the screen: the strokes of letters reach their full colour
LARGE = 24  # pixels: from this size on, a contrast of 3 is enough
LEAST, LEAST_LARGE = 4.5, 3.0
FEW = 3  # pixels of a colour that are there by chance


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
def test_every_text_stands_out_as_it_is_painted(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    texts = [widget for kind in (Text, QAbstractButton) for widget in drive.all(kind) if in_view(widget)]
    assert texts
    for theme in NAMES:
        drive.window.desk_shell.look.use(theme, 100)
        settle()
        over = {words(widget): ratio(drive.window, widget) - least(widget) for widget in texts}
        assert {text: found for text, found in over.items() if found < 0} == {}, theme


def in_view(widget: QWidget) -> bool:
    """Is it enabled and seen whole, and does it have words?"""
    seen = widget.visibleRegion().boundingRect() == widget.rect()
    return seen and widget.isEnabled() and bool(words(widget).strip())


def words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def least(widget: QWidget) -> float:
    return LEAST_LARGE if widget.font().pixelSize() >= LARGE else LEAST


def ratio(window: QWidget, widget: QWidget) -> float:
    """The contrast of what is behind the words, the commonest colour, with the colour that stands out most from it."""
    part = QImage(widget.size() * SHARP, QImage.Format.Format_RGB32)
    part.setDevicePixelRatio(SHARP)
    window.render(part, QPoint(), QRegion(QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())))
    colours = Counter(memoryview(part.constBits()).cast("B").cast("I").tolist())
    (behind, _), *_ = colours.most_common(1)
    return max(_between(behind, one) for one, count in colours.items() if count > FEW)


@cache
def _between(one: int, other: int) -> float:
    return contrast(f"#{one & 0xFFFFFF:06x}", f"#{other & 0xFFFFFF:06x}")
