"""The pages of the register joined to the desk: opening, changing, removing, lists in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.fields import Labelled, LineField, WordsField
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.agreements import AgreementPage, AgreementsPage
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.room import PAPER_ERRORS, RULES_ERRORS, STORE_ERRORS
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.sealed import Sealed

Keep = Callable[[Agreement], Sequence[tuple[str, str]]]
Tell = Callable[..., None]
ERRORS = (*RULES_ERRORS, *STORE_ERRORS, *PAPER_ERRORS)
_DAY = "As 2027-07-31."


class AgreementSheet(FormSheet):
    """What people fill in or change of an agreement."""

    def __init__(self, look: Look, parent: QWidget, agreement: Agreement, keep: Keep) -> None:
        title = "Change the agreement" if agreement.id else "Keep as an agreement"
        super().__init__(look, parent, title, lambda: keep(self.agreement()), self.agreement)
        self._agreement = agreement
        self._party, self._schools = LineField(look, agreement.party), WordsField(look, "\n".join(agreement.schools))
        self._days = {name: LineField(look, getattr(agreement, name)) for name in ("signed", "ends", "destroy")}
        schools = "One on each line. Leave it empty if it holds for all your schools."
        signed, destroy = f"{_DAY} Empty if nothing is signed.", f"{_DAY} Empty if no day is set."
        self.put("party", Labelled(look, "Partner", self._party, hint="The name of the group or company."))
        self.put("schools", Labelled(look, "Schools", self._schools, hint=schools))
        self.put("signed", Labelled(look, "Signed on", self._days["signed"], hint=signed))
        self.put("ends", Labelled(look, "Last day", self._days["ends"], hint=_DAY))
        self.put("destroy", Labelled(look, "Data destroyed by", self._days["destroy"], hint=destroy))
        self.ready(520)

    def agreement(self) -> Agreement:
        """What is in the fields now."""
        lines = (line.strip() for line in self._schools.toPlainText().splitlines())
        signed, ends, destroy = (field.text().strip() for field in self._days.values())
        return replace(
            self._agreement,
            party=self._party.text().strip(),
            schools=tuple(line for line in lines if line),
            signed=signed,
            ends=ends,
            destroy=destroy,
        )


class KeepCard(Box):
    """On a sealed decision: it can become an agreement, so that the next request of this partner is short."""

    pressed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._button = Button(look, "Keep as an agreement", "small", icon="signature")
        self._button.clicked.connect(self.pressed)
        says = "Will this partner ask again? Then the answers about it are kept, and staff are not asked them again."
        self._says = Text(look, says, "small", inset=4)
        self.add(card(look, Title(look, "Known partner"), self._says, row(look, self._button), gap=6))

    def kept(self, sentence: str) -> None:
        """Say that it became one, and offer it no more."""
        self._says.say(sentence)
        if self.window().focusWidget() is self._button:
            self.focusNextChild()
        self._button.hide()


def keep_card(look: Look, desk: Desk, sealed: Sealed, tell: Tell) -> KeepCard | None:
    """The card for a sealed decision that could become an agreement, if it could; `tell` says that it did."""
    try:
        found = desk.agreements.from_record(sealed.body)
    except ERRORS:
        return None  # without rules nothing can be kept; that is told where they are needed
    if found is None or sealed.practice:
        return None
    made = KeepCard(look)

    def keep() -> None:
        if said := _ask(made, desk, found, tell):
            made.kept(said)

    made.pressed.connect(keep)
    return made


def _ask(parent: KeepCard | AgreementPage, desk: Desk, agreement: Agreement, tell: Tell) -> str:
    """Ask for what people have to fill in; what there is to say once it is kept, else an empty text."""
    sheet = AgreementSheet(parent.look, parent.window(), agreement, partial(_keep, desk))
    kept = sheet.exec() == QDialog.DialogCode.Accepted
    said = f"The agreement with {sheet.agreement().party} is kept." if kept else ""
    if said:
        tell(said)
    sheet.deleteLater()
    return said


def _keep(desk: Desk, agreement: Agreement) -> Sequence[tuple[str, str]]:
    try:
        desk.agreements.keep(agreement)
    except DecisionError as error:
        return error.problems
    except ERRORS as error:
        return [("party", str(error))]
    return []


class Register(QObject):
    """`show` puts a page beside the navigation, `tell` says what was done, perhaps with a way back."""

    begin = Signal(str)

    def __init__(
        self, look: Look, desk: Desk, choosers: Choosers, show: Callable[[DeskPage], None], tell: Tell
    ) -> None:
        super().__init__()
        self._look, self._desk, self._choosers, self._show, self._tell = look, desk, choosers, show, tell
        self.page = AgreementsPage(look, desk)
        self.page.chosen.connect(self.open)
        self.page.bring_in.connect(lambda: self._try(self._import))
        self.page.export.connect(lambda: self._try(self._export))
        self.page.publish.connect(lambda: self._try(self._publish))

    def open(self, name: str) -> None:
        """Show one agreement."""
        self._try(partial(self._open, name))

    def _open(self, name: str) -> None:
        agreements = self._desk.agreements
        found = agreements.find(name)
        if found is None:
            self._show(self.page)
            return
        page = AgreementPage(
            self._look,
            found,
            terms=agreements.terms(found),
            settled=agreements.settled(found),
            today=self._desk.today,
        )
        page.back.connect(lambda: self._show(self.page))
        page.begin.connect(self.begin)
        page.change.connect(lambda: self._change(page, found))
        page.remove.connect(lambda: self._try(partial(self._remove, found)))
        self._show(page)

    def _change(self, page: AgreementPage, agreement: Agreement) -> None:
        if _ask(page, self._desk, agreement, self._tell):
            self.open(agreement.id)

    def _remove(self, agreement: Agreement) -> None:
        self._desk.agreements.remove(agreement.id)
        self._show(self.page)
        self._tell(f"Removed: {agreement.party}.", partial(self._put_back, agreement))

    def _put_back(self, agreement: Agreement) -> str:
        try:
            self._desk.agreements.keep(agreement)
        except ERRORS as error:
            return _in_short(error)
        return f"{agreement.party} is back."

    # -- lists in and out ------------------------------------------------------------------

    def _import(self) -> None:
        file = self._choosers.to_open(self.page, "Import agreements", kind="CSV (*.csv)")
        if file is not None:
            number = self._desk.agreements.import_csv(file)
            self.page.refresh()
            self._tell(f"Imported {counted(number, 'agreement')} from {file.name}.")

    def _export(self) -> None:
        file = self._choosers.file(self.page, "Export the agreements", name="agreements.csv")
        if file is not None:
            number = self._desk.agreements.export_csv(file)
            self._tell(f"Exported {counted(number, 'agreement')} to {file.name}.")

    def _publish(self) -> None:
        file = self._choosers.file(self.page, "Save the public list", name="agreements.html")
        if file is not None:
            written = self._desk.agreements.publish(file, school=self._desk.profile.school)
            self._tell(f"Saved {written.name}. It lists the agreements that hold today.")

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ERRORS as error:
            self._tell(_in_short(error))


def _in_short(error: Exception) -> str:
    """The first sentence of an error, and how many more it has."""
    first, *more = str(error).splitlines() or [""]
    return f"{first} And {len(more)} more." if more else first
