"""A sealed record, to read; nothing on this page can change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.layers import told_as
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.blocks import Verdict
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.dates import clock, day, day_of
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.hold_card import HoldCard
from ferpa_wizard.desktop.pages.later_card import LaterCard
from ferpa_wizard.desktop.pages.papers_card import PapersCard
from ferpa_wizard.desktop.pages.review_card import ReviewCard
from ferpa_wizard.desktop.pages.saved import seal_card
from ferpa_wizard.desktop.pages.shown import CHOICES, LAYER_STATES, VERDICTS
from ferpa_wizard.desktop.pages.stand_card import StandCard
from ferpa_wizard.desktop.pages.todo_card import TodoCard
from ferpa_wizard.documents.words import LAYERS
from ferpa_wizard.requests.papers import papers
from ferpa_wizard.requests.sealed import Sealed

Json = Mapping[str, Any]


class RecordPage(DeskPage):
    """Decision, result, who said no, items, answers, seal, papers."""

    back = Signal()
    rerun = Signal()
    title = "Record"
    under = "log"
    width_limit = 760

    def __init__(self, look: Look, sealed: Sealed, *, back: str = "Decision log") -> None:
        """`back` names the page that it was opened from."""
        body: Json = sealed.body
        super().__init__(look, str(body["request"]["title"]), gap=12)
        button = Button(look, back, "quiet", icon="arrow-left")
        button.clicked.connect(self.back)
        self.add(row(look, button))
        self.add(self.heading)
        when = f"Record {sealed.number}, sealed {day(sealed.at)}, {clock(sealed.at)}"
        reference = str(body["request"]["reference"])
        where = f"{when}. File or ticket: {reference}" if reference else when
        self.add(Text(look, where, "small", ink="text2", inset=4))
        found: Json = body["determination"]
        icon, ink = VERDICTS[found["verdict"]]
        label, says = found["label"], found["says"]
        verdict = Verdict(look, icon=icon, ink=ink, label=label, sentence=says)
        verdict.heading.setFocusPolicy(self.focusPolicy())
        if found["basis"]:
            verdict.also(f"Basis: {found['basis']['title']}. {found['basis']['cite']}")
        self.add(verdict)
        self.add(self._decision(body["decision"], body.get("agreement")))
        self.add(self._layers(found["layers"]))
        if body["items"]:
            self.add(self._items(body["items"]))
        self.add(self._answers(body["answers"]))
        self.review = ReviewCard(look)
        self.add(self.review)
        self.holds = HoldCard(look)
        self.add(self.holds)
        self.standing = StandCard(look)
        self.add(self.standing)
        self.todos = TodoCard(look)
        self.add(self.todos)
        self._now = self._today()
        self.add(self._now)
        self.later = LaterCard(look)
        self.add(self.later)
        self.papers = PapersCard(look, papers(sealed))
        self.add(self.papers)
        self.add(seal_card(look, sealed))

    def of_another_desk(self) -> None:
        """Leave out what only the desk that made the record can do."""
        for part in (self.holds, self.standing, self.todos, self._now, self.papers):
            part.setVisible(False)

    def offer(self, made: QWidget) -> None:
        """Put a card with something more to do under the decision's to-dos."""
        self.cells.insertWidget(self.cells.indexOf(self.todos) + 1, made)

    def tell_today(self, sentence: str) -> None:
        """What the rules of today say of it."""
        self._says_today.say(sentence)
        self._says_today.setVisible(True)
        announce(self, sentence)

    def _today(self) -> Box:
        button = Button(self.look, "Look at it under today's rules", "small", icon="scale")
        button.clicked.connect(self.rerun)
        self._says_today = Text(self.look, "", "small")
        self._says_today.setVisible(False)
        title = Title(self.look, "Since then")
        return card(self.look, title, row(self.look, button), self._says_today, gap=6)

    def _decision(self, decision: Json, agreement: Json | None) -> Box:
        by = decision["by"]
        who = ", ".join(part for part in (by["name"], by["role"]) if part)
        facts = [self._fact(f"Decision: {decision['label']}", decision["words"], CHOICES[decision["choice"]])]
        reasons = ", ".join(LAYERS.get(layer, layer) for layer in decision["reasons"])
        if reasons:
            facts.append(self._fact("True reason", reasons, ("info", "text2")))
        if decision["correction"]:
            facts.append(self._fact("About this reason", decision["correction"], ("info", "steps")))
        if decision["differs"]:
            says = "The decision differs from the result. The words above say why."
            facts.append(self._fact("Differs from the result", says, ("circle-alert", "steps")))
        facts.append(self._fact("Decided by", who, ("user-check", "text2")))
        if agreement:
            says = f"With {agreement['party']}, until {day_of(agreement['ends'])}"
            facts.append(self._fact("Agreement", says, ("signature", "text2")))
        return self._card("Decision", facts)

    def _layers(self, layers: Json) -> Box:
        facts = []
        for name, title in LAYERS.items():
            word, icon, ink = LAYER_STATES[told_as(layers[name]["state"], layers[name]["binding"])]
            says = str(layers[name]["says"])
            facts.append(
                FactRow(
                    self.look,
                    Line(title, "small-strong"),
                    Line(says, "small", "text2"),
                    icon=(icon, ink),
                    state=(word, ink),
                )
            )
        return self._card("Who says no?", facts)

    def _items(self, items: Sequence[Json]) -> Box:
        shared = sum(bool(item["share"]) for item in items)
        facts = []
        for item in items:
            stops = ", ".join(LAYERS.get(layer, layer) for layer in item["stopped_by"])
            icon = ("circle-check", "yes") if item["share"] else ("circle-x", "no")
            said = f"Stopped by: {stops}" if stops and not item["share"] else ""
            facts.append(self._fact(str(item["label"]), said, icon))
        return self._card(f"Data items: {shared} of {counted(len(items), 'item')} can go", facts)

    def _answers(self, answers: Sequence[Json]) -> Box:
        rows = [
            FactRow(
                self.look,
                Line(str(answer["text"]), "small", "text2"),
                Line(str(answer["label"]), "small-medium"),
                Line("From the agreement." if answer["source"] == "agreement" else "", "caption", "text2"),
            )
            for answer in answers
        ]
        return self._card("Answers", rows)

    def _fact(self, title: str, says: str, icon: tuple[str, str]) -> FactRow:
        lines = (Line(title, "small-medium"), Line(says, "small", "text2"))
        return FactRow(self.look, *lines, icon=icon)

    def _card(self, title: str, rows: Sequence[FactRow]) -> Box:
        return card(self.look, Title(self.look, title), Facts(self.look, *rows, gap=3), gap=6)
