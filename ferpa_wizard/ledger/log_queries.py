"""Questions to the index of the log: how many decisions a search finds, which, and how they are spread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.log_search import NONE, Filter, Search
from ferpa_wizard.ledger.columns import Later
from ferpa_wizard.ledger.log_index import LogIndex

ORDERS: Mapping[str, str] = {
    "date": "id",
    "request": "title COLLATE NOCASE",
    "asked": "asked",
    "basis": "basis",
    "outcome": "choice",
    "review": "review",
}
"""What a list can be sorted by: as people read it, and outcomes in the order of core/choices.py."""
_COLUMNS = "id, chain, sequence, number, day, title, asked, basis, verdict, choice, review"
_BATCH = 1_000
_IDS = ("basis", "asked")
_GROUPED = (*_IDS, "outcome")
_NAMES = (*_IDS, "by", "school")
_TOOK: Mapping[str, tuple[int, int]] = {
    "same-day": (0, 0),
    "1-3-days": (1, 3),
    "4-10-days": (4, 10),
    "11-30-days": (11, 30),
    "31-45-days": (31, 45),
    "over-45-days": (46, 1_000_000),
}
_LATE: Mapping[str, tuple[int, int]] = {"not-yet": (-1_000_000, 0), "1-7-days": (1, 7), "8-30-days": (8, 30)}
_OVERDUE = "id IN (SELECT id FROM todos WHERE due < :today)"
_TAGS = ("layer", "item")
_FIGURES: Mapping[str, str] = {
    "asked": "asked",
    "basis": "basis",
    "outcome": "choice",
    "verdict": "verdict",
    "figure": "figure",
    "missing": "missing",
    "review": "review",
    "by": "by",
    "school": "school",
    "took": " ".join(
        ["CASE", *(f"WHEN took BETWEEN {low} AND {high} THEN '{name}'" for name, (low, high) in _TOOK.items()), "END"]
    ),
}
_LATER = """
    SELECT sequence, review, 0, coalesce((SELECT r.by FROM replaced AS r WHERE r.chain = d.chain
        AND r.sequence = d.sequence), ''), (SELECT count(*) FROM todos AS t WHERE t.id = d.id AND due < :today)
    FROM decisions AS d WHERE chain = :chain AND sequence IN (SELECT value FROM json_each(:these))"""
SPREADS = (*_FIGURES, *_TAGS)
"""The fields over which decisions can be counted."""


class LogRow(NamedTuple):
    """One decision in a list; `asked` and `basis` are ids, `labels` of the index has their words."""

    id: int
    chain: int
    sequence: int
    number: str
    day: str
    title: str
    asked: str
    basis: str
    verdict: str
    choice: str
    review: str


class Count(NamedTuple):
    """So many decisions have this value of a field."""

    value: str
    decisions: int


@dataclass
class _Where:
    """Clauses that all have to hold in a table, whose `key` is the id of a decision, and their values by name."""

    table: str = "decisions"
    key: str = "id"
    clauses: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def value(self, value: object) -> str:
        """How a statement names this value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def __str__(self) -> str:
        return f" WHERE {' AND '.join(self.clauses)}" if self.clauses else ""


