"""Your school: the profile, each standing fact with its answer, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.agreements import mistakes_card
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.school_fact import FactLine, district_card
from ferpa_wizard.desktop.pages.school_form import SchoolForm
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.school import BEFORE, Shown, StandingFact

LEAD = "What stays the same for all requests. Staff are not asked what stands here."
KEPT = f"Saving writes the file anew, without its comments. A file that was written by hand is kept as {BEFORE}."


class SchoolPage(DeskPage):
    """Reads the file each time it comes up, and keeps what was typed unless the file is another one by then.

    Every save takes all that is on the page, but for facts that are not kept yet.
    """

    title = "Your school"
    width_limit = 760

    def __init__(self, look: Look, desk: Desk, memory: Memory, tell: Callable[[str], None]) -> None:
        super().__init__(look, "Your school", gap=12)
        self._desk, self._memory, self._tell = desk, memory, tell
        self._open: FactLine | None = None
        self._read: tuple[object, ...] | None = None  # what the page shows
        self._lines: dict[str, FactLine] = {}
        lead = Text(look, LEAD, "lead", ink="text2", inset=RING)
        self.add(Box(look, self.heading, lead, Text(look, KEPT, "small", ink="text2", inset=RING), gap=4))
        self._place = Box(look, gap=12)
        self.add(self._place)

    def refresh(self) -> None:
        try:
            shown = self._desk.school.look()
        except RULES_ERRORS as error:
            self._read = None
            self._place.clear()
            self._place.add(card(self.look, Text(self.look, without_rules(error), "small")))
            return
        read = (shown.pack.sha256, shown.profile.sha256, shown.mistakes, self._desk.today, shown.district.sha256)
        if read != self._read:
            self._read = read
            self._draw(shown)

    def _draw(self, shown: Shown) -> None:
        self._begun = {name: line for name, line in self._lines.items() if line.begun}
        for line in self._begun.values():
            line.setParent(self)  # or it would go with the card that it stands in
        self._lines = {}
        self._place.clear()
        if shown.mistakes:
            self._broken(shown)
        else:
            self._fill(shown)
        if self.isVisible():  # else the shell sets the order of Tab as it shows the page
            self.grew.emit()

    # -- a file with mistakes --------------------------------------------------------------

    def _broken(self, shown: Shown) -> None:
        block = mistakes_card(self.look, "The profile has mistakes", [str(one) for one in shown.mistakes])
        opener = Button(self.look, "Open the file", icon="folder-open")
        opener.clicked.connect(self._open_file)
        anew = Button(self.look, "Start with an empty profile")
        anew.clicked.connect(lambda: self._start_anew(shown))
        says = f"Nothing is lost: the file stays as it is until you save, and is then kept as {BEFORE}."
        block.add(Text(self.look, says, "small", ink="text2", inset=RING))
        block.add(row(self.look, opener, anew, gap=4))
        self._place.add(block)

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.school.file)))

    def _start_anew(self, shown: Shown) -> None:
        self._place.clear()
        self._fill(shown)
        self.grew.emit()
        self.heading.setFocus()

    # -- the profile -----------------------------------------------------------------------

    def _fill(self, shown: Shown) -> None:
        self._shown = shown
        self._form = SchoolForm(self.look, shown.profile, shown.district, name=self._desk.policy.text("school"))
        self._form.grew.connect(self.grew)
        save = Button(self.look, "Save", "primary")
        save.clicked.connect(lambda: self._save(shown.profile))
        self._form.add(row(self.look, save))
        self._place.add(self._form)
        facts = list(self._desk.school.facts(shown, self._desk.today))
        if theirs := [fact for fact in facts if fact.by_district]:
            self._place.add(district_card(self.look, theirs))
        for title, group in _groups([fact for fact in facts if not fact.by_district]):
            if group:
                self._place.add(self._card(title, group))

    def _card(self, title: str, facts: Sequence[StandingFact]) -> Box:
        block = card(self.look, Title(self.look, title), gap=2)
        for fact in facts:
            line = self._lines[fact.ask.id] = self._begun_on(fact) or self._line(fact)
            block.add(line)
        return block

    def _begun_on(self, fact: StandingFact) -> FactLine | None:
        """The line on which people began to answer this fact before it was drawn anew."""
        line = self._begun.get(fact.ask.id)
        return line if line is not None and line.fact == fact else None

    def _line(self, fact: StandingFact) -> FactLine:
        line = FactLine(self.look, fact, memory=self._memory, pack=self._shown.pack)
        line.opened.connect(self._on_open)
        line.kept.connect(self._keep)
        line.taken_out.connect(self._take_out)
        return line

    def _on_open(self, line: FactLine) -> None:
        """One is open at a time."""
        if self._open is not None and self._open is not line:
            self._open.shut()
        self._open = line
        self.grew.emit()

    def _keep(self, line: FactLine) -> None:
        try:
            value, until = line.answer()
            profile = self._desk.school.answered(self._shown, line.fact.ask.id, value, until)
        except AnswerError as error:
            line.wrong(str(error))
        except DecisionError as error:
            line.wrong(str(error), day=True)
        else:
            self._save(profile, line.fact.ask.id)

    def _take_out(self, line: FactLine) -> None:
        self._save(self._desk.school.without(self._shown, line.fact.ask.id), line.fact.ask.id)

    # -- saving ----------------------------------------------------------------------------

    def _save(self, profile: Profile, focus: str = "") -> None:
        school = self._desk.school
        try:
            school.keep(school.reviewed(self._form.filled(profile), self._form.review_by))
        except DecisionError as error:
            self._form.wrong(error.problems)
        except (*STORE_ERRORS, *RULES_ERRORS) as error:
            self._tell(str(error))
        else:
            if focus:
                self._lines[focus].forget()
            self._read = None
            self.refresh()
            self._focus_on(focus)
            self._tell("Saved. It holds from the next request on.")

    def _focus_on(self, name: str) -> None:
        (self._lines[name].head if name in self._lines else self.heading).setFocus()


def _groups(facts: Sequence[StandingFact]) -> list[tuple[str, list[StandingFact]]]:
    lapsed = [fact for fact in facts if fact.lapsed]
    open_ones = [fact for fact in facts if fact.answer is None]
    held = [fact for fact in facts if fact.answer is not None and not fact.lapsed]
    return [("Overdue: staff are asked again", lapsed), ("What holds", held), ("Not answered yet", open_ones)]
