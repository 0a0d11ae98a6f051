"""The sheet for what is known of a request as it came in; every field may stay empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.intake import WAYS, Intake
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.controls.fields import ChoiceField, Labelled, LineField, WordsField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet
from ferpa_wizard.desktop.look import Look

Keep = Callable[[Intake], Sequence[tuple[str, str]]]
_DAY = "As 2026-01-31."


class IntakeSheet(FormSheet):
    """What is known of the request."""

    def __init__(self, look: Look, parent: QWidget, intake: Intake, keep: Keep) -> None:
        super().__init__(look, parent, "About this request", lambda: keep(self.intake()), self.intake)
        lead = "Fill in what you know. Clocks run from the day the request came in."
        self.body.add(Text(look, lead, "small", ink="text2", inset=RING))
        self._received = LineField(look, intake.received)
        self._deadline = LineField(look, intake.deadline)
        self._way = ChoiceField(look, list(WAYS.values()), list(WAYS).index(intake.way) if intake.way in WAYS else 0)
        self._asker = LineField(look, intake.asker)
        self._reference = LineField(look, intake.reference)
        self._identity = LineField(look, intake.identity)
        self._words = WordsField(look, intake.words)
        self._put_all()
        hint = "For example, about self-harm or abuse. The record is found by its number alone."
        self._keep_out = CheckCard(look, "Keep this request out of lists", hint=hint)
        self._keep_out.setChecked(intake.keep_out)
        self.body.add(self._keep_out)
        self.ready(560)

    def intake(self) -> Intake:
        """What is in the fields now."""
        return Intake(
            reference=self._reference.text().strip(),
            words=self._words.toPlainText().strip(),
            received=self._received.text().strip(),
            way=list(WAYS)[self._way.currentIndex()],
            deadline=self._deadline.text().strip(),
            identity=self._identity.text().strip(),
            keep_out=self._keep_out.isChecked(),
            asker=self._asker.text().strip(),
        )

    def _put_all(self) -> None:
        look = self.look
        days = Box(look, across=True, gap=4)
        days.add(self.known("received", Labelled(look, "Came in on", self._received, hint=_DAY)), 1)
        days.add(self.known("deadline", Labelled(look, "They want it by", self._deadline, hint=_DAY)), 1)
        self.body.add(days)
        self.body.add(Gap(look, 2))
        asker = "The name of a person or group, not of a student."
        checked = "For example: ID card seen, or called back on the number in the file."
        self.put("way", Labelled(look, "How it came", self._way))
        self.put("asker", Labelled(look, "Who asks", self._asker, hint=asker))
        self.put("reference", Labelled(look, "File or ticket number", self._reference))
        self.put("identity", Labelled(look, "How you checked who they are", self._identity, hint=checked))
        words = Labelled(look, "The request in their words", self._words, hint="Leave out names of students.")
        self.put("words", words)
