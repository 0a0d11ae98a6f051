"""What an export takes: entries of the chains of a home, or the decisions of a search, with what came later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.later import NOTE, note_in
from ferpa_wizard.core.log_search import Search
from ferpa_wizard.ledger.columns import Later, Row
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.log_fold import sequence_of
from ferpa_wizard.ledger.log_queries import LogQueries

_PAGE = 100
_RESTRICTED = b'"restricted":true'  # inside a text the quotes would be escaped
_Found = Mapping[str, set[int]]


class Scope:
    """`ledgers` are open, each under its installation. Without `search` all their entries are taken, of every kind.

    The text of restricted entries stays out unless `restricted`; they keep their place. `queries` is the index, needed
    for a search and for what came `later`. Reading raises LedgerError.
    """

    def __init__(
        self,
        ledgers: Mapping[str, Ledger],
        queries: LogQueries | None = None,
        search: Search | None = None,
        *,
        restricted: bool = False,
    ) -> None:
        self.ledgers = dict(sorted(ledgers.items()))
        self.search, self.restricted = search, restricted
        self._queries = queries
        self._desks = queries.chains() if queries else {}
        self._chains = {desk: number for number, desk in self._desks.items()}
        self._notes: dict[str, Counter[int]] = {}

    def count(self) -> int:
        """How many entries `rows` gives."""
        if self._queries is not None and self.search is not None:
            return self._queries.count(self.search)
        return self.length()

    def length(self) -> int:
        """How many entries the chains hold."""
        return sum(ledger.count() for ledger in self.ledgers.values())

    def rows(self, *, later: bool = False) -> Iterator[Row]:
        """What was asked for: decisions in the order of time, else whole chains; with `later`, what came later too."""
        pages = self._whole_pages() if self.search is None else self._found_pages(self.search)
        for page in pages:
            yield from self._with_later(page) if later else page

    def whole_chains(self) -> Iterator[Row]:
        """All entries of all chains, chain after chain, with the texts of what was asked for alone.

        What speaks of a decision goes along with it. Purges stay: without them a chain with a purge cannot be checked.
        """
        found = self._found(self.search) if self.search is not None else None
        for page in self._whole_pages():
            for row in page:
                yield row if found is None else self._kept_if_found(row, found)

    def _whole_pages(self) -> Iterator[list[Row]]:
        for desk, ledger in self.ledgers.items():
            start = 0
            while page := ledger.after(start, _PAGE):
                yield [self._row(desk, entry) for entry in page]
                start = page[-1].sequence

    def _found_pages(self, search: Search) -> Iterator[list[Row]]:
        page: list[tuple[str, int]] = []
        for place in self._places(search):
            page.append(place)
            if len(page) == _PAGE:
                yield self._read(page)
                page.clear()
        yield self._read(page)

    def _places(self, search: Search) -> Iterator[tuple[str, int]]:
        if self._queries is not None:
            places = ((self._desks.get(row.chain, ""), row.sequence) for row in self._queries.every(search))
            yield from (place for place in places if place[0] in self.ledgers)  # others were pulled meanwhile

    def _read(self, places: list[tuple[str, int]]) -> list[Row]:
        found: dict[tuple[str, int], Entry] = {}
        for desk in {desk for desk, _ in places}:
            wanted = [sequence for one, sequence in places if one == desk]
            found.update(((desk, entry.sequence), entry) for entry in self.ledgers[desk].these(wanted))
        return [self._row(desk, found[desk, sequence]) for desk, sequence in places]

    def _row(self, desk: str, entry: Entry) -> Row:
        if self.restricted or not is_restricted(entry):
            return Row(entry, desk)
        return _withheld(Row(entry, desk))

    def _found(self, search: Search) -> _Found:
        found: dict[str, set[int]] = {desk: set() for desk in self.ledgers}
        for desk, sequence in self._places(search):
            found[desk].add(sequence)
        return found

    @staticmethod
    def _kept_if_found(row: Row, found: _Found) -> Row:
        if row.entry.kind == "decision":
            kept = row.entry.sequence in found[row.desk]
            return row if kept else _withheld(row)._replace(counts=False)
        kept = row.entry.kind == "purge" or _about(row) in found.get(_desk_of(row), ())
        return (row if kept else _withheld(row))._replace(counts=False)

    def _with_later(self, page: list[Row]) -> Iterator[Row]:
        if self._queries is None:
            yield from page
            return
        known: dict[str, dict[int, Later]] = {}
        for desk in {row.desk for row in page}:
            sequences = [row.entry.sequence for row in page if row.desk == desk and row.entry.kind == "decision"]
            known[desk] = self._queries.later(self._chains.get(desk, 0), sequences) if sequences else {}
        for row in page:
            later = known[row.desk].get(row.entry.sequence)
            notes = self._notes_of(row.desk)[row.entry.sequence]
            yield row._replace(later=later._replace(notes=notes)) if later is not None else row

    def _notes_of(self, desk: str) -> Counter[int]:
        if desk not in self._notes:
            notes = (note_in(entry.body or {}) for entry in self.ledgers[desk].every(NOTE))
            self._notes[desk] = Counter(sequence_of(note.record) for note in notes if note is not None)
        return self._notes[desk]


def is_restricted(entry: Entry) -> bool:
    """Is it a decision that ordinary lists and exports do not show? Its canonical bytes tell without being read."""
    return entry.text is not None and _RESTRICTED in entry.text


def _withheld(row: Row) -> Row:
    if row.entry.text is None:
        return row
    return row._replace(entry=replace(row.entry, salt=None, text=None), withheld=True)


def _about(row: Row) -> int:
    """The sequence of the record that an entry speaks of; 0, which none has, where it speaks of none."""
    return sequence_of((row.entry.body or {}).get("record"))


def _desk_of(row: Row) -> str:
    """The installation of that record."""
    desk = (row.entry.body or {}).get("installation")
    return desk if isinstance(desk, str) else row.desk
