"""The cards of a result, each made from one part of the determination."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ferpa_wizard.core.determination import (
    AdviceLine,
    BasisLine,
    ConditionLine,
    Determination,
    DutyLine,
    ItemLine,
    LayerLine,
    MythLine,
    RouteLine,
    StepLine,
    UnknownLine,
)
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.layers import told_as
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import MARKS
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.blocks import Verdict
from ferpa_wizard.desktop.controls.box import Box, Rule, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.more import LongFacts
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Count, Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.shown import CONDITIONS, LAYER_STATES, VERDICTS, short_cite
from ferpa_wizard.documents.words import DUTY_TIMES, LAYERS

LONG_CITE = 14  # a longer one goes under the words and not beside them


def verdict_block(look: Look, found: Determination) -> Verdict:
    """What the rules say, in one sentence, with its basis."""
    icon, ink = VERDICTS[found.verdict]
    block = Verdict(look, icon=icon, ink=ink, label=found.label, sentence=found.says)
    if found.challenge is not None:
        block.also(found.challenge.says, "option")
    if found.judge is not None:
        block.also(f"Who must judge: {found.judge.role}. What to judge: {found.judge.test}")
    if found.basis is not None:
        block.also(f"Basis: {found.basis.title}. {found.basis.cite}")
    return block


def steps_card(
    look: Look,
    steps: Sequence[StepLine],
    *,
    items: Mapping[str, Item],
    remove: Callable[[tuple[str, ...]], None],
    edit: Callable[[str], None],
) -> Box:
    """What has to be done first, each with the button that does it where there is one."""
    many = len(steps) > 1
    title = f"Do these {len(steps)} things first" if many else "Do this first"
    block = card(look, Title(look, title), gap=12)
    for number, step in enumerate(steps, start=1):
        if number > 1:
            block.add(Rule(look))
        block.add(_step(look, step, number, link=_step_link(look, step, items, remove, edit)))
    return block


def _step(look: Look, step: StepLine, number: int, *, link: Button | None) -> Box:
    words = Box(look, gap=2)
    whose = LAYERS.get(step.layer, "") if step.layer != "ferpa" else ""
    foot = _joined(f"Who: {step.by}" if step.by else "", whose, step.cite, MARKS.get(step.mark, ""))
    words.add(
        Facts(
            look,
            FactRow(
                look,
                Line(step.do.rstrip("."), "option"),
                Line(step.says, "small", "text2"),
                Line(foot, "caption", "text2"),
            ),
        )
    )
    if link is not None:
        words.add(row(look, link, margins=(0, 2, 0, 0)))
    line = Box(look, across=True, gap=8, margins=(RING, 0, 0, 0))
    line.add(Count(look, number, "steps"), top=True)
    line.add(words, 1)
    return line


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _checked(mark: str) -> str:
    """How far a rule of state law or policy was checked, as a line of its own."""
    said = MARKS.get(mark, "")
    return raised(said)


def _step_link(
    look: Look,
    step: StepLine,
    items: Mapping[str, Item],
    remove: Callable[[tuple[str, ...]], None],
    edit: Callable[[str], None],
) -> Button | None:
    if step.removes:
        names = [items[name].name if name in items else name for name in step.removes]
        button = Button(look, "Remove " + _listed(names), "link")
        button.clicked.connect(lambda: remove(step.removes))
        return button
    if step.page:
        button = Button(look, "Done? Change the answer", "link")
        button.setAccessibleName(f"Change the answer: {step.do}")
        button.clicked.connect(lambda: edit(step.page))
        return button
    return None


def _listed(names: Sequence[str]) -> str:
    if len(names) > 2:
        return f"these {len(names)} items"
    return " and ".join(names)


def layers_card(look: Look, layers: Mapping[str, LayerLine]) -> Box:
    """Who says no: five rows, always in this order."""
    rows = []
    for name, title in LAYERS.items():
        layer = layers[name]
        word, icon, ink = LAYER_STATES[told_as(layer.state, layer.binding)]
        rows.append(
            FactRow(
                look,
                Line(layer.title or title, "small-strong"),
                Line(layer.says, "small", "text2"),
                Line(_checked(layer.mark), "caption", "text2"),
                icon=(icon, ink),
                state=(word, ink),
            )
        )
    return card(look, Title(look, "Who says no?"), Facts(look, *rows, gap=1), gap=4)


def items_card(look: Look, items: Sequence[ItemLine]) -> Box:
    """Item by item: which can go, and which layer stops the others."""
    rows = []
    for item in items:
        stops = ", ".join(LAYERS.get(layer, layer) for layer in item.stopped_by)
        state = ("Can go", "yes") if item.share else ("Not yet", "steps")
        icon = ("circle-check", "yes") if item.share else ("circle-alert", "steps")
        said = f"Stopped by: {stops}" if stops and not item.share else ""
        rows.append(
            FactRow(
                look,
                Line(item.label, "small-medium"),
                Line(said, "small", "text2"),
                icon=icon,
                state=state,
            )
        )
    return card(look, Title(look, "Item by item"), Facts(look, *rows, gap=0), gap=6)


def conditions_card(look: Look, basis: BasisLine) -> Box:
    """What the basis needs, and how much of it is met."""
    met = sum(one.status == "met" for one in basis.conditions)
    head = Box(look, across=True, gap=8)
    head.add(Title(look, "Conditions for this basis"), 1)
    total = f"{met} of {len(basis.conditions)} met"
    head.add(Text(look, total, "small", ink="text2", wraps=False))
    rows = [_condition(look, one, basis.cite) for one in basis.conditions]
    return card(look, head, Facts(look, *rows, gap=1), gap=6)


def _condition(look: Look, one: ConditionLine, base: str) -> FactRow:
    word, icon, ink = CONDITIONS[one.status]
    cite = short_cite(one.cite, base)
    beside = len(cite) <= LONG_CITE
    because = one.because if one.status != "met" else ""
    fact = FactRow(
        look,
        Line(one.says, "small"),
        Line(because, "small", "text2"),
        Line(_joined("" if beside else one.cite, MARKS.get(one.mark, "")), "caption", "text2"),
        icon=(icon, ink),
        state=(word, ink),
        note=cite if beside else "",
        spoken=one.cite,
    )
    fact.setAccessibleDescription(one.because)
    return fact


def duties_card(look: Look, duties: Sequence[DutyLine], when: str) -> Box:
    """What the law asks for before, at or after sharing."""
    rows = []
    for duty in duties:
        by = f"Who: {duty.by}" if duty.by else ""
        within = f"within {counted(duty.days, 'day')}" if duty.days else ""
        said = _joined(by, within, duty.cite, MARKS.get(duty.mark, ""))
        icon = ("circle-dot", "accent")
        rows.append(FactRow(look, Line(duty.do, "small-medium"), Line(said, "caption", "text2"), icon=icon))
    return card(look, Title(look, DUTY_TIMES[when]), Facts(look, *rows, gap=4), gap=6)


def routes_card(look: Look, routes: Sequence[RouteLine]) -> Box:
    """Other ways to share, in the order of the determination."""
    rows = []
    for route in routes:
        foot = _joined(route.by, route.takes, route.cite)
        steps = [Line(step, "small", "text2") for step in route.steps_text]
        title = Line(route.title, "small-strong")
        rows.append(FactRow(look, title, *steps, Line(foot, "caption", "text2")))
    return card(look, Title(look, "Other ways to share"), LongFacts(look, rows, most=4, gap=6), gap=6)


def unknown_card(look: Look, unknown: Sequence[UnknownLine], edit: Callable[[str], None]) -> Box:
    """Facts to find out, and what each answer would change."""
    many = len(unknown) > 1
    title = f"{len(unknown)} facts to find out" if many else "One fact to find out"
    block = card(look, Title(look, title), gap=10)
    for one in unknown:
        fact = FactRow(
            look,
            Line(one.text, "small-strong"),
            Line(one.if_yes, "small", "text2"),
            Line(one.if_no, "small", "text2"),
            icon=("circle-question-mark", "ask"),
        )
        link = Button(look, "Answer it", "link")
        link.setAccessibleName(f"Answer it: {one.text}")
        link.clicked.connect(_opener(edit, one.question))
        line = Box(look, across=True, margins=(27, 0, 0, 0))
        line.add(link)
        line.push()
        block.add(Box(look, Facts(look, fact), line))
    return block


def _opener(edit: Callable[[str], None], question: str) -> Callable[[], None]:
    return lambda: edit(question)


def advice_card(look: Look, advice: Sequence[AdviceLine], myths: Sequence[MythLine]) -> Box:
    """Good practice that FERPA does not ask for, and what people wrongly say about it."""
    rows = [
        FactRow(
            look,
            Line(one.says, "small"),
            Line(_joined(one.cite, MARKS.get(one.mark, "")), "caption", "text2"),
            icon=("info", "text2"),
        )
        for one in advice
    ]
    rows += [
        FactRow(
            look,
            Line(f"People say: “{myth.people_say}”", "small-medium"),
            Line(myth.answer, "small", "text2"),
            Line(myth.cite, "caption", "text2"),
            icon=("info", "text2"),
        )
        for myth in myths
    ]
    return card(look, Title(look, "Good to know"), Facts(look, *rows, gap=4), gap=6)
