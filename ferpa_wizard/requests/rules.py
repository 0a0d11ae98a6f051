"""The rules that every home folder shares, the profile of its school, and the overlays that the profile names.

Where the district's IT sent a release, its rules, overlays and profile go before those of the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core import release as core
from ferpa_wizard.core.district import District, read_district, with_district
from ferpa_wizard.core.errors import Mistake, ProfileError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, OverlayName, Profile, overlay_names, read_profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.strict_yaml import file_content
from ferpa_wizard.requests.kept import InUse, with_release

PROFILE = "profile.yaml"
STATES = "states"


@dataclass(frozen=True)
class Rules:
    """`profile` is the one that counts: the desk's `own`, with what the `district` sets for its school."""

    pack: Pack
    profile: Profile
    own: Profile
    district: Profile | None = None


@dataclass(frozen=True)
class Sent:
    """What a release holds; `paths` are the overlays that its profile names."""

    pack: Pack
    district: District | None
    overlays: tuple[Path, ...] = ()

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools that have exceptions."""
        return tuple(sorted(one.school for one in self.district.schools.values())) if self.district else ()


@dataclass(frozen=True, slots=True)
class _Named:
    """Overlays as the profile in this file names them, and the folders in which they may lie."""

    names: tuple[OverlayName, ...]
    file: Path
    folders: tuple[Path, ...]


def read_rules(home: Path, profile: Path | None, *, school: str = "") -> tuple[Pack, Profile]:
    """The pack and the profile that counts. Raises as `all_rules` does."""
    found = all_rules(home, profile, school=school)
    return found.pack, found.profile


def all_rules(home: Path, profile: Path | None, *, school: str = "") -> Rules:
    """The pack, and this profile or else the one in the home folder, with the overlays that it names.

    `school` is the name of the school where IT has set it. Raises RulesError, ProfileError, OSError.
    """
    return with_release(home, lambda sent: _read(home, profile, sent, school))


def read_with(sent: InUse, home: Path, profile: Path | None, *, school: str = "") -> Rules:
    """The same as they would be with this release. Raises as above."""
    return _read(home, profile, sent, school)


def _read(home: Path, profile: Path | None, sent: InUse | None, school: str) -> Rules:
    file = profile or home / PROFILE
    data = None if profile is None and not file.is_file() else file_content(file)
    return checked(data, file, home, sent=sent, school=school)


def checked(data: bytes | None, file: Path, home: Path, *, sent: InUse | None = None, school: str = "") -> Rules:
    """A profile in the bytes of `file`, if there is one, and the pack with the overlays. Raises as above."""
    ours = paths.data() / core.RULES
    own = _Named(overlay_names(data, str(file)), file, (ours / STATES, file.parent, home)) if data is not None else None
    if sent is None:
        pack = read_pack(ours / "ferpa", _found([own] if own else []))
        profile = read_profile(data, str(file), pack) if data is not None else NO_PROFILE
        return Rules(pack, profile, profile)
    theirs = _named_in(sent.folder)
    pack = read_pack(_pack_in(sent.folder), _found(_first_of_each(theirs, own)))
    profile = read_profile(data, str(file), pack) if data is not None else NO_PROFILE
    if theirs is None:
        return Rules(pack, with_district(profile, NO_PROFILE, release=sent.release, school=school), profile)
    named = read_district(file_content(theirs.file), str(theirs.file), pack).of(school or profile.school)
    return Rules(pack, with_district(profile, named, release=sent.release, school=school), profile, named)


def read_sent(folder: Path) -> Sent:
    """What the files of a release say, without any desk. Raises RulesError, ProfileError, OSError."""
    theirs = _named_in(folder)
    overlays = _found([theirs] if theirs else [])
    pack = read_pack(_pack_in(folder), overlays)
    read = {core.PROFILE, *(path.name for path in overlays)}
    unread = [path for path in folder.glob("*.yaml") if path.name not in read]
    if unread:
        what = "Nothing names this file, so no desk would read it."
        instead = "Name it in profile.yaml as `district:`, or take it out."
        raise ProfileError([Mistake(str(path), 1, what, instead) for path in unread])
    district = read_district(file_content(theirs.file), str(theirs.file), pack) if theirs else None
    return Sent(pack, district, tuple(overlays))


def _named_in(folder: Path) -> _Named | None:
    """The overlays of a release; one that it brings goes before ours of the same name."""
    file = folder / core.PROFILE
    if not file.is_file():
        return None
    return _Named(overlay_names(file_content(file), str(file)), file, (folder, paths.data() / core.RULES / STATES))


def _pack_in(folder: Path) -> Path:
    """The rules of a release, or else those that come with the program."""
    own = folder / core.RULES
    return own if own.is_dir() else paths.data() / core.RULES / "ferpa"


def _first_of_each(theirs: _Named | None, own: _Named | None) -> list[_Named]:
    """The district's state and policy; the desk's own where the district names none."""
    if theirs is None or own is None:
        return [one for one in (theirs, own) if one]
    set_there = {name.shipped for name in theirs.names}
    left = tuple(name for name in own.names if name.shipped not in set_there)
    return [theirs, _Named(left, own.file, own.folders)]


def _found(named: Iterable[_Named]) -> list[Path]:
    """Where each overlay lies. Raises ProfileError for those that lie nowhere."""
    found, missing = [], []
    for one in named:
        for name in one.names:
            places = [place for folder in _allowed(one, name) if (place := folder / name.file).is_file()]
            found += places[:1]
            if not places:
                missing.append(Mistake(str(one.file), name.line, f"“{name.file}” was not found.", _instead(name)))
    if missing:
        raise ProfileError(missing)
    return found


def _allowed(one: _Named, name: OverlayName) -> Iterator[Path]:
    """Only law of a state is taken from the overlays that come with the program."""
    shipped = paths.data() / core.RULES / STATES
    return (folder for folder in one.folders if name.shipped or folder != shipped)


def _instead(name: OverlayName) -> str:
    if not name.shipped:
        return "Put the file beside the profile."
    known = ", ".join(sorted(path.stem.upper() for path in (paths.data() / core.RULES / STATES).glob("*.yaml")))
    return f"Held: {known}. Leave the line out; each result then says that state law was not checked."
