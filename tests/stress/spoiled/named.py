"""The named files: each is refused with a declared error or read without harm, in time and with little memory."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.requests import rules
from ferpa_wizard.requests.taking import take_newest
from tests import real
from tests.core.small_pack import FILES as SMALL
from tests.ledger.forgeries import FORGERIES
from tests.requests.hostile_releases import ATTACKS
from tests.requests.releases import AT, lay, sealed, source
from tests.stress.parts import Tally
from tests.stress.spoiled import hostile_archives, hostile_notes, hostile_paths, hostile_texts, seeds
from tests.stress.spoiled import raw as input_raw
from tests.stress.spoiled.guard import Guard, Makers, Reader, little_memory
from tests.stress.spoiled.hostile_notes import changed, without
from tests.stress.spoiled.hostile_texts import Cases

MARK = "named "
CONTROL = f"{input_raw.MARK}{MARK}"
_YAML = ("answers", "profile", "district", "overlay", "examples", "agreements", "decision", "templates", "letterhead")
_LARGE, _FOR_LARGE = 400_000, ("profile", "examples", "agreements", "templates")
_TEXTS: Mapping[str, Cases] = {
    "answers": hostile_texts.ANSWERS,
    "profile": hostile_texts.PROFILE,
    "overlay": hostile_texts.OVERLAY,
    "templates": hostile_texts.TEMPLATES,
    "letterhead": hostile_texts.TEMPLATES,
    "agreements-csv": hostile_texts.TABLE,
    "search": hostile_texts.SEARCH,
    "interview": hostile_texts.INTERVIEW,
}
_NOTES: Mapping[str, tuple[Mapping[str, hostile_notes.Change], str]] = {
    "draft": (hostile_notes.DRAFT, ""),
    "passed-on": (hostile_notes.DRAFT, "draft"),
    "policy": (hostile_notes.POLICY, ""),
    "window": (hostile_notes.WINDOW, ""),
    "central-note": (hostile_notes.STATE, ""),
    "desk-note": (hostile_notes.PULLED, ""),
    "checkpoint": (hostile_notes.CHECKPOINT, ""),
    "card": (hostile_notes.CARD, ""),
    "manifest": (hostile_notes.MANIFEST, ""),
}
_MORE_JSON = ("citations", "stored-pack", "answers", "records")


def _texts(readers: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    for name in dict.fromkeys((*_YAML, *_TEXTS)):
        (place := folder / name).mkdir()
        reader = readers[name](place)
        cases = {**(_yaml_for(name) if name in _YAML else {}), **_TEXTS.get(name, {})}
        yield from ((reader, how, data) for how, data in cases.items())


def _yaml_for(name: str) -> Cases:
    """What is as large as can be goes to some only: it is read in the same way everywhere."""
    return {how: data for how, data in hostile_texts.YAML.items() if len(data) < _LARGE or name in _FOR_LARGE}


def _notes(readers: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    for name in (*_NOTES, *_MORE_JSON):
        (place := folder / name).mkdir()
        reader = readers[name](place)
        changes, inside = _NOTES.get(name, ({}, ""))
        seed = next(one for one in reader.seeds if one.startswith(b"{"))
        own = {**changed(seed, changes, inside=inside), **without(seed)}
        yield from ((reader, how, data) for how, data in {**hostile_notes.JSON, **own}.items())


def _bundles(readers: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    reader = readers["bundle"](folder)
    yield from ((reader, how, data) for how, data in hostile_archives.bundles(reader.seeds[0]).items())


def _ledgers(readers: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    """Those that the tests of the ledger forge, to be read as they are and to be told of."""
    (place := folder / "reader").mkdir()
    reader, home = readers["ledger"](place), seeds.ledger_in(folder / "good")
    for name, attack in FORGERIES.items():
        copy = Path(shutil.copytree(home, folder / "forged"))
        attack.act(copy)
        if (copy / NAME).is_file():
            yield reader, name, (copy / NAME).read_bytes()
        shutil.rmtree(copy)


def _releases(_: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    """In place of a newer release: the old one stays in use."""
    home, share = folder / "home", folder / "share"
    with patch.object(rules, "read_pack", real.read_once):
        take_newest(home, source(lay(folder / "first", sealed(release=5))), AT)
    kept = shutil.copytree(home, folder / "kept")

    def read(data: bytes) -> None:
        for place in (home, share):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(kept, home)
        share.mkdir()
        name = data.decode()
        ATTACKS[name](share)
        own_rules = "pack" in name or "paragraphs" in name  # these have to be read themselves
        with patch.object(rules, "read_pack", read_pack if own_rules else real.read_once):
            after = take_newest(home, source(share), AT)
        assert (after.release, bool(after.refused)) == (5, True)

    reader = Reader("release", read, (), (), seconds=5.0)
    yield from ((reader, name, name.encode()) for name in ATTACKS)


def _paths(_: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    """The input is what lies there in place of a file."""
    small = lay(folder / "rules", {name: text.encode() for name, text in SMALL.items()})
    patch.object(rules, "read_pack", lambda _, overlays=(): read_pack(small, overlays)).start()  # as long as this job
    for place, (name, (called, act)) in enumerate(hostile_paths.READERS.items()):
        file = folder / str(place) / called

        def read(data: bytes, file: Path = file, act: Callable[[Path], object] = act) -> None:
            shutil.rmtree(file.parent, ignore_errors=True)
            file.parent.mkdir(parents=True)
            hostile_paths.THINGS[data.decode()](file)
            act(file)

        reader = Reader(name, read, hostile_paths.DECLARED, ())
        yield from ((reader, f"is {thing}", thing.encode()) for thing in hostile_paths.THINGS)


def _controls(_: Makers, folder: Path) -> Iterator[tuple[Reader, str, bytes]]:
    """The same texts to readers that trust them; but not those that would take the whole process down."""
    raw_yaml, raw_json, raw_zip = (input_raw.RAW[name](folder) for name in ("yaml", "json", "zip"))
    small = {name: data for name, data in hostile_texts.YAML.items() if len(data) < 20_000}
    yield from ((raw_yaml, how, data) for how, data in small.items())
    yield from ((raw_json, how, data) for how, data in hostile_notes.JSON.items())
    whole = hostile_archives.bundles(seeds.bundle(folder))
    yield from ((raw_zip, how, data) for how, data in whole.items() if len(data) < 500_000)


GROUPS: Mapping[str, Callable[[Makers, Path], Iterator[tuple[Reader, str, bytes]]]] = {
    "texts": _texts,
    "notes": _notes,
    "bundles": _bundles,
    "ledgers": _ledgers,
    "releases": _releases,
    "paths": _paths,
    "control": _controls,
}


def run(readers: Makers, group: str, folder: Path, tally: Tally) -> None:
    """Put all files of a group to their readers."""
    control = group == "control"
    with Guard(f"named-{group}", tally, CONTROL if control else MARK, control=control) as guard, little_memory():
        for reader, how, data in GROUPS[group](readers, folder):
            guard.run(reader, data, f"{reader.name} {how}")
            if group == "releases":
                tally.count(f"{MARK}releases")
