"""A document as a Word file (DOCX) that people can edit, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile, ZipInfo

from ferpa_wizard.documents.characters import visible
from ferpa_wizard.documents.document import (
    Block,
    Callout,
    Cell,
    Checklist,
    Document,
    Heading,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Task,
    Tone,
)
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.pdf import PaperSize
from ferpa_wizard.paths import data

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as Line

# In twentieths of a point. The empty file in resources/papers/docx holds the margins and styles.
_SIZES: Mapping[PaperSize, tuple[int, int]] = {"us-letter": (12240, 15840), "a4": (11906, 16838)}
# Word checks spelling only for a language of a country.
_LANGUAGES = {"en": "en-US", "es": "es-US"}
_LONGEST_TITLE = 255  # of the title in the file's properties
_DEEPEST_HEADING = 6
_LONG_ROW = 1200  # letters from which a row may run over the page
_BOXES = {True: "☑", False: "☐"}


def to_docx(document: Document, *, paper: PaperSize) -> bytes:
    """The Word file: styles, characters and tables only, nothing that runs, computes or fetches.

    DocumentError when it cannot be made; nothing is written.
    """
    try:
        word = _empty(data() / "resources" / "papers")
    except ImportError as missing:
        raise _refused("a part of the program is missing") from missing
    except (OSError, LookupError, ValueError, SyntaxError) as unreadable:
        raise _refused("a part of the program could not be read") from unreadable
    at = _within(document.at)
    _describe(word, document, at)
    _lay_out(word, document, _SIZES[paper])
    for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=False):
        _add(word, block, after)
        if _runs_into(block, after):
            word.add_paragraph(style="Gap")
    _mark_tables(word)
    return _packed(word, at)


def _refused(why: str) -> DocumentError:
    return DocumentError(
        f"The Word file was not made: {why}. Your record is safe. Save it as HTML instead, which says the same."
    )


def _empty(papers: Path) -> Word:
    """A file without text, with all our styles."""
    import docx

    tones: Mapping[str, Mapping[str, str]] = json.loads((papers / "tones.json").read_text(encoding="utf-8"))
    folder = papers / "docx"
    (folder / "[Content_Types].xml").stat()  # python-docx names a missing folder in an error of its own
    word = docx.Document(str(folder))
    for tone in Tone:
        _add_tone(word, tone, ink=tones[tone]["ink"].lstrip("#"), tint=tones[tone]["tint"].lstrip("#"))
    return word


def _add_tone(word: Word, tone: Tone, *, ink: str, tint: str) -> None:
    """A style for words that name a state, and one for paragraphs in a frame."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    state = word.styles.add_style(_state(tone), WD_STYLE_TYPE.CHARACTER)
    state.font.bold, state.font.color.rgb = True, RGBColor.from_string(ink)
    frame = word.styles.add_style(_frame(tone), WD_STYLE_TYPE.PARAGRAPH)
    frame.base_style = word.styles["Callout"]
    border = {"val": "single", "sz": "6", "color": ink}
    sides = (("top", "8"), ("left", "10"), ("bottom", "8"), ("right", "10"))
    around = _element("pBdr", *(_element(side, **border, space=space) for side, space in sides))
    properties = frame.element.get_or_add_pPr()
    properties.extend((around, _element("shd", val="clear", color="auto", fill=tint)))


def _element(name: str, *children: object, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})
    element.extend(children)
    return element


def _state(tone: Tone) -> str:
    return f"State {tone.value}"


def _frame(tone: Tone) -> str:
    return f"Callout {tone.value}"


def _within(at: datetime) -> datetime:
    """The time in UTC, as near as a zip file can hold it."""
    earliest, latest = (datetime(year, 1, 1, tzinfo=UTC) for year in (1980, 2107))
    return min(max(at, earliest), latest).astimezone(UTC)


def _describe(word: Word, document: Document, at: datetime) -> None:
    title = visible(document.title)
    properties = word.core_properties
    properties.title = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    properties.author = properties.last_modified_by = "FERPA Wizard"
    properties.language = document.language
    properties.created = properties.modified = at


