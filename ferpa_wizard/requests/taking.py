"""Taking the newest release from the shared folder: what is not fit stays out with a reason, and the old one stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.release import PAPERS, ReleaseRefused, one_line, shown
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.wording import WordingError, read_wording
from ferpa_wizard.ledger.errors import LedgerLocked
from ferpa_wizard.ledger.own_files import CENTRAL_LOCK
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.paths import private_folder
from ferpa_wizard.requests.central import Source
from ferpa_wizard.requests.kept import InUse, State, forget_others, in_use, keep, load_state, save_state, sha256
from ferpa_wizard.requests.release_files import Place, ReleaseUnreachable, Sealed, place_at, places_in
from ferpa_wizard.requests.rules import read_sent, read_with
from ferpa_wizard.requests.signing import KeyFileError, public_key

_LONGEST = 400  # signs of a reason


def take_newest(home: Path, source: Source, at: datetime) -> State:
    """Keep the newest release that verifies and that fits; how things stand then. Raises nothing for what it finds."""
    before = load_state(home)
    if not source.rules_folder and not before.release:
        return before  # nobody sends rules, and nothing is made
    try:
        with turn(private_folder(home) / CENTRAL_LOCK, about=home / CENTRAL_LOCK, wait=0):
            before = load_state(home)
            after = _looked(home, source, before, at) if source.rules_folder else replace(before, on=False)
            if after != before:
                save_state(home, after)
            if after.release and after.on:
                forget_others(home, after.release)
    except (LedgerLocked, OSError):  # another window is at it, or this disk does not take it: the old ones stay
        return before
    return after


def _looked(home: Path, source: Source, before: State, at: datetime) -> State:
    taking = _Taking(home, source, before)
    try:
        keys = tuple(map(public_key, source.rules_keys))
        places = places_in(Path(source.rules_folder))
        taken = taking.newest(places, keys)
    except (ReleaseRefused, KeyFileError) as error:
        away = isinstance(error, ReleaseUnreachable | KeyFileError)
        contact = before.contact if away else at.isoformat(timespec="seconds")
        after = replace(before, refused=one_line(str(error), _LONGEST), contact=contact, on=True)
    else:
        after = replace(taken, refused=taking.refused, contact=at.isoformat(timespec="seconds"), on=True)
    return _while_allowed(after, source)


def _while_allowed(state: State, source: Source) -> State:
    """A release whose key is not allowed any more rests: whoever took the key back did not want what it signed."""
    try:
        keys = set(map(public_key, source.rules_keys))
    except KeyFileError:  # a slip in the settings, which is told, takes nothing back
        return state
    if not state.release or state.key in keys:
        return state
    says = f"The key that signed release {state.release} is not allowed any more."
    return replace(state, on=False, refused=state.refused or says)


class _Taking:
    """One look at what lies in the folder; `refused` is the first reason why something of it was not taken."""

    def __init__(self, home: Path, source: Source, before: State) -> None:
        self.refused = ""
        self._home, self._school, self._before = home, source.school, before
        self._schools: tuple[str, ...] = ()

    def newest(self, places: list[Path], keys: tuple[str, ...]) -> State:
        """The state with the newest release that could be kept, else as before."""
        if not places:
            self.refused = "There is no release in the shared folder."
        found = sorted(self._sealed(places, keys), key=lambda one: -one[1].manifest.release)
        for place, sealed in found:
            if sealed.manifest.release < self._before.release:
                if (place, sealed) == found[0]:
                    self._refuse(place.path, f"It is older than release {self._before.release}, which is in use here.")
                break
            try:
                return self._taken(place, sealed)
            except (RulesError, WordingError) as error:
                self._refuse(place.path, f"It has mistakes: {error.mistakes[0]}")
            except (ReleaseRefused, DocumentError) as error:
                self._refuse(place.path, str(error))
            except OSError as error:
                self._refuse(place.path, f"It could not be kept on this computer: {error.strerror or error}.")
        return self._before

    def _sealed(self, places: list[Path], keys: tuple[str, ...]) -> Iterator[tuple[Place, Sealed]]:
        for path in places:
            try:
                place = place_at(path)
                yield place, place.sealed(keys)
            except ReleaseRefused as error:
                self._refuse(path, str(error))

    def _taken(self, place: Place, sealed: Sealed) -> State:
        manifest, before, sha = sealed.manifest, self._before, sha256(sealed)
        if manifest.release == before.release and sha != before.sha256:
            raise ReleaseRefused(f"Another release {manifest.release} is in use here already, and this one differs.")
        after = replace(before, release=manifest.release, sha256=sha, key=sealed.key, day=manifest.day,
                        title=manifest.title)  # fmt: skip
        is_kept = sha == before.sha256 and in_use(self._home) is not None
        if is_kept:
            return after
        keep(self._home, sealed, place.files(manifest), lambda folder: self._check(folder, manifest.release))
        return replace(after, schools=self._schools)

    def _check(self, folder: Path, release: int) -> None:
        """Could this desk work with it? Raises RulesError, DocumentError, OSError."""
        try:
            self._schools = read_sent(folder).schools
            read_with(InUse(folder, release), self._home, None, school=self._school)
            read_wording(folder / PAPERS)
        except RulesError as error:
            raise RulesError([replace(one, file=_inside(one.file, folder)) for one in error.mistakes]) from error

    def _refuse(self, path: Path, reason: str) -> None:
        self.refused = self.refused or one_line(f"{shown(path.name)} was not taken. {reason}", _LONGEST)


def _inside(file: str, folder: Path) -> str:
    """The file's name as the release has it: the folder in which it is looked at is gone by the time it is told."""
    return file.removeprefix(f"{folder}/").removeprefix(f"{folder}\\")
