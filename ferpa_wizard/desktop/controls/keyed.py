"""A column that is drawn again and again, and makes anew only what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Margins
from ferpa_wizard.desktop.look import Look

Entry = tuple[Hashable, Callable[[], QWidget]]


class Keyed(Box):
    """Shows entries, each a key that says what it looks like and how to make it; equal keys keep their widget."""

    def __init__(self, look: Look, *, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__(look, margins=margins)
        self._shown: dict[Hashable, QWidget] = {}
        self.push()

    def shown(self, key: Hashable) -> QWidget | None:
        """The widget that shows the entry with this key."""
        return self._shown.get(key)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these and no others, in this order; no key may come twice."""
        wanted = {key for key, _make in entries}
        for key in [key for key in self._shown if key not in wanted]:
            gone = self._shown.pop(key)
            self.cells.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, (key, make) in enumerate(entries):
            widget = self._shown.get(key)
            if widget is None:
                widget = self._shown[key] = make()
            if self.cells.indexOf(widget) != place:
                self.cells.insertWidget(place, widget)
