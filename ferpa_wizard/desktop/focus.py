"""The order in which Tab visits controls, and jumps between the parts of the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def chain(parts: Sequence[QWidget]) -> None:
    """Tab visits the parts in this order, each from its top to its bottom."""
    controls = [control for part in parts for control in in_order(part)]
    for one, following in pairwise(controls):
        if _after(one) is not following:  # to tell Qt what it knows takes most of the time
            QWidget.setTabOrder(one, following)


def _after(control: QWidget) -> QWidget | None:
    """What follows in the chain as it stands, leaving out all that takes no focus."""
    following = _next(control)
    while following is not None and following is not control and following.focusPolicy() == Qt.FocusPolicy.NoFocus:
        following = _next(following)
    return following


def _next(widget: QWidget) -> QWidget | None:
    """The next in the chain, as a child of its own parent: PySide takes it for one of `widget` when it is asked for,
    and where that one goes first, would keep what is left of the other for good.
    """
    following = widget.nextInFocusChain()
    around = following.parentWidget() if following is not None else None
    if following is not None and around is not None:
        following.setParent(around)
    return following


def in_order(part: QWidget) -> Iterator[QWidget]:
    """Every control in `part` that can take the focus, as the eye meets them."""
    if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield part
    if isinstance(part, QScrollArea):
        content = part.widget()
        if content is not None:
            yield from in_order(content)
    layout = part.layout()
    if layout is not None:
        for widget in _laid_out(layout):
            yield from in_order(widget)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        cell = layout.itemAt(number)
        if cell is None:
            continue
        widget, inner = cell.widget(), cell.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def jump(panes: Iterable[QWidget], step: int) -> QWidget | None:
    """Focus the next (1) or previous (-1) pane that shows something; answers what got it."""
    shown = [pane for pane in panes if pane.isVisible() and _first(pane) is not None]
    if not shown:
        return None
    focused = QApplication.focusWidget()
    at = next(
        (n for n, pane in enumerate(shown) if focused and (pane is focused or pane.isAncestorOf(focused))),
        -step if step > 0 else 0,
    )
    target = _first(shown[(at + step) % len(shown)])
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
    return target


def _first(pane: QWidget) -> QWidget | None:
    usable = (w for w in in_order(pane) if w.isVisible() and w.isEnabled() and _tabbed(w))
    return next(usable, None)


def _tabbed(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
