"""What the window remembers between starts: its look, its size, who sealed decisions here, saved views of the log.

No text of a request.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ferpa_wizard.core.settings import NO_POLICY, Policy
from ferpa_wizard.ledger.own_files import MOST_SETTINGS, SETTINGS
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.paths import private_folder

log = logging.getLogger(__name__)

MOST_PEOPLE = 8  # with somebody else as many as there are digits to choose with
MOST_VIEWS = 30
Person = tuple[str, str]
SavedView = tuple[str, str]  # its name, and the line of the search


@dataclass(frozen=True)
class Kept:
    """The values, each with what holds on the first start; `people` are name and role, who sealed last first."""

    theme: str = "system"
    percent: int = 100
    width: int = 1120
    height: int = 740
    why_open: bool = False
    find_out_open: bool = False
    panel_open: bool = False
    people: tuple[Person, ...] = ()
    charts_open: bool = True
    views: tuple[SavedView, ...] = ()  # own views of the log


class Memory:
    """Reads the file once and writes it whole after each change; a bad file counts as absent."""

    def __init__(self, home: Path, policy: Policy = NO_POLICY) -> None:
        self._path = home / SETTINGS
        self._own = _read(self._path)
        held = {"theme": policy.values.get("theme"), "percent": policy.values.get("text_size")}
        self._held: dict[str, Any] = {name: value for name, value in held.items() if value is not None}
        self.reviewer = ""  # who reviews since the program started; each start asks anew

    @property
    def kept(self) -> Kept:
        """What is kept, with what the organization set in its place."""
        return replace(self._own, **self._held)

    def is_set(self, name: str) -> bool:
        """Is this value set by the organization?"""
        return name in self._held

    @property
    def only(self) -> Person:
        """The one person who seals here; empty where nobody or more than one does: it could be any of them."""
        return self.kept.people[0] if len(self.kept.people) == 1 else ("", "")

    def keep(self, **changes: Any) -> None:
        """Remember values by name, but for those that are set; nothing is written when nothing changed."""
        changed = replace(self._own, **{name: value for name, value in changes.items() if not self.is_set(name)})
        if changed == self._own:
            return
        self._own = changed
        _write(self._path, json.dumps(asdict(changed), indent=1))

    def sealed(self, name: str, role: str) -> None:
        """Remember who sealed, before all others; a new role of the same name takes the place of the old one."""
        self.keep(people=((name, role), *self._without(name))[:MOST_PEOPLE])

    def met(self, name: str, role: str = "") -> None:
        """Remember who noted something; without a role, who is known already keeps place and role."""
        if role or self._without(name) == self.kept.people:
            self.sealed(name, role)

    def read_anew(self) -> None:
        """Take what the file holds by now: a purge took names and views out of it, which must not be written back."""
        self._own = _read(self._path)

    def save_view(self, name: str, line: str) -> None:
        """Keep a view of the log, after the others."""
        self.keep(views=(*self.kept.views, (name, line))[-MOST_VIEWS:])

    def remove_view(self, name: str) -> None:
        """Keep it no more."""
        self.keep(views=tuple(view for view in self.kept.views if view[0] != name))

    def forget(self, name: str) -> None:
        """Take a person off the list."""
        self.keep(people=self._without(name))

    def _without(self, name: str) -> tuple[Person, ...]:
        return tuple(person for person in self.kept.people if person[0].casefold() != name.casefold())


def _read(path: Path) -> Kept:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(MOST_SETTINGS).decode())
    except (OSError, ValueError, RecursionError):
        return Kept()
    if not isinstance(found, dict):
        return Kept()
    first = asdict(Kept())
    fit: dict[str, Any] = {
        name: value for name, value in found.items() if name in first and type(value) is type(first[name])
    }
    # Who sealed here: what an older program kept is one name and one role.
    people = found.get("people", [[found.get("name"), found.get("role")]])
    views = _pairs(found.get("views"), MOST_VIEWS)
    return replace(Kept(), **fit, people=_pairs(people, MOST_PEOPLE), views=views)


def _pairs(stored: object, most: int) -> tuple[tuple[str, str], ...]:
    """Those that are two texts, the first of them not empty."""
    pairs = [pair for pair in stored if isinstance(pair, list)] if isinstance(stored, list) else []
    return tuple((pair[0], pair[1]) for pair in pairs if list(map(type, pair)) == [str, str] and pair[0])[:most]


def _write(path: Path, text: str) -> None:
    try:
        private_folder(path.parent)
        with replacing(path) as file:
            file.write(text.encode())
    except OSError as error:
        log.info("the look of the window was not kept: %s", error.strerror)
