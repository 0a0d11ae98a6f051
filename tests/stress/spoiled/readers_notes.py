"""The readers of settings, and of the notes that the program makes for itself."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.release import ReleaseRefused, read_manifest
from ferpa_wizard.core.settings import PolicyError, read_policy
from ferpa_wizard.desktop.remember import Kept, Memory
from ferpa_wizard.ledger.checkpoint import CheckpointUnusable, read_checkpoint
from ferpa_wizard.ledger.disks import read_mounts
from ferpa_wizard.ledger.own_files import CENTRAL_STATE
from ferpa_wizard.ledger.own_files import SETTINGS as WINDOW
from ferpa_wizard.ledger.pulled import STATE, Fault, Pulled, load
from ferpa_wizard.ledger.restore import kept_here
from ferpa_wizard.requests.central import Central, Source
from ferpa_wizard.requests.kept import State
from ferpa_wizard.requests.managed import _of_file
from ferpa_wizard.requests.signing import KeyFileError, _private
from ferpa_wizard.requests.sweep import SavedViews
from tests.ledger.samples import NOW
from tests.requests.releases import sealed
from tests.stress.spoiled import seeds
from tests.stress.spoiled.guard import Makers, Reader

_POLICY = b"""{"$schema": "settings.schema.json", "home": "~/ferpa", "school": "Lincoln High", "rules_folder": "/mnt/rules",
 "rules_keys": ["%s"], "log_folder": "//server/log", "theme": "dark", "text_size": 120}""" % (b"ab" * 32)
_MOUNTS = b"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:31 / /mnt/a\\040b rw - nfs4 server:/x rw
40 22 0:40 / /home/x/fuse rw - fuse user@host:/x rw
"""


def _policy(folder: Path) -> Reader:
    file = folder / "policy.json"
    file.write_bytes(_POLICY)
    file.chmod(0o644)

    def read(data: bytes) -> None:
        file.write_bytes(data)
        Memory(folder, _of_file(file))
        read_policy(data, "policy.json")

    return Reader("policy", read, (PolicyError,), (_POLICY, b'{"theme": "light"}'), "json")


def _window(folder: Path) -> Reader:
    """What the window remembers, and what a purge looks for in it; written again as the window does."""
    kept = Kept(people=(("R. Osei", "registrar"),), views=(("Overdue", "is:overdue by:Osei"), ("x", "tutoring")))
    old = {"theme": "dark", "percent": 150, "name": "R. Osei", "role": "registrar"}
    made = tuple(json.dumps(one, indent=1).encode() for one in (asdict(kept), old))
    ledger = _NoLedger()

    def read(data: bytes) -> None:
        (folder / WINDOW).write_bytes(data)
        memory = Memory(folder)
        for _name, line in memory.kept.views:
            str(read_search(line))
        SavedViews(folder).forget([], ledger)  # type: ignore[arg-type]
        memory.met("A. New", "x")
        assert Memory(folder).kept.people[0] == ("A. New", "x")

    return Reader("what the window remembers", read, (), made, "json")


class _NoLedger:
    def lacking(self, words: set[str], *, but: set[int]) -> set[str]:
        return words


def _state(folder: Path) -> Reader:
    state = State(
        5, "ab" * 32, "cd" * 32, "2026-11-01", "Release 5", ("Lincoln High",), "2026-11-24T10:00:00+00:00", ""
    )
    central = Central(folder, Source(str(folder / "none"), ("cd" * 32,)), lambda: NOW)

    def read(data: bytes) -> None:
        (folder / CENTRAL_STATE).write_bytes(data)
        list(central.rows())
        central.problem(0)
        json.dumps(central.told())

    return Reader("note on the district's release", read, (), (json.dumps(asdict(state), indent=1).encode(),), "json")


def _pulled(folder: Path) -> Reader:
    known = Pulled("ab" * 16, "Front", "2026-11-24T10:00:00.000000Z", "2026-11-24T10:00:00.000000Z", 2, 9, "1.0", "ferpa", "1",
                   (Fault("gap", "Entry 3 is missing."),), {"entries-00000001-00000009.jsonl": [100, 5]}, ("ef" * 32,))  # fmt: skip

    def read(data: bytes) -> None:
        (folder / STATE).write_bytes(data)
        found = load(folder, "ab" * 16)
        assert found.needs_person in (True, False)
        found.is_silent(NOW)
        json.dumps(asdict(found))

    return Reader("note on another desk", read, (), (json.dumps(asdict(known), indent=1).encode(),), "json")


def _checkpoint(folder: Path) -> Reader:
    file, seed = folder / "checkpoint.json", seeds.checkpoint(folder)

    def read(data: bytes) -> None:
        file.write_bytes(data)
        assert read_checkpoint(file).groups

    return Reader("checkpoint", read, (CheckpointUnusable,), (seed,), "json")


def _manifest(_: Path) -> Reader:
    return Reader("manifest", read_manifest, (ReleaseRefused,), (sealed()["manifest.json"],), "json")


def _key(folder: Path) -> Reader:
    from ferpa_wizard.requests.signing import _HEAD

    file = folder / "key"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        _private(file)

    return Reader("private key", read, (KeyFileError,), (f"{_HEAD}{'ab' * 32}\n".encode(),))


def _mounts(_: Path) -> Reader:
    return Reader("table of mounts", lambda data: read_mounts(data.decode("utf-8", "surrogateescape")), (), (_MOUNTS,))


def _lock(folder: Path) -> Reader:
    def read(data: bytes) -> None:
        (folder / "ledger.lock").write_bytes(data)
        kept_here(folder)

    return Reader("lock of a ledger", read, (), (b"The ledger %s is kept here since 2026.\n" % (b"ab" * 16),))


NOTES: Makers = {
    "policy": _policy,
    "window": _window,
    "central-note": _state,
    "desk-note": _pulled,
    "checkpoint": _checkpoint,
    "manifest": _manifest,
    "key": _key,
    "mounts": _mounts,
    "lock": _lock,
}
