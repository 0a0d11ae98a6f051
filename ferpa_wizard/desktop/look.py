"""The look in force: theme, text size, fonts and icons, handed to every control."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette, QPixmap, QTextLayout
from PySide6.QtWidgets import QApplication

from ferpa_wizard.desktop.icons import Icons
from ferpa_wizard.desktop.qss import style_sheet
from ferpa_wizard.desktop.tokens import NAMES, THEMES

MODES = ("system", *NAMES)
SMALLEST, LARGEST, STEP = 100, 200, 10

# size, weight, line height: all at 100 % text
STYLES: dict[str, tuple[int, int, float]] = {
    "h1": (25, 700, 32),
    "verdict": (24, 700, 31),
    "next": (19, 700, 25),  # a question under the first on its page
    "h2": (16, 600, 21),
    "option": (15, 600, 20),
    "lead": (15, 400, 24),
    "body": (15, 400, 22),
    "strong": (14, 600, 19),
    "small": (13, 400, 18),
    "small-medium": (13, 500, 18),
    "small-strong": (13, 600, 18),
    "caption": (12, 400, 16),
}


@runtime_checkable
class Rescaled(Protocol):
    """A control that takes its sizes from the look again when the text size changes."""

    def rescale(self) -> None:
        """Take sizes from the look again."""


class Look(QObject):
    """Answers what colour, how big and which icon; `changed` after a switch."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path) -> None:
        super().__init__()
        self._app = app
        self._icons = Icons(resources / "icons")
        self._family = _family(resources / "fonts")
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        # What was worked out about texts at the text size in force; see controls/lines.py.
        self.widths: dict[tuple[str, str], int] = {}
        self.settings: dict[tuple[str, str, int], tuple[QTextLayout, int]] = {}
        self.mode = "system"
        self.percent = SMALLEST
        self._tokens = THEMES["light"]
        self._colors: dict[str, QColor] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    # -- what controls ask while they paint ------------------------------------------------

    def px(self, size: float) -> int:
        """`size` at the text size in force, in whole pixels."""
        return round(size * self.percent / 100)

    def color(self, token: str) -> QColor:
        """The colour of a token in the theme in force; do not change it."""
        return self._colors[token]

    def font(self, style: str) -> QFont:
        """The font of a text style; do not change it."""
        if style not in self._fonts:
            size, weight, _line = STYLES[style]
            self._fonts[style] = self._font(size, weight)
        return self._fonts[style]

    def metrics(self, style: str) -> QFontMetricsF:
        """How wide and high the font of a text style is."""
        if style not in self._metrics:
            self._metrics[style] = QFontMetricsF(self.font(style))
        return self._metrics[style]

    def line(self, style: str) -> int:
        """The height of one line of a text style."""
        return self.px(STYLES[style][2])

    def icon(self, name: str, token: str, *, size: int = 18) -> QPixmap:
        """An icon in a colour of the theme, `size` pixels at 100 % text."""
        return self._icons.pixmap(
            name,
            self._tokens[token],
            size=self.px(size),
            ratio=self._app.devicePixelRatio(),
        )

    # -- switches --------------------------------------------------------------------------

    def use(self, mode: str, percent: int) -> None:
        """Take up a theme (`system` follows the computer) and a text size in percent."""
        self.mode = mode if mode in MODES else "system"
        self.percent = max(SMALLEST, min(LARGEST, percent))
        self._apply()

    def grow(self, steps: int) -> None:
        """Text larger or smaller by so many steps; 0 goes back to 100 %."""
        self.use(self.mode, self.percent + steps * STEP if steps else SMALLEST)

    @property
    def theme(self) -> str:
        """The theme in force: light, dark or contrast."""
        return _system_theme() if self.mode == "system" else self.mode

    def _follow_system(self) -> None:
        if self.mode == "system":
            self._apply()

    def _apply(self) -> None:
        self._tokens = THEMES[self.theme]
        self._colors = {token: QColor(colour) for token, colour in self._tokens.items()}
        for known in (self._fonts, self._metrics, self.widths, self.settings):
            known.clear()
        self._icons.clear()
        self._app.setFont(self._font(15, 400))
        self._app.setPalette(self._palette())
        self._app.setStyleSheet(style_sheet(self._tokens, self.px))
        for widget in self._app.allWidgets():
            if isinstance(widget, Rescaled):
                widget.rescale()
        self.changed.emit()

    def _font(self, size: int, weight: int) -> QFont:
        font = QFont(self._family) if self._family else QFont(self._app.font())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, token in {
            roles.Window: "canvas",
            roles.WindowText: "text",
            roles.Base: "surface",
            roles.AlternateBase: "sunken",
            roles.Text: "text",
            roles.Button: "surface",
            roles.ButtonText: "text",
            roles.ToolTipBase: "surface",
            roles.ToolTipText: "text",
            roles.PlaceholderText: "text2",
            roles.Highlight: "accent",
            roles.HighlightedText: "on_accent",
            roles.Link: "accent",
            roles.Accent: "accent",
        }.items():
            palette.setColor(role, self.color(token))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text2"))
        return palette


def _system_theme() -> str:
    hints = QGuiApplication.styleHints()
    if _wants_contrast():
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _wants_contrast() -> bool:
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    if accessibility is None:
        return False  # Qt before 6.10 cannot say
    return bool(accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _family(folder: Path) -> str:
    family = ""
    for file in sorted(folder.glob("Inter-*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = family or (names[0] if names else "")
    return family
