"""Every text that widgets show or say, and whether one of them would be read as markup."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import Qt  # with what is known of rich text
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.stress.markup.payloads import altered
from tests.stress.parts import Tally

MOST = 60  # rows of a list that are read


def check(app: QApplication, tally: Tally, seen: set[str]) -> None:
    """Count each payload that a widget shows, once as it is and else as wrong; `seen` has what was counted before."""
    for widget in app.allWidgets():
        for how, text in _texts(widget):
            key = f"{type(widget).__name__} {how} {text}"
            if "7Q" not in text or key in seen:
                continue
            seen.add(key)
            if how == "rich":
                tally.wrong("shown otherwise", f"{type(widget).__name__} would read this as markup: {text[:80]!r}")
            for number, instead in altered([text]):
                tally.count("shown in the window")
                if instead:
                    tally.wrong("shown otherwise", f"{type(widget).__name__} {how}, payload {number}: {instead}")


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """How and what it shows; "rich" where Qt may take the text for markup."""
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield _rich(widget.toolTip(), plain="tip"), _untipped(widget.toolTip())
    if isinstance(widget, QLabel):
        plain = widget.textFormat() == Qt.TextFormat.PlainText
        yield "text" if plain else _rich(widget.text(), plain="text"), widget.text()
    elif isinstance(widget, QAbstractButton):
        yield "text", widget.text().replace("&&", "&")
    elif isinstance(widget, QLineEdit):
        yield "text", widget.text()
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, (QPlainTextEdit, QTextEdit)):
        yield "text", widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (("item", widget.itemText(place)) for place in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (("entry", action.text().replace("&&", "&")) for action in widget.actions())
    elif isinstance(widget, QAbstractItemView):
        yield from _items(widget)
    if widget.isWindow():
        yield "title", widget.windowTitle()


def _items(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return
    for row in range(min(MOST, model.rowCount())):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield "item", str(model.data(index, role) or "")
            tip = str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
            yield _rich(tip, plain="tip"), _untipped(tip)


def _rich(text: str, *, plain: str) -> str:
    return "rich" if Qt.mightBeRichText(text) else plain


def _untipped(text: str) -> str:
    """What a tool tip says, without what keeps it plain."""
    return text.replace("‹", "<").replace("&\u2060lt;", "&lt;")
