"""Presses through the shipped example in a real window and prints each time from press to paint, in ms."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.painted import Painted
from ferpa_wizard import paths
from ferpa_wizard.core.facts import Answers
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.requests.answers_file import read_answers
from ferpa_wizard.requests.desk import Desk

ROUNDS = 6


def main() -> None:
    app, data = application(), paths.data()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(Path(folder), profile=data / "rules/profiles/example.yaml")
        example = data / "rules/examples/first-run.yaml"
        answers = read_answers(example.read_bytes(), example.name, desk.pack)
        window = open_window(app, desk, data / RESOURCES)
        window.resize(1024, 700)
        window.show()
        window.start()
        # One request after the other in one window, as a day goes: what is made at its first use is in it.
        taken = [took for _ in range(ROUNDS) for took in _one_request(app, window, desk, answers)]
        window.close()
        desk.close()
    sys.stdout.write(json.dumps(taken) + "\n")


def _one_request(app: QApplication, window: Window, desk: Desk, answers: Answers) -> Iterator[float]:
    for count in range(len(answers)):
        whole = _open_at(app, window, desk, dict(list(answers.items())[: count + 1]))
        if whole and isinstance(window.request_shell.page, QuestionPage):
            yield _press(app, window)


def _open_at(app: QApplication, window: Window, desk: Desk, answers: Answers) -> bool:
    """Show the page of the last of these answers, with its answers ticked; no if it asks for more than these."""
    request = desk.new(answers)
    page = request.page()
    if page and page[0].id in answers:
        return False
    request.page_back()
    window.request_shell.open(request)
    for _ in range(5):
        app.processEvents()
    return True


def _press(app: QApplication, window: Window) -> float:
    """From the press of the first button to the next page painted; the answer is checked and saved in it."""
    before = window.request_shell.page
    button = before.footer.findChildren(Button)[0] if before is not None else None
    if before is None or button is None:
        raise RuntimeError("no page to answer")
    painted = Painted(window)
    started = time.perf_counter()
    button.click()
    page = window.request_shell.page
    if page is None or page is before:
        raise RuntimeError("the answer was not taken")
    painted.wait(app)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
