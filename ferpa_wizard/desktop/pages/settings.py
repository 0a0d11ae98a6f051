"""Settings of this window: theme, text size, whose name stands under a decision."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ferpa_wizard.desktop.controls.box import Box, Gap, card
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import OptionCard
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.text import Text
from ferpa_wizard.desktop.look import LARGEST, SMALLEST, Look
from ferpa_wizard.desktop.pages.desk_page import DeskPage
from ferpa_wizard.desktop.pages.question import Options
from ferpa_wizard.desktop.remember import Memory

_THEMES = (
    ("system", "Like this computer", "Light or dark, and high contrast, as set on this computer."),
    ("light", "Light", ""),
    ("dark", "Dark", ""),
    ("contrast", "High contrast", ""),
)


class SettingsPage(DeskPage):
    """Every change holds at once."""

    title = "Settings"
    width_limit = 680

    def __init__(self, look: Look, memory: Memory) -> None:
        super().__init__(look, "Settings", gap=12)
        self._memory = memory
        self.add(self.heading)
        self.add(self._theme())
        self.add(self._size())
        self.add(self._you())
        look.changed.connect(self._on_look)

    def _theme(self) -> QWidget:
        self._themes = Options(self.look, "Theme", "", style="h2")
        for place, (name, label, hint) in enumerate(_THEMES, start=1):
            option = OptionCard(self.look, label, hint=hint, key=str(place))
            option.setChecked(name == self.look.mode)
            option.toggled.connect(lambda on, chosen=name: self._use(chosen) if on else None)
            self._themes.offer(option)
        return card(self.look, self._themes, margins=(12, 12, 12, 10))

    def _size(self) -> QWidget:
        self._percent = Text(self.look, "", "option", wraps=False)
        smaller = Button(self.look, "Smaller text", "small", icon="minus")
        smaller.clicked.connect(lambda: self._grow(-1))
        larger = Button(self.look, "Larger text", "small", icon="plus")
        larger.clicked.connect(lambda: self._grow(1))
        line = Box(self.look, smaller, larger, self._percent, across=True, gap=6)
        line.push()
        says = f"{SMALLEST} to {LARGEST} %. The keys are Ctrl and plus, minus or 0."
        self._on_look()
        title = Text(self.look, "Text size", "h2", inset=4)
        hint = Text(self.look, says, "small", ink="text2", inset=4)
        return card(self.look, title, hint, line, margins=(12, 12, 12, 10), gap=4)

    def _you(self) -> QWidget:
        kept = self._memory.kept
        name, role = LineField(self.look, kept.name), LineField(self.look, kept.role)
        name.editingFinished.connect(lambda: self._memory.keep(name=name.text().strip()))
        role.editingFinished.connect(lambda: self._memory.keep(role=role.text().strip()))
        fields = Box(self.look, across=True, gap=6)
        fields.add(Labelled(self.look, "Your name", name), 1)
        fields.add(Labelled(self.look, "Your role", role), 1)
        title = Text(self.look, "You", "h2", inset=4)
        says = "Filled in for you when you record a decision. You can change it there."
        hint = Text(self.look, says, "small", ink="text2", inset=4)
        return card(self.look, title, hint, Gap(self.look, 4), fields, margins=(12, 12, 12, 12), gap=2)

    def _use(self, mode: str) -> None:
        self.look.use(mode, self.look.percent)
        self._memory.keep(theme=mode)

    def _grow(self, steps: int) -> None:
        self.look.grow(steps)
        self._memory.keep(percent=self.look.percent)

    def _on_look(self) -> None:
        self._percent.say(f"{self.look.percent} %")
