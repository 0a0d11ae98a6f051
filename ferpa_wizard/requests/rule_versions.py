"""The rules over time to read: which are in use, which the log holds, and what changed between two."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping

from ferpa_wizard import paths
from ferpa_wizard.core.difference import Change, Comparison, Request, each_once
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.documents.body import day
from ferpa_wizard.requests.rule_book import Node, listed
from ferpa_wizard.requests.rule_lines import Line, part
from ferpa_wizard.requests.rule_requests import requests_of
from ferpa_wizard.requests.rule_use import RuleUse, UsedPack
from ferpa_wizard.requests.steps import Step

LEFT_OUT = "do not match their seal and were left out. Verify the log."
MADE = 60  # requests made from each of two packs, under each profile, to compare them
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
        Line(f"In the log: {counted(count, 'decision')} made under them."),
        *part("Law as of", [Line(day(pack.law_as_of))]),
        *part("Review", [Line(pack.review)]),
        *part("Hash (SHA-256)", [Line(" ".join(pack.sha256[n : n + 8] for n in range(0, 64, 8)))]),
    )
    title = f"{pack.id} {pack.version}{' (in use now)' if now else ''}"
    return Node(f"versions/{pack.sha256}", title, f"{counted(count, 'decision')}, {pack.sha256[:8]}", lines)


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
    title = raised(f"{subject}{before}, now {after}")
    return Node(f"changes/{place}", title, counted(change.count, "request"), (*shown,) or (Line(title),))


def _in_words(kind: str, side: str, pack: Pack) -> str:
    if kind == "basis":
        titles = {basis.id: f"by “{basis.title}”" for basis in pack.bases}
        return titles.get(side, "by no way" if side == "none" else f"by {side}")
    return _VERDICTS.get(side, side)
