"""The log over the chains of a home: what a line of text finds is what reading every record finds."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.entry import Entry, Header, body_hash
from ferpa_wizard.core.figures import ferpa_figure
from ferpa_wizard.core.later import superseding
from ferpa_wizard.core.log_facts import log_facts
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.review import Review, entry_of_review
from ferpa_wizard.ledger import log_index, log_tables
from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.errors import IndexFailed, LedgerDamaged
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.log_book import LogBook
from tests import many
from tests.copied import break_inside, copied

NOW = datetime(2026, 11, 27, tzinfo=UTC)
COUNT = 150
Body = dict[str, Any]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    many.fill(home, COUNT, minutes=60 * 24)
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "home", ignore=shutil.ignore_patterns("log-index*"))


@pytest.fixture
def open_book() -> Iterator[Callable[[Path], LogBook]]:
    opened: list[LogBook | Ledger] = []

    def open_one(home: Path) -> LogBook:
        ledger = Ledger.open(home, now=NOW)
        book = LogBook(home, lambda: ledger, lambda: NOW)
        opened.extend([book, ledger])
        book.catch_up()
        return book

    yield open_one
    for one in opened:
        one.close()


def decisions(home: Path) -> list[Entry]:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        return [entry for entry in ledger.every("decision") if not (entry.body or {}).get("restricted")]


def overdue(home: Path) -> set[str]:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        return {
            entry.body["record"] for entry in ledger.every("todo") if entry.body and entry.body["due"] < "2026-11-27"
        }


def basis(body: Body) -> Body:
    return body["determination"]["basis"] or {"id": "", "title": ""}


def figure(body: Body) -> str:
    decision = body["decision"]
    return ferpa_figure(body["determination"]["layers"]["ferpa"]["binding"], decision["choice"], decision["reasons"])


def has_word(body: Body, start: str) -> bool:
    return re.search(rf"\b{start}", log_facts(body).text, re.IGNORECASE) is not None


EXPECTED: dict[str, Callable[[Body], bool]] = {
    "": lambda body: True,
    "outcome:shared": lambda body: body["decision"]["choice"] == "share",
    "outcome:not-now,declined": lambda body: body["decision"]["choice"] in ("not-now", "do-not-share"),
    "-outcome:shared": lambda body: body["decision"]["choice"] != "share",
    "basis:consent": lambda body: "consent" in basis(body)["title"].lower() or basis(body)["id"] == "consent",
    "basis:ferpa-consent": lambda body: basis(body)["id"] == "ferpa-consent",
    "-basis:consent": lambda body: "consent" not in basis(body)["title"].lower(),
    "by:okafor": lambda body: "Okafor" in body["decision"]["by"]["name"],
    'by:"Dana Ruiz",moore': lambda body: body["decision"]["by"]["name"] in ("Dana Ruiz", "G. Moore"),
    "layer:district": lambda body: "district" in body["decision"]["reasons"],
    "layer:district layer:ferpa": lambda body: {"district", "ferpa"} <= set(body["decision"]["reasons"]),
    "item:grades": lambda body: any(row["id"] == "grades" for row in body["items"]),
    "figure:blamed": lambda body: figure(body) == "named-not-binding",
    "is:edited": lambda body: bool(body["changed_after_result"]),
    "is:differs outcome:shared": lambda body: body["decision"]["differs"] and body["decision"]["choice"] == "share",
    "verdict:consent": lambda body: body["determination"]["verdict"] == "consent",
    "after:2021-09 before:2021-10-15": lambda body: "2021-09-01" <= body["on"] < "2021-10-15",
    "subpoena": lambda body: has_word(body, "subpoena"),
    "SUBPOENA custody": lambda body: has_word(body, "subpoena") and has_word(body, "custody"),
    "subp cust": lambda body: has_word(body, "subp") and has_word(body, "cust"),
    '"asked about roster"': lambda body: body["request"]["words"].startswith("They asked about roster"),
    "nguyen": lambda body: "Nguyễn" in body["decision"]["by"]["name"],
}


def test_a_body_of_the_filled_log_is_written_as_it_is_whatever_was_written_before() -> None:
    for place in range(100):  # each lies where one that is gone lay, if the memory of one is taken again
        body = {**many.bodies()[0], "items": [{"id": str(place)}]}
        assert json.loads(many.text_of(body))["items"] == [{"id": str(place)}]


@pytest.mark.parametrize("line", EXPECTED, ids=[line or "everything" for line in EXPECTED])
def test_a_line_finds_what_reading_every_record_finds(
    line: str, filled: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book = open_book(filled)
    search = read_search(line)
    wanted = [entry.number for entry in decisions(filled) if EXPECTED[line](entry.body or {})]
    assert wanted and (len(wanted) < COUNT or not line)
    found = [row.number for row in book.page(search, limit=COUNT)]
    assert found == wanted[::-1]
    assert book.count(search) == len(wanted)
    assert [row.number for row in book.queries.every(search)] == wanted
    assert sum(one.decisions for one in book.queries.spread(search, "outcome")) == len(wanted)


def test_what_is_overdue_is_what_the_entries_say(filled: Path, open_book: Callable[[Path], LogBook]) -> None:
    wanted = overdue(filled)
    assert wanted
    assert {row.number for row in open_book(filled).page(read_search("is:overdue"))} == wanted


@pytest.mark.parametrize("order", ["date", "request", "asked", "basis", "outcome", "review"])
@pytest.mark.parametrize("up", [True, False])
def test_pages_hold_each_decision_once_in_whatever_order(
    order: str, up: bool, filled: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book, everything = open_book(filled), read_search("")
    pages = [book.page(everything, order=order, up=up, limit=40, offset=start) for start in range(0, COUNT, 40)]
    numbers = [row.number for page in pages for row in page]
    assert Counter(numbers) == Counter(entry.number for entry in decisions(filled))
    titles = [row.title.lower() for page in pages for row in page]
    if order == "request":
        assert titles == sorted(titles, reverse=not up)
    if order in ("asked", "basis"):  # as people read them
        labels = [getattr(row, order).lower() for page in pages for row in page]
        assert labels == sorted(labels, reverse=not up)
    if order == "outcome":
        places = [list(CHOICES).index(row.choice) for page in pages for row in page]
        assert places == sorted(places, reverse=not up)


def test_spreads_are_those_of_the_records(filled: Path, open_book: Callable[[Path], LogBook]) -> None:
    queries, bodies = open_book(filled).queries, [entry.body or {} for entry in decisions(filled)]
    spread = dict(queries.spread(read_search(""), "layer"))
    assert spread == Counter(layer for body in bodies for layer in body["decision"]["reasons"])
    spread = dict(queries.spread(read_search("outcome:not-now"), "figure"))
    assert spread == Counter(figure(body) for body in bodies if body["decision"]["choice"] == "not-now")
    pairs = {(one, asked): count for one, asked, count in queries.pairs(read_search(""))}
    assert sum(pairs.values()) == sum(1 for body in bodies if basis(body)["id"])


def test_what_comes_later_is_taken_in(home: Path, open_book: Callable[[Path], LogBook]) -> None:
    book = open_book(home)
    first = decisions(home)[0]
    with Ledger.open(home, now=NOW) as ledger:
        note = {"format": 1, "record": first.number, "says": "Zebras were mentioned.", "by": "X", "restricted": False}
        ledger.append("note", note, at=NOW)
        review = Review(first.number, "", first.seal, "agree", "", "X")
        ledger.append("review", entry_of_review(review, restricted=False), at=NOW)
        again = ledger.append("decision", first.body or {}, at=NOW)
    assert book.count(read_search("zebras")) == 0
    book.catch_up()
    assert [row.number for row in book.page(read_search("zebras"))] == [first.number]
    assert [row.number for row in book.page(read_search("review:agreed"))] == [first.number]
    assert book.page(read_search(""))[0].number == again.number


def test_the_order_is_that_of_the_sequence_whatever_the_clock_did(
    tmp_path: Path, open_book: Callable[[Path], LogBook]
) -> None:
    body = many.bodies()[0]
    hours = [0, 5, -3, 2, 2, 90, 1]
    with Ledger.open(tmp_path, now=NOW) as ledger:
        numbers = [ledger.append("decision", body, at=NOW + timedelta(hours=hour)).number for hour in hours]
    assert [row.number for row in open_book(tmp_path).page(read_search(""))] == numbers[::-1]


def test_restricted_decisions_are_only_counted(tmp_path: Path, open_book: Callable[[Path], LogBook]) -> None:
    body = {**many.bodies()[0], "restricted": True}
    with Ledger.open(tmp_path, now=NOW) as ledger:
        ledger.append("decision", body, at=NOW)
    book = open_book(tmp_path)
    assert book.count(read_search("")) == 0
    assert book.left_out().restricted == 1
    title = body["request"]["title"].encode()
    assert title not in (tmp_path / log_tables.NAME).read_bytes()


def test_an_entry_that_does_not_match_its_seal_is_not_listed(home: Path, open_book: Callable[[Path], LogBook]) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER bodies_keep")
        connection.execute("UPDATE bodies SET body = CAST(replace(body, 'They', 'Thex') AS BLOB) WHERE sequence = 1")
    book = open_book(home)
    assert book.count(read_search("")) == len(decisions(home)) - 1
    assert book.left_out().unfit == 1


def test_an_index_that_breaks_while_it_is_open_is_made_anew(home: Path, open_book: Callable[[Path], LogBook]) -> None:
    book, file = open_book(home), home / log_tables.NAME
    whole, size = book.count(read_search("")), file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(24)
        opened.write(
            b"\xff\xff\xff\xff"
        )  # the count of changes: without it, SQLite would go on with what it has in memory
        opened.seek(4096)
        opened.write(b"x" * (size - 4096))
    with pytest.raises(IndexFailed):
        book.page(read_search(""))
    book.catch_up()
    assert book.count(read_search("")) == whole


def test_an_index_that_lists_decisions_of_no_chain_is_made_anew(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book = open_book(home)
    with closing(sqlite3.connect(home / log_tables.NAME)) as connection, connection:
        connection.execute("UPDATE decisions SET chain = 99 WHERE sequence > 5")
    with pytest.raises(IndexFailed):
        book.page(read_search(""))
    book.catch_up()
    assert len(book.page(read_search(""), limit=COUNT)) == book.count(read_search(""))


@pytest.mark.parametrize("spoil", ["cut", "other", "text", "empty"])
def test_an_index_that_does_not_fit_is_made_anew(
    spoil: str, home: Path, tmp_path: Path, open_book: Callable[[Path], LogBook]
) -> None:
    everything = read_search("")
    whole = open_book(home)
    count, file = whole.count(everything), home / log_tables.NAME
    whole.close()
    if spoil == "cut":
        file.write_bytes(file.read_bytes()[:5000])
    elif spoil == "other":
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 99")
    else:
        file.write_bytes(b"hello " * 500 if spoil == "text" else b"")
    assert open_book(home).count(everything) == count


def test_an_index_that_another_program_is_writing_is_not_taken_from_it(
    home: Path, open_book: Callable[[Path], LogBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    count, file = open_book(home).count(read_search("")), home / log_tables.NAME
    monkeypatch.setattr(log_tables, "_WAIT_SECONDS", 0)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        before = file.stat().st_ino
        with pytest.raises(IndexFailed):
            open_book(home)
        assert file.stat().st_ino == before
    assert open_book(home).count(read_search("")) == count


def test_a_ledger_that_was_put_back_from_an_older_copy_is_read_anew(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    older = (home / "ledger.sqlite").read_bytes()
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", many.bodies()[0], at=NOW)
    count = open_book(home).count(read_search(""))
    (home / "ledger.sqlite").write_bytes(older)
    assert open_book(home).count(read_search("")) == count - 1


def test_copies_of_other_desks_stand_in_the_same_list(tmp_path: Path, open_book: Callable[[Path], LogBook]) -> None:
    own = tmp_path / "own"
    many.fill(own, 20, seed=2, minutes=60)
    many.fill(tmp_path / "other", 30, seed=3, minutes=45)
    other = copied(tmp_path / "other", own)
    book = open_book(own)
    rows = book.page(read_search(""))
    expected = len(decisions(own)) + len(decisions(other))
    assert len(rows) == book.count(read_search("")) == expected
    assert {row.mine for row in rows} == {True, False}
    assert book.count(read_search(f"desk:{other.name[:8]}")) == len(decisions(other))
    assert book.count(read_search(f"desk:%{other.name[1:8]}")) == 0
    shutil.rmtree(own / "desks")
    book.catch_up()
    assert book.count(read_search("")) == len(decisions(own))


def _cut_off(ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[:1000])


def _other_file(ledger: Path) -> None:
    ledger.write_bytes(b"PK" + bytes(5000))


@pytest.mark.parametrize("spoil", [_cut_off, _other_file, break_inside])
def test_a_copy_that_is_damaged_is_told_and_keeps_nothing_else_from_the_list(
    tmp_path: Path, open_book: Callable[[Path], LogBook], spoil: Callable[[Path], None]
) -> None:
    own = tmp_path / "own"
    for seed in (2, 3):
        many.fill(tmp_path / str(seed), 30, seed=seed, minutes=45)
    copies = [copied(tmp_path / str(seed), own) for seed in (2, 3)]
    many.fill(own, 20, seed=4)
    spoil(copies[0] / "ledger.sqlite")
    book = open_book(own)
    assert book.count(read_search(f"desk:{copies[1].name}")) == len(decisions(copies[1]))
    assert book.count(read_search("")) >= len(decisions(own)) + len(decisions(copies[1]))
    assert [copies[0].name[:8] in says for says in book.left_out().unusable] == [True]
    shutil.rmtree(copies[0])
    book.catch_up()
    assert not book.left_out().unusable
    assert book.count(read_search("")) == len(decisions(own)) + len(decisions(copies[1]))


def test_damage_of_the_own_ledger_is_told_as_such_and_not_as_one_of_the_index(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    break_inside(home / "ledger.sqlite")
    with pytest.raises(LedgerDamaged) as caught:
        open_book(home)
    assert caught.value.file == home / "ledger.sqlite"


def test_a_folder_that_cannot_be_written_is_searched_in_memory(
    home: Path, open_book: Callable[[Path], LogBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(log_tables, "_opened", refuse)
    assert open_book(home).count(read_search("")) == len(decisions(home))
    assert not (home / log_tables.NAME).exists()


def test_any_line_can_be_asked(filled: Path, open_book: Callable[[Path], LogBook]) -> None:
    book, chance = open_book(filled), random.Random(7)
    parts = [
        '"',
        "'",
        ":",
        "*",
        "(",
        ")",
        "-",
        "NEAR",
        "AND",
        "OR",
        "^",
        "{",
        "}",
        "%",
        "_",
        "\\",
        "\x00",
        "é",
        "basis",
        "after",
        "x",
        " ",
        ",",
        "漢字",
    ]
    for _ in range(300):
        line = "".join(chance.choice(parts) for _ in range(chance.randint(1, 12)))
        search = read_search(line)
        assert book.count(search) == len(list(book.queries.every(search)))


def test_a_purge_in_a_chain_takes_every_word_of_the_record_out_of_the_index(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        body = {**many.bodies()[0], "decision": {**many.bodies()[0]["decision"], "by": {"name": "Xerxes", "role": ""}}}
        body["request"] = {**body["request"], "words": "Zanzibar zebra."}
        named = ledger.append("decision", body, at=NOW)
        book = open_book(home)
        assert book.count(read_search("zanzibar by:xerxes")) == 1
        purge = {"format": 1, "entries": [named.sequence], "by": "P", "words": "Time is up.", "schedule": []}
        ledger.purge(lambda: purge, at=NOW)
    book.catch_up()
    assert book.count(read_search("zanzibar")) == 0
    data = (home / log_tables.NAME).read_bytes().lower()
    assert not any(word in data for word in (b"zanzibar", b"zebra", b"xerxes"))


@pytest.mark.parametrize("year", [1, 1960, 2113, 9999])
def test_a_clock_that_is_ages_off_keeps_nothing_from_the_list(
    year: int, home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    with Ledger.open(home, now=NOW) as ledger:
        sealed = [ledger.append("decision", many.bodies()[0], at=datetime(year, 6, 1, tzinfo=UTC)) for _ in range(2)]
    rows = open_book(home).page(read_search(""))
    assert {one.number for one in sealed} <= {row.number for row in rows}
    assert len(rows) == len(decisions(home))


ODD = [("request", "title"), ("decision", "choice"), ("profile", "school"), ("determination", "verdict")]


@pytest.mark.parametrize("odd", [None, [], {"a": 1}])
@pytest.mark.parametrize("path", [*ODD, ("answers", 0, "label"), ("decision", "reasons", 0), ("items", 0, "id")])
def test_what_no_program_of_ours_sealed_keeps_no_record_from_the_list(
    path: tuple[str | int, ...], odd: object, home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    whole = len(decisions(home))
    body = deepcopy(next(one for one in many.bodies() if one["decision"]["reasons"] and one["items"]))
    *front, last = path
    place: Any = body
    for key in front:
        place = place[key]
    place[last] = odd
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", body, at=NOW)
    assert open_book(home).count(read_search("")) == whole


@pytest.mark.parametrize("lacking", ["due", "decision", "items"])
def test_a_record_that_could_not_be_opened_is_not_listed(
    lacking: str, home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    whole = len(decisions(home))
    with Ledger.open(home, now=NOW) as ledger:
        ledger.append("decision", {name: one for name, one in many.bodies()[0].items() if name != lacking}, at=NOW)
    assert open_book(home).count(read_search("")) == whole


@pytest.mark.parametrize("kind", ["decision", "note"])
def test_half_a_character_keeps_no_record_from_the_list(
    kind: str, home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    count, number = len(decisions(home)), decisions(home)[0].number
    body = many.bodies()[0] if kind == "decision" else {"record": number, "says": "x", "by": "y"}
    words = {**many.bodies()[0]["request"], "words": "HALF"}
    text = json.dumps({**body, "request": words, "says": "HALF"}).replace("HALF", r"\ud800").encode()
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        last, salt, time = ledger.get(ledger.last_sequence()), bytes(32), "2026-11-27T00:00:00.000000Z"
    header = Header(
        installation_of(home / "ledger.sqlite"), last.sequence + 1, kind, time, last.seal, body_hash(salt, text)
    )
    with closing(sqlite3.connect(home / "ledger.sqlite")) as connection, connection:
        connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (last.sequence + 1, kind, time, header.encoded()))
        connection.execute("INSERT INTO bodies VALUES (?, ?, ?)", (last.sequence + 1, salt, text))
    assert open_book(home).count(read_search("")) == count


def test_an_index_that_another_program_made_anew_is_the_one_that_is_asked(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book = open_book(home)
    log_tables.remove(home)  # as a purge does
    open_book(home)
    book.catch_up()
    with closing(sqlite3.connect(home / log_tables.NAME)) as connection:
        connection.execute("DELETE FROM decisions")
        connection.commit()
    assert book.count(read_search("")) == 0


@pytest.mark.parametrize("asked", [True, False])
def test_an_index_that_is_taken_away_while_it_is_made_is_made_from_the_start(
    asked: bool, home: Path, open_book: Callable[[Path], LogBook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_index, "_PAGE", 20)
    book = open_book(home)
    log_tables.remove(home)
    steps = book.catching_up()
    next(steps)
    log_tables.remove(home)
    if asked:
        assert book.count(read_search("")) == len(decisions(home))
    list(steps)
    assert book.count(read_search("")) == len(decisions(home))


def test_an_index_that_was_taken_away_does_not_say_that_there_are_no_decisions(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book = open_book(home)
    log_tables.remove(home)
    assert len(book.page(read_search(""))) == book.count(read_search("")) == len(decisions(home))


def test_reviews_that_are_gone_with_an_older_copy_of_the_own_ledger_count_no_more(
    tmp_path: Path, open_book: Callable[[Path], LogBook]
) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    many.fill(own, 3, seed=2)
    many.fill(other, 1, seed=3)
    desk = copied(other, own).name
    older, (theirs,) = (own / "ledger.sqlite").read_bytes(), decisions(other)
    review = Review(theirs.number, desk, theirs.seal, "agree", "", "P")
    with Ledger.open(own, now=NOW) as ledger:
        ledger.append("review", entry_of_review(review, restricted=False), at=NOW)
    assert open_book(own).count(read_search("review:agreed")) == 1
    (own / "ledger.sqlite").write_bytes(older)
    assert open_book(own).count(read_search("review:agreed")) == 0


def test_a_record_whose_new_version_is_restricted_is_replaced(home: Path, open_book: Callable[[Path], LogBook]) -> None:
    old = decisions(home)[0]
    with Ledger.open(home, now=NOW) as ledger:
        body = {**many.bodies()[0], "restricted": True, "replaces": old.number}
        ledger.append(
            "decision", body, at=NOW, also=lambda new: [("supersede", one) for one in superseding(new.number, body)]
        )
    assert [row.number for row in open_book(home).page(read_search("review:replaced"))] == [old.number]


def test_no_word_stays_of_a_chain_that_went(tmp_path: Path, open_book: Callable[[Path], LogBook]) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    many.fill(own, 3, seed=2)
    body = {**many.bodies()[0], "decision": {**many.bodies()[0]["decision"], "by": {"name": "Xerxes", "role": ""}}}
    body["request"] = {**body["request"], "words": "Zanzibar zebra."}
    with Ledger.open(other, now=NOW) as ledger:
        ledger.append("decision", body, at=NOW)
    copy = copied(other, own)
    book = open_book(own)
    assert book.count(read_search("zanzibar")) == 1
    shutil.rmtree(copy)
    book.catch_up()
    data = (own / log_tables.NAME).read_bytes().lower()
    assert not any(word in data for word in (b"zanzibar", b"zebra", b"xerxes"))


def test_restricted_decisions_that_were_purged_are_not_counted(
    home: Path, open_book: Callable[[Path], LogBook]
) -> None:
    book = open_book(home)
    with Ledger.open(home, now=NOW) as ledger:
        before = book.left_out().restricted
        named = ledger.append("decision", {**many.bodies()[0], "restricted": True}, at=NOW).sequence
        book.catch_up()
        assert book.left_out().restricted == before + 1
        purge = {"format": 1, "entries": [named], "by": "P", "words": "Time is up.", "schedule": []}
        ledger.purge(lambda: purge, at=NOW)
    book.catch_up()
    assert book.left_out().restricted == before
