"""What lies beside a folder of rules: profiles, worked examples and overlays."""

from __future__ import annotations

from pathlib import Path

from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile, read_profile

FIRST_RUN = "first-run.yaml"  # plain answers, and no example


def profiles_of(pack: Pack, root: Path) -> dict[str, Profile]:
    files = sorted((root / "profiles").glob("*.yaml"))
    return {file.stem: read_profile(file.read_bytes(), file.name, pack) for file in files}


def examples_of(root: Path, pack: Pack) -> list[Example]:
    """The examples beside the rules, other than plain answers files."""
    return read_examples({file.name: file.read_bytes() for file in example_files(root)}, pack)


def example_files(root: Path) -> list[Path]:
    """The files that hold worked examples."""
    return sorted(file for file in (root / "examples").glob("*.yaml") if file.name != FIRST_RUN)


def overlays_of(root: Path) -> list[Path]:
    """The overlays beside the rules: states, and the example of a district."""
    return sorted([*root.glob("states/*.yaml"), *root.glob("district/*.yaml")])
