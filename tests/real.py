"""The shipped rules, read once for all tests that need them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile, read_profile
from ferpa_wizard.core.read_pack import read_pack

RULES = Path(__file__).parents[1] / "rules"


@cache
def pack() -> Pack:
    return read_pack(RULES / "ferpa")


@cache
def profiles() -> dict[str, Profile]:
    files = (RULES / "profiles").glob("*.yaml")
    return {file.stem: read_profile(file.read_bytes(), file.name, pack()) for file in files}


@cache
def examples() -> list[Example]:
    files = {file.name: file.read_bytes() for file in (RULES / "examples").glob("*.yaml")}
    return read_examples({name: data for name, data in files.items() if name != "first-run.yaml"}, pack())