class LogQueries:
    """What a search finds in the index; `today` is the day that tells what is overdue, `desks` names installations."""

    def __init__(self, index: LogIndex, today: str, desks: Mapping[str, str] | None = None) -> None:
        self._index, self._today, self._desks = index, today, desks or {}

    def count(self, search: Search) -> int:
        where = self._straight(search)
        return int(self._index.ask(f"SELECT count(*) FROM {where.table}{where}", where.values)[0][0])

    def span(self, search: Search) -> tuple[str, str]:
        """The first and the last day of these decisions; both empty where there is none."""
        where = self._where(search)
        first, last = self._index.ask(f"SELECT min(day), max(day) FROM decisions{where}", where.values)[0]
        return first or "", last or ""

    def page(
        self, search: Search, *, order: str = "date", up: bool = False, limit: int = 200, offset: int = 0
    ) -> list[LogRow]:
        """So many decisions from a place on: in one of ORDERS, the greatest first or with `up` the smallest."""
        if order not in _GROUPED:
            where = self._straight(search) if order == "date" else self._where(search)
            return self._rows(where, ORDERS[order], up=up, limit=limit, offset=offset)
        # Few values, sorted as people read them: their rows follow each other, so that nothing is sorted but them.
        rows: list[LogRow] = []
        for value, decisions in self._groups(search, order, up=up):
            if offset < decisions and limit > len(rows):
                where = self._where(search)
                where.clauses.append(f"{ORDERS[order]} = {where.value(value)}")
                rows += self._rows(where, "id", up=up, limit=limit - len(rows), offset=offset)
            offset = max(0, offset - decisions)
        return rows

    def _groups(self, search: Search, order: str, *, up: bool) -> list[Count]:
        where, column = self._where(search), ORDERS[order]
        ask = f"SELECT {column}, count(*) FROM decisions{where} GROUP BY {column}"
        found = [Count(*row) for row in self._index.ask(ask, where.values)]
        places = self.labels(order) if order in _IDS else {one: str(place) for place, one in enumerate(CHOICES)}
        return sorted(found, key=lambda one: (places.get(one.value, "").casefold(), one.value), reverse=not up)

    def _rows(self, where: _Where, by: str, *, up: bool, limit: int, offset: int) -> list[LogRow]:
        way = "ASC" if up else "DESC"
        last = "" if by == "id" else f", id {way}"  # the other way would sort anew, without the index
        sort = f"ORDER BY {by} {way}{last}"
        within = sort if where.table == "decisions" else f"ORDER BY {where.key} {way}"
        part = f"LIMIT {where.value(limit)} OFFSET {where.value(offset)}"
        # Sorting keys alone, and reading the rows of one page, takes a third of the time of sorting whole rows.
        keys = f"SELECT {where.key} FROM {where.table}{where} {within} {part}"
        rows = self._index.ask(f"SELECT {_COLUMNS} FROM decisions WHERE id IN ({keys}) {sort}", where.values)
        return [LogRow._make(row) for row in rows]

    def every(self, search: Search) -> Iterator[LogRow]:
        """All that a search finds, oldest first, a batch in memory at a time."""
        last = -1
        while True:
            where = self._where(search)
            where.clauses.append(f"id > {where.value(last)}")
            ask = f"SELECT {_COLUMNS} FROM decisions{where} ORDER BY id LIMIT {_BATCH}"
            rows = self._index.ask(ask, where.values)
            yield from map(LogRow._make, rows)
            if len(rows) < _BATCH:
                return
            if rows[-1][0] <= last:  # they would be read for ever
                raise self._index.unfit()
            last = rows[-1][0]

    def spread(self, search: Search, over: str) -> list[Count]:
        """How the decisions of a search are spread over one of SPREADS, most first; those without one are left out."""
        where = self._where(search)
        if over in _TAGS:
            of = f"field = {where.value(over)} AND id IN (SELECT id FROM decisions{where})"
            if not where.clauses:
                of = f"field = {where.value(over)}"
            ask = f"SELECT value, count(*) FROM tags WHERE {of} GROUP BY value"
        else:
            ask = f"SELECT {_FIGURES[over]} AS value, count(*) FROM decisions{where} GROUP BY value"
        rows = self._index.ask(f"{ask} ORDER BY 2 DESC, 1", where.values)
        return [Count(value, count) for value, count in rows if value]

    def pairs(self, search: Search) -> list[tuple[str, str, int]]:
        """How often each basis served each kind of requester: basis, who asked, how many."""
        where = self._where(search)
        ask = f"SELECT basis, asked, count(*) FROM decisions{where} GROUP BY basis, asked ORDER BY 3 DESC, 1, 2"
        return [(basis, asked, count) for basis, asked, count in self._index.ask(ask, where.values) if basis]

    def overdue(self, search: Search) -> int:
        """How many steps and duties of these decisions are overdue; more than one may be of one decision."""
        where = self._where(search)
        of = f" AND id IN (SELECT id FROM decisions{where})" if where.clauses else ""
        where.values["today"] = self._today
        return int(self._index.ask(f"SELECT count(*) FROM todos WHERE due < :today{of}", where.values)[0][0])

    def later(self, chain: int, sequences: Sequence[int]) -> dict[int, Later]:
        """What came later of those of a chain that the index lists, by their sequences; notes are not counted."""
        values = {"chain": chain, "these": json.dumps(sequences), "today": self._today}
        return {sequence: Later(*rest) for sequence, *rest in self._index.ask(_LATER, values)}

    def labels(self, field: str) -> dict[str, str]:
        """What people call the ids of a field."""
        rows = self._index.ask("SELECT value, label FROM labels WHERE field = ? ORDER BY label", (field,))
        return dict(rows)

    def left_out(self) -> tuple[int, int]:
        """How many restricted decisions no list shows, and how many entries do not match their seal."""
        ask = "SELECT (SELECT count(*) FROM restricted), (SELECT coalesce(sum(unfit), 0) FROM chains)"
        row = self._index.ask(ask)[0]
        return int(row[0]), int(row[1])

    def chains(self) -> dict[int, str]:
        """The installation of each chain, by the number that rows name it by."""
        return dict(self._index.ask("SELECT chain, installation FROM chains"))

    def _straight(self, search: Search) -> _Where:
        """To count decisions, or to find the newest: words alone, and one tag alone, are not looked up in `decisions`.

        Their tables hold just what is listed, by the same ids, and a million look-ups take most of a second.
        """
        one = search.filters[0] if len(search.filters) == 1 and not search.words else None
        if search.words and not search.filters:
            where = _Where("words", "rowid")
            where.clauses.append(f"words MATCH {where.value(_match(search))}")
        elif one and one.field in _TAGS and not one.no and len(one.values) == 1:
            where = _Where("tags")
            where.clauses.append(f"field = {where.value(one.field)} AND value = {where.value(one.values[0])}")
        else:
            where = self._where(search)
        return where

    def _where(self, search: Search) -> _Where:
        where = _Where()
        if search.words:
            found = where.value(_match(search))
            where.clauses.append(f"id IN (SELECT rowid FROM words WHERE words MATCH {found})")
        for one in search.filters:
            clause = self._clause(where, one)
            where.clauses.append(f"NOT coalesce({clause}, 0)" if one.no else clause)
        return where

    def _clause(self, where: _Where, one: Filter) -> str:
        return "(" + " OR ".join(self._one(where, one.field, value) for value in one.values) + ")"

    def _one(self, where: _Where, name: str, value: str) -> str:
        if name in _NAMES:
            return self._named(where, name, value)
        if name in _TAGS:
            return f"id IN (SELECT id FROM tags WHERE field = {where.value(name)} AND value = {where.value(value)})"
        if name == "is":
            where.values["today"] = self._today
            return {"overdue": _OVERDUE, "edited": "edited = 1", "differs": "differs = 1"}[value]
        if name == "took":
            low, high = _TOOK[value]
            return f"took BETWEEN {low} AND {high}"
        if name == "late":
            return self._late(where, value)
        if name in ("after", "before"):
            # Texts of days compare as days do; a month or year is its first day.
            return f"day {'>=' if name == 'after' else '<'} {where.value(value)}"
        if name == "desk":
            begins = where.value(value.lower())
            named = [one for one, name in self._desks.items() if value.casefold() in name.casefold()]
            also = f"installation IN (SELECT value FROM json_each({where.value(json.dumps(named))}))"
            meant = f"substr(installation, 1, length({begins})) = {begins} OR {also}"
            return f"chain IN (SELECT chain FROM chains WHERE {meant})"
        return f"{_FIGURES[name]} = {where.value(value)}"

    def _late(self, where: _Where, value: str) -> str:
        """By the oldest day of what is dated and still to do."""
        least, most = _LATE.get(value, (31, 1_000_000))
        today = date.fromisoformat(self._today).toordinal()
        first, last = (max(1, today - most), today - least)
        days = [date.fromordinal(min(day, date.max.toordinal())).isoformat() for day in (first, last)]
        between = " AND ".join(map(where.value, days))
        return f"id IN (SELECT id FROM todos GROUP BY id HAVING min(due) BETWEEN {between})"

    @staticmethod
    def _named(where: _Where, name: str, value: str) -> str:
        """A value is a whole id, or a part of what people call it; of a name, also where it is the whole of one."""
        column, field, whole = _FIGURES[name], where.value(name), where.value(value)
        if name in _IDS and value == NONE:
            return f"{column} = ''"
        part = where.value(f"%{_plain(value)}%")
        labels = f"SELECT value FROM labels WHERE field = {field}"
        alone = f" AND NOT EXISTS ({labels} AND value = {whole})" if name in _IDS else ""
        return f"{column} IN (SELECT {whole} UNION {labels} AND label LIKE {part} ESCAPE '\\'{alone})"


def _plain(text: str) -> str:
    """The text as LIKE takes it to the letter."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _match(search: Search) -> str:
    return " ".join(map(_phrase, search.words))


def _phrase(word: str) -> str:
    """A word or phrase as the search takes it to the letter; the last word may go on."""
    quoted = '"' + word.replace('"', '""').replace("\0", " ") + '"'
    return quoted if " " in word else f"{quoted}*"
