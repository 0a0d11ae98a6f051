"""The sheet for what is known of a request as it came in; every field may stay empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.intake import WAYS, Intake
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.controls.fields import ChoiceField, Labelled, LineField, WordsField
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.dialogs import Sheet
from ferpa_wizard.desktop.look import Look

Keep = Callable[[Intake], Sequence[tuple[str, str]]]
_DAY = "As 2026-01-31."


class IntakeSheet(Sheet):
    """Closes once `keep` takes what is in it; what it refuses is shown at its field."""

    def __init__(self, look: Look, parent: QWidget, intake: Intake, keep: Keep) -> None:
        super().__init__(look, parent, "About this request")
        self._keep = keep
        lead = "Fill in what you know. Clocks run from the day the request came in."
        self.body.add(Text(look, lead, "small", ink="text2"))
        self._received = LineField(look, intake.received)
        self._deadline = LineField(look, intake.deadline)
        self._way = ChoiceField(look, list(WAYS.values()), list(WAYS).index(intake.way) if intake.way in WAYS else 0)
        self._asker = LineField(look, intake.asker)
        self._reference = LineField(look, intake.reference)
        self._identity = LineField(look, intake.identity)
        self._words = WordsField(look, intake.words)
        self._labelled = self._label_all()
        days = Box(look, across=True, gap=4)
        for name in ("received", "deadline"):
            days.add(self._labelled[name], 1)
        for part in (days, *(self._labelled[name] for name in ("way", "asker", "reference", "identity", "words"))):
            self.body.add(part)
            self.body.add(Gap(look, 2))
        hint = "For example, about self-harm or abuse. The record is found by its number alone."
        self._keep_out = CheckCard(look, "Keep this request out of lists", hint=hint)
        self._keep_out.setChecked(intake.keep_out)
        self.body.add(self._keep_out)
        self.keep_or_cancel()
        self._received.setFocus()
        self.settle(560)

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

    def submit(self) -> None:
        problems = dict(self._keep(self.intake()))
        for name, labelled in self._labelled.items():
            labelled.wrong(problems.get(name, ""))
        if not problems:
            self.accept()
            return
        self._labelled[next(iter(problems))].field.setFocus()

    def _label_all(self) -> dict[str, Labelled]:
        look = self.look
        checked = "For example: ID card seen, or called back on the number in the file."
        return {
            "received": Labelled(look, "Came in on", self._received, hint=_DAY),
            "deadline": Labelled(look, "They want it by", self._deadline, hint=_DAY),
            "way": Labelled(look, "How it came", self._way),
            "asker": Labelled(look, "Who asks", self._asker, hint="The name of a person or group, not of a student."),
            "reference": Labelled(look, "File or ticket number", self._reference),
            "identity": Labelled(look, "How you checked who they are", self._identity, hint=checked),
            "words": Labelled(look, "The request in their words", self._words, hint="Leave out names of students."),
        }
