"""Requests to put to two packs: the worked examples beside the rules, and those that are made from the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard.core.difference import Request
from ferpa_wizard.core.make_requests import made_requests
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.requests.rule_files import examples_of, profiles_of

DAY = "2026-11-24"


def requests_of(pack: Pack, root: Path | None, made: int) -> Iterator[Request]:
    """The examples in the folder that holds the rules, if it is known, and so many made under each profile there.

    Raises RulesError.
    """
    profiles = {"": NO_PROFILE, **(profiles_of(pack, root) if root else {})}
    for example in examples_of(root, pack) if root else ():
        named = example.profile if example.profile in profiles else ""
        yield Request(example.answers, profiles[named].on(example.on), example.on, example.id, named)
    for name, profile in profiles.items():
        standing = profile.on(DAY)
        yield from (Request(answers, standing, DAY, profile=name) for answers in made_requests(pack, standing, made))
