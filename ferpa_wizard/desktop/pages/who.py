"""Who records it: one of those who did so here before, or somebody else by name and role."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.cards import OptionCard, first_choice
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.question import Options
from ferpa_wizard.desktop.remember import Person

OTHER = "Somebody else"
NOBODY: Person = ("", "")


class Who(Box):
    """The people that the desk knows, to choose from, and two fields for anybody else; the fields alone at first.

    Nobody is chosen beforehand where there is more than one: a wrong name must not slip in.
    """

    def __init__(self, look: Look, title: str, people: Sequence[Person], filled: Person = NOBODY) -> None:
        super().__init__(look, gap=6)
        self._people = list(people)
        self._options = Options(look, title, "", style="h2")
        typed = NOBODY if filled in self._people else filled
        self._fields = Box(look, across=True, gap=4)
        self._name, self._role = LineField(look, typed[0]), LineField(look, typed[1])
        self._labelled = {
            "name": Labelled(look, "Your name", self._name),
            "role": Labelled(look, "Your role", self._role),
        }
        self.add(self._options)
        for part in self._labelled.values():
            self._fields.add(part, 1)
        self.add(self._fields)
        self._options.setVisible(bool(self._people))
        self._offer(self._at_first(filled))

    def person(self) -> Person:
        """Name and role as they stand now; empty where nobody is chosen or typed."""
        if self._types():
            return self._name.text().strip(), self._role.text().strip()
        chosen = self._options.chosen()
        return self._people[chosen[0]] if chosen else NOBODY

    def field(self, name: str) -> QWidget | None:
        """Where "name" or "role" is said."""
        if name not in self._labelled:
            return None
        return self._labelled[name].field if self._types() else first_choice(self._options.buttons)

    def wrong(self, name: str, sentence: str) -> None:
        """Show what to do about one of them."""
        self._labelled[name].wrong(sentence)

    def mended(self) -> None:
        for labelled in self._labelled.values():
            labelled.wrong("")

    def _offer(self, first: int) -> None:
        for place, words in enumerate((*map(in_words, self._people), OTHER)):
            card = OptionCard(self.look, words, key=str(place + 1))
            card.setChecked(place == first)
            card.toggled.connect(self._on_choice)
            self._options.offer(card)
        self._on_choice()

    def _at_first(self, filled: Person) -> int:
        if filled in self._people:
            return self._people.index(filled)
        if filled != NOBODY or not self._people:
            return len(self._people)
        return 0 if len(self._people) == 1 else -1

    def _types(self) -> bool:
        return self._options.buttons[-1].isChecked()

    def _on_choice(self) -> None:
        self._fields.setVisible(self._types())


def in_words(person: Person) -> str:
    """Name and role in one line."""
    return ", ".join(filter(None, person))
