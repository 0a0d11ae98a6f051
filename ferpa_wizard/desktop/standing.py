"""Letting a decision stand, and ending it: the sheet that asks until when, and what joins the card to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.choices import SHARES
from ferpa_wizard.core.standing_decision import Standing
from ferpa_wizard.desktop.controls.blocks import Notice
from ferpa_wizard.desktop.controls.box import Gap
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.stand_card import StandCard
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.sealed import Sealed
from ferpa_wizard.requests.standing import Stay

Keep = Callable[[str, str], Sequence[tuple[str, str]]]


class StandSheet(FormSheet):
    """Asks until which day, and who says so."""

    def __init__(self, look: Look, parent: QWidget, stay: Stay, keep: Keep, *, by: str) -> None:
        super().__init__(look, parent, "Let this decision stand", lambda: keep(*self._typed()), self._typed)
        self._until, self._by = LineField(look, stay.latest), LineField(look, by)
        lead = "Use it for requests that are like this one in every way. You log each use with the file and who got it."
        self.body.add(Text(look, lead, "small", ink="text2", inset=RING))
        if stay.lapses:
            self.body.add(
                Text(look, f"It cannot stand longer than {stay.latest}. After that day:", "small", inset=RING)
            )
            for says in stay.lapses:
                self.body.add(Text(look, says, "small", inset=RING + 5))
        self.body.add(Gap(look, 4))
        hint = f"As 2026-01-31. The last day that is possible is {stay.latest}."
        self.put("until", Labelled(look, "Until which day", self._until, hint=hint))
        self.put("by", Labelled(look, "Your name", self._by))
        self.ready(480)

    def _typed(self) -> tuple[str, str]:
        return self._until.text().strip(), self._by.text().strip()


@dataclass(frozen=True)
class Onward:
    """Where a card leads, by the number of its record: to the page that logs uses, to a request with its answers."""

    log_use: Callable[[str], object]
    again: Callable[[str], object]


class Stands(QObject):
    """Joins the card of one record to the desk; the card is its parent. The notice says what was done, or failed."""

    def __init__(
        self, card: StandCard, sealed: Sealed, desk: Desk, memory: Memory, *, notice: Notice,
        onward: Onward | None = None,
    ) -> None:  # fmt: skip
        super().__init__(card)
        self._card, self._desk, self._memory, self._tell = card, desk, memory, notice.tell
        self._number, self._stay = sealed.number, Stay("")
        if sealed.practice or not _shares(sealed):
            return  # what shares nothing has nothing to stand, and practice leaves nothing
        card.stand.connect(self._ask)
        card.end.connect(self._end)
        notice.undone.connect(self._draw)
        if onward is not None:
            card.log_use.connect(lambda: onward.log_use(self._number))
            card.renew.connect(lambda: onward.again(self._number))
        self._draw()

    def _draw(self) -> None:
        try:
            standing = self._desk.standing.of(self._number)
            if standing is not None and not self._desk.standing.over(standing, self._desk.today):
                self._card.stands(standing, len(self._desk.uses.standing(self._number)))
                return
            past = standing is not None and not standing.ended and standing.over(self._desk.today)
            stood = standing.until if standing is not None and past else ""
            self._stay = self._desk.standing.stay(self._number)
            self._card.offer(self._stay, stood=stood)
        except STORE_ERRORS as error:
            self._tell(str(error))
        except RULES_ERRORS as error:
            self._tell(without_rules(error))

    def _ask(self) -> None:
        sheet = StandSheet(self._card.look, self._card.window(), self._stay, self._keep, by=self._memory.only[0])
        if sheet.exec() == QDialog.DialogCode.Accepted:
            self._draw()
            self._tell("This decision stands now. Home shows it.")
        sheet.deleteLater()

    def _keep(self, until: str, by: str) -> Sequence[tuple[str, str]]:
        try:
            self._desk.standing.stand(self._number, until, by=by)
        except DecisionError as error:
            return error.problems
        except STORE_ERRORS as error:
            return [("until", str(error))]
        self._memory.met(by)
        return []

    def _end(self) -> None:
        by = self._memory.only[0]
        try:
            ended = self._desk.standing.end(self._number, by=by)
        except STORE_ERRORS as error:
            self._tell(str(error))
            return
        self._draw()
        says = "This decision does not stand any more. Its uses stay in the log."
        self._tell(says, partial(_resume, self._desk, ended, by))


def _resume(desk: Desk, ended: Standing, by: str) -> str:
    """Let it stand again; what there is to say of it."""
    try:
        desk.standing.resume(ended, by=by)
    except STORE_ERRORS as error:
        return str(error)
    return "This decision stands again."


def _shares(sealed: Sealed) -> bool:
    decision = sealed.body["decision"]
    return isinstance(decision, dict) and decision["choice"] in SHARES
