"""How many questions a request takes, scenario by scenario, beside what it may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeAlias

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.cross_check import cross_check
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.model import Beyond, Pack
from ferpa_wizard.core.read_tests import needed_test
from ferpa_wizard.core.strict_yaml import parse


@dataclass(frozen=True)
class Scenario:
    """A kind of request as staff would say it; `most` is how many questions it may take, `records` for which data."""

    id: str
    title: str
    when: Test
    most: int
    records: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Budgets:
    """`filled` names the profiles under which the figures have to hold."""

    file: str = ""
    filled: tuple[str, ...] = ()
    scenarios: tuple[Scenario, ...] = ()

    def tests(self) -> Iterator[tuple[tuple[str, ...], dict[str, Test]]]:
        """The tests of the scenarios by the data for which they have to hold."""
        for records in dict.fromkeys(one.records for one in self.scenarios):
            yield records, {one.id: one.when for one in self.scenarios if one.records == records}


@dataclass(frozen=True)
class Taken:
    """A worked example that was walked: under which profile, and how many pages were answered."""

    facts: Facts
    profile: str
    pages: int


def read_budgets(data: bytes, file: str, pack: Pack) -> tuple[Budgets, list[Mistake]]:
    """The scenarios from their YAML, and the mistakes met."""
    root, mistakes = parse(data, file)
    if root is None:
        return Budgets(), mistakes
    block = Block(root, file, mistakes)
    records = block.texts("records")
    scenarios = tuple(_scenario(one, records) for one in block.blocks("scenarios"))
    budgets = Budgets(file, block.texts("filled"), scenarios)
    block.finish()
    return budgets, [*mistakes, *_unknown_names(budgets, pack)]


def _scenario(block: Block, records: tuple[str, ...]) -> Scenario:
    scenario = Scenario(
        id=block.text("id"),
        title=block.text("title"),
        when=needed_test(block, "when"),
        most=block.number("most"),
        records=block.texts("records") or records,
        line=block.line,
    )
    block.finish()
    return scenario


def _unknown_names(budgets: Budgets, pack: Pack) -> list[Mistake]:
    """Facts and answers that the pack does not have, told as for a rule."""
    places = {one.id: (budgets.file, one.line) for one in budgets.scenarios}
    gaps = tuple(Beyond(one.id, one.when, one.title, "", "", "") for one in budgets.scenarios)
    found = cross_check(replace(pack, beyond=gaps), places, frozenset())
    return [mistake for mistake in found if mistake.file == budgets.file]


LongestOf: TypeAlias = Mapping[str, Mapping[str, tuple[int, str]]]
"""By profile and scenario: the pages of the longest path, and its answers."""


def over_budget(budgets: Budgets, longest: LongestOf) -> Iterator[Mistake]:
    """The scenarios of which some path is too long under a filled profile."""
    profiles = [name for name in budgets.filled if name in longest]
    for scenario in budgets.scenarios if profiles else ():
        name = max(profiles, key=lambda one: longest[one].get(scenario.id, (0, ""))[0])
        pages, answers = longest[name].get(scenario.id, (0, ""))
        if not pages:
            what = f"No request is “{scenario.title}”."
            yield Mistake(budgets.file, scenario.line, what, "Mend its `when`.")
        if pages > scenario.most:
            what = (
                f"“{scenario.title}” takes {pages} questions under the profile “{name}”; {scenario.most} are allowed."
            )
            yield Mistake(budgets.file, scenario.line, what, f"Ask less, or put it on a page. Answers: {answers}.")


def budget_table(budgets: Budgets, longest: LongestOf, taken: Sequence[Taken]) -> Iterator[tuple[str, ...]]:
    """Title, median and most with a filled profile, what is allowed, and median and most without a profile."""
    yield "Questions until the result", "median", "most", "allowed", "no profile: median", "most"
    for scenario in budgets.scenarios:
        fits = [one for one in taken if scenario.when.truth(one.facts)]
        filled = [longest[name][scenario.id][0] for name in budgets.filled if scenario.id in longest.get(name, {})]
        bare = longest.get("none", {}).get(scenario.id)
        yield (
            scenario.title,
            _median(one.pages for one in fits if one.profile in budgets.filled),
            str(max(filled, default="-")),
            str(scenario.most),
            _median(one.pages for one in fits if one.profile not in budgets.filled),
            str(bare[0] if bare else "-"),
        )
    filled_ones = [one.pages for one in taken if one.profile in budgets.filled]
    others = [one.pages for one in taken if one.profile not in budgets.filled]
    most = [str(max(pages, default="-")) for pages in (filled_ones, others)]
    yield "All worked examples", _median(filled_ones), most[0], "", _median(others), most[1]


def _median(pages: Iterable[int]) -> str:
    found = list(pages)
    return f"{median(found):g}" if found else "-"
