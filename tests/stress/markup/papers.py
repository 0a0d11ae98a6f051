"""Every paper and every export of records that are full of payloads, and their texts as another program reads them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.requests.board import school_years, writing_board
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.exporting import Format, Wanted
from ferpa_wizard.requests.papers import write_papers
from ferpa_wizard.requests.steps import whole
from ferpa_wizard.requests.tree import save_tree
from tests.stress.markup.payloads import altered, marked
from tests.stress.parts import Tally

WRONG = "papers shown otherwise"
Write = Callable[[], Sequence[Path]]
EXPORTS: tuple[Format, ...] = ("csv", "xlsx", "pdf", "jsonl", "bundle")
FORMATS = ("pdf", "html", "docx", "txt", "csv")
FORMULA = "=1+1"
_FOOT = re.compile(r"^.*Page \d+ of \d+$", re.MULTILINE)
_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_ACTIVE = {"script", "img", "iframe", "link", "object", "base", "image", "a"}


def check(desk: Desk, numbers: Iterable[str], folder: Path, tally: Tally) -> None:
    """Write all that can be written of these records, and count the payloads in it."""
    folder.mkdir()
    desk.book.catch_up()
    for write in (*_papers(desk, numbers, folder), *_exports(desk, folder)):
        try:
            made = write()
        except (DocumentError, RequestsError) as error:
            tally.wrong(WRONG, str(error))
            continue
        for file in made:
            tally.count("papers and exports")
            for number, instead in altered(_texts(file, tally), spaced=False, columns=file.suffix == ".pdf"):
                tally.count("shown on papers")
                if instead:
                    tally.wrong(WRONG, f"{file.name}, payload {number}: {instead}")


def _papers(desk: Desk, numbers: Iterable[str], folder: Path) -> Iterator[Write]:
    for number in numbers:
        (place := folder / number).mkdir()
        files = [marked(1), FORMULA]
        yield partial(write_papers, desk.record(number), place, FORMATS, files=files, home=desk.home)


def _exports(desk: Desk, folder: Path) -> Iterator[Write]:
    for form in EXPORTS:
        yield partial(_export, desk, form, folder)
    year = school_years(desk.book.queries.span(Search())[0], desk.now().date())[0]
    yield lambda: [whole(writing_board(desk, year, folder / "board.pdf"))]
    for suffix in ("pdf", "html", "docx", "txt"):
        yield partial(_tree, desk, folder / f"tree.{suffix}")


def _export(desk: Desk, form: Format, folder: Path) -> list[Path]:
    out = folder / f"log.{'zip' if form == 'bundle' else form}"
    whole(desk.exports.exporting(Wanted(form, Search() if form == "pdf" else None), out))
    return [out]


def _tree(desk: Desk, out: Path) -> list[Path]:
    return [save_tree(desk.pack, out, home=desk.home)]


# -- as other programs read them -------------------------------------------------------------


def _texts(file: Path, tally: Tally) -> list[str]:
    readers: dict[str, Callable[[Path], list[str]]] = {
        ".pdf": _pdf, ".html": lambda file: _web(file, tally), ".docx": _word, ".txt": _plain, ".csv": lambda file: _rows(file, tally),
        ".xlsx": lambda file: _sheet(file, tally), ".ics": _calendar, ".jsonl": _json, ".zip": _bundle,
    }  # fmt: skip
    return readers[file.suffix](file)


def _pdf(file: Path) -> list[str]:
    """In the order in which it was set, without what is at the foot of each page."""
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return [_FOOT.sub("", done.stdout.decode("utf-8", "replace"))]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.active: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE and not any(value and value.startswith("#") for _, value in attrs):
            self.active.append(tag)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _web(file: Path, tally: Tally) -> list[str]:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    for tag in page.active:
        tally.wrong(WRONG, f"{file.name} has an element {tag}")
    return ["".join(page.said)]


def _word(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as parts:
        text = parts.read("word/document.xml").decode()
    return ["".join(html.unescape(part) for part in re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", text))]


def _plain(file: Path) -> list[str]:
    return [file.read_text(encoding="utf-8")]


def _rows(file: Path, tally: Tally) -> list[str]:
    text = file.read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    for cell in cells:
        if cell.startswith(_BEGINS):
            tally.wrong(WRONG, f"{file.name} has a cell that starts a formula: {cell[:60]}")
    return cells


def _sheet(file: Path, tally: Tally) -> list[str]:
    with zipfile.ZipFile(file) as parts:
        names = [name for name in parts.namelist() if name.endswith((".xml", ".rels"))]
        every = {name: parts.read(name).decode() for name in names}
    if any(re.search(r"<f[ >]", text) or 'TargetMode="External"' in text for text in every.values()):
        tally.wrong(WRONG, f"{file.name} has a formula or a link")
    cells = [part for text in every.values() for part in re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", text)]
    return [html.unescape(cell) for cell in cells]


def _calendar(file: Path) -> list[str]:
    text = re.sub(r"\r?\n[ \t]", "", file.read_text(encoding="utf-8"))
    return [re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line) for line in text.splitlines()]


def _json(file: Path) -> list[str]:
    return [text for line in file.read_text(encoding="utf-8").splitlines() for text in _strings(json.loads(line))]


def _bundle(file: Path) -> list[str]:
    """Names of the files in it: what they hold are the sealed bytes themselves."""
    with zipfile.ZipFile(file) as parts:
        return parts.namelist()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in _strings(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in _strings(inner))


# -- weaknesses to be found ------------------------------------------------------------------


def _no_escapes() -> None:
    """Web pages are made without escaping."""
    import jinja2

    made = jinja2.Environment.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        made(self, *args, **{**kwargs, "autoescape": False})

    jinja2.Environment.__init__ = init  # type: ignore[method-assign]


def _evaluated() -> None:
    """Texts of a PDF are evaluated as Typst."""
    import typst

    compiled = typst.compile

    def compile_weak(file: Path, **options: Any) -> Any:
        weak = '#show regex("7Q\\d\\d:.*?:Q7"): it => eval(it.text, mode: "markup")\n'
        text = file.read_text(encoding="utf-8").replace("#let tones", f"{weak}#let tones", 1)
        return compiled(text.encode(), **options)

    typst.compile = compile_weak  # type: ignore[assignment]


WEAKNESSES: dict[str, Callable[[], None]] = {"no-escapes": _no_escapes, "evaluated": _evaluated}
