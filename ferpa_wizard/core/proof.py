"""What holds in every state, and what the states reach; see states.py for how far "every" goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ferpa_wizard.core import laws
from ferpa_wizard.core.also import End, also_used, fates_of_conditions
from ferpa_wizard.core.asking import beyond
from ferpa_wizard.core.budgets import Budgets
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.layers import binding
from ferpa_wizard.core.live import at_most_more
from ferpa_wizard.core.machines import Standing
from ferpa_wizard.core.model import Barrier, Basis, Pack, Severity
from ferpa_wizard.core.rating import Ratings, rate_all
from ferpa_wizard.core.standing import Fate
from ferpa_wizard.core.states import Node, Scope, States
from ferpa_wizard.core.verdict import ItemFate, Ruling, rule
from ferpa_wizard.core.watch import longest_paths

_IN_DANGER = "may-share-emergency"


@dataclass(frozen=True, order=True)
class Broken:
    """A law that some request breaks: the rule at which to look, what is wrong, and the answers that lead there."""

    owner: str
    what: str
    answers: str


@dataclass
class Findings:
    """What one scope, or several together, came to."""

    scopes: list[str] = field(default_factory=list)
    states: int = 0
    ends: int = 0
    longest: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)  # pages of which two answers lead to different ends
    marks: set[tuple[str, Fate]] = field(default_factory=set)  # by the key of the condition
    used: set[str] = field(default_factory=set)  # rules, duties, routes, advice that came out
    broken: dict[tuple[str, str], Broken] = field(default_factory=dict)
    longest_of: dict[str, dict[str, tuple[int, str]]] = field(default_factory=dict)  # see budgets.LongestOf

    def add(self, other: Findings) -> None:
        self.scopes += other.scopes
        self.states += other.states
        self.ends += other.ends
        self.longest = max(self.longest, other.longest)
        self.verdicts += other.verdicts
        for name in ("asked", "offered", "telling", "marks", "used"):
            getattr(self, name).update(getattr(other, name))
        self.broken = {**other.broken, **self.broken}
        self.longest_of |= other.longest_of


def prove(pack: Pack, scope: Scope, budgets: Budgets | None = None, *, used: Collection[str] = ()) -> Findings:
    """Walk every state of the scope, check each, and tell what was found; with budgets also the longest paths.

    Advice, duties and routes among `used` were found in another scope, and are not looked for again.
    """
    proof = _Proof(pack, scope, used)
    if budgets:
        proof.findings.longest_of = {scope.name: proof.longest_paths(budgets)}
    return proof.findings


class _Proof:
    def __init__(self, pack: Pack, scope: Scope, used: Collection[str]) -> None:
        self.findings, self._used = Findings([scope.name]), used
        self._consents = laws.consents(pack)
        rules: list[Basis | Barrier] = [*pack.bases, *pack.barriers]
        self._rules = {rule.id: rule for rule in rules}
        self._states = States(pack, scope)
        self._behaviours: dict[object, int] = {}
        self._behaviour: dict[int, int] = {}  # by the place of the node
        self._determined: set[object] = set()
        self._came: dict[int, End] = {}  # by the place of the node
        self._seen: set[Standing] = set()  # at ends
        self._compared: set[object] = set()
        self._states.walk(self)
        self._finish()

    def longest_paths(self, budgets: Budgets) -> dict[str, tuple[int, str]]:
        """The pages of the longest path of each scenario, and its answers."""
        return {
            name: (one.pages, _told(one.answers))
            for records, tests in budgets.tests()
            for name, one in longest_paths(self._states, tests, records).items()
        }

    # Each state

    def at_page(self, node: Node, facts: Facts) -> None:
        found, page = self.findings, node.page
        found.asked.add(page)
        if page in facts.pack.questions:
            found.offered.update((page, answer) for answer, _ in node.leads if isinstance(answer, str))
        if node.longest > 1 and at_most_more(facts) < node.longest - 1:
            self._break(page, "More pages may follow here than are announced.", facts)
        leads = tuple((answer, self._behaviour[child]) for answer, child in node.leads)
        if len({behaviour for _, behaviour in leads}) > 1:
            found.telling.add(page)
        self._came_to(node, (page, leads))

    def at_end(self, node: Node, facts: Facts) -> None:
        ratings = rate_all(facts)
        ruling = rule(ratings)
        self._came[node.place] = End.of(ratings, ruling, gap=beyond(facts) and ruling.verdict != _IN_DANGER)
        outcome = self._outcome(facts, ratings, ruling)
        self._came_to(node, outcome)
        self._check(node, facts, ratings, ruling)
        self.findings.used.update(
            rated.barrier.id for rated in ratings.barriers if max(rated.stops.values()) > Severity.GO
        )
        if self._states.scope.whole:
            self._mark(node, facts)
        if outcome not in self._determined:
            self._determined.add(outcome)
            self._determine(facts, ratings)

    def never_ends(self, node: Node, facts: Facts) -> None:
        self._came_to(node, node.page)
        self._break(node.page, "Asking does not end here.", facts)

    def _came_to(self, node: Node, what: object) -> None:
        self._behaviour[node.place] = self._behaviours.setdefault(what, len(self._behaviours))

    def _outcome(self, facts: Facts, ratings: Ratings, ruling: Ruling) -> object:
        """All that the laws of a determination look at, but for the words."""
        gap = next((gap.id for gap in facts.pack.beyond if gap.when.truth(facts)), "")
        self.findings.used.add(gap)
        items = tuple(
            (
                one.severity,
                one.own,
                one.duty,
                one.best.basis.id if one.best else "",
                tuple(binding(ratings, one.item).items()) if one.severity >= Severity.CONSENT else (),
            )
            for one in ruling.fates
        )
        return ruling.verdict, ruling.basis.basis.id if ruling.basis else "", gap, items

    def _check(self, node: Node, facts: Facts, ratings: Ratings, ruling: Ruling) -> None:
        fates = {one.item.id: one for one in ruling.fates}
        owner = ruling.basis.basis.id if ruling.basis else ruling.verdict
        for says in laws.less_known_is_firmer(facts, fates):
            self._break(owner, says, facts)
        for consent in self._consents:
            for says in laws.consent_makes_worse(facts, fates, consent):
                self._break(owner, says, facts)
        for item in self._in_company(node, fates):
            whole = Facts(self._states.pack, facts.answers, facts.profile)
            for says in laws.less_asked_is_worse(whole, fates, item):
                self._break(owner, says, facts)
        for basis, page in laws.left_unasked(facts, ratings, ruling):
            self._break(basis, f"It ranks above {owner}, and “{page}” is left unasked.", facts)

    def _in_company(self, node: Node, fates: Mapping[str, ItemFate]) -> Iterator[str]:
        """The content items that other rules fit when they are asked for alone, once for each way to end."""
        content = [name for name, one in fates.items() if one.item.content]
        if len(fates) < 2 or not content:  # noqa: PLR2004 - two are company
            return
        before = node
        while before.page != "items":
            before = self._states.nodes[before.before]
        for item in content:
            key = (before.place, tuple(fates), item, fates[item].severity)
            if key not in self._compared:
                self._compared.add(key)
                if not self._states.rules.alike_alone(before.state, tuple(fates), item):
                    yield item

    def _determine(self, facts: Facts, ratings: Ratings) -> None:
        found, came = determine(facts, what_if=False), self.findings
        came.verdicts[found.verdict] += 1
        owner = found.basis.id if found.basis else found.verdict
        for says in (*laws.broken_laws(found), *laws.broken_by_layers(ratings)):
            self._break(owner, says, facts)
        came.used.update(line.id for lines in (found.routes, found.duties, found.advice) for line in lines)
        came.used.update(item.basis for item in found.items if item.basis)

    def _mark(self, node: Node, facts: Facts) -> None:
        """What became of the conditions that no answer has settled for good."""
        for standing in node.state:
            if standing not in self._seen:
                self._seen.add(standing)
                rule = self._rules.get(self._states.rules.name(standing))
                self.findings.marks.update(fates_of_conditions(rule, facts) if rule else ())

    def _break(self, owner: str, what: str, facts: Facts) -> None:
        self.findings.broken.setdefault((owner, what), Broken(owner, what, _told(facts.answers.items())))

    # All states together

    def _finish(self) -> None:
        found, states = self.findings, self._states
        found.states, found.ends = len(states.nodes), sum(not node.page for node in states.nodes)
        found.longest = states.nodes[0].longest
        terms = states.rules.terms
        found.marks.update((terms.conditions[number].key, what) for number, what in terms.seen)
        found.used.update(also_used(states, self._came, found.used.union(self._used)))


def _told(answers: Iterable[tuple[str, Answer]]) -> str:
    plain = {name: answer if isinstance(answer, str) else f"[{', '.join(answer)}]" for name, answer in answers}
    return ", ".join(f"{name}: {answer}" for name, answer in plain.items())
