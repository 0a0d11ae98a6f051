"""One request walked in a real window, sealed and printed: does it work on this computer?"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from ferpa_wizard import paths
from ferpa_wizard.desktop.app import RESOURCES, application, open_window
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckRow
from ferpa_wizard.desktop.controls.fields import LineField
from ferpa_wizard.desktop.failures import Failures
from ferpa_wizard.desktop.pages.check import CheckPage
from ferpa_wizard.desktop.pages.decision import DecisionPage
from ferpa_wizard.desktop.pages.field import FieldQuestion
from ferpa_wizard.desktop.pages.items import ItemsQuestion
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.question import Question
from ferpa_wizard.desktop.pages.question_page import QuestionPage
from ferpa_wizard.desktop.pages.result import ResultPage
from ferpa_wizard.desktop.pages.saved import SavedPage
from ferpa_wizard.desktop.room import PAPER_ERRORS, STORE_ERRORS
from ferpa_wizard.desktop.window import Window
from ferpa_wizard.documents.pdf import to_pages
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.papers import paper, write_papers
from ferpa_wizard.requests.sealed import Sealed

Check = tuple[str, bool, str]
MOST_PAGES = 80  # a walk that is longer goes round in circles


def self_test(desk: Desk, resources: Path | None = None) -> list[Check]:
    """Walk one request on `desk` and seal it; what was tried, whether it went well, and what was seen."""
    app = application()
    failures = Failures()
    told: list[str] = []
    failures.happened.connect(told.append)
    failures.watch()
    window = open_window(app, desk, resources or paths.data() / RESOURCES)
    try:
        window.show()
        app.processEvents()
        checks = [("window", window.isVisible(), f"opened on {app.platformName()}")]
        checks += _walk(app, window, desk)
        checks.append(("no failures", not told, "; ".join(told) or "none"))
        return checks
    finally:
        failures.unwatch()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _walk(app: QApplication, window: Window, desk: Desk) -> list[Check]:
    asked = _answer_all(app, window)
    page = window.request_shell.page
    checks: list[Check] = [("questions", asked > 0, f"{asked} answered")]
    if isinstance(page, CheckPage):
        page = _press(app, window)
    if not isinstance(page, ResultPage):
        return [*checks, ("result", False, f"not reached; the page is {page.title if page else 'missing'}")]
    checks.append(("result", True, page.title))
    page = _press(app, window)
    if isinstance(page, DecisionPage):
        _decide(page)
        page = _press(app, window)
    if not isinstance(page, SavedPage):
        return [*checks, ("record", False, str(desk.misplaced or "The decision was not saved."))]
    return [*checks, *_record(desk)]


def _answer_all(app: QApplication, window: Window) -> int:
    window.start()
    app.processEvents()
    for asked in range(MOST_PAGES):
        page = window.request_shell.page
        if not isinstance(page, QuestionPage):
            return asked
        for question in page.questions:  # grows as the answers bring up others
            _answer(question)
        _press(app, window)
    return MOST_PAGES


def _answer(question: Question) -> None:
    if isinstance(question, FieldQuestion):
        for field, text in zip(question.findChildren(LineField), ("12", "31", "2030"), strict=False):
            field.setText(text)
        return
    kind = CheckRow if isinstance(question, ItemsQuestion) else QAbstractButton
    options = [button for button in question.options.findChildren(kind) if button.isEnabled()]
    if not any(button.isChecked() for button in options):
        options[0].click()


def _decide(page: DecisionPage) -> None:
    fitting = [button for button in page.options.buttons if not button.accessibleDescription()]
    fitting[0].click()
    for field in page.findChildren(LineField):
        field.setText(field.text() or "Self-test")


def _press(app: QApplication, window: Window) -> Page | None:
    """Press the first button under the page; the page that follows."""
    page = window.request_shell.page
    if page is not None:
        page.footer.findChildren(Button)[0].click()
    app.processEvents()
    return window.request_shell.page


def _record(desk: Desk) -> list[Check]:
    try:
        row = desk.recent(1)[0]
        sealed = desk.record(row.number)
        verified = desk.verify()
    except STORE_ERRORS as error:
        return [("record", False, str(error))]
    checks: list[Check] = [
        ("record", True, f"{sealed.number}, seal {sealed.seal[:16]}"),
        ("ledger", verified.ok, verified.says),
    ]
    with tempfile.TemporaryDirectory(prefix="ferpa-wizard-") as folder:
        try:
            file = write_papers(sealed, Path(folder), ("pdf",))[0]
        except PAPER_ERRORS as error:
            return [*checks, ("paper", False, str(error))]
        head, size = file.read_bytes()[:5], file.stat().st_size
        checks.append(("paper", head == b"%PDF-", f"{file.name}, {size} bytes"))
        return [*checks, _printed(sealed, Path(folder) / "printed.pdf")]


def _printed(sealed: Sealed, file: Path) -> Check:
    """The record's pages on a printer that writes a file: the real ones need somebody to choose one."""
    from ferpa_wizard.desktop.printing import PPI, print_pages, printer_for

    pages = to_pages(paper(sealed, "record"), paper="us-letter", ppi=PPI)
    printer = printer_for("us-letter", sealed.number)
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    done = print_pages(printer, [pages])
    return "printing", done and file.exists(), f"{len(pages)} pages"
