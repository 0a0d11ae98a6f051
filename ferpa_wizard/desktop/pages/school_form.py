"""What a profile says beside its facts: the school, its people, and when a second person is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from ferpa_wizard.core.profile import NO_PROFILE, SECOND_PERSON, Person, Profile
from ferpa_wizard.core.settings import SET_BY
from ferpa_wizard.desktop.controls.box import Box, card, row
from ferpa_wizard.desktop.controls.buttons import Button
from ferpa_wizard.desktop.controls.cards import CheckCard
from ferpa_wizard.desktop.controls.fields import Labelled, LineField
from ferpa_wizard.desktop.controls.group import Group
from ferpa_wizard.desktop.controls.paint import RING
from ferpa_wizard.desktop.controls.rows import FactRow, Facts, Line
from ferpa_wizard.desktop.controls.text import Text, Title
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.school_fact import SET_BY_DISTRICT

_WHEN = {
    "differs": "It goes against the result",
    "shares": "Data goes out",
    "declines": "It is a no",
    "always": "Every time",
}
_LABELS = {"state": "State", "district": "District policy"}
_MAY_BE_SET = ("state", "district", "people", "second_person")
_DAY = "As 2027-08-14. Facts with no day of their own hold until then."
_STATE = "Two letters, such as CA. Leave it empty if state law is not to be looked at here."
_DISTRICT = "A file beside the profile, such as district.yaml."


class SchoolForm(Box):
    """`filled` gives a profile with what is in the fields; what the district sets is shown, and stays as it is.

    `name` is that of the school where the organization has set it.
    """

    grew = Signal()

    def __init__(self, look: Look, profile: Profile, district: Profile = NO_PROFILE, *, name: str = "") -> None:
        super().__init__(look, gap=12)
        self._own, self._district, self._name = profile, district, name
        self._people: list[tuple[LineField, LineField, LineField]] = []
        self._roles: list[Labelled] = []
        self._lines = Box(look, gap=6)
        self.add(self._school(profile))
        self.add(self._people_card(profile.people) if not district.people else self._their_people(district.people))
        self.add(self._second(district.second_person or profile.second_person))

    @property
    def review_by(self) -> str:
        return self._fields["review_by"].text().strip()

    def filled(self, profile: Profile) -> Profile:
        """The profile with these fields, but for the day of its review, on which its facts hang."""
        texts = {name: field.text().strip() for name, field in self._fields.items() if name != "review_by"}
        people = [Person(*texts) for texts in self._texts()]
        filled = replace(
            profile,
            school=texts["school"],
            state=texts["state"].upper(),
            district=texts["district"],
            people=tuple(one for one in people if one != Person("")),
            second_person=tuple(name for name, tick in self._ticks.items() if tick.isChecked()),
        )
        theirs = [name for name in _MAY_BE_SET if getattr(self._district, name)]
        return replace(filled, **{name: getattr(self._own, name) for name in theirs})

    def wrong(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show what to mend at its field, and go to the first."""
        # An answer that was fine before is wrong where the rules of the state that asks for it are gone.
        at = {**self._labelled, "people": self._without_role(), "answers": self._labelled["state"]}
        told = [(name if name in at else "school", says) for name, says in problems]
        for labelled in (*self._labelled.values(), *self._roles):
            labelled.wrong(" ".join(says for name, says in told if at[name] is labelled))
        at[told[0][0]].field.setFocus()

    # -- parts -----------------------------------------------------------------------------

    def _school(self, profile: Profile) -> Box:
        look = self.look
        names = ("school", "state", "district", "review_by")
        self._fields = {name: LineField(look, getattr(profile, name)) for name in names}
        theirs = {"school": self._name, **{name: getattr(self._district, name) for name in ("state", "district")}}
        for name, value in theirs.items():
            if value:
                self._fields[name].setText(value)
                self._fields[name].setReadOnly(True)
        set_by = SET_BY if self._name else ""
        self._labelled = {
            "school": Labelled(look, "Name of the school or district", self._fields["school"], hint=set_by),
            "state": Labelled(look, _LABELS["state"], self._fields["state"], hint=self._hint("state", _STATE)),
            "district": Labelled(
                look, _LABELS["district"], self._fields["district"], hint=self._hint("district", _DISTRICT)
            ),
            "review_by": Labelled(look, "Look at it again by", self._fields["review_by"], hint=_DAY),
        }
        return card(look, Title(look, "School"), *self._labelled.values(), gap=6)

    def _hint(self, name: str, says: str) -> str:
        return f"{SET_BY_DISTRICT}." if getattr(self._district, name) else says

    def _their_people(self, people: Sequence[Person]) -> Box:
        look = self.look
        rows = [
            FactRow(look, Line(", ".join(filter(None, (one.role, one.name, one.phone))), "small")) for one in people
        ]
        says = Text(look, f"{SET_BY_DISTRICT}.", "small", ink="text2", inset=RING)
        return card(look, Title(look, "People"), says, Facts(look, *rows), gap=6)

    def _people_card(self, people: Sequence[Person]) -> Box:
        look = self.look
        more = Button(look, "Add a person", "small", icon="plus")
        more.clicked.connect(self._add_person)
        for person in people or (Person(""),):
            self._person(person)
        says = Text(look, "To whom a request can be passed on.", "small", ink="text2", inset=RING)
        return card(look, Title(look, "People"), says, self._lines, row(look, more), gap=6)

    def _person(self, person: Person) -> None:
        look, number = self.look, len(self._people) + 1
        fields = (LineField(look, person.role), LineField(look, person.name), LineField(look, person.phone))
        line = Box(look, across=True, gap=4)
        parts = [Labelled(look, label, field) for label, field in zip(("Role", "Name", "Phone"), fields, strict=True)]
        for part in parts:
            line.add(part, 1)
            part.field.setAccessibleName(f"{part.field.accessibleName()}, person {number}")
        self._people.append(fields)
        self._roles.append(parts[0])
        self._lines.add(line)

    def _without_role(self) -> Labelled:
        """Where the first person who has none gets a role."""
        lacking = (part for part, texts in zip(self._roles, self._texts(), strict=True) if any(texts) and not texts[0])
        return next(lacking, self._roles[0] if self._roles else self._labelled["school"])

    def _texts(self) -> list[list[str]]:
        return [[field.text().strip() for field in fields] for fields in self._people]

    def _add_person(self) -> None:
        self._person(Person(""))
        self.grew.emit()
        self._people[-1][0].setFocus()

    def _second(self, chosen: Sequence[str]) -> Box:
        self._ticks = {name: CheckCard(self.look, _WHEN[name]) for name in SECOND_PERSON}
        for name, tick in self._ticks.items():
            tick.setChecked(name in chosen)
            tick.setDisabled(bool(self._district.second_person))
        title = "When does a decision need a second person?"
        theirs = [Text(self.look, f"{SET_BY_DISTRICT}.", "small", ink="text2", inset=RING)]
        says = theirs if self._district.second_person else []
        return card(self.look, Title(self.look, title), *says, Group(self.look, title, *self._ticks.values()), gap=6)
