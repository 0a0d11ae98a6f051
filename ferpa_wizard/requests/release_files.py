"""A signed release as it lies in a folder or a .zip, read with mistrust: anybody may have put anything there.

All of it is read into memory once, and what was checked is what is used: a file that is exchanged meanwhile changes
nothing. Nothing is written here.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ferpa_wizard.core.release import (
    DEEPEST,
    MANIFEST,
    MAX_FILE,
    MAX_FILES,
    MAX_MANIFEST,
    MAX_TOTAL,
    SIGNATURE,
    Manifest,
    ReleaseRefused,
    check_names,
    read_manifest,
    shown,
)
from ferpa_wizard.requests.signing import signer

ZIP = ".zip"
_SEALED = (MANIFEST, SIGNATURE)
_MAX_SIGNATURE = 1024
# A link is not followed and a pipe not waited for, where the system can tell.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
_REPARSE = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# What reading a damaged archive ends in; RuntimeError is also that of a packing that is not known.
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OverflowError, RuntimeError, ValueError, OSError)


class ReleaseUnreachable(ReleaseRefused):
    """The place cannot be read just now: the share is away, or not for this account."""


@dataclass(frozen=True)
class Sealed:
    """A manifest, its very bytes and their signature, and the public key that signed them."""

    manifest: Manifest
    data: bytes
    signature: bytes
    key: str


class Place(ABC):
    """Where a release lies. `names` are its files, `read` gives at most so many bytes of one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def names(self) -> list[str]:
        """Every file of the release. Raises ReleaseRefused for what is no plain file."""

    @abstractmethod
    def read(self, name: str, most: int) -> bytes:
        """The content, refused where it is more. Raises ReleaseRefused."""

    def sealed(self, keys: Iterable[str]) -> Sealed:
        """The manifest, once its signature is found to be by one of the keys. Raises ReleaseRefused."""
        data = self.read(MANIFEST, MAX_MANIFEST)
        signature = self.read(SIGNATURE, _MAX_SIGNATURE)
        key = signer(data, signature, keys)
        if not key:
            raise ReleaseRefused("No key that is allowed here signed it, or its list of files was changed.")
        return Sealed(read_manifest(data), data, signature, key)

    def files(self, manifest: Manifest) -> dict[str, bytes]:
        """Exactly the files that the manifest lists. Raises ReleaseRefused."""
        wanted = {one.path: one for one in manifest.files}
        found = [name for name in self.names() if name not in _SEALED]
        check_names(found)
        for says, names in (
            ("It holds a file that its list does not name", set(found) - wanted.keys()),
            ("A file is missing", wanted.keys() - set(found)),
        ):
            if names:
                raise ReleaseRefused(f"{says}: {shown(min(names))}.")
        return {path: self._listed(path, manifest) for path in wanted}

    def all_files(self) -> dict[str, bytes]:
        """Every file but those that seal it, whatever they are. Raises ReleaseRefused."""
        names = [name for name in self.names() if name not in _SEALED]
        check_names(names)
        return {name: self.read(name, MAX_FILE) for name in names}

    def _listed(self, path: str, manifest: Manifest) -> bytes:
        content = self.read(path, MAX_FILE)
        if not manifest.holds(path, content):
            raise ReleaseRefused(f"The file {shown(path)} was changed after it was signed.")
        return content


def place_at(path: Path) -> Place:
    """The release at this path. Raises ReleaseRefused."""
    with _answering(path):
        found = path.lstat()
    if _is_link(found):
        raise ReleaseRefused("It is a link, and links are not followed.")
    if stat.S_ISDIR(found.st_mode):
        return _Folder(path)
    if path.suffix.lower() == ZIP and stat.S_ISREG(found.st_mode):
        return _Zip(path)
    raise ReleaseRefused("It is neither a folder nor a .zip file.")


def places_in(folder: Path) -> list[Path]:
    """What may be a release: the folder itself, or else the folders and .zip files in it.

    Raises ReleaseUnreachable, and ReleaseRefused where there are too many.
    """
    with _answering(folder), os.scandir(folder) as entries:
        found = []
        for entry in entries:
            if entry.name in _SEALED:
                return [folder]
            is_folder = entry.is_dir(follow_symlinks=False) or entry.is_symlink()
            if entry.name[0] != "." and (is_folder or entry.name.lower().endswith(ZIP)):
                found.append(Path(entry.path))
            if len(found) > MAX_FILES:
                raise ReleaseRefused(f"The folder holds more than {MAX_FILES} folders and .zip files.")
    return sorted(found)


