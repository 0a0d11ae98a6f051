"""The sources of the rules to read: how far each was checked, what it is about, and which rules rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ferpa_wizard.core.cited import cited_rules
from ferpa_wizard.core.coverage import paragraph_names
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.rule_phrases import SOURCE_MARKS
from ferpa_wizard.core.sources import Source, sources
from ferpa_wizard.documents.body import day
from ferpa_wizard.requests.rule_book import Book, Node, listed
from ferpa_wizard.requests.rule_lines import Line, part

UNREAD = ("unverified", "K")  # nobody has looked these up yet
_ORDER = (*UNREAD, "S", "P")


def sources_book(pack: Pack) -> Book:
    """Every source outside Part 99 by how far it was checked, those to be looked up first; then Part 99 itself."""
    citing, held = citing_rules(pack), sources(pack)
    found = [_marked(pack, mark, [one for one in held if one.mark == mark], citing) for mark in _ORDER]
    unread = sum(one.mark in UNREAD for one in held)
    head = f"{len(held)} sources outside FERPA’s regulation; {unread} of them were not looked up yet."
    return Book(head, "", tuple(node for node in (*found, _regulation(pack, citing)) if node.nodes))


def citing_rules(pack: Pack) -> dict[str, list[str]]:
    """Each citation with the rules that rest on it, in words."""
    titles = rule_titles(pack)
    citing: dict[str, list[str]] = defaultdict(list)
    for rule in cited_rules(pack):
        title = titles.get(rule.owner) or titles.get(rule.id, "")
        for cite in rule.cites:
            if title and title not in citing[cite]:
                citing[cite].append(title)
    return dict(citing)


def _marked(pack: Pack, mark: str, held: Sequence[Source], citing: dict[str, list[str]]) -> Node:
    nodes = [_source(pack, one, citing.get(one.cite, ())) for one in sorted(held, key=lambda one: one.cite)]
    return listed(f"sources/{mark}", f"Other law: {SOURCE_MARKS[mark]}", nodes)


def _source(pack: Pack, source: Source, used: Iterable[str]) -> Node:
    unread = source.mark in UNREAD
    checked = (
        "Nobody has looked it up yet. Rules that rest on it may be wrong."
        if unread
        else f"{raised(SOURCE_MARKS[source.mark])}, as it stood on {day(pack.law_as_of)}."
    )
    title = f"{source.cite} (not looked up yet)" if unread else source.cite
    lines = (*part("How far it was checked", [Line(checked)]), *_used(used))
    return Node(f"source/{source.cite}", title, source.title, tuple(lines))


def _regulation(pack: Pack, citing: dict[str, list[str]]) -> Node:
    """The paragraphs of Part 99 that a rule cites, in the order of the law."""
    read = part("How far it was checked", [Line(f"Read in the law's text, as it stood on {day(pack.law_as_of)}.")])
    lines = tuple(read)
    nodes = [
        Node(f"source/{cite}", cite, lines=(*lines, *_used(citing[cite])))
        for cite in paragraph_names(pack)
        if cite in citing
    ]
    return listed("sources/part-99", "FERPA’s regulation: 34 CFR Part 99", nodes)


def _used(titles: Iterable[str]) -> Iterator[Line]:
    held = [Line(title, "rule") for title in titles]
    yield from part("Rules that rest on it", held or [Line("No rule in use cites it.")])


def rule_titles(pack: Pack) -> dict[str, str]:
    """Each rule by its id, or that in which it stands, with the kind that it is of."""
    return {
        **{f.id: f"Question: {f.text}" for f in pack.questions.values()},
        **{f.id: f"Way to yes: {f.title}" for f in pack.routes},
        **{f.id: f"Duty: {f.do}" for f in pack.duties.values()},
        **{f.id: f"Not decided: {f.title}" for f in pack.beyond},
        **{advice.id: f"Way to share: {basis.title}" for basis in pack.bases for advice in basis.advice},
        **{myth.id: f"Way to share: {basis.title}" for basis in pack.bases for myth in basis.myths},
        **{basis.checklist.id: f"Way to share: {basis.title}" for basis in pack.bases if basis.checklist},
        **{f.id: f"Way to share: {f.title}" for f in pack.bases},
        **{f.id: f"Rule of other law: {f.title}" for f in pack.barriers},
    }
