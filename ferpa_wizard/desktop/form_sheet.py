"""A sheet with fields: what is refused is said at its field, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.desktop.controls.box import Gap
from ferpa_wizard.desktop.controls.fields import Asked
from ferpa_wizard.desktop.dialogs import ConfirmSheet, Sheet
from ferpa_wizard.desktop.look import Look

Problems = Sequence[tuple[str, str]]


def is_to_go(sheet: Sheet) -> bool:
    """Do people agree that what they put into the sheet is lost?"""
    says, act = ("What you typed here is not kept.",), "Close without keeping it"
    asked = ConfirmSheet(sheet.look, sheet, "Close without keeping it?", says=says, act=act, stay="Go on")
    wanted = asked.exec() == QDialog.DialogCode.Accepted
    asked.deleteLater()
    return wanted


class FormSheet(Sheet):
    """Closes once `keep` takes what is in the fields; else `keep` says by field what to mend.

    `typed` is what is in the fields, in whatever form: it tells whether something would be lost.
    """

    def __init__(
        self, look: Look, parent: QWidget, title: str, keep: Callable[[], Problems], typed: Callable[[], object]
    ) -> None:
        super().__init__(look, parent, title)
        self._keep, self._typed_in = keep, typed
        self._at_first: object = None
        self._labelled: dict[str, Asked] = {}

    def put(self, name: str, labelled: Asked) -> None:
        """A field at the end of the body, under the name that its problems have."""
        self.body.add(self.known(name, labelled))
        self.body.add(Gap(self.look, 2))

    def known(self, name: str, labelled: Asked) -> Asked:
        """The same field, which problems of this name are said at."""
        self._labelled[name] = labelled
        return labelled

    def ready(self, width: int, *, final: str = "") -> None:
        """Add the buttons and take the size; the last step of making one. The first field has the focus.

        `final` names an act that nothing takes back: then Enter does not do it.
        """
        self.press(final or "Keep", self.submit, default=not final)
        self.press("Cancel", self.reject, default=bool(final))
        self._at_first = self._typed_in()
        next(iter(self._labelled.values())).field.setFocus()
        self.settle(width)

    def reject(self) -> None:
        """Close, also by Escape; what was typed goes only once people have agreed to it."""
        if self._typed_in() == self._at_first or is_to_go(self):
            super().reject()

    def submit(self) -> None:
        problems = self._keep()
        if not problems:
            self.accept()
            return
        first = next(iter(self._labelled))  # where a problem of no field stands
        told = [(name if name in self._labelled else first, says) for name, says in problems]
        for name, labelled in self._labelled.items():
            labelled.wrong(" ".join(says for field, says in told if field == name))
        self._labelled[told[0][0]].field.setFocus()
