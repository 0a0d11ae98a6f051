"""The district's release of rules as a home folder keeps it: the newest one whole, and what is known of it.

    central/<release>/   the release as it was signed
    central.json         which one is in use, when the shared folder was last read, why something was not taken

What central.json remembers keeps older releases out, also where central/ was emptied.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.core.release import MANIFEST, SIGNATURE, ReleaseRefused, read_manifest
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.own_files import CENTRAL, CENTRAL_STATE
from ferpa_wizard.ledger.replacing import replacing, sync_file
from ferpa_wizard.paths import private_folder, sync_folder
from ferpa_wizard.requests.release_files import Sealed, place_at
from ferpa_wizard.requests.signing import is_public_key

T = TypeVar("T")
_NEW = ".new-"
_MAX_STATE = 64 * 1024


@dataclass(frozen=True)
class State:
    """`release` is the one in use, 0 before there was one; `sha256` that of its manifest, `key` the one that signed it.

    `contact` is when the shared folder was last read, `refused` why something in it, or the folder itself, was not
    taken, `schools` those that have exceptions. With `on` no the district's rules rest: no folder is set any more.
    """

    release: int = 0
    sha256: str = ""
    key: str = ""
    day: str = ""
    title: str = ""
    schools: tuple[str, ...] = ()
    contact: str = ""
    refused: str = ""
    on: bool = True


@dataclass(frozen=True, slots=True)
class InUse:
    """A release that stands whole in this folder."""

    folder: Path
    release: int


def load_state(home: Path) -> State:
    """What is known; nothing where the file is missing or cannot be read."""
    try:
        with (home / CENTRAL_STATE).open("rb") as file:
            found = json.loads(file.read(_MAX_STATE))
        state = State(**{name: found[name] for name in State.__dataclass_fields__ if name != "schools"})
        state = replace(state, schools=tuple(map(str, found["schools"])))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return State()
    fits = all(type(value) is type(getattr(State(), name)) for name, value in asdict(state).items())
    return state if fits and (not state.key or is_public_key(state.key)) else State()


def save_state(home: Path, state: State) -> None:
    """Raises OSError."""
    private_folder(home)
    with replacing(home / CENTRAL_STATE) as file:
        file.write(json.dumps(asdict(state), indent=1).encode("ascii") + b"\n")


def in_use(home: Path) -> InUse | None:
    """The release in use; None where there is none, or its copy is not whole any more."""
    state = load_state(home)
    folder = home / CENTRAL / str(state.release)
    if not state.on or not state.release or not _is_whole(folder, state):
        return None
    return InUse(folder, state.release)


def with_release(home: Path, read: Callable[[InUse | None], T]) -> T:
    """What is read with the release in use, which may be exchanged meanwhile. Raises what `read` raises."""
    sent = in_use(home)
    try:
        found = read(sent)
    except (CoreError, DocumentError, OSError):
        if in_use(home) == sent:
            raise
    else:
        if sent is None or load_state(home).release == sent.release:
            return found
    # The files that were being read were on their way out, and some of them may have been missed.
    return read(in_use(home))


def keep(home: Path, sealed: Sealed, files: Mapping[str, bytes], check: Callable[[Path], object]) -> None:
    """Put a release in its place, whole or not at all, once `check` has looked at it; what it raises comes out.

    It is in use when central.json names it. Raises OSError.
    """
    central = private_folder(private_folder(home) / CENTRAL)
    part = Path(tempfile.mkdtemp(dir=central, prefix=_NEW))
    try:
        for name, content in {**files, MANIFEST: sealed.data, SIGNATURE: sealed.signature}.items():
            _write(part / name, content)
        for folder in (*(one for one in part.rglob("*") if one.is_dir()), part):
            sync_folder(folder)
        check(part)
        place = central / str(sealed.manifest.release)
        if place.exists():  # a kill left it before it was in use, or it is not whole any more
            shutil.rmtree(place)
        part.rename(place)
        sync_folder(central)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def forget_others(home: Path, release: int) -> None:
    """Remove all but this release; what cannot be removed now goes the next time."""
    with suppress(OSError):
        for one in (home / CENTRAL).iterdir():
            if one.name != str(release):
                shutil.rmtree(one, ignore_errors=True)


def sha256(sealed: Sealed) -> str:
    """What tells a release from another one of the same number."""
    return hashlib.sha256(sealed.data).hexdigest()


def _is_whole(folder: Path, state: State) -> bool:
    try:
        place = place_at(folder)
        data = (folder / MANIFEST).read_bytes()
        if hashlib.sha256(data).hexdigest() != state.sha256:
            return False
        place.files(read_manifest(data))
    except (ReleaseRefused, OSError):
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        sync_file(file.fileno())
