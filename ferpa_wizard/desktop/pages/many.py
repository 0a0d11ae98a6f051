"""Several ticks: a checklist, or a question that takes more than one answer."""

from __future__ import annotations

from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.pages.question import KEYS, Answer, Question
from ferpa_wizard.desktop.pages.ticks import Ticks

NONE = {"checklist": "None of these yet", "question": "None of these"}


class ManyQuestion(Question):
    """Check boxes; the last one says that none apply, and clears the others."""

    ticks: Ticks

    def offer(self) -> None:
        for place, option in enumerate(self.ask.options, start=1):
            self._card(option.label, option.hint, place)
        hint = "We will list them as things to do." if self.ask.page == "checklist" else ""
        self._none = self._card(NONE[self.ask.page], hint, len(self.ask.options) + 1)
        self._none.toggled.connect(self._on_none)
        self.ticks = Ticks(self.options.buttons)

    def fill(self, given: Answer) -> None:
        ticked = (given,) if isinstance(given, str) else given
        for option, button in zip(self.ask.options, self.options.buttons, strict=False):
            button.setChecked(option.id in ticked)
        self._none.setChecked(not ticked)

    def value(self) -> Answer | None:
        chosen = self.options.chosen()
        if not chosen:
            return None
        return tuple(self.ask.options[place].id for place in chosen if place < len(self.ask.options))

    def nothing_yet(self) -> str:
        return f"Tick what is true. If nothing is, tick “{NONE[self.ask.page]}”."

    def key_hint(self) -> str:
        keys = min(KEYS, len(self.options.buttons))
        return f"Press 1 to {keys} to tick, then Enter"

    def _card(self, label: str, hint: str, place: int) -> CheckCard:
        card = CheckCard(self.look, label, hint=hint, key=str(place) if place <= KEYS else "")
        card.toggled.connect(lambda ticked: self._on_tick(card, ticked=ticked))
        self.options.offer(card)
        return card

    def _on_tick(self, card: CheckCard, *, ticked: bool) -> None:
        if ticked and card is not self._none:
            self._none.setChecked(False)
        self.changed.emit()

    def _on_none(self, ticked: bool) -> None:
        with self.ticks.at_once():
            for button in self.options.buttons:
                if ticked and button is not self._none:
                    button.setChecked(False)
