"""Settings of this window: theme, text size, who is offered under a decision."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ferpa_wizard.core.settings import BY_ID, SET_BY, SETTINGS, Policy, Setting
from ferpa_wizard.desktop.controls.announce import announce
from ferpa_wizard.desktop.controls.box import Box, Gap, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import OptionCard
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import LARGEST, SMALLEST, Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.question import Options
from ferpa_wizard.desktop.pages.who import in_words
from ferpa_wizard.desktop.remember import Memory, Person

_HINTS = {"system": "Light or dark, and high contrast, as set on this computer."}
_SHOWN = ("theme", "text_size")  # those that have a card of their own


class SettingsPage(DeskPage):
    """Every change holds at once."""

    title = "Settings"
    width_limit = 680

    def __init__(self, look: Look, memory: Memory, policy: Policy) -> None:
        super().__init__(look, "Settings", gap=12)
        self._memory = memory
        self.add(self.heading)
        self.add(self._theme())
        self.add(self._size())
        self.add(self._people())
        if rows := [self._set(one, policy) for one in SETTINGS if one.id in policy.values and one.id not in _SHOWN]:
            self.add(card(look, Title(look, "Set by your organization"), Facts(look, *rows, gap=2), gap=6))
        look.changed.connect(self._on_look)

    def refresh(self) -> None:
        self._list_people()

    def _theme(self) -> QWidget:
        self._themes = Options(self.look, "Theme", "", style="h2")
        for place, (name, label) in enumerate(BY_ID["theme"].choices.items(), start=1):
            option = OptionCard(self.look, label, hint=_HINTS.get(name, ""), key=str(place))
            option.setChecked(name == self.look.mode)
            option.setEnabled(not self._memory.is_set("theme"))
            option.toggled.connect(lambda on, chosen=name: self._use(chosen) if on else None)
            self._themes.offer(option)
        return card(self.look, self._themes, *self._said("theme"), margins=(12, 12, 12, 10))

    def _said(self, name: str) -> list[QWidget]:
        """What stands under a control that is set, and why it does nothing."""
        return [Text(self.look, SET_BY, "small", ink="text2", inset=4)] if self._memory.is_set(name) else []

    def _set(self, setting: Setting, policy: Policy) -> FactRow:
        value = policy.values[setting.id]
        says = ", ".join(value) if isinstance(value, tuple) else str(value)
        return FactRow(self.look, Line(setting.title, "small", "text2"), Line(says, "small"), icon=("lock", "text2"))

    def _size(self) -> QWidget:
        self._percent = Text(self.look, "", "option", wraps=False)
        smaller = Button(self.look, "Smaller text", "small", icon="minus")
        smaller.clicked.connect(lambda: self._grow(-1))
        larger = Button(self.look, "Larger text", "small", icon="plus")
        larger.clicked.connect(lambda: self._grow(1))
        for button in (smaller, larger):
            button.setEnabled(not self._memory.is_set("percent"))
        line = Box(self.look, smaller, larger, self._percent, across=True, gap=6)
        line.push()
        says = f"{SMALLEST} to {LARGEST} %. The keys are Ctrl and plus, minus or 0."
        self._on_look()
        title = Text(self.look, "Text size", "h2", inset=4)
        hint = Text(self.look, says, "small", ink="text2", inset=4)
        return card(self.look, title, hint, line, *self._said("percent"), margins=(12, 12, 12, 10), gap=4)

    def _people(self) -> QWidget:
        self._listed = Box(self.look, gap=2)
        title = Text(self.look, "Who records decisions here", "h2", inset=4)
        says = "They are offered by name when a decision is recorded. What they recorded stays as it is."
        hint = Text(self.look, says, "small", ink="text2", inset=4)
        return card(self.look, title, hint, Gap(self.look, 4), self._listed, margins=(12, 12, 12, 12), gap=2)

    def _list_people(self) -> None:
        self._listed.clear()
        people = self._memory.kept.people
        if not people:
            says = "Nobody yet. Whoever records a decision is offered the next time."
            self._listed.add(Text(self.look, says, "small", inset=4))
        for person in people:
            self._listed.add(self._person(person))

    def _person(self, person: Person) -> QWidget:
        off = Button(self.look, f"Take {person[0]} off the list", "quiet", icon="trash-2")
        off.bare()
        off.clicked.connect(lambda: self._forget(person))
        line = Box(self.look, across=True)
        line.add(Text(self.look, in_words(person), "small-medium", inset=4), 1)
        line.add(off)
        return line

    def _forget(self, person: Person) -> None:
        self._memory.forget(person[0])
        self._list_people()
        self.heading.setFocus()
        self.grew.emit()
        announce(self, f"{person[0]} is off the list.")

    def _use(self, mode: str) -> None:
        if self._memory.is_set("theme"):
            return
        self.look.use(mode, self.look.percent)
        self._memory.keep(theme=mode)

    def _grow(self, steps: int) -> None:
        if self._memory.is_set("percent"):
            return
        self.look.grow(steps)
        self._memory.keep(percent=self.look.percent)

    def _on_look(self) -> None:
        self._percent.say(f"{self.look.percent} %")