class _Folder(Place):
    def names(self) -> list[str]:
        found: list[str] = []
        for name in self._under(self.path, "", 0):
            found.append(name)
            if len(found) > MAX_FILES + len(_SEALED):
                raise ReleaseRefused(f"It holds more than {MAX_FILES} files.")
        return found

    def _under(self, folder: Path, above: str, depth: int) -> Iterator[str]:
        with _answering(folder), os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
            told = [(entry.name, entry.stat(follow_symlinks=False)) for entry in listed[: 2 * MAX_FILES]]
        for name, found in told:
            path = f"{above}{name}"
            if _is_link(found):
                raise ReleaseRefused(f"{shown(path)} in it is a link, and links are not followed.")
            if stat.S_ISDIR(found.st_mode):
                if depth >= DEEPEST:
                    raise ReleaseRefused(f"Its folder {shown(path)} lies too deep.")
                yield from self._under(folder / name, f"{path}/", depth + 1)
            elif stat.S_ISREG(found.st_mode):
                yield path
            else:
                raise ReleaseRefused(f"{shown(path)} in it is not a plain file.")

    def read(self, name: str, most: int) -> bytes:
        path = self.path / name
        with _answering(path, missing=name):
            before = path.lstat()
            if _is_link(before) or not stat.S_ISREG(before.st_mode):
                raise ReleaseRefused(f"{shown(name)} in it is not a plain file.")
            with os.fdopen(os.open(path, _FLAGS), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was exchanged just now
                    raise ReleaseRefused(f"{shown(name)} in it is not a plain file.")
                return _at_most(file, most, name)


class _Zip(Place):
    """The whole archive is read first, so that it is one and the same while it is looked at."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with _answering(path), os.fdopen(os.open(path, _FLAGS), "rb") as file:
            content = _at_most(file, MAX_TOTAL + MAX_MANIFEST, path.name)
        with _whole():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._infos = self._checked(self._zip.infolist())

    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str, most: int) -> bytes:
        info = self._infos.get(name)
        if info is None:
            raise _missing(name)
        if info.file_size > most:
            raise _too_large(name)
        with _whole(), self._zip.open(info) as file:
            return _at_most(file, most, name)

    @staticmethod
    def _checked(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(infos) > MAX_FILES + len(_SEALED):
            raise ReleaseRefused(f"It holds more than {MAX_FILES} files.")
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.orig_filename  # as it stands in the archive, before Python mends it
            if name in found:
                raise ReleaseRefused(f"It holds the file {shown(name)} twice.")
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG) or name.endswith("/"):
                raise ReleaseRefused(f"{shown(name)} in it is not a plain file.")
            if info.flag_bits & _ENCRYPTED or info.compress_type not in _PACKED:
                raise ReleaseRefused(f"{shown(name)} in it is packed in a way that is not read here.")
            found[name] = info
        return found


def _is_link(found: os.stat_result) -> bool:
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_file_attributes", 0) & _REPARSE)


def _at_most(file: IO[bytes], most: int, name: str) -> bytes:
    content = file.read(most + 1)
    if len(content) > most:
        raise _too_large(name)
    return content


def _too_large(name: str) -> ReleaseRefused:
    return ReleaseRefused(f"The file {shown(name)} in it is too large.")


def _missing(name: str) -> ReleaseRefused:
    if name in _SEALED:
        return ReleaseRefused(f"It is not signed: {name} is missing.")
    return ReleaseRefused(f"A file is missing: {shown(name)}.")


@contextmanager
def _whole() -> Iterator[None]:
    try:
        yield
    except _BROKEN_ZIP as error:
        raise ReleaseRefused("It is no whole .zip file.") from error


@contextmanager
def _answering(path: Path, missing: str = "") -> Iterator[None]:
    """`missing` is the name of the file in the release that may not be there."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        if missing:
            raise _missing(missing) from error
        raise ReleaseUnreachable(f"{path} is not there.") from error
    except OSError as error:
        raise ReleaseUnreachable(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # half a character, or a character that no name can hold
        raise ReleaseUnreachable("This is no name of a folder.") from error
