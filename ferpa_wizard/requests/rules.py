"""The rules that every home folder shares, the profile of its school, and the overlays that the profile names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.errors import Mistake, ProfileError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, OverlayName, Profile, overlay_names, read_profile
from ferpa_wizard.core.read_pack import read_pack

PROFILE = "profile.yaml"
STATES = "states"


def read_rules(home: Path, profile: Path | None) -> tuple[Pack, Profile]:
    """The pack, and this profile or else the one in the home folder, with the overlays that it names.

    Raises RulesError, ProfileError, OSError.
    """
    file = profile or home / PROFILE
    if profile is None and not file.is_file():
        return read_pack(paths.data() / "rules" / "ferpa"), NO_PROFILE
    return checked(file.read_bytes(), file, home)


def checked(data: bytes, file: Path, home: Path) -> tuple[Pack, Profile]:
    """A profile in the bytes of `file`, and the pack with the overlays that it names. Raises as above."""
    rules = paths.data() / "rules"
    overlays = _overlays(overlay_names(data, str(file)), file, home, shipped=rules / STATES)
    pack = read_pack(rules / "ferpa", overlays)
    return pack, read_profile(data, str(file), pack)


def _overlays(names: Iterable[OverlayName], profile: Path, home: Path, *, shipped: Path) -> list[Path]:
    """Where each overlay lies: with the program, beside the profile, or in the home folder."""
    found, missing = [], []
    for name in names:
        folders = [*([shipped] if name.shipped else []), profile.parent, home]
        places = [place for folder in folders if (place := folder / name.file).is_file()]
        found += places[:1]
        if not places:
            missing.append(Mistake(str(profile), name.line, f"“{name.file}” was not found.", _instead(shipped, name)))
    if missing:
        raise ProfileError(missing)
    return found


def _instead(shipped: Path, name: OverlayName) -> str:
    if not name.shipped:
        return "Put the file beside the profile."
    known = ", ".join(sorted(path.stem.upper() for path in shipped.glob("*.yaml")))
    return f"Held: {known}. Leave the line out; each result then says that state law was not checked."