def _lay_out(word: Word, document: Document, size: tuple[int, int]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Twips

    (language,) = word.styles.element.xpath("w:docDefaults//w:lang")
    language.set(qn("w:val"), _LANGUAGES.get(document.language, document.language))
    section = word.sections[0]
    section.page_width, section.page_height = map(Twips, size)
    foot = section.footer.paragraphs[0]
    if document.watermark:  # in the footer for every page, and in the text for whoever has it read aloud
        _say(word.add_paragraph(style="Masthead"), document.watermark, _state(Tone.NO))
        _say(foot, document.watermark, _state(Tone.NO))
        foot.add_run().add_break()
    _say(foot, document.footer)
    if document.masthead:
        _say(word.add_paragraph(style="Masthead"), document.masthead)


def _say(line: Line, text: str, style: str | None = None) -> None:
    """Every text of the document goes through here into the file."""
    line.add_run(visible(text), style)


def _add(word: Word, block: Block, after: Block | None) -> None:
    match block:
        case Heading():
            _say(word.add_paragraph(style=f"Heading {min(block.level, _DEEPEST_HEADING)}"), block.text)
        case Paragraph():
            line = word.add_paragraph()
            line.paragraph_format.keep_with_next = isinstance(after, Table | Checklist | Pairs) or None
            _say(line, block.text)
        case Pairs():
            for row in block.rows:
                _add_pair(word, row)
        case Checklist():
            for task in block.tasks:
                _add_task(word, task)
        case Callout():
            _add_callout(word, block)
        case Table():
            _add_table(word, block)


def _runs_into(block: Block, after: Block | None) -> bool:
    """Without a line between, Word makes one table of two, and one frame of two."""
    return isinstance(block, Table) or (isinstance(block, Callout) and isinstance(after, Callout))


def _add_pair(word: Word, row: Pair) -> None:
    line = word.add_paragraph(style="Fact")
    _say(line, row.term, "Term")
    line.add_run().add_tab()
    _say(line, row.value)
    _add_note(line, row.note)


def _add_task(word: Word, task: Task) -> None:
    line = word.add_paragraph(style="Task")
    _say(line, _BOXES[task.done])
    line.add_run().add_tab()
    _say(line, task.text, "Duty")
    if task.state:
        _say(line, "  ")
        _say(line, task.state, "Note" if task.done else _state(Tone.STEPS))
    _add_note(line, task.note)


def _add_note(line: Line, note: str) -> None:
    if note:
        line.add_run().add_break()
        _say(line, note, "Note")


def _add_callout(word: Word, callout: Callout) -> None:
    """Up to three paragraphs: neighbours of one style stand in one frame."""
    from docx.shared import Pt

    texts = ((callout.label, _state(callout.tone)), (callout.text, "Lead" if callout.lead else None))
    lines = []
    for text, style in (*texts, (callout.note, None)):
        if text:
            line = word.add_paragraph(style=_frame(callout.tone))
            line.paragraph_format.keep_with_next = True
            _say(line, text, style)
            lines.append(line)
    if lines:
        lines[0].paragraph_format.space_before = Pt(12)
        lines[-1].paragraph_format.space_after = Pt(12)
        lines[-1].paragraph_format.keep_with_next = None


def _add_table(word: Word, block: Table) -> None:
    table = word.add_table(1 + len(block.rows), len(block.header), "Paper Table")
    table.autofit = False
    columns: Any = table.columns
    rows: Any = table.rows
    whole = sum(column.width for column in columns)
    widths = [whole * share // sum(block.widths) for share in block.widths]
    for column, width in zip(columns, widths, strict=True):
        column.width = width
    header, style = tuple(map(Cell, block.header)), "Table Dense" if block.dense else "Table Text"
    for place, (row, cells) in enumerate(zip(rows, (header, *block.rows), strict=True)):
        for at, cell, width in zip(row.cells, cells, widths, strict=True):
            at.width = width
            _fill(at, cell, style if place else "Table Head")


def _fill(at: Any, cell: Cell, style: str) -> None:
    line = at.paragraphs[0]
    line.style = style
    _say(line, cell.text, _state(cell.tone) if cell.tone else None)
    if cell.note:
        _say(at.add_paragraph(style="Table Note"), cell.note)


def _mark_tables(word: Word) -> None:
    """The first row of a table stands on each of its pages, and a short row on one page only."""
    for table in word.element.body.tbl_lst:
        for row in table.tr_lst:
            if sum(map(len, row.itertext())) <= _LONG_ROW:
                row.get_or_add_trPr().append(_element("cantSplit"))
        table.tr_lst[0].get_or_add_trPr().append(_element("tblHeader"))


def _packed(word: Word, at: datetime) -> bytes:
    """The file, each part with this time and uncompressed: what zlib writes differs by version."""
    saved, fixed = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as parts, ZipFile(fixed, "w") as pack:
        for name in parts.namelist():
            entry = ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.create_system = 0  # else it names the system that it was made on
            pack.writestr(entry, parts.read(name))
    return fixed.getvalue()
