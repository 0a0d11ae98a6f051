"""What lies beside a folder of rules: profiles and worked examples."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile, read_profile


def profiles_of(pack: Pack, root: Path) -> dict[str, Profile]:
    files = sorted((root / "profiles").glob("*.yaml"))
    return {file.stem: read_profile(file.read_bytes(), file.name, pack) for file in files}


def examples_of(root: Path, pack: Pack) -> list[Example]:
    """The examples beside the rules, other than plain answers files."""
    files = {file.name: file.read_bytes() for file in sorted((root / "examples").glob("*.yaml"))}
    return read_examples({name: data for name, data in files.items() if name != "first-run.yaml"}, pack)
