"""A sheet that asks for words and for who does it: a review, a hold, a purge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.blocks import Told
from ferpa_wizard.desktop.controls.box import Box
from ferpa_wizard.desktop.controls.fields import Asked, Labelled, WordsField
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.form_sheet import FormSheet, Problems
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.who import NOBODY, Who
from ferpa_wizard.desktop.remember import Person


class WhoField(Asked):
    """Who does it, as a field of a sheet."""

    def __init__(self, look: Look, title: str, people: Sequence[Person], filled: Person = NOBODY) -> None:
        super().__init__(look, gap=2)
        self._who = Who(look, title, people, filled)
        self.add(self._who)
        self.add(self.problem)
        self.field = self
        self._aim()

    def person(self) -> Person:
        return self._who.person()

    def wrong(self, sentence: str) -> None:
        self._aim()
        super().wrong(sentence)

    def _aim(self) -> None:
        """Lead the focus to whoever is chosen, or to the name that is typed."""
        if (field := self._who.field("name")) is not None:
            self.setFocusProxy(field)


class WordsSheet(FormSheet):
    """Says what happens, asks who does it, and with `words` (label and hint) for what is to be said.

    `keep` gets the words, name and role. `final` names an act that nothing takes back.
    """

    def __init__(
        self, look: Look, parent: QWidget, title: str, keep: Callable[[str, Person], Problems], *,
        says: Sequence[str], who: WhoField, words: tuple[str, str] = ("", ""), final: str = "",
    ) -> None:  # fmt: skip
        super().__init__(look, parent, title, lambda: keep(*self._typed()), self._typed)
        self._words, self._who = WordsField(look), who
        label, hint = words
        told = Told(look, *says) if final else Box(look, *(Text(look, one, "small", inset=RING) for one in says), gap=8)
        self.body.add(told)
        if label:
            self.put("words", Labelled(look, label, self._words, hint=hint))
        self.put("by", who)
        self.ready(520, final=final)
        if final:
            told.setFocus()  # what happens is read before anything is typed

    def _typed(self) -> tuple[str, Person]:
        return self._words.toPlainText(), self._who.person()
