"""The readers of whole files of others: archives, releases, ledgers and what desks lay on a share."""

from __future__ import annotations

import json
import os
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.release import ReleaseRefused
from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.share import BadFile, Card, DeskFolder, read_card
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests import rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.log_book import LogBook
from ferpa_wizard.requests.release_files import place_at
from ferpa_wizard.requests.taking import take_newest
from tests import real
from tests.core.small_pack import FILES as SMALL
from tests.ledger.samples import NOW, VERIFIER
from tests.requests.releases import AT, FILES, PUBLIC, lay, sealed, signed_as, source
from tests.stress.spoiled import seeds
from tests.stress.spoiled import zips as input_zips
from tests.stress.spoiled.guard import Makers, Reader
from tests.stress.spoiled.readers_rules import OVERLAY

_ANYTHING = read_search("")
_SMALL = {name: text.encode() for name, text in SMALL.items()}
_DISTRICT = b"""school: A
district: policy.yaml
answers: {listed: [name]}
schools:
  B: {answers: {p.3: {value: yes, until: 2027-01-31}}, people: [{role: principal, name: "J. Moreau"}]}
"""
_LETTERHEAD = b'phone: "555-0100"\n'


def _bundle(folder: Path) -> Reader:
    """By the one-file verifier, which `log verify --bundle` runs: it tells of all, and raises nothing."""
    program, file = runpy.run_path(str(VERIFIER.with_name("verify_bundle.py"))), folder / "bundle.zip"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        report = program["check"](file, None)
        assert json.dumps(report.as_json()) and (report.code == program["OK"] or report.problems)
        if report.code != program["OK"]:
            raise BadFile(report.problems[0])

    return Reader("bundle", read, (BadFile,), (seeds.bundle(folder),), "zip")


def _release(folder: Path) -> Reader:
    """A .zip on the share: what is found in it is exactly what was signed, or nothing."""
    file = folder / "release-6.zip"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        place = place_at(file)
        assert place.files(place.sealed([PUBLIC]).manifest) == FILES

    return Reader("release", read, (ReleaseRefused,), (input_zips.packed([*sealed().items()]),), "zip")


def _taken(folder: Path) -> Reader:
    """A file that is spoiled and then signed for good, on its way to the home of a desk that has release 5.

    The name of the file stands before its text; the others of the release are good.
    """
    home, share, small = folder / "home", folder / "share", lay(folder / "rules", _SMALL)
    # With the small rules in place of the shipped ones; this job's process ends with that.
    patch.object(rules, "read_pack", lambda _, overlays=(): read_pack(small, overlays)).start()
    take_newest(home, source(lay(share, sealed(release=5, files={"papers/letterhead.yaml": _LETTERHEAD}))), AT)
    kept = shutil.copytree(home, folder / "kept")
    good = {"profile.yaml": _DISTRICT, "policy.yaml": OVERLAY, "papers/letterhead.yaml": _LETTERHEAD}
    made = tuple(f"{name}\n".encode() + data for name, data in good.items())

    def read(data: bytes) -> None:
        for place in (home, share):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(kept, home)
        name, _, text = data.partition(b"\n")
        lay(share, signed_as({**good, name.decode(): text}))
        after = take_newest(home, source(share), AT)
        assert after.release in (5, 6)
        if after.refused:
            assert after.release == 5 and after.refused.isprintable()
            raise ReleaseRefused(after.refused)

    return Reader("signed files", read, (ReleaseRefused,), made, "rules")


class _NotPutError(Exception):
    """The log itself refused to seal this, or it is none of its bodies: nothing was put to its readers."""


def _opened(home: Path) -> list[str]:
    """All that is done with the log of a home when somebody looks at it; the sentences on what is wrong."""
    desk = Desk(home, lambda: (real.pack(), real.profiles()["example"]), now=lambda: NOW)
    try:
        desk.recent()
        desk.book.catch_up()
        for row in desk.book.page(_ANYTHING):
            desk.record(row.number, row.installation)
        return [desk.altered] if desk.altered else []
    finally:
        desk._close_log()


