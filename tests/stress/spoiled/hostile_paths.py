"""What may lie where a file is expected: a file without end, a folder, a link to nowhere or to itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ferpa_wizard.cli.decide import decision_from
from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.wording import read_wording
from ferpa_wizard.ledger.checkpoint import read_checkpoint
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.own_files import CENTRAL_STATE
from ferpa_wizard.ledger.own_files import SETTINGS as WINDOW
from ferpa_wizard.ledger.pulled import STATE, load
from ferpa_wizard.ledger.restore import kept_here
from ferpa_wizard.ledger.share import BadFile, read_card
from ferpa_wizard.requests import rules
from ferpa_wizard.requests.agreements import FILE as REGISTER
from ferpa_wizard.requests.agreements import Agreements
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.kept import in_use, load_state
from ferpa_wizard.requests.managed import _of_file
from ferpa_wizard.requests.passing import read_passed
from ferpa_wizard.requests.release_files import place_at
from ferpa_wizard.requests.school import School
from ferpa_wizard.requests.signing import _private
from ferpa_wizard.requests.sweep import SavedViews
from tests.core.small_pack import small_pack
from tests.ledger.samples import NOW

ENDLESS = 3 * 1024 * 1024 * 1024
"""Bytes: more than a job may take, and without a disk that holds them."""
DECLARED = (CoreError, RequestsError, DocumentError, LedgerError, BadFile, OSError)


def _endless(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(ENDLESS)


def _nowhere(file: Path) -> None:
    file.symlink_to(file.with_name("nowhere"))


THINGS: Mapping[str, Callable[[Path], object]] = {
    "a file without end": _endless,
    "a folder": Path.mkdir,
    "a link to nowhere": _nowhere,
    "a link to itself": lambda file: file.symlink_to(file),
    "nothing": lambda _: None,
}


def _agreements(file: Path) -> Agreements:
    return Agreements(file.parent, small_pack, lambda: NOW)


def _with_policy(file: Path) -> object:
    profile = file.with_name("profile.yaml")
    profile.write_text("school: A\ndistrict: policy.yaml\n", encoding="utf-8")
    return rules.all_rules(file.parent, profile)


READERS: Mapping[str, tuple[str, Callable[[Path], object]]] = {
    "draft": ("drafts/d1.json", lambda file: Drafts(file.parent.parent).list()),
    "request passed on": ("passed.json", read_passed),
    "register of agreements": (REGISTER, lambda file: _agreements(file).all()),
    "table of agreements": ("a.csv", lambda file: _agreements(file).import_csv(file)),
    "decision": ("d.yaml", lambda file: decision_from(str(file))),
    "profile": ("profile.yaml", lambda file: rules.all_rules(file.parent, file)),
    "profile of the home": ("profile.yaml", lambda file: rules.all_rules(file.parent, None)),
    "page of the school": ("profile.yaml", lambda file: School(file.parent, lambda: None).look()),
    "policy of a district": ("policy.yaml", _with_policy),
    "rules": ("pack.yaml", lambda file: read_pack(file.parent)),
    "letterhead": ("papers/letterhead.yaml", lambda file: read_wording(file.parent)),
    "policy": ("policy.json", _of_file),
    "window": (WINDOW, lambda file: (Memory(file.parent), SavedViews(file.parent))),
    "note on the release": (CENTRAL_STATE, lambda file: (load_state(file.parent), in_use(file.parent))),
    "note on another desk": (STATE, lambda file: load(file.parent, "ab" * 16)),
    "checkpoint": ("c.json", read_checkpoint),
    "card": ("desk.json", read_card),
    "key": ("key", _private),
    "lock": ("ledger.lock", lambda file: kept_here(file.parent)),
    "ledger": ("ledger.sqlite", lambda file: Ledger.open(file.parent, now=NOW, readonly=True)),
    "release": ("r.zip", place_at),
}
"""By name: how the file is called, and what reads it."""
