"""Hostile texts in every screen and every paper, in one process that somebody watches:

python -m tests.stress.markup.child SHIFT FOLDER HOW, where HOW is `as-is` or a weakness; prints what was shown as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QLabel

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.passing import read_passed
from ferpa_wizard.requests.request import Request
from tests import real
from tests.documents.every_paper import TAKEN
from tests.stress.long_use import loop
from tests.stress.long_use.asides import ASIDES
from tests.stress.long_use.walk import NOW, Steps, Walker
from tests.stress.markup import papers as markup_papers
from tests.stress.markup.pack import hostile_agreement, hostile_pack, hostile_profile, write_profile
from tests.stress.markup.payloads import COUNT, marked, several
from tests.stress.markup.shown import check
from tests.stress.parts import Tally

REQUESTS = 2  # each with another example in each shift
RECORDS = 3
LEAVES_OUT = ("change_the_look",)


class HostileWalker(Walker):
    """Types payloads, and looks at every widget after each step."""

    def __init__(self, app: QApplication, window: Window, desk: Desk, shift: int, tally: Tally) -> None:
        super().__init__(app, window, desk, asides={}, cycle=10_000, variety=10_000)
        self._shift, self._tally, self._seen = shift, tally, set[str]()
        self.exported = ""

    def name(self) -> str:
        return marked(self._shift + self.number)

    def words(self) -> str:
        return several(self._shift)

    def every_screen(self) -> Steps:
        for number in range(REQUESTS):
            yield from self._looked_at(self.one(self._shift * REQUESTS + number))
        self.window.carry_on(_draft(self.desk, {"start": "request"}, self._shift).id)
        yield from self._looked_at(iter([None]))
        self.window._open(self._passed_on)
        yield from self._looked_at(iter([None]))
        for aside in ASIDES.values():
            if aside.__name__ not in LEAVES_OUT:
                yield from self._looked_at(aside(self))
                self.window.go_home()
                yield

    def _passed_on(self) -> Request:
        """A request as the file of another desk brings it."""
        out = self.desk.home.parent / "passed.json"
        draft = _draft(self.desk, self.example().answers, self._shift)
        self.desk.pass_on(draft, out, name=marked(self._shift), role=marked(self._shift + 1))
        return self.desk.take_over(read_passed(out))

    def leave_sheet(self, sheet: QDialog) -> None:
        self.look()
        super().leave_sheet(sheet)

    def look(self) -> None:
        """Paint everything, and read it."""
        self.window.grab()
        check(self.app, self._tally, self._seen)

    def _looked_at(self, steps: Steps) -> Steps:
        for step in steps:
            yield step
            self.look()


def main(shift: int, folder: Path, how: str) -> None:
    tally = Tally()
    pack, texts = hostile_pack(shift)
    tally.count("texts of rules", texts)
    home = folder / "home"
    home.mkdir()
    write_profile(shift, home)
    desk = Desk(home, lambda: (pack, hostile_profile(shift)), now=lambda: NOW)
    desk.agreements.keep(hostile_agreement(shift))
    sealed = _sealed(desk, shift)
    WEAKNESSES[how]()
    app, window = loop.opened(desk, folder / "out")
    walker = HostileWalker(app, window, desk, shift, tally)

    def leave(sheet: QDialog) -> None:
        walker.leave_sheet(sheet)  # looked up each time: an export answers its own

    if how == "rich":
        steps = _rich_label(walker)
    elif how == "as-is":
        steps = walker.every_screen()
    else:
        steps = iter(())
    loop.run(app, steps, leave, lambda says: tally.wrong("failures told", says))
    if how != "rich":
        markup_papers.check(desk, sealed, folder / "papers", tally)
    desk.close()
    sys.stdout.write(json.dumps(tally.as_json()) + "\n")


def _draft(desk: Desk, answers: Mapping[str, Answer], shift: int) -> Request:
    """A request with payloads in all that people note of it as it comes in."""
    request = desk.new(answers)
    request.note(Intake(marked(shift), several(shift), asker=marked(shift + 1), identity=marked(shift + 2)))
    return request


def _sealed(desk: Desk, shift: int) -> list[str]:
    """Records with payloads in all that people type; their numbers."""
    found = []
    for place in range(RECORDS):
        name, choice, _ = TAKEN[(shift * RECORDS + place) % len(TAKEN)]
        (example,) = (one for one in real.examples() if one.id == name)
        request = _draft(desk, example.answers, shift + place)
        notes = {prompt.id: marked(shift + at) for at, prompt in enumerate(request.prompts())}
        reasons = ("practical",) if choice in DECLINES else ()
        by = marked(shift + 3), marked(shift + 4)
        decision = Decision(choice, reasons, several(shift), *by, notes=notes)
        number = request.decide(decision).number
        desk.todos.note(Todo(number, "own-1", marked(shift), marked(shift + 1), "2026-12-01"), by=markup_papers.FORMULA)
        desk.later.note(number, several(shift), by=marked(shift + 3))
        found.append(number)
    return found


def _rich_label(walker: HostileWalker) -> Steps:
    """What nobody may write: a label that takes markup."""
    for number in range(COUNT):
        label = QLabel(marked(number), walker.window)
        label.setGeometry(0, 0, 300, 300)
        label.show()
        yield
        walker.look()


WEAKNESSES: dict[str, Callable[[], None]] = {"as-is": lambda: None, "rich": lambda: None, **markup_papers.WEAKNESSES}


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
