"""The rules over time to read: which are in use, which the ledger holds, what changed, and what would come out now."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ferpa_wizard import paths
from ferpa_wizard.core.difference import Change, Comparison, Request, each_once
from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.rerun import DIFFERENT, OPEN, OTHER_REASON, SAME, Rerun, rerun
from ferpa_wizard.documents.body import day
from ferpa_wizard.ledger.columns import dig
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.decided import DECISION
from ferpa_wizard.requests.rule_book import Node, listed
from ferpa_wizard.requests.rule_lines import Line, RuleLines, part, upper
from ferpa_wizard.requests.rule_requests import requests_of
from ferpa_wizard.requests.rule_use import RuleUse, UsedPack
from ferpa_wizard.requests.steps import Step

_PAGE = 50
LEFT_OUT = "do not match their seal and were left out. Verify the log."
RECORD = "record/"  # how the id of an entry begins that stands for a record
MADE = 60  # requests made from each of two packs, under each profile, to compare them
_OUTCOMES: Mapping[str, str] = {
    DIFFERENT: "Would come out another way",
    OPEN: "Today’s rules ask one thing more",
    OTHER_REASON: "The same, by another way to share",
    SAME: "The same",
}
_VERDICTS: Mapping[str, str] = {
    "must-share": "must share", "may-share": "may share", "may-share-emergency": "may share in danger",
    "after-steps": "may share after steps", "part": "may share a part", "consent": "needs consent",
    "not-ferpa": "not about FERPA", "other-rule": "another rule stops it", "not-as-asked": "not as asked",
    "judgement": "a person must judge", "missing-fact": "a fact is missing", "none": "no way",
}  # fmt: skip


def told(pack: UsedPack | Pack) -> str:
    """Rules in few words, told apart by the start of their hash."""
    return f"{pack.id} {pack.version} ({pack.sha256[:8]})"


# -- which rules there are -----------------------------------------------------------------


def versions_node(pack: Pack, use: RuleUse) -> Node:
    """The rules in use, and those that decisions in the ledger were made under."""
    mine = UsedPack(pack.sha256, pack.id, pack.version, pack.law_as_of, pack.review)
    others = [one for one in use.packs.values() if one.sha256 != pack.sha256]
    nodes = [_version(one, use.decisions[one.sha256], now=one is mine) for one in (mine, *others)]
    says = f"Of the decisions in the log, {use.unread} {LEFT_OUT}" if use.unread else ""
    return listed("versions", "Rules in use and in the log", nodes, says)


def _version(pack: UsedPack, count: int, *, now: bool) -> Node:
    lines = (
        Line("These rules are in use now." if now else "These rules were in use before."),
        Line(f"In the log: {_counted(count, 'decision')} made under them."),
        *part("Law as of", [Line(day(pack.law_as_of))]),
        *part("Review", [Line(pack.review)]),
        *part("Hash (SHA-256)", [Line(" ".join(pack.sha256[n : n + 8] for n in range(0, 64, 8)))]),
    )
    title = f"{pack.id} {pack.version}{' (in use now)' if now else ''}"
    return Node(f"versions/{pack.sha256}", title, f"{_counted(count, 'decision')}, {pack.sha256[:8]}", lines)


# -- what changed between two --------------------------------------------------------------


def comparing(one: Pack, other: Pack, requests: Iterable[Request]) -> Generator[Step, None, Node]:
    """Put requests to both packs; then what comes out otherwise, in words."""
    comparison = Comparison(one, other)
    yield Step(0, 1, "Request")
    asked = each_once(requests)
    for number, request in enumerate(asked, 1):
        comparison.put(request)
        yield Step(number, len(asked), "Request")
    found = comparison.result()
    nodes = [_change(place, change, other) for place, change in enumerate(found.changes)]
    says = f"{found.changed} of {found.requests} worked and made-up requests come out otherwise in {told(other)}."
    return listed("changes", f"What changed since {told(one)}", nodes, says)


def to_compare(one: Pack, other: Pack) -> Iterator[Request]:
    """Requests made from both packs, and the worked examples that come with the program where they fit the other."""
    yield from requests_of(one, None, MADE)
    try:
        yield from requests_of(other, paths.data() / "rules", MADE)
    except RulesError:
        yield from requests_of(other, None, MADE)


def _change(place: int, change: Change, pack: Pack) -> Node:
    before, after = (_in_words(change.kind, side, pack) for side in (change.before, change.after))
    subject = f"{pack.items[change.subject].label}: " if change.subject in pack.items else ""
    shown = [
        line
        for number, words in enumerate(change.words, 1)
        for line in part(f"Request {number}", (Line(said, "rule") for said in words))
    ]
    title = upper(f"{subject}{before}, now {after}")
    return Node(f"changes/{place}", title, _counted(change.count, "request"), (*shown,) or (Line(title),))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _in_words(kind: str, side: str, pack: Pack) -> str:
    if kind == "basis":
        titles = {basis.id: f"by “{basis.title}”" for basis in pack.bases}
        return titles.get(side, "by no way" if side == "none" else f"by {side}")
    return _VERDICTS.get(side, side)


# -- past decisions under the rules of today -----------------------------------------------


@dataclass(frozen=True, slots=True)
class PastDecision:
    number: str
    title: str
    before: str
    found: Rerun


class PastDecisions:
    """The decisions made under some rules, looked at under others; those kept out of lists are counted only."""

    def __init__(self, open_ledger: Callable[[], Ledger], sha256: str, pack: Pack) -> None:
        self._open, self._sha256, self._pack = open_ledger, sha256, pack
        self._names = _names(pack)
        self.rows: list[PastDecision] = []
        self.restricted = 0
        self.unread = 0  # what they hold is no decision any more: somebody changed them

    def looking(self, of: int) -> Generator[Step, None, Node]:
        """Look at each of so many decisions in turn; then what came out. Raises LedgerError."""
        read = 0
        # Opened anew for each page: a decision that is sealed in between closes a ledger opened for reading.
        while page := self._open().entries(DECISION, newest_first=False, limit=_PAGE, offset=read):
            read += len(page)
            for entry in page:
                if entry.body is not None and dig(entry.body, "pack", "sha256") == self._sha256:
                    self._look(entry, entry.body)
                    yield Step(len(self.rows) + self.restricted + self.unread, of, "Decision")
        return self.node()

    def node(self) -> Node:
        """What came out so far, the different first; each entry of a record is named by its number."""
        parts = [node for outcome, title in _OUTCOMES.items() if (node := self._outcome(outcome, title)).nodes]
        says = [f"{len(self.rows) + self.restricted} decisions were looked at under today’s rules."]
        if self.restricted:
            says.append(f"{self.restricted} of them are kept out of lists: open each by its number.")
        if self.unread:
            says.append(f"{self.unread} {LEFT_OUT}")
        return listed("past", "Past decisions under today’s rules", parts, " ".join(says))

    def _record(self, row: PastDecision) -> Node:
        found = row.found
        plain = replace(found, rules=(), basis=self._names.get(found.basis, found.basis))
        lines = (
            *part("Then", [Line(row.before)]),
            *part("Now", [Line(plain.says)]),
            *part("What makes the difference", (Line(self._names.get(rule, rule), "rule") for rule in found.rules)),
            Line("Enter, or two clicks, opens the record.", "note"),
        )
        return Node(f"{RECORD}{row.number}", row.title, row.number, lines)

    def _look(self, entry: Entry, body: Mapping[str, object]) -> None:
        if not entry.matches:
            self.unread += 1
        elif body.get("restricted"):
            self.restricted += 1
        else:
            self.rows.append(_past(entry, rerun(body, self._pack)))

    def _outcome(self, outcome: str, title: str) -> Node:
        held = [row for row in self.rows if row.found.outcome == outcome]
        return listed(f"past/{outcome}", f"{title} ({len(held)})", map(self._record, held))


def _past(entry: Entry, found: Rerun) -> PastDecision:
    body = entry.body or {}
    return PastDecision(entry.number, body["request"]["title"], body["determination"]["label"], found)


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
