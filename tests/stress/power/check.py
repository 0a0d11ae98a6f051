"""Is all there that was acknowledged, whole, after a power cut? Asked of the real program, of an image laid out anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ferpa_wizard.core.entry import EntryError
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import NOW
from tests.stress.power import state
from tests.stress.power.disk import Image, lay_out
from tests.stress.power.share import looked_at_share

LOST, CORRUPT, STRANGE = "acknowledged entries lost", "ledgers corrupt", "ledgers with what nobody sealed"
DRAFTS, BACKUPS, SHARE = "drafts lost, torn or back", "backups lost or not whole", "shares that lack something"
PURGED = "purged words that came back"

_DRAFTS = f"{state.HOME}/drafts"
Told: TypeAlias = Mapping[str, Any]


class Fault(NamedTuple):
    """`kind` is one of the above; `times` counts entries."""

    kind: str
    says: str
    times: int = 1


class _Look(NamedTuple):
    """A look at some folders: what it is about, and what it finds where one thing was told before and one would be next."""

    what: str
    folders: tuple[str, ...]
    find: Callable[[Path, Told, Told], Iterator[Fault]]


class Checker:
    """Checks images. What was looked at once in the same state is not looked at again."""

    def __init__(self, scratch: Path) -> None:
        self._root = scratch
        self._known: dict[tuple[str, int, str], list[Fault]] = {}

    def faults(self, image: Image, before: Told, after: Told) -> Iterator[Fault]:
        """`before` was acknowledged, and `after` would have been next: there is the one or the other."""
        for look in _looks(before, after):
            yield from self._looked(look, image, before, after)
        for top in (state.HOME, state.SHARE):
            yield from _purged(top, image, before)

    def _looked(self, look: _Look, image: Image, before: Told, after: Told) -> list[Fault]:
        """What it finds in the folders alone, laid out anew."""
        files = {path: content for path, content in image.items() if _place(path) in look.folders}
        asked = _asked(look.what, before), _asked(look.what, after)
        key = (look.what, hash(frozenset(files.items())), json.dumps(asked))
        if key not in self._known:
            lay_out(files, self._root)
            self._known[key] = list(look.find(self._root, *asked))
            shutil.rmtree(self._root)
        return self._known[key]


def _looks(before: Told, after: Told) -> Iterator[_Look]:
    tops = {path.partition("/")[0] for one in (before, after) for path in one["ledgers"]} | {state.HOME}
    yield from (_Look(top, (top,), _ledgers) for top in sorted(tops))
    yield _Look(_DRAFTS, (_DRAFTS,), _drafts)
    yield _Look(state.BACKUPS, (state.BACKUPS,), _backups)
    pushing = _asked(state.SHARE, before) != _asked(state.SHARE, after)
    # While a push goes on, the next push from the same home has to mend what it left.
    yield _Look(state.SHARE, (state.SHARE, state.HOME) if pushing else (state.SHARE,), _share)


def _place(path: str) -> str:
    """The folder that a path belongs to: that of the drafts, or the one that stands first in it."""
    return _DRAFTS if f"{path}/".startswith(f"{_DRAFTS}/") else path.partition("/")[0]


def _asked(what: str, told: Told) -> Told:
    """What a look has to know, so that it is done again only where that is another."""
    if what == _DRAFTS:
        return {"drafts": told["drafts"]}
    if what == state.BACKUPS:
        return {"backups": told["backups"]}
    if what == state.SHARE:
        return {"pushed": told["pushed"], "gone": told["gone"][state.SHARE]}
    return {"ledgers": {path: chain for path, chain in told["ledgers"].items() if path.partition("/")[0] == what}}


def _ledgers(root: Path, before: Told, after: Told) -> Iterator[Fault]:
    copies = {str(one.relative_to(root)) for one in root.glob(f"{state.OFFICER}/{DESKS}/*") if one.is_dir()}
    for path in sorted({*before["ledgers"], *after["ledgers"], *copies}):
        yield from _ledger(root / path, before["ledgers"].get(path), after["ledgers"].get(path, []))


def _ledger(home: Path, before: state.Chain | None, after: state.Chain) -> Iterator[Fault]:
    """Open it as the program does, go on with it, and verify all."""
    if before is not None and not (home / NAME).exists():
        yield Fault(LOST, f"{home.name} has gone", len(before))
        return
    try:
        with Ledger.open(home, now=NOW) as ledger:
            chain = state.read_chain(ledger)
            ledger.append("note", {"words": "x"}, at=NOW)
    except (LedgerError, EntryError) as error:
        yield Fault(CORRUPT, f"{home.name}: {error}")
        return
    verdict = verify(home)
    if not verdict.holds:
        yield Fault(CORRUPT, f"{home.name}: {verdict.says}")
    yield from compared(chain, before or [], after)


def compared(chain: state.Chain, before: state.Chain, after: state.Chain) -> Iterator[Fault]:
    """Is this chain one of the two, or, where entries come in several transactions, between them?"""
    seals = [one.rstrip("-") for one in chain]
    known = [one.rstrip("-") for one in after]
    lost = sum(one.rstrip("-") not in seals for one in before)
    if lost:
        yield Fault(LOST, f"{len(chain)} entries instead of {len(before)}", lost)
    elif seals != known[: len(seals)]:
        yield Fault(STRANGE, f"{len(chain)} entries, of which some are none of the {len(after)} that were sealed")
    elif len(chain) in (len(before), len(after)) and chain not in (before, after):
        yield Fault(STRANGE, "other texts than those that were purged are missing, or purged ones are there")


def _drafts(root: Path, before: Told, after: Told) -> Iterator[Fault]:
    home, one, other = root / state.HOME, before["drafts"], after["drafts"]
    found = state.drafts(home)
    names = {Path(path).name for path in found}
    for path, sha256 in found.items():
        if sha256 not in (one.get(path), other.get(path)):
            yield Fault(DRAFTS, f"{path} is another one, or came back")
    for path in one:
        if Path(path).name not in names and Path(path).name in {Path(there).name for there in other}:
            yield Fault(DRAFTS, f"{path} has gone")
    listing = Drafts(home).list()
    for says in listing.problems:
        yield Fault(DRAFTS, says)


def _backups(root: Path, before: Told, after: Told) -> Iterator[Fault]:
    one, other = before["backups"], after["backups"]
    found = {file.stem: file for file in (root / state.BACKUPS).glob("*.sqlite")}
    for name in one.keys() & other.keys():
        if Path(name).stem not in found:
            yield Fault(BACKUPS, f"{name} has gone")
    for stem, file in found.items():
        (root / stem).mkdir()
        file.rename(root / stem / NAME)
        verdict = verify(root / stem)
        known = [told[file.name] for told in (one, other) if file.name in told]
        # One that was deleted for a newer one may come back: it has to be whole all the same.
        if not verdict.holds:
            yield Fault(BACKUPS, f"{file.name}: {verdict.says}")
        elif known and state.chain_of(root / stem) not in known:
            yield Fault(BACKUPS, f"{file.name} holds other entries")


def _share(root: Path, before: Told, after: Told) -> Iterator[Fault]:
    for says in looked_at_share(root, before["pushed"], still=before == after):
        yield Fault(SHARE, says)


def _purged(top: str, image: Image, before: Told) -> Iterator[Fault]:
    """Look for purged words in all bytes, journals and files without a known name included."""
    words = [word.encode() for word in before["gone"][top]]
    for path, content in image.items():
        if words and content and path.startswith(f"{top}/") and any(word in content for word in words):
            yield Fault(PURGED, path)
