"""From the decision page to the room: to seal the decision, or to keep it until a second person is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ferpa_wizard.core.record import Decision
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import STORE_ERRORS
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import wait

Problems = Sequence[tuple[str, str]]


class Deciding(QObject):
    """Joins a page to its request; the page is its parent. `ask_once` picks the questions that were not put yet."""

    sealed = Signal(object)
    waits = Signal()

    def __init__(
        self, page: DecisionPage, request: Request, memory: Memory, ask_once: Callable[[Problems], Problems]
    ) -> None:
        super().__init__(page)
        self._page, self._request, self._memory, self._ask_once = page, request, memory, ask_once
        page.save.connect(lambda decision: self._try(decision, self._seal))
        page.wait.connect(lambda decision: self._try(decision, self._wait))

    def _seal(self, decision: Decision) -> None:
        sealed = self._request.decide(decision)
        if not self._request.restricted:  # what was typed for such a one comes up in no other
            self._memory.sealed(decision.by_name, decision.by_role)
        self.sealed.emit(sealed)

    def _wait(self, decision: Decision) -> None:
        wait(self._request, decision)
        self.waits.emit()

    def _try(self, decision: Decision, act: Callable[[Decision], None]) -> None:
        """Do it, or have the page say what is to be mended first."""
        if asked := self._ask_once(self._request.questions(decision)):
            self._page.refuse(asked)
            return
        try:
            if wrong := self._request.note(replace(self._request.intake, reference=self._page.reference)):
                self._page.refuse(wrong)
                return
            act(decision)
        except DecisionError as error:
            self._page.refuse(error.problems)
        except STORE_ERRORS as error:
            self._page.refuse([("", str(error))])
