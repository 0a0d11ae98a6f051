"""Past decisions under the rules of today: how many would change, which, and what makes the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.rerun import DIFFERENT, OPEN, OTHER_REASON, SAME, Rerun, rerun
from ferpa_wizard.ledger.chains import Chain
from ferpa_wizard.ledger.columns import dig
from ferpa_wizard.requests.decided import DECISION
from ferpa_wizard.requests.log_chains import Chains, Opened
from ferpa_wizard.requests.rule_book import Node, listed
from ferpa_wizard.requests.rule_lines import Line, RuleLines, part
from ferpa_wizard.requests.steps import Step

_PAGE = 50
RECORD = "record/"  # how the id of an entry begins that stands for a record of this desk
OUTCOMES: Mapping[str, str] = {
    DIFFERENT: "Would come out another way",
    OPEN: "Today’s rules ask one thing more",
    OTHER_REASON: "The same, by another way to share",
    SAME: "The same",
}
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastDecision:
    """`installation` is empty for a record of this desk; `rules` says in words what made the difference."""

    installation: str
    number: str
    title: str
    before: str
    found: Rerun
    rules: tuple[str, ...]

    @property
    def says(self) -> str:
        return replace(self.found, rules=self.rules).says


@dataclass(frozen=True, slots=True)
class Summary:
    """How many decisions came out how (see OUTCOMES), and what made the difference to how many, in words, most first.

    Restricted ones are counted and not named; purged ones have no text any more; `unread` do not match their seal, or
    hold no decision that these rules can read.
    """

    outcomes: Mapping[str, int]
    rules: tuple[tuple[str, int], ...]
    restricted: int
    purged: int
    unread: int

    @property
    def looked_at(self) -> int:
        return sum(self.outcomes.values())

    def says(self) -> Iterator[str]:
        """The same in sentences, without the rules."""
        yield f"{counted(self.looked_at, 'decision was', 'decisions were')} looked at under today’s rules."
        if self.restricted:
            yield f"{self.restricted} more are kept out of lists: open each by its number."
        if self.purged:
            yield f"{counted(self.purged, 'was', 'were')} left out: the text was purged."
        if self.unread:
            yield f"{self.unread} cannot be read, or do not match the seal, and were left out. Verify the log."

    def as_json(self) -> dict[str, object]:
        """The object under "summary" in the last line of `log rerun --json`."""
        rules = [{"rule": rule, "decisions": count} for rule, count in self.rules]
        left = {"restricted": self.restricted, "purged": self.purged, "unread": self.unread}
        return {"decisions": self.looked_at, "outcomes": dict(self.outcomes), "rules": rules, **left}


class PastDecisions:
    """The decisions of all chains made under some rules, or under any, looked at under others."""

    def __init__(self, chains: Chains, pack: Pack, sha256: str = "") -> None:
        self._chains, self._sha256, self._pack = chains, sha256, pack
        self._names = _names(pack)
        self.rows: list[PastDecision] = []
        self._restricted = self._purged = self._unread = 0

    def looking(self) -> Generator[Step, None, Node]:
        """Look at each decision in turn; then what came out. Raises LedgerError."""
        own, read = self._chains.own, 0
        with self._chains.open() as ledgers:
            of = sum(opened().count(DECISION) for opened in ledgers.values())
            for chain, opened in ledgers.items():
                for entry in _decisions(opened):
                    read += 1
                    if self._wanted(entry):
                        self._look(chain, entry, own)
                        yield Step(read, of, "Decision")
        return self.node()

    def node(self) -> Node:
        """What came out so far, the different first; each entry of a record is named by its number."""
        parts = [node for outcome, title in OUTCOMES.items() if (node := self._outcome(outcome, title)).nodes]
        return listed("past", "Past decisions under today’s rules", parts, " ".join(self.summary().says()))

    def summary(self) -> Summary:
        """What came out so far, in numbers."""
        outcomes = Counter(row.found.outcome for row in self.rows)
        rules = Counter(rule for row in self.rows for rule in row.rules)
        most_first = sorted(rules.items(), key=lambda one: (-one[1], one[0]))
        told = {outcome: outcomes[outcome] for outcome in OUTCOMES}
        return Summary(told, tuple(most_first), self._restricted, self._purged, self._unread)

    def _wanted(self, entry: Entry) -> bool:
        """A text that was purged does not tell its rules: it belongs to all of them together only."""
        if not self._sha256:
            return True
        return entry.body is not None and dig(entry.body, "pack", "sha256") == self._sha256

    def _look(self, chain: Chain, entry: Entry, own: str) -> None:
        body = entry.body
        if entry.matches and entry.text is None:
            self._purged += 1
        elif body is None or not entry.matches:
            self._unread += 1
        elif body.get("restricted"):
            self._restricted += 1
        else:
            try:
                self.rows.append(self._past("" if chain.installation == own else chain.installation, entry, body))
            except (KeyError, TypeError, ValueError, AttributeError):
                self._unread += 1  # sealed as a decision by no program of ours

    def _past(self, installation: str, entry: Entry, body: Body) -> PastDecision:
        found = rerun(body, self._pack)
        before = body["determination"]
        names = {**_names_then(before), **self._names}
        rules = tuple(names.get(rule, rule) for rule in found.rules)
        plain = replace(found, basis=names.get(found.basis, found.basis))
        return PastDecision(
            installation, entry.number, str(body["request"]["title"]), str(before["label"]), plain, rules
        )

    def _outcome(self, outcome: str, title: str) -> Node:
        held = [row for row in self.rows if row.found.outcome == outcome]
        return listed(f"past/{outcome}", f"{title} ({len(held)})", map(_record, held))


def _decisions(opened: Opened) -> Iterator[Entry]:
    """All decisions of a chain, a page at a time."""
    read = 0
    # Opened anew for each page: a decision that is sealed in between closes a ledger opened for reading.
    while page := opened().entries(DECISION, newest_first=False, limit=_PAGE, offset=read):
        read += len(page)
        yield from page


def _record(row: PastDecision) -> Node:
    away = f"This is a record of another desk, {row.installation[:8]}."
    lines = (
        *part("Then", [Line(row.before)]),
        *part("Now", [Line(replace(row.found, rules=()).says)]),
        *part("What makes the difference", (Line(rule, "rule") for rule in row.rules)),
        Line(away if row.installation else "Enter, or two clicks, opens the record.", "note"),
    )
    name = f"past/{row.installation}/{row.number}" if row.installation else f"{RECORD}{row.number}"
    return Node(name, row.title, row.number, lines)


def _names_then(before: Body) -> dict[str, str]:
    """What the conditions were called that these rules may not have any more."""
    rows = [(one, row) for one in before["bases"] for row in one["conditions"]]
    return {f"{one['id']}: {row['id']}": f"{one['title']}: {row['says']}" for one, row in rows}


def _names(pack: Pack) -> dict[str, str]:
    """What can make a difference to a decision, by the name that a re-run gives it, in words."""
    say = RuleLines(pack)
    waiting = [(basis, condition) for basis in pack.bases for condition in (*basis.whole, *basis.covers)]
    for basis, condition in waiting:  # which grows by the members
        waiting += [(basis, member) for member in condition.members]
    return {
        **{question.id: question.text for question in pack.questions.values()},
        **{item.id: item.label for item in pack.items.values()},
        **{basis.id: basis.title for basis in pack.bases},
        **{f"{basis.id}: {one.id}": f"{basis.title}: {say.title(one)}" for basis, one in waiting},
    }
