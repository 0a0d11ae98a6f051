"""Which pages can still matter: the bound on questions left, and which answers count."""

from __future__ import annotations

from collections.abc import Iterator

from ferpa_wizard.core.asking import open_rows
from ferpa_wizard.core.facts import Facts, question_names, questions_of
from ferpa_wizard.core.model import Barrier, Basis, Pack, Severity
from ferpa_wizard.core.rating import rate


def at_most_more(facts: Facts) -> int:
    """How many pages may follow the one that is asked now; never below the truth, never grows as answers come."""
    tree = sum(facts.may_open(question) for question in facts.pack.tree)
    others = sum(_is_open(page, facts) for page in live_pages(facts) if not _in_tree(page, facts.pack))
    return max(tree + others - 1, 0)


def live_pages(facts: Facts) -> frozenset[str]:
    """Every question and checklist of a basis or barrier that these facts do not rule out, asked or not."""
    if facts.live is None:
        facts.live = _live_pages(facts)
    return facts.live


def _live_pages(facts: Facts) -> frozenset[str]:
    pages: set[str] = set()
    for basis in facts.pack.bases:
        if not ruled_out(basis, facts):
            pages.update(_pages(facts.pack, basis))
    for barrier in facts.pack.barriers:
        if not facts.items_known or any(barrier.stops.truth(facts, item) is not False for item in facts.items):
            pages.update(_pages(facts.pack, barrier))
    return frozenset(pages)


def ruled_out(basis: Basis, facts: Facts) -> bool:
    """Has it a flat no of its own, whatever else is answered?

    A no that another law adds leaves it in sight: whether FERPA stands in the way has to be told as well.
    """
    if basis.level != "both" and facts.holds("level", (basis.level,)) is False:
        return True
    for condition in (*basis.triggers, *basis.conditions):
        if not condition.added and rate(condition, facts).severity == Severity.NO:
            return True
    return False


def _is_open(page: str, facts: Facts) -> bool:
    basis = facts.pack.checklists.get(page)
    if basis is None:
        return facts.may_open(facts.pack.questions[page])
    return page not in facts.answers and bool(open_rows(basis, facts))


def _in_tree(page: str, pack: Pack) -> bool:
    return page in pack.questions and pack.questions[page].in_tree


def _pages(pack: Pack, rule: Basis | Barrier) -> tuple[str, ...]:
    """Every page on which a rule rests; worked out once."""
    found = pack.found.get(rule.id)
    if found is None:
        pages = _pages_of_basis(pack, rule) if isinstance(rule, Basis) else _pages_of_barrier(pack, rule)
        found = pack.found[rule.id] = tuple(dict.fromkeys(pages))
    return found


def _pages_of_basis(pack: Pack, basis: Basis) -> Iterator[str]:
    for condition in (*basis.whole, *basis.covers):
        yield from questions_of(pack, condition)
    if basis.checklist:
        yield basis.checklist.id


def _pages_of_barrier(pack: Pack, barrier: Barrier) -> Iterator[str]:
    tests = [barrier.stops, *([barrier.when] if barrier.when else [])]
    yield from question_names(pack, (name for test in tests for name in test.facts()))
    for condition in barrier.unless:
        yield from questions_of(pack, condition)
