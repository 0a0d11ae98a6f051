"""`rules check` for overlays: each is read on top of the rules, and a few requests are walked through both."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ferpa_wizard.cli.side_by_side import side_by_side
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.sweep import Known, broken_in
from ferpa_wizard.requests.rule_files import examples_of, profiles_of

_WALKS = 30  # under each profile


def check_overlays(files: Sequence[Path], folder: Path) -> int:
    """Tell the mistakes of each overlay, and how many there are."""
    told = side_by_side(partial(_mistakes, folder), files)
    mistakes = [mistake for found in told for mistake in found]
    for mistake in mistakes:
        sys.stderr.write(f"{mistake}\n")
    count = "1 overlay" if len(files) == 1 else f"{len(files)} overlays"
    sys.stdout.write(f"{count} checked: {', '.join(file.stem for file in files)}.\n" if files else "")
    return len(mistakes)


def _mistakes(folder: Path, file: Path) -> list[Mistake]:
    try:
        return list(_walked(read_pack(folder, [file]), file, folder.parent))
    except RulesError as error:
        return error.mistakes


def broken_requests(pack: Pack, file: Path, profiles: Sequence[Profile]) -> list[Mistake]:
    """What goes wrong in requests of schools with these profiles under a pack with this overlay."""
    return list(_broken(pack, file, [NO_PROFILE, *profiles], []))


def _walked(pack: Pack, file: Path, root: Path) -> Iterator[Mistake]:
    profiles = profiles_of(pack, root)
    known = [(example.answers, profiles.get(example.profile, NO_PROFILE)) for example in examples_of(root, pack)]
    yield from _broken(pack, file, [NO_PROFILE, *profiles.values()], known)


def _broken(pack: Pack, file: Path, profiles: Sequence[Profile], known: Sequence[Known]) -> Iterator[Mistake]:
    for mistake in sorted(broken_in(pack, profiles, walks=_WALKS, known=known)):
        yield Mistake(str(file), 1, mistake.what, mistake.instead)
