"""Reading what other desks put into the shared folder into copies of their chains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.entry import ChainError, time_text
from ferpa_wizard.ledger.chains import installation_of
from ferpa_wizard.ledger.copies import Copy, ForkError, LostText
from ferpa_wizard.ledger.errors import LedgerUnusable, translated
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS, is_installation
from ferpa_wizard.ledger.place import why_misplaced
from ferpa_wizard.ledger.pulled import BROKEN, DUPLICATE, FORK, GAP, REWIND, Fault, Pulled, keep, load
from ferpa_wizard.ledger.share import BadFile, Card, DeskFolder, Segment, desk_folders, holes, twice
from ferpa_wizard.ledger.turns import turn
from ferpa_wizard.paths import private_folder

_LOCK = "pull.lock"
_WAIT_SECONDS = 60.0


def pull(home: Path, share: Path, *, now: datetime) -> list[Pulled]:
    """Bring the copies of all other desks up to date, and say of each what was found, by installation.

    It can be repeated and stopped at any time. What is wrong with one desk is told in its `faults` and keeps no
    other from being read. Raises ShareUnreachable, DiskFull, LedgerLocked, LedgerReadOnly, LedgerMisplaced (copies are
    ledgers, and lie in the home), and what opening the own ledger raises.
    """
    if misplaced := why_misplaced(home / NAME):
        raise misplaced
    own = installation_of(home / NAME) if (home / NAME).exists() else ""
    desks = {desk.installation: desk for desk in desk_folders(share)}
    folder = home / DESKS
    with translated(folder):
        private_folder(folder)
        with turn(folder / _LOCK, about=folder, wait=_WAIT_SECONDS):
            names = sorted(
                (desks.keys() | {path.name for path in folder.iterdir() if is_installation(path.name)}) - {own}
            )
            return [_pulled(folder / name, name, desks.get(name), now) for name in names]


def _pulled(folder: Path, installation: str, desk: DeskFolder | None, now: datetime) -> Pulled:
    """Raises what `pull` raises."""
    before = load(folder, installation)
    if desk is None:
        gone = Fault(GAP, "Its folder is gone from the share. The next push of that desk puts it back.")
        found = replace(before, new=0, faults=(gone,))
    else:
        found = _read(folder, desk, before, now)
    if found != before:
        private_folder(folder)
        keep(folder, found)
    return found


def _read(folder: Path, desk: DeskFolder, before: Pulled, now: datetime) -> Pulled:
    try:
        with translated(folder / NAME), Copy.open(folder, desk.installation) as copy:
            start = copy.link.sequence
            found = read_into(copy, desk, before)
            contact = found.contact or before.contact or copy.last_time()
            seen = before.seen if before.seen and contact == before.contact else time_text(now)
            return replace(found, contact=contact, seen=seen, new=copy.link.sequence - start)
    except LedgerUnusable as error:
        return replace(before, new=0, faults=(Fault(BROKEN, str(error)),))


def read_into(copy: Copy, desk: DeskFolder, before: Pulled) -> Pulled:
    """Add to the copy what the share has more of its chain, and say what was found.

    Raises LedgerError, sqlite3.Error.
    """
    faults: list[Fault] = []
    start = copy.link.sequence
    try:
        desk.check()
        card, segments = _card(desk, faults), desk.segments()
    except BadFile as error:
        return replace(before, count=copy.link.sequence, faults=(Fault(BROKEN, str(error)),))
    stamps = _add_all(copy, segments, before, faults)
    faults += _unlike(copy, segments, card)
    # A killed pull may have added entries without their rules; a copy made anew has neither.
    named = copy.lacks(after=min(before.count, start))
    lacking = _rules(copy, desk, {*before.lacking, *named}, faults)
    return Pulled(
        desk.installation,
        name=card.name if card else before.name,
        contact=card.contact if card else "",
        count=copy.link.sequence,
        program=card.program if card else before.program,
        pack=card.pack if card else before.pack,
        pack_version=card.pack_version if card else before.pack_version,
        faults=tuple(faults),
        stamps=stamps,
        lacking=tuple(lacking),
    )


def _card(desk: DeskFolder, faults: list[Fault]) -> Card | None:
    try:
        return desk.card()
    except BadFile as error:
        faults.append(Fault(BROKEN, str(error)))
        return None


def _add_all(copy: Copy, segments: list[Segment], before: Pulled, faults: list[Fault]) -> dict[str, list[int]]:
    """Read what was not read before, or has changed since; the stamps of all that was read."""
    stamps = {}
    for segment in segments:
        if segment.first > copy.link.sequence + 1:
            break  # what is missing before it is told elsewhere
        try:
            stamp = segment.stamp()
            if segment.last > copy.link.sequence or stamp != before.stamps.get(segment.name):
                copy.add(segment.entries())
            stamps[segment.name] = stamp
        except BadFile as error:
            faults.append(Fault(BROKEN, str(error)))
        except ForkError as error:
            faults.append(Fault(FORK, str(error)))
            break
        except ChainError as error:
            kind = FORK if error.fault == "previous" else BROKEN
            faults.append(Fault(kind, f"{segment.name} cannot be taken over. {error}"))
    try:
        copy.finish()
    except LostText as error:
        faults.append(Fault(BROKEN, str(error)))
    return stamps


def _unlike(copy: Copy, segments: list[Segment], card: Card | None) -> Iterator[Fault]:
    """Where what the names and the card say does not fit together, or not with the copy."""
    here = copy.link.sequence
    last = max((segment.last for segment in segments), default=0)
    claimed = max(last, card.count) if card and not card.behind else last
    back = card is not None and (card.behind or claimed < here or _has_another_head(copy, card))
    if card and back:
        yield Fault(
            REWIND,
            f"The desk now has {card.count} entries, and {max(here, last)} were known, or it has others in their place."
            " It was wiped, put back from an old copy, or goes on twice.",
        )
    for first, end in holes(segments, claimed if back else max(claimed, here)):
        yield Fault(GAP, f"{_range(first, end)} missing on the share. The next push of that desk writes them anew.")
    for first, end in twice(segments):
        yield Fault(DUPLICATE, f"{_range(first, end)} on the share more than once.")


def _has_another_head(copy: Copy, card: Card) -> bool:
    return 0 < card.count <= copy.link.sequence and card.head != copy.seal(card.count)


def _range(first: int, last: int) -> str:
    return f"Entry {first} is" if first == last else f"Entries {first} to {last} are"


def _rules(copy: Copy, desk: DeskFolder, named: Iterable[str], faults: list[Fault]) -> list[str]:
    """Take over the rules that entries name; those that are not to be had."""
    lacking = []
    for sha256 in sorted(named):
        try:
            content = desk.pack(sha256)
        except BadFile as error:
            content, fault = None, Fault(BROKEN, str(error))
        else:
            fault = Fault(
                GAP, f"The rules {sha256[:12]} are missing on the share. The next push of that desk adds them."
            )
        if content is not None:
            copy.add_rules(content)
        else:
            faults.append(fault)
            lacking.append(sha256)
    return lacking
