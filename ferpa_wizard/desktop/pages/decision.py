"""The decision: what was decided, the true reason by layer, in whose name, and who else agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.prompts import Prompt
from ferpa_wizard.core.record import Decision, DecisionChoice
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.blocks import Told
from ferpa_wizard.desktop.controls.box import Box, Gap
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckCard, OptionCard, first_choice
from ferpa_wizard.desktop.controls.fields import Labelled, LineField, WordsField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import COLUMN, Mark, Text
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.page import Page
from ferpa_wizard.desktop.pages.question import Options
from ferpa_wizard.desktop.pages.second import Second
from ferpa_wizard.desktop.pages.who import Who
from ferpa_wizard.desktop.remember import Person
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import waiting_decision


@dataclass(frozen=True)
class Filled:
    """What was filled in when the page was left; `noted` is the reference that the request had then."""

    decision: Decision
    reference: str
    noted: str


class DecisionPage(Page):
    """Collects a decision; the room says what is missing from it."""

    save = Signal(object)
    wait = Signal(object)
    pass_on = Signal()
    back = Signal()
    width_limit = COLUMN

    def __init__(
        self,
        look: Look,
        request: Request,
        *,
        layers: Sequence[tuple[str, str]],
        people: Sequence[Person],
        since: Sequence[str] = (),
        before: Filled | None = None,
    ) -> None:
        super().__init__(look, "What did you decide?", gap=4)
        self.request, self._choices, self._layers = request, request.choices(), layers
        filled = before.decision if before is not None else waiting_decision(request) or Decision("")
        prompts = request.prompts()
        self._told = Told(look, *since) if since else None
        if self._told is not None:
            self.add(Box(look, self._told, margins=(RING, 0, RING, 8)))
        self.options = self._offer_choices(request.so_far.says)
        self.add(self.options)
        self._reasons = self._offer_reasons()
        self.add(self._reasons)
        self._words = WordsField(look, filled.words)
        self._who = Who(look, "Recorded by", people, (filled.by_name, filled.by_role))
        self._second = Second(look, (filled.second_name, filled.second_role))
        self._second.wait.connect(lambda: self.wait.emit(self.decision()))
        self._noted = request.intake.reference
        typed = before is not None and before.noted == self._noted  # else it was noted elsewhere since
        self._reference = LineField(look, before.reference if before is not None and typed else self._noted)
        self._fields()
        self._prompts = {prompt.id: LineField(look, filled.notes.get(prompt.id, "")) for prompt in prompts}
        self._sharing = self._ask_prompts(prompts)
        self.add(self._sharing)
        self._footer()
        self._choose(filled)
        self._on_choice()

    def opening(self) -> QWidget:
        return self._told or self.options.heading  # what changed is read first

    def submit(self) -> None:
        self.save.emit(self.decision())

    @property
    def reference(self) -> str:
        """The file or ticket number typed."""
        return self._reference.text().strip()

    def filled(self) -> Filled:
        """All that is filled in, for when the page is opened again."""
        return Filled(self.decision(), self.reference, self._noted)

    def undo(self) -> str:
        return "Nothing is undone here. Go back to change an answer."  # it would lead away from what is filled in

    def redo(self) -> str:
        return self.undo()

    def noted(self, intake: Intake) -> None:
        if intake.reference != self._noted:  # else what is typed here stays
            self._noted = intake.reference
            self._reference.setText(self._noted)

    def decision(self) -> Decision:
        """The decision as it stands on the page."""
        by, second = self._who.person(), self._second.person()
        return Decision(
            choice=self._choice(),
            reasons=self._ticked() if self._declines() else (),
            words=self._words.toPlainText().strip(),
            by_name=by[0],
            by_role=by[1],
            notes={name: field.text().strip() for name, field in self._prompts.items()} if self._shares() else {},
            second_name=second[0],
            second_role=second[1],
        )

    def refuse(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show what is missing: pairs of field and sentence."""
        for part in (self._who, self._second):
            part.mended()
        for labelled in self._labelled.values():
            labelled.wrong("")
        for field, sentence in problems:
            for part in (self._who, self._second):
                if part.field(field) is not None:
                    part.wrong(field, sentence)
            if field in self._labelled:
                self._labelled[field].wrong(sentence)
        self.wrong([(sentence, self._field(field)) for field, sentence in problems])

    # -- parts -----------------------------------------------------------------------------

    def _field(self, name: str) -> QWidget | None:
        fields = {"words": self._words, "reference": self._reference, **self._prompts}
        if name == "choice":
            return first_choice(self.options.buttons)
        if name == "reasons":
            return first_choice(self._reason_options.buttons)
        return fields.get(name) or self._who.field(name) or self._second.field(name)

    def _offer_choices(self, says: str) -> Options:
        options = Options(self.look, "What did you decide?", f"The rules say: {says}")
        for place, choice in enumerate(self._choices, start=1):
            hint = "" if choice.fits else "This differs from the result. You will be asked why."
            card = OptionCard(self.look, choice.label, hint=hint, key=str(place))
            card.toggled.connect(self._on_choice)
            options.offer(card)
        return options

    def _offer_reasons(self) -> Box:
        hint = "Say the real reason, even if it is time, cost or a local rule."
        self._reason_options = Options(self.look, "What is the true reason?", hint, style="h2")
        for place, (_name, title) in enumerate(self._layers, start=1):
            card = CheckCard(self.look, title, key=str(place))
            card.toggled.connect(self._on_reason)
            self._reason_options.offer(card)
        self._correction = Text(self.look, "", "small-strong", ink="steps")
        self._correction_line = Box(self.look, across=True, gap=8, margins=(14, 10, 14, 10))
        self._correction_line.ground("steps_t", line="steps")
        self._correction_line.add(Mark(self.look, "info", "steps"), top=True)
        self._correction_line.add(self._correction, 1)
        self._correction_line.setVisible(False)
        around = Box(self.look, self._correction_line, margins=(RING, 4, RING, 0))
        return Box(self.look, Gap(self.look, 12), self._reason_options, around)

    def _fields(self) -> None:
        look = self.look
        words = Labelled(look, "In your words", self._words, hint="Kept in the record. Leave out names of students.")
        hint = "A file or ticket number, if you have one."
        reference = Labelled(look, "How will you find this again?", self._reference, hint=hint)
        self._labelled: dict[str, Labelled] = {"words": words, "reference": reference}
        for part in (Gap(look, 12), words, Gap(look, 6), self._who, self._second, Gap(look, 6), reference):
            self.add(part)

    def _ask_prompts(self, prompts: Sequence[Prompt]) -> Box:
        """The questions on effective sharing, shown where data is to go; each may stay empty."""
        look = self.look
        block = Box(look, Gap(look, 14), Text(look, "For data that leaves your school", "h2", inset=RING), gap=6)
        for prompt in prompts:
            labelled = Labelled(look, prompt.ask, self._prompts[prompt.id], hint=prompt.hint)
            self._labelled[prompt.id] = labelled
            block.add(labelled)
        return block

    def _declines(self) -> bool:
        chosen = self._chosen()
        return chosen is not None and chosen.declines

    def _shares(self) -> bool:
        chosen = self._chosen()
        return chosen is not None and chosen.shares and bool(self._prompts)

    def _footer(self) -> None:
        save = Button(self.look, "Save the decision", "primary", icon="lock")
        save.clicked.connect(self.submit)
        back = Button(self.look, "Back")
        back.clicked.connect(self.back)
        self.footer.add(save)
        self.footer.add(back)
        on = Button(self.look, "Pass this on", "quiet", icon="arrow-right")
        on.clicked.connect(self.pass_on)
        self.footer.add(on)
        hint = "A saved record cannot be changed."
        self.footer.add(Text(self.look, hint, "small", ink="text2", inset=RING), 1)

    def _choose(self, filled: Decision) -> None:
        """Choose and tick again what was filled in."""
        for choice, button in zip(self._choices, self.options.buttons, strict=True):
            button.setChecked(choice.id == filled.choice)
        for (layer, _title), button in zip(self._layers, self._reason_options.buttons, strict=True):
            button.setChecked(layer in filled.reasons)

    def _chosen(self) -> DecisionChoice | None:
        chosen = self.options.chosen()
        return self._choices[chosen[0]] if chosen else None

    def _choice(self) -> str:
        chosen = self._chosen()
        return chosen.id if chosen else ""

    def _ticked(self) -> tuple[str, ...]:
        return tuple(self._layers[place][0] for place in self._reason_options.chosen())

    def _on_choice(self) -> None:
        self._reasons.setVisible(self._declines())
        self._sharing.setVisible(self._shares())
        self._second.ask(self.request.second_for(self._choice()))
        self._on_reason()

    def _on_reason(self) -> None:
        sentence = self.request.correction(self._choice(), self._ticked())
        if sentence and not self._correction_line.isVisibleTo(self):
            self._correction.say(sentence)
            announce(self, sentence)
        self._correction_line.setVisible(bool(sentence))
