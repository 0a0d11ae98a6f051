"""Takes the pictures of the documents: the program itself, on shipped examples."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ferpa_wizard import paths
from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.core.use import Use
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request

HERE = Path(__file__).parent
SIZE = (1024, 700)
QUESTION, ITEMS = "school-control", "students"
TRANSFER: dict[str, Answer] = {
    "requester": "school",
    "items": ("name", "grades", "transcript"),
    "purpose": "enrolment",
    "papers-ferpa-transfer-enrolment": ("tr.4b2",),
}
THEMES = ("light", "dark")
IN_BOTH = ("home", "question", "result")  # the others are taken in light only


def main() -> int:
    for theme in THEMES:
        with tempfile.TemporaryDirectory() as folder:
            _Pictures(Path(folder), theme).take()
    return 0


class _Pictures:
    def __init__(self, folder: Path, theme: str) -> None:
        self._app, self._theme, data = application(), theme, paths.data()
        (folder / "profile.yaml").write_bytes((data / "rules/profiles/example.yaml").read_bytes())
        self._desk = Desk.open(folder)
        example = data / "rules/examples/first-run.yaml"
        self._answers = read_answers(example.read_bytes(), example.name, self._desk.pack)
        self._window: Window = open_window(self._app, self._desk, data / RESOURCES)
        self._window.desk_shell.look.use(theme, 100)
        self._window.resize(*SIZE)
        self._window.show()

    def take(self) -> None:
        self._picture("home")
        self._window.start()
        shell = self._window.request_shell
        shell.panel.unfold(True)
        request = shell.request
        for question, answer in self._answers.items():
            if question in (QUESTION, ITEMS):
                shell.open(request)
                self._picture({QUESTION: "question", ITEMS: "students"}[question])
            request.answer(answer)
        shell.open(request)
        self._picture("result")
        self._records(request)
        self._window.close()
        self._window.deleteLater()
        self._desk.close()

    def _records(self, request: Request) -> None:
        sealed = request.decide(Decision("share-after-steps", (), "", "R. Osei", "Registrar"))
        self._desk.todos.note(
            Todo(sealed.number, "own-1", "The agreement with the group ends", "Ms. Ode", _soon(self._desk))
        )
        self._window.go_home()
        self._picture("due")
        for agreement in _agreements(self._desk):
            self._desk.agreements.keep(agreement)
        for page in ("log", "agreements", "rules", "practice", "school"):
            self._window.desk_shell.go(page)
            self._picture(page)
        self._window.desk_shell.show_record(sealed.number)
        self._picture("record")
        self._uses()

    def _uses(self) -> None:
        """A decision that stands, and was used."""
        number = self._desk.new(TRANSFER).decide(Decision("share", (), "", "R. Osei", "Registrar")).number
        self._desk.standing.stand(number, self._desk.standing.stay(number).latest, by="R. Osei")
        for file, school in (("47110", "Oak Hill High School"), ("47111", "Jefferson Middle School")):
            self._desk.uses.log(Use(number, self._desk.today, file, school, "R. Osei"))
        self._window.desk_shell.show_uses(number)
        self._picture("uses")

    def _picture(self, name: str) -> None:
        if self._theme != THEMES[0] and name not in IN_BOTH:
            return
        for _ in range(8):
            self._app.processEvents()
        self._window.grab().save(str(HERE / f"{name}_{self._theme}.png"))


def _agreements(desk: Desk) -> Iterator[Agreement]:
    """Some partners: the first has ended, the others hold for years, so that the picture stays the same."""
    settled = {"requester": "provider", "provider-who": "partner", "purpose": "school-service"}
    parties = (("Valley Bus Company", _soon(desk)), ("Bright Path Tutoring", "2098-06-30"), ("MathApp", "2099-06-30"))
    for party, ends in parties:
        yield Agreement(
            "", party, basis="ferpa-school-official-outsourced", items=("name", "grades"), ends=ends, answers=settled
        )


def _soon(desk: Desk) -> str:
    """A day that Home shows as due: the same each year, since it has passed."""
    return f"{desk.today[:4]}-01-01"


if __name__ == "__main__":
    sys.exit(main())
