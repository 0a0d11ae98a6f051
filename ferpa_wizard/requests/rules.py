"""The rules that every home folder shares, and the profile of its school."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile, read_profile
from ferpa_wizard.core.read_pack import read_pack

PROFILE = "profile.yaml"


def read_rules(home: Path, profile: Path | None) -> tuple[Pack, Profile]:
    """The pack, and this profile or else the one in the home folder. Raises RulesError, ProfileError, OSError."""
    pack = read_pack(paths.data() / "rules" / "ferpa")
    file = profile or home / PROFILE
    given = profile is not None or file.is_file()
    return pack, read_profile(file.read_bytes(), str(file), pack) if given else NO_PROFILE
