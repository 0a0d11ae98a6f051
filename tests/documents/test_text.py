"""The plain text as a mail program, a clipboard and a screen reader take it."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    texts,
)
from ferpa_wizard.documents.text import WIDTH, columns, to_text
from tests.documents.samples import CHOICES, VERDICTS, Body, combination, refused, tutoring
from tests.documents.sheets import AT, everything, record, squeezed

HOSTILE = (
    '=HYPERLINK("http://example.org","x") +1 -1 @x',
    "<img src=x onerror=alert(1)> &amp; [x] | > # --",
    "שלום עולם مرحبا",
    "👩‍👩‍👧 🎓",
    "中文",
    "e\u0301 \u0302",
    "_x0041_ {{ 7*7 }} %s \\n ‹U+0000›",
)


def text_of(*blocks: Block, masthead: str = "", footer: str = "") -> str:
    return to_text(Document("Title", "en", AT, masthead, footer, blocks))


@pytest.mark.parametrize("body", [tutoring(), refused()], ids=["tutoring", "refused"])
def test_every_text_is_there_and_no_line_is_too_long(body: Body) -> None:
    said = to_text(record(body))
    for text in texts(record(body)):
        assert squeezed(text) in squeezed(said)
    assert all(len(line) <= WIDTH for line in said.splitlines())
    assert not any(line.endswith(" ") for line in said.splitlines())
    assert said.endswith("\n")
    assert not said.endswith("\n\n")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_can_be_said(verdict: str) -> None:
    choice = CHOICES[VERDICTS.index(verdict) % len(CHOICES)]
    assert f"The label of {verdict}" in to_text(record(combination(verdict, choice)))


def test_parts_stand_in_reading_order_with_a_line_between() -> None:
    said = text_of(Heading(1, "One"), Paragraph("Two"), Heading(2, "Three"), masthead="Top", footer="Foot")
    assert said.split("\n\n") == ["Top", "One\n===", "Two", "Three\n-----", f"{'-' * WIDTH}\nFoot\n"]


def test_a_heading_is_underlined_as_wide_as_it_is() -> None:
    assert text_of(Heading(2, "a 中")) == "a 中\n----\n"
    assert text_of(Heading(3, "abc")) == text_of(Heading(6, "abc")) == "abc\n~~~\n"
    first, second, under = text_of(Heading(1, "word " * 20)).splitlines()
    assert under == "=" * max(len(first), len(second))


def test_long_text_is_wrapped_between_words() -> None:
    words = [f"word{number}" for number in range(100)]
    said = text_of(Paragraph(" ".join(words)))
    assert said.split() == words
    lines = said.splitlines()
    assert all(len(line) <= WIDTH for line in lines)
    assert all(len(line) + 1 + len(after.split()[0]) > WIDTH for line, after in pairwise(lines))


def test_a_word_without_an_end_is_broken_and_not_lost() -> None:
    said = text_of(Paragraph("k" * 65536))
    assert said.replace("\n", "") == "k" * 65536
    assert max(map(len, said.splitlines())) == WIDTH


def test_wide_letters_count_twice_and_accents_not_at_all() -> None:
    assert columns("a中e\u0301👩") == 6
    lines = text_of(Paragraph("中" * 100)).splitlines()
    assert [len(line) for line in lines] == [39, 39, 22]
    assert len(text_of(Paragraph("e\u0301" * 100)).splitlines()[0]) == 2 * WIDTH


def test_facts_are_aligned_and_long_values_stay_behind_their_names() -> None:
    said = text_of(Pairs((Pair("By", "Maria Lopez", "As typed."), Pair("Explanation", "word " * 20))))
    assert said.splitlines()[:3] == [
        "By:          Maria Lopez",
        "             As typed.",
        f"Explanation: {'word ' * 13}".rstrip(),
    ]
    assert said.splitlines()[3] == " " * 13 + ("word " * 7).rstrip()


def test_a_long_name_stands_above_its_value() -> None:
    name = "The name of something that is far too long"
    assert text_of(Pairs((Pair(name, "value"), Pair("Short", "one")))).splitlines() == [
        f"{name}:",
        " " * 25 + "value",
        "Short:".ljust(25) + "one",
    ]


def test_a_row_of_a_table_says_the_column_before_each_value() -> None:
    rows = ((Cell("Name"), Cell("Yes", "By another way", Tone.YES)), (Cell("Meals"), Cell("")))
    assert text_of(Table(("Data", "Can it be shared?"), rows, (1, 1))).splitlines() == [
        "Data:             Name",
        "Can it be shared? Yes",
        "                  By another way",
        "",
        "Data:             Meals",
        "Can it be shared?",
    ]


def test_tasks_have_a_box_that_shows_if_they_are_done() -> None:
    tasks = (Task("Sign " * 20, "34 CFR 99.30", "To do"), Task("Send", done=True))
    assert text_of(Checklist(tasks)).splitlines() == [
        "[ ] " + ("Sign " * 15).rstrip(),
        "    " + "Sign " * 5 + "(To do)",
        "    34 CFR 99.30",
        "[x] Send",
    ]


def test_a_callout_is_set_in_and_the_main_one_is_marked() -> None:
    callout = Callout(Tone.YES, "label", "text", "note")
    assert text_of(callout).splitlines() == ["label", "    text", "    note"]
    lead = Callout(Tone.YES, "label", "text", lead=True)
    assert text_of(lead).splitlines() == ["*" * WIDTH, "label", "    text", "*" * WIDTH]


def test_nothing_is_said_of_empty_parts() -> None:
    assert (
        text_of(Paragraph("a"), Paragraph(""), Paragraph("  "), Pairs(()), Checklist(()), Paragraph("b")) == "a\n\nb\n"
    )


def test_lines_of_a_text_stay_lines() -> None:
    assert text_of(Paragraph("one\r\ntwo\n\nthree\tfour")) == "one\ntwo\n\nthree four\n"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_literal_in_every_place(text: str) -> None:
    document = everything(text)
    assert squeezed(to_text(document)).count(squeezed(text)) >= len(list(texts(document)))


@pytest.mark.parametrize(
    "mark",
    ["\0", "\x01", "\x1b", "\x7f", "\x85", "\v", "\ud800", "\u200b", "\u2028", "\ufeff"]
    + [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }]
    + ["\u200e", "\u200f", "\u061c"],
    ids=lambda mark: f"{ord(mark):04X}",
)  # fmt: skip
def test_what_hides_or_reorders_is_named(mark: str) -> None:
    document = everything(f"a{mark}b")
    said = to_text(document)
    assert mark not in said
    assert said.count(f"a‹U+{ord(mark):04X}›b") >= len(list(texts(document)))
    said.encode("utf-8")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(st.characters(), max_size=300))
def test_any_text_can_be_said_in_narrow_lines(text: str) -> None:
    said = to_text(everything(text))
    assert all(columns(line) <= WIDTH for line in said.split("\n"))
    said.encode("utf-8")


@pytest.mark.parametrize("text", ["a" * 65536, "word " * 13107, "中" * 65536, "\u0301" * 65536, "\n" * 65536])
def test_long_text_is_whole(text: str) -> None:
    assert squeezed(text) in squeezed(text_of(Paragraph(text), Paragraph("end")))