def _ledger(folder: Path) -> Reader:
    """The file of a log: checked, then opened and read as the window does."""
    seed = (seeds.ledger_in(folder / "log") / NAME).read_bytes()
    home = folder / "home"
    home.mkdir()

    def read(data: bytes) -> None:
        for file in home.iterdir():
            file.unlink()
        (home / NAME).write_bytes(data)
        verdict = verify(home)
        assert verdict.holds or verdict.problems
        with Ledger.open(home, now=NOW, readonly=True) as ledger:
            for entry in (*ledger.every(), *ledger.entries(), *ledger.entries("decision", newest_first=False)):
                assert entry.number
            for read in (ledger.last_sequence, ledger.count, ledger.head, ledger.packs, lambda: ledger.uses(after=0)):
                read()
            for sha256 in ledger.packs():
                ledger.pack(sha256)
        if not verdict.holds:
            raise LedgerError(home / NAME)

    return Reader("ledger", read, (LedgerError,), (seed,), "sqlite")


def _index(folder: Path) -> Reader:
    """The index of the log, which is made anew where it is not what it should be."""
    home = seeds.ledger_in(folder / "log")
    ledger = Ledger.open(home, now=NOW, readonly=True)

    def book() -> LogBook:
        return LogBook(home, lambda: ledger, lambda: NOW)

    first = book()
    first.catch_up()
    first.close()
    seed = (home / log_tables.NAME).read_bytes()

    def read(data: bytes) -> None:
        (home / log_tables.NAME).write_bytes(data)
        opened = book()
        try:
            opened.catch_up()
            opened.page(_ANYTHING)
            opened.left_out()
        finally:
            opened.close()

    return Reader("index of the log", read, (LedgerError,), (seed,), "sqlite")


def _card(folder: Path) -> Reader:
    file = folder / "desk.json"
    card = Card("Front", "2026-11-24T10:00:00.000000Z", 9, "ab" * 32, 7, False, "1.0", "ferpa", "1")

    def read(data: bytes) -> None:
        file.write_bytes(data)
        found = read_card(file)
        assert found is not None and found.encoded()

    return Reader("card of a desk", read, (BadFile,), (card.encoded(),), "json")


def _pushed(folder: Path, home: Path) -> DeskFolder:
    share = folder / "share"
    share.mkdir(exist_ok=True)
    push(home, share, Card("Front", "", 0, GENESIS, program="1.0", pack_version="7"), now=NOW)
    return next(DeskFolder(path.name, path) for path in share.iterdir())


def _segment(folder: Path) -> Reader:
    """A segment of another desk on the share, pulled into the home of an officer: what is wrong is told of the desk."""
    desk = _pushed(folder, seeds.ledger_in(folder / "log"))
    segment, officer = desk.segments()[0].path, folder / "officer"
    read = _pulling(officer, segment, desk)
    return Reader("segment on the share", read, (BadFile,), (segment.read_bytes(),), "lines")


def _pulling(officer: Path, segment: Path, desk: DeskFolder) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        shutil.rmtree(officer, ignore_errors=True)
        segment.write_bytes(data)
        os.utime(segment, (1, 1))
        (found,) = pull(officer, desk.path.parent, now=NOW)
        assert verify(officer / DESKS / desk.installation).holds
        if found.faults:
            raise BadFile(found.faults[0].says)

    return read


def _bodies(folder: Path) -> Reader:
    """Records of another desk that are sealed for good and hold anything at all, in the log of an officer."""
    from ferpa_wizard.core.entry import EntryError

    home, made_of = folder / "home", seeds.records(folder)

    def read(data: bytes) -> None:
        shutil.rmtree(home, ignore_errors=True)
        try:
            body: Any = json.loads(data)
            with seeds.without_chance(), Ledger.open(folder / "other", now=NOW) as other:
                other.append("decision", body, at=NOW)
        except (ValueError, EntryError, AttributeError, RecursionError, TypeError, LedgerError) as error:
            raise _NotPutError from error
        finally:
            moved = home / DESKS / ("0" * 32)
            moved.parent.mkdir(parents=True)
            if (folder / "other").exists():
                (folder / "other").rename(moved)
        with Ledger.open(moved, now=NOW, readonly=True) as made:
            moved.rename(moved.with_name(made.installation))
        _opened(home)

    return Reader("records of another desk", read, (_NotPutError,), made_of, "said")


FILES_OF_OTHERS: Makers = {
    "bundle": _bundle,
    "release": _release,
    "signed": _taken,
    "ledger": _ledger,
    "index": _index,
    "card": _card,
    "segment": _segment,
    "records": _bodies,
}
