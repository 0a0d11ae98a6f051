"""Takes the pictures of the README: the program itself, on a shipped example."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ferpa_wizard import paths
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.desk import Desk

HERE = Path(__file__).parent
SIZE = (1024, 700)
QUESTION = "school-control"


def main() -> int:
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as folder:
            _take(Path(folder), theme)
    return 0


def _take(folder: Path, theme: str) -> None:
    app = application()
    data = paths.data()
    desk = Desk.open(folder, profile=data / "rules/profiles/example.yaml")
    example = data / "rules/examples/first-run.yaml"
    answers = read_answers(example.read_bytes(), example.name, desk.pack)
    window = open_window(app, desk, data / RESOURCES)
    window.desk_shell.look.use(theme, 100)
    window.resize(*SIZE)
    window.show()

    def picture(name: str) -> None:
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(HERE / f"{name}_{theme}.png"))

    picture("home")
    window.start()
    request = window.request_shell.request
    for question, answer in answers.items():
        if question == QUESTION:
            window.request_shell.open(request)
            picture("question")
        request.answer(answer)
    window.request_shell.open(request)
    picture("result")
    window.close()
    window.deleteLater()
    desk.close()


if __name__ == "__main__":
    sys.exit(main())
