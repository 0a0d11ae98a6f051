"""Acts beyond the desk's own computer: pushing, pulling, backing up, restoring."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.pulled import Pulled
from ferpa_wizard.ledger.push import Pushed, push
from ferpa_wizard.ledger.restore import restore_from_file, restore_from_share
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.ledger.verify import verify
from tests.ledger.desks import Desk, rows
from tests.stress import worlds
from tests.stress.forks import Ack
from tests.stress.kills import weak
from tests.stress.kills.act import BAD, LOST, Act, Checked, bad
from tests.stress.kills.writing import check_seals
from tests.stress.worlds import NOW


def pushed(at: Path) -> Pushed:
    return push(at / "home", at / "share", Card("north", "", 0, GENESIS), now=NOW)


def _seal(at: Path) -> None:
    Desk(at / "home", at / "share", "north").seal(3)


# Pushing


def _push(at: Path, ack: Ack) -> None:
    while True:
        _seal(at)
        ack(str(pushed(at).card.count))


def _check_share(at: Path, acks: Sequence[str]) -> Checked:
    """A stranger pulls what a killed push left; then the next push goes on."""
    yield from bad(worlds.asked_by(at / "home"))
    count = max(map(int, acks), default=0)
    for found in _pulled(at, "witness"):
        if found.count < count:
            yield LOST, f"{found.count} of {count} entries are on the share"
        yield from ((BAD, fault.says) for fault in found.faults)
    pushed(at)
    for found in _pulled(at, "late"):
        yield from ((BAD, f"after the next push: {fault.says}") for fault in found.faults)
        if rows(at / "late" / DESKS / found.installation) != rows(at / "home"):
            yield BAD, "the share holds other entries than the desk"
    if parts := [path.name for path in (at / "share").rglob("*.part")]:
        yield BAD, f"the next push left {parts[0]}"


def _pulled(at: Path, officer: str) -> list[Pulled]:
    shutil.rmtree(at / officer, ignore_errors=True)
    return pull(at / officer, at / "share", now=NOW)


# Pulling: two desks, first some of their entries, then all of them

_OFFICERS = 12
_ENTRIES = 40


def _prepare_desks(at: Path) -> None:
    worlds.make(at, 1)
    for name in ("north", "south"):
        desk = Desk(at / name, at / "share", name)
        desk.seal(_ENTRIES)
        desk.push()
    shutil.copytree(at / "share", at / "share-before")
    for name in ("north", "south"):
        desk = Desk(at / name, at / "share", name)
        desk.purge(2)
        desk.seal(_ENTRIES)
        desk.push()


def _pull(at: Path, ack: Ack) -> None:
    for officer in range(_OFFICERS):
        home = at / f"officer-{officer}"
        for share in ("share-before", "share"):
            pull(home, at / share, now=NOW)
            ack(f"{officer} {share}")


def _check_copies(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    desks = {installation_of(at / name / NAME): at / name for name in ("north", "south")}
    begun = sum((at / f"officer-{officer}").exists() for officer in range(_OFFICERS))
    for officer in range(begun):
        home = at / f"officer-{officer}"
        copies = {name: home / DESKS / name for name in desks}
        if f"{officer} share" in acks and any(rows(copies[name]) != rows(desk) for name, desk in desks.items()):
            yield LOST, f"what officer {officer} pulled"
        if any(not verify(copy).holds for copy in copies.values() if (copy / NAME).exists()):
            yield BAD, f"a copy of officer {officer} does not verify"
        yield from ((BAD, fault.says) for found in pull(home, at / "share", now=NOW) for fault in found.faults)
        if any(rows(copies[name]) != rows(desk) for name, desk in desks.items()):
            yield BAD, f"officer {officer} has other entries than the desks after the next pull"


# Backing up: into a folder of which the newest three stay


def _back_up(at: Path, ack: Ack) -> None:
    first = len(rows(at / "home"))
    for minute in itertools.count(first):
        _seal(at)
        made = backup(at / "home", at / "backups", now=NOW + timedelta(minutes=minute), keep=3)
        ack(f"{made.path.name} {made.count}")


def _check_backups(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    own, visible = rows(at / "home"), sorted((at / "backups").glob("ledger*"))
    newest = acks[-1].split()[0] if acks else ""
    if newest and newest not in [path.name for path in visible]:
        yield LOST, f"the backup {newest}"
    for number, path in enumerate(visible):
        copy = at / "tried" / str(number)
        copy.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy / NAME)
        verdict = verify(copy)
        if not verdict.holds or not set(rows(copy)) <= set(own):
            yield BAD, f"the backup {path.name} is no whole one: {verdict.says}"
    made = backup(at / "home", at / "backups", now=worlds.LATER, keep=3)
    yield from bad(worlds.strays(made.path.parent, *(path.name for path in visible), made.path.name))
    if hidden := [path.name for path in made.path.parent.iterdir() if path.name.startswith(".")]:
        yield BAD, f"the next backup left {hidden[0]}"
    made.path.unlink()


# Restoring: from a backup and from the share, into new homes

_NEW_HOMES = 12


def _prepare_kept(at: Path) -> None:
    worlds.make(at, 4)
    pushed(at)
    backup(at / "home", at / "backups" / "kept.sqlite", now=NOW)


def _restore(at: Path, ack: Ack) -> None:
    for number in range(_NEW_HOMES):
        _restored(at, number)
        ack(str(number))


def _restored(at: Path, number: int) -> None:
    home = at / f"new-{number}" / "home"
    if number % 2:
        restore_from_share(home, at / "share", desk="north", now=NOW)
    else:
        restore_from_file(home, at / "backups" / "kept.sqlite", now=NOW)


def _check_restored(at: Path, acks: Sequence[str]) -> Checked:
    own = rows(at / "home")
    for number in range(sum((at / f"new-{number}").exists() for number in range(_NEW_HOMES))):
        home = at / f"new-{number}" / "home"
        if not (home / NAME).exists():
            if str(number) in acks:
                yield LOST, f"the ledger put back into new home {number}"
            _restored(at, number)
        elif rows(home) != own:
            yield BAD, f"new home {number} has other entries than were kept"
        sealed = Desk(home, at / "share", "north")
        sealed.seal(1)
        yield from check_seals(home.parent, [])
        # The folder that it was made in may be left, and empty.
        if left := [path.name for path in home.glob("*.part/*")]:
            yield BAD, f"{left[0]} was left in new home {number}"


PUSHING = Act("pushing", lambda at: worlds.make(at, 2), _push, _check_share, weak.files_in_place)
PULLING = Act("pulling", _prepare_desks, _pull, _check_copies, weak.copies_at_once, kills=1)
BACKING_UP = Act(
    "backing up", lambda at: worlds.make(at, 2), _back_up, _check_backups, weak.copies_for_renames, kills=4
)
RESTORING = Act("restoring", _prepare_kept, _restore, _check_restored, weak.copies_for_renames, kills=1)
