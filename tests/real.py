"""The shipped rules, read once for all tests that need them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile, read_profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.requests.practice import Practice, read_practice

RULES = Path(__file__).parents[1] / "rules"


@cache
def pack() -> Pack:
    return read_pack(RULES / "ferpa")


def read_once(folder: Path, overlays: Sequence[Path] = ()) -> Pack:
    """As read_pack does, for the shipped rules; without overlays they are read only once."""
    return read_pack(folder, overlays) if overlays else pack()


@cache
def with_overlays(*names: str) -> Pack:
    """The shipped rules with overlays of states (by their two letters) or the example of a district."""
    files = {path.stem: path for folder in ("states", "district") for path in (RULES / folder).glob("*.yaml")}
    return read_pack(RULES / "ferpa", [files[name] for name in names])


@cache
def states() -> list[str]:
    return sorted(path.stem for path in (RULES / "states").glob("*.yaml"))


@cache
def profiles_with(*names: str) -> dict[str, Profile]:
    return _profiles(with_overlays(*names))


@cache
def examples_with(*names: str) -> list[Example]:
    return _examples(with_overlays(*names))


@cache
def profiles() -> dict[str, Profile]:
    return _profiles(pack())


@cache
def examples() -> list[Example]:
    return _examples(pack())


@cache
def practice() -> Practice:
    return read_practice()


def _profiles(rules: Pack) -> dict[str, Profile]:
    """As shipped, but that no decision needs a second person: tests about that say for themselves which ones do."""
    files = (RULES / "profiles").glob("*.yaml")
    read = {file.stem: read_profile(file.read_bytes(), file.name, rules) for file in files}
    return {name: replace(profile, second_person=()) for name, profile in read.items()}


def _examples(rules: Pack) -> list[Example]:
    files = {file.name: file.read_bytes() for file in (RULES / "examples").glob("*.yaml")}
    return read_examples({name: data for name, data in files.items() if name != "first-run.yaml"}, rules)
