"""What a screen reader is told that a control is, where Qt itself says only “filler”."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

PICTURES = ("Diagram",)
"""The classes of controls that are pictures."""


def tell_roles() -> None:
    """To be called once, before the first window."""
    QAccessible.installFactory(_picture)


def _picture(name: str, control: QObject) -> QAccessibleInterface | None:
    if name in PICTURES and isinstance(control, QWidget):
        return QAccessibleWidget(control, QAccessible.Role.Graphic)
    return None
