"""The readers of what people work at: drafts, requests passed on, lines of a search and of an interview."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import suppress
from pathlib import Path

from ferpa_wizard.cli.interview import JsonTalk, hold
from ferpa_wizard.core.log_search import MOST, read_search
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.requests.draft import to_json
from ferpa_wizard.requests.errors import DraftError, RequestsError
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.passing import read_passed
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import changed, waiting_decision
from tests.ledger.samples import NOW
from tests.stress.spoiled import seeds
from tests.stress.spoiled.guard import Makers, Reader

_LINES = (
    b'tutoring "consent form" outcome:not-now,declined -by:"A. Registrar" after:2026-07 before:2027', b"is:overdue review:due desk:ab layer:district",
    b'basis:consent asked:none item:grades figure:blamed took:1-3-days late:8-30-days missing:st.1', b'"a ""b"" c" school:"Hill, Valley" verdict:consent',
)  # fmt: skip
_INTERVIEW = (
    b'{"answer": "group"}\n{"answer": ["grades"]}\n{"answer": "service"}\n{"back": true}\n{"change": "items"}\n{"answer": "written"}\n',
    b'{"answer": "family"}\n{"answer": "yes"}\n{"answer": []}\n',
)


def _draft(folder: Path) -> Reader:
    """A draft among the others, then opened, walked, and looked at as a window does."""
    desk = seeds.a_desk(folder / "home")
    file = folder / "home" / "drafts" / f"{seeds.DRAFT}.json"
    made = seeds.drafts(folder)

    def read(data: bytes) -> None:
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        for row in desk.drafts():
            _looked_at(desk.open_draft(row.id))
        if problems := desk.problems():
            raise DraftError(problems[0])

    return Reader("draft", read, (RequestsError, LedgerError), made, "json")


def _looked_at(request: Request) -> None:
    found = request.so_far
    assert request.title is not None
    request.rail(), request.panel(), request.page(), request.check_rows(), request.unsure(), request.choices()
    for then in (request.draft.waiting, request.draft.passed_on):
        if then:
            changed(then["found"], found, "then")
    if decision := waiting_decision(request):
        request.problems(decision), request.questions(decision)
    request.questions_of(request.intake)
    json.dumps(to_json(request.draft))


def _passed(folder: Path) -> Reader:
    desk, file = seeds.a_desk(folder / "home"), folder / "passed.json"
    made = seeds.passed_on(folder)

    def read(data: bytes) -> None:
        file.write_bytes(data)
        request = desk.take_over(read_passed(file))
        _looked_at(request)
        desk.discard(request.id)

    return Reader("request passed on", read, (RequestsError,), made, "json")


def _search(folder: Path) -> Reader:
    """A line of a search, as it is typed, read and put to the index."""
    book = _book(seeds.ledger_in(folder / "log"))

    def read(data: bytes) -> None:
        search = read_search(data.decode("utf-8", "surrogateescape"))
        again = str(search)
        assert len(again) > MOST or read_search(again).filters == search.filters
        book.count(search)
        book.page(search, order="asked")

    return Reader("line of a search", read, (), _LINES)


def _book(home: Path) -> LogBook:
    from ferpa_wizard.ledger.ledger import Ledger

    ledger = Ledger.open(home, now=NOW, readonly=True)
    book = LogBook(home, lambda: ledger, lambda: NOW)
    book.catch_up()
    return book


def _interview(folder: Path) -> Reader:
    """What another program says to the interview, line by line."""
    desk = seeds.a_desk(folder / "home")

    def read(data: bytes) -> None:
        out = io.StringIO()
        with suppress(EOFError):  # the other program went
            hold(desk.unsaved(), JsonTalk(io.StringIO(data.decode("utf-8", "surrogateescape")), out), seal=False)
        assert all(isinstance(json.loads(line), dict) for line in out.getvalue().split("\n")[:-1])

    return Reader("lines of an interview", read, (), _INTERVIEW)


DESK: Makers = {
    "draft": _draft,
    "passed-on": _passed,
    "search": _search,
    "interview": _interview,
}
