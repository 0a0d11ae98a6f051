"""The one style sheet: what plain Qt controls need; the rest paint themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

_SHEET = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $control; padding: ${p4}px; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar::handle:vertical { background: $control; border-radius: ${p3}px; min-height: ${p32}px;
    margin: ${p3}px; }
QScrollBar::handle:vertical:hover { background: $text2; }
QScrollBar::handle:vertical:disabled { background: transparent; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle:horizontal { background: $control; border-radius: ${p3}px;
    min-width: ${p32}px; margin: ${p3}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit, QPlainTextEdit { background: transparent; border: 0; color: $text;
    selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { background: transparent; border: 0; color: $text; }
QComboBox::drop-down { border: 0; width: ${p24}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $control;
    selection-background-color: $tint; selection-color: $text; outline: 0; }
QTableView { background: $surface; color: $text; border: 0; gridline-color: $border;
    selection-background-color: $tint; selection-color: $text; outline: 0; }
QTableView::item { padding: 0 ${p8}px; border: 0; border-bottom: 1px solid $border; }
QTableView::item:selected { background: $tint; color: $text; border-top: 2px solid $accent;
    border-bottom: 2px solid $accent; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text2; border: 0; text-align: left;
    border-bottom: 1px solid $control; padding: 0 ${p8}px; }
QProgressBar { background: $sunken; border: 1px solid $control; border-radius: ${p3}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
QDialog, QMessageBox { background: $canvas; }
QMenu { menu-scrollable: 1; background: $surface; color: $text; border: 1px solid $control; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p24}px; border-radius: ${p4}px; }
QMenu::item:selected { background: $tint; color: $text; }
QMenu::item:disabled { color: $text2; }
QMenu::indicator { width: 0; height: 0; }
QMenu::separator { background: $border; height: 1px; margin: ${p4}px ${p8}px; }
""")

_SIZES = (3, 4, 8, 12, 24, 32)


def style_sheet(tokens: Mapping[str, str], px: Callable[[float], int]) -> str:
    """The sheet in the colours of one theme and at one text size."""
    return _SHEET.substitute(tokens, **{f"p{size}": px(size) for size in _SIZES})
