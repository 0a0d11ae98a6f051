"""The register of agreements as a table for a spreadsheet, and back, exactly."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from ferpa_wizard.core.agreement import Agreement, may_settle
from ferpa_wizard.core.agreements import agreements_of, by_end
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import MOST_MISTAKES, AgreementsError, Mistake
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.strict_yaml import MAX_BYTES, Node
from ferpa_wizard.ledger.columns import cell

LISTS = ("schools", "items")
COLUMNS = ("id", "party", "schools", "basis", "items", "signed", "ends", "destroy")
_NONE = "(none)"  # a question that was answered with an empty list; an empty cell is no answer
_BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for an old encoding
_MARK = "'"  # stands before what a spreadsheet would take for a formula


def to_csv(agreements: Iterable[Agreement], pack: Pack) -> bytes:
    """One row for each; a column for each question that an agreement can settle, lists with one entry a line."""
    out = io.StringIO()
    questions = _questions(pack)
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *questions])
    for agreement in by_end(agreements):
        own = [getattr(agreement, name) for name in COLUMNS]
        said = [_said(agreement.answers.get(name)) for name in questions]
        writer.writerow([*map(_cell, own), *map(_cell, said)])
    return (_BOM + out.getvalue()).encode()


def from_csv(data: bytes, file: str, pack: Pack) -> list[Agreement]:
    """The agreements in such a table, its columns in any order. Raises AgreementsError, each mistake at its line."""
    mistakes: list[Mistake] = []
    rows = list(_rows(data, file, mistakes))
    head = rows[0][1] if rows else []
    _check_head(head, file, _questions(pack), mistakes)
    for line, cells in rows[1:]:
        if len(cells) != len(head):
            what = f"The row has {len(cells)} cells, and the first line {len(head)}."
            mistakes.append(Mistake(file, line, what, "Give each row a cell for each column."))
        if len(mistakes) >= MOST_MISTAKES:
            break
    found: list[Agreement] = []
    if not mistakes:
        nodes = (_node(dict(zip(head, cells, strict=True)), line, pack) for line, cells in rows[1:])
        blocks = (Block(node, file, mistakes) for node in nodes)
        found = agreements_of(takewhile(lambda _: len(mistakes) < MOST_MISTAKES, blocks), pack)
    if mistakes:
        raise AgreementsError(mistakes)
    return found


def _questions(pack: Pack) -> list[str]:
    """In the order of the rules, so that the table reads like a request."""
    settled = may_settle(pack)
    return [name for name in (*pack.questions, *pack.checklists) if name in settled]


def _rows(data: bytes, file: str, mistakes: list[Mistake]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; empty ones are left out."""
    if len(data) > MAX_BYTES:
        mistakes.append(Mistake(file, 1, f"The file has more than {MAX_BYTES // 1024 // 1024} MiB.", "Split it."))
        return
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        mistakes.append(Mistake(file, line, "The file is not UTF-8 text.", "Save it as CSV UTF-8."))
        return
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, [text.removeprefix(_MARK) for text in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        mistakes.append(Mistake(file, begins, f"This is not readable CSV: {error}.", "Look at the quotes."))


def _check_head(head: Sequence[str], file: str, questions: Sequence[str], mistakes: list[Mistake]) -> None:
    known = (*COLUMNS, *questions)
    for name, times in Counter(head).items():
        if len(mistakes) >= MOST_MISTAKES:
            return
        if name not in known:
            mistakes.append(Mistake(file, 1, f"The column “{name[:60]}” is not known.", f"Known: {', '.join(known)}."))
        elif times > 1:
            mistakes.append(Mistake(file, 1, f"The column “{name}” stands twice.", "Keep one."))
    if not head and not mistakes:
        mistakes.append(Mistake(file, 1, "The file is empty.", f"Write the columns: {', '.join(COLUMNS)}."))


def _node(cells: Mapping[str, str], line: int, pack: Pack) -> Node:
    """A row as the reader of the register takes it; what is empty is left out."""
    own: dict[str, Node] = {}
    said: dict[str, Node] = {}
    for name, text in cells.items():
        if text:
            if name in COLUMNS:
                own[name] = _list(text.splitlines(), line) if name in LISTS else Node(text, line)
            elif _takes_list(name, pack):
                said[name] = _list([] if text == _NONE else text.splitlines(), line)
            else:
                said[name] = Node(text, line)
    answers = Node(said, line, dict.fromkeys(said, line))
    return Node({**own, "answers": answers}, line, dict.fromkeys((*own, "answers"), line))


def _takes_list(name: str, pack: Pack) -> bool:
    return name in pack.checklists or (name in pack.questions and pack.questions[name].kind in ("many", "items"))


def _list(entries: Sequence[str], line: int) -> Node:
    return Node([Node(entry, line) for entry in entries], line)


def _said(answer: Answer | None) -> object:
    return _NONE if answer == () else answer


def _cell(value: object) -> str:
    text = "\n".join(value) if isinstance(value, tuple) else str(value or "")
    return _MARK + text if text.startswith(_MARK) else cell(text)
