"""The charts of the log over any search: what each counts, of how many, and the line that shows the same decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ferpa_wizard.core.charts import Bar, Chart
from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.figures import FIGURES
from ferpa_wizard.core.log_search import LATE, NONE, TOOK, Search
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.documents.words import LAYERS
from ferpa_wizard.ledger.log_queries import LogQueries
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.log_words import LATENESS, LENGTHS, OUTCOMES

_NOBODY = "Nobody asked"


def charts(book: LogBook, search: Search, *ids: str) -> list[Chart]:
    """Every chart over the decisions of a search, or those of these ids, as the log was read last.

    Raises IndexFailed, DiskFull.
    """
    drawing = _Drawing(book.queries, search)
    makers: Mapping[str, Callable[[], Chart]] = {
        "outcomes": drawing.outcomes,
        "ferpa": drawing.figures,
        "reasons": drawing.reasons,
        "missing": drawing.missing,
        "pairs": drawing.pairs,
        "days": drawing.days,
        "overdue": drawing.overdue,
    }
    return [makers[name]() for name in ids or makers]


def left_out(book: LogBook, search: Search) -> list[str]:
    """What every chart leaves out, and what it counts twice, in sentences. Raises IndexFailed, DiskFull."""
    out, says = book.left_out(), []
    if out.restricted:
        says.append(f"{counted(out.restricted, 'restricted decision')} of this log count nowhere: no list shows them.")
    if out.unfit:
        are = (
            "entry does not match its seal and counts"
            if out.unfit == 1
            else "entries do not match their seal and count"
        )
        says.append(f"{out.unfit:,} {are} nowhere. Verify the log.")
    says += out.unusable
    if again := book.count(search.narrowed("review", "replaced")):
        are = "decision was" if again == 1 else "decisions were"
        says.append(
            f"{again:,} {are} replaced by a newer record and still count. Add -review:replaced to leave them out."
        )
    return says


class _Drawing:
    """One search, and what it finds in all."""

    def __init__(self, queries: LogQueries, search: Search) -> None:
        self._queries, self._search = queries, search
        self._all = queries.count(search)

    def outcomes(self) -> Chart:
        return Chart(
            "outcomes",
            "Outcomes",
            "What was decided. Each decision counts once.",
            f"of {counted(self._all, 'decision')}",
            self._all,
            self._bars("outcome", OUTCOMES),
        )

    def figures(self) -> Chart:
        return Chart(
            "ferpa",
            "What FERPA did",
            "What the rules say of FERPA, beside what people named as the reason. Each decision counts once.",
            f"of {counted(self._all, 'decision')}",
            self._all,
            self._bars("figure", FIGURES),
        )

    def reasons(self) -> Chart:
        of = self._count("layer", *LAYERS)
        silent = self._count("outcome", *DECLINES) - self._queries.count(
            self._search.narrowed("outcome", *DECLINES).narrowed("layer", *LAYERS)
        )
        bars = self._bars("layer", LAYERS)
        notes = ["A decision may name several reasons, so it may count in more than one bar."]
        if silent:
            notes.append(f"{counted(silent, 'decision')} not to share name no reason and are left out.")
        return Chart(
            "reasons",
            "True reason when not shared",
            "What people ticked as the real reason for a no, whatever the rules say of it.",
            f"of {counted(of, 'decision')} not to share that {'names' if of == 1 else 'name'} a reason",
            of,
            bars,
            tuple(notes),
        )

    def missing(self) -> Chart:
        labels = self._queries.labels("missing")
        bars = self._found("missing", labels)
        of = sum(bar.count for bar in bars)
        return Chart(
            "missing",
            "The one condition that was missing",
            "The way to share lacked this one condition and no other. What was then decided plays no part.",
            f"of {counted(of, 'decision')} whose way to share lacked exactly one condition",
            of,
            bars,
            self._without(of, "with none missing, more than one, or no way to share"),
        )

    def pairs(self) -> Chart:
        bases, asked = self._queries.labels("basis"), self._queries.labels("asked")
        bars = tuple(
            Bar(
                f"{bases.get(basis, basis)} · {asked.get(who, who) or _NOBODY}",
                count,
                self._search.narrowed("basis", basis).narrowed("asked", who or NONE),
            )
            for basis, who, count in self._queries.pairs(self._search)
        )
        of = sum(bar.count for bar in bars)
        return Chart(
            "pairs",
            "Ways to share, by who asked",
            "The way to share that the rules rest the result on, and who asked. It may still lack something.",
            f"of {counted(of, 'decision')} with a way to share",
            of,
            bars,
            self._without(of, "without a way to share"),
        )

    def days(self) -> Chart:
        of = self._count("took", *TOOK)
        return Chart(
            "days",
            "Days to the decision",
            "Calendar days from the day on which the request came in to the day of the decision.",
            f"of {counted(of, 'decision')} with a known day",
            of,
            self._bars("took", LENGTHS),
            self._without(of, "with no day on which the request came in, or a later one"),
        )

    def overdue(self) -> Chart:
        of = self._count("late", *LATE)
        bars = tuple(Bar(LATENESS[one], self._count("late", one), self._search.narrowed("late", one)) for one in LATE)
        late = sum(bar.count for bar in bars[1:])
        steps = self._queries.overdue(self._search)
        notes = [f"Overdue: {counted(steps, 'step or duty', 'steps and duties')} of {counted(late, 'decision')}."]
        return Chart(
            "overdue",
            "Steps and duties overdue",
            "How late the oldest step or duty is that has a day and is not done. Each decision counts once.",
            f"of {counted(of, 'decision')} with a dated step or duty still to do",
            of,
            bars,
            (*notes, *self._without(of, "with nothing dated left to do")),
        )

    def _count(self, field: str, *values: str) -> int:
        return self._queries.count(self._search.narrowed(field, *values))

    def _bars(self, field: str, labels: Mapping[str, str]) -> tuple[Bar, ...]:
        """A bar for each of these values, also where nothing has it."""
        counts = dict(self._queries.spread(self._search, field))
        values: Iterable[tuple[str, str]] = labels.items()
        return tuple(Bar(says, counts.get(one, 0), self._search.narrowed(field, one)) for one, says in values)

    def _found(self, field: str, labels: Mapping[str, str]) -> tuple[Bar, ...]:
        """A bar for each value that some decision has, most first."""
        spread = self._queries.spread(self._search, field)
        return tuple(Bar(labels.get(one, one), count, self._search.narrowed(field, one)) for one, count in spread)

    def _without(self, of: int, which: str) -> tuple[str, ...]:
        rest = self._all - of
        return (f"Left out: {counted(rest, 'decision')} of {self._all:,}, {which}.",) if rest else ()
