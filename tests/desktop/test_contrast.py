"""Texts as they are painted stand out from what is behind them, on every page and in every theme."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.tokens import contrast
from ferpa_wizard.requests.desk import Desk
from tests.desktop.driving import Driver
from tests.desktop.pages import PAGES, show

SHARP = 3  # pixels for each of the screen: the strokes of letters reach their full colour
LARGE = 24  # pixels: from this size on, a contrast of 3 is enough
LEAST, LEAST_LARGE = 4.5, 3.0
FEW = 6  # pixels of a colour that are there by chance


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_text_stands_out_as_it_is_painted(drive: Driver, desk: Desk, page: str, theme: str) -> None:
    drive.window.desk_shell.look.use(theme, 100)
    show(drive, desk, page)
    texts = [widget for kind in (Text, QAbstractButton) for widget in drive.all(kind) if in_view(drive, widget)]
    assert texts
    picture = painted(drive.window)
    faint = {
        words(widget): found for widget in texts if (found := ratio(picture, widget, drive.window)) < least(widget)
    }
    assert faint == {}


def in_view(drive: Driver, widget: QWidget) -> bool:
    """Is it enabled and seen whole, and does it have words?"""
    seen = widget.visibleRegion().boundingRect() == widget.rect()
    return seen and widget.isEnabled() and bool(words(widget).strip())


def words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def least(widget: QWidget) -> float:
    return LEAST_LARGE if widget.font().pixelSize() >= LARGE else LEAST


def painted(window: QWidget) -> QImage:
    image = QImage(window.size() * SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    window.render(image)
    return image


def ratio(picture: QImage, widget: QWidget, window: QWidget) -> float:
    """The contrast of what is behind the words, the commonest colour, with the colour that stands out most from it."""
    at = widget.mapTo(window, widget.rect().topLeft())
    part = picture.copy(at.x() * SHARP, at.y() * SHARP, widget.width() * SHARP, widget.height() * SHARP)
    colours = Counter(memoryview(part.constBits()).cast("B").cast("I").tolist())
    (behind, _), *_ = colours.most_common(1)
    return max(contrast(_hex(behind), _hex(one)) for one, count in colours.items() if count > FEW)


@cache
def _hex(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06x}"
