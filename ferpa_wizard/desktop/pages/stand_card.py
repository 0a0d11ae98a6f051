"""Whether a decision stands for requests like it: on its record, right after sealing, and all of them on Home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal, SignalInstance

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.desktop.controls.box import Box, Gap, Rule
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.flow import Flow
from ferpa_wizard.desktop.controls.rows import ListRow
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.requests.standing import Stay

RENEW = "New request, same answers"
Act = tuple[str, str, SignalInstance]


class StandCard(Box):
    """How one record stands, and the buttons that go with that; hidden until it is known what there is to say.

    `leads_on` offers what leads away from the page: to log a use, to start a new request.
    """

    stand = Signal()
    log_use = Signal()
    end = Signal()
    renew = Signal()
    grew = Signal()  # other buttons came, which Tab has to visit

    def __init__(self, look: Look, *, leads_on: bool = True) -> None:
        super().__init__(look, margins=(12, 14, 12, 12), gap=4)
        self.ground("surface", line="border")
        self._leads_on = leads_on
        self._body = Box(look, gap=6)
        self.add(Title(look, "For requests like this one"))
        self.add(self._body)
        self.hide()

    def offer(self, stay: Stay, *, stood: str = "") -> None:
        """Offer to let it stand, or say why it cannot; it `stood` until that day before."""
        over = [f"This decision stood until {day_of(stood)}."] if stood else []
        if stay.why_not:
            self._draw([*over, *stay.why_not], [(RENEW, "plus", self.renew)] if self._leads_on else [])
            return
        says = f"This decision can stand until {day_of(stay.latest)} at most. Then it takes seconds to log each use."
        self._draw([*over, says], [("Let this decision stand", "bookmark", self.stand)])

    def stands(self, standing: Standing, uses: int) -> None:
        """Say until when it stands and how often it was used."""
        says = f"This decision stands until {day_of(standing.until)}. It was used {counted(uses, 'time')}."
        log: list[Act] = [("Log a use", "plus", self.log_use)] if self._leads_on else []
        self._draw([says], [*log, ("End it", "x", self.end)])

    def _draw(self, sentences: Sequence[str], acts: Sequence[Act]) -> None:
        held = self.isAncestorOf(self.window().focusWidget())
        self._body.clear()
        for says in sentences:
            self._body.add(Text(self.look, says, "small", inset=4))
        buttons = [Button(self.look, words, "small", icon=icon) for words, icon, _ in acts]
        for button, (_, _, signal) in zip(buttons, acts, strict=True):
            button.clicked.connect(signal)
        if buttons:
            self._body.add(Flow(self.look, *buttons, gap=4))
        self.show()
        self.grew.emit()
        if held and buttons:
            buttons[0].show()  # what is not shown yet cannot take the focus
            buttons[0].setFocus()


class StandingCard(Box):
    """All standing decisions on Home, each with the button that logs a use."""

    show_record = Signal(str)
    log_use = Signal(str)

    def __init__(self, look: Look, standing: Iterable[tuple[Standing, int]], today: str) -> None:
        super().__init__(look, gap=0, margins=(12, 12, 12, 6))
        self.ground("surface", line="border")
        self.add(Title(look, "Standing decisions"))
        self.add(Gap(look, 4))
        self.buttons: list[Button] = []
        for place, (one, uses) in enumerate(standing):
            if place:
                self.add(Rule(look))
            self.add(self._row(one, uses, today))

    def _row(self, standing: Standing, uses: int, today: str) -> Box:
        over = standing.until < today
        at = f"{'stood' if over else ''} until {day_of(standing.until, today)}".strip()
        icon = ("clock", "steps") if over else ("bookmark", "yes")
        record = ListRow(self.look, standing.title, says=at, at=counted(uses, "use"), icon=icon)
        record.clicked.connect(lambda: self.show_record.emit(standing.record))
        log = Button(self.look, "Log a use", "small")
        log.setAccessibleName(f"Log a use: {standing.title}")
        log.clicked.connect(lambda: self.log_use.emit(standing.record))
        self.buttons.append(log)
        line = Box(self.look, across=True)
        line.add(record, 1)
        line.add(log)
        return line
