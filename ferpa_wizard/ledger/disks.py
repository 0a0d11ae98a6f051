"""Which file system a folder lies on, and whether that is a network's. The kernel's table is asked, never a server."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath

MOUNTS = Path("/proc/self/mountinfo")
TypeOf = Callable[[Path], str]
AUTOMOUNT = "autofs"  # nothing is mounted there before somebody looks
_FUSE = (
    *("sshfs", "rclone", "davfs", "glusterfs", "ceph", "ceph-fuse", "s3fs", "gcsfuse", "goofys", "mount-s3", "juicefs"),
    *("curlftpfs", "smbnetfs", "gvfsd-fuse", "kio-fuse", "vmhgfs-fuse", "google-drive-ocamlfuse", "onedriver"),
    *("seadrive", "moosefs", "mfs"),
)
REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "openafs", "auristorfs", "coda", "ncpfs", "ncp", "9p"),
        *("davfs", "webdav", "afpfs", "ftp", "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "orangefs", "pvfs2"),
        *("panfs", "vboxsf", "vmhgfs", "prl_fs", "virtiofs"),
        *(f"fuse.{name}" for name in _FUSE),
    )
)
"""File systems behind which another computer stands; SQLite's locks and syncs are not to be relied on there."""
MEMORY = frozenset(("tmpfs", "ramfs"))
"""File systems that are gone when the computer is started again."""
NETWORK = "network"  # what Windows and macOS tell of a drive whose type has no name above
_LINKS = 40  # as many as Linux follows
_ESCAPED = re.compile(r"\\([0-7]{3})")
# A plain `fuse` mount tells nothing but its source: an address, or a computer with a path on it.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|//|[^/\s]+:/|[^/\s]+@[^/\s]+:")


def follow(path: Path, type_of: TypeOf) -> Path:
    """The place itself, with links followed, but no step is taken on a remote disk: that would wait for its server."""
    path = path.absolute()
    here, rest, links = Path(path.anchor), [*path.parts[:0:-1]], 0
    while rest:
        step = rest.pop()
        here = here.parent if step == ".." else here / step
        if is_remote(type_of(here)) or links > _LINKS:
            return here.joinpath(*reversed(rest))
        try:
            target = here.parent / here.readlink()
        except (OSError, ValueError):  # Windows: ValueError for what a program in the cloud put there
            continue  # no link, or nothing at all: what is to be made lies where its name says
        links += 1
        here, rest = Path(target.anchor), [*rest, *target.parts[:0:-1]]
    return here


def is_remote(kind: str) -> bool:
    return kind in REMOTE or kind == NETWORK


def type_in(mounts: Mapping[str, str], path: Path) -> str:
    """The type of file system that an absolute path lies on; empty where the table does not say."""
    for folder in (path, *path.parents):
        if kind := mounts.get(str(folder)):
            return kind
    return ""


def read_mounts(text: str) -> dict[str, str]:
    """The types of Linux's mountinfo by mount point; of several mounts on one point the last is seen."""
    mounts = {}
    for line in text.splitlines():
        front, _, back = line.partition(" - ")
        fields, kind = front.split(" "), back.split(" ")
        if len(fields) > 4 and len(kind) > 1:  # noqa: PLR2004  as proc(5) lays them out
            mounts[_plain(fields[4])] = _named(kind[0], _plain(kind[1]))
    return mounts


def _plain(field: str) -> str:
    """A field whose spaces and line ends stand escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), field)


def _named(kind: str, source: str) -> str:
    return NETWORK if kind == "fuse" and _ADDRESS.match(source) else kind


def windows_type(path: Path | PureWindowsPath, drive_type: Callable[[str], int]) -> str:
    """`network` for a UNC path or a mapped drive; empty for what lies on this computer."""
    name = str(PureWindowsPath(path)).upper()
    plain = name.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    if plain.startswith("\\\\") or (plain != name and plain.startswith("UNC\\")):
        return NETWORK
    return NETWORK if drive_type(PureWindowsPath(plain).anchor) == _DRIVE_REMOTE else ""


_DRIVE_REMOTE = 4  # GetDriveTypeW


if sys.platform == "win32":
    import ctypes

    def disk_types() -> TypeOf:
        """Tells the type of the disk on which an absolute path lies; empty where it is not known."""
        return lambda path: windows_type(path, ctypes.windll.kernel32.GetDriveTypeW)

elif sys.platform == "darwin":

    def disk_types() -> TypeOf:
        """Tells the type of the file system on which an absolute path lies; empty where it is not known."""
        from ferpa_wizard.ledger.mac_mounts import mac_mounts  # which imports this module

        mounts = mac_mounts()
        return lambda path: type_in(mounts, path)

else:

    def disk_types() -> TypeOf:
        """Tells the type of the file system on which an absolute path lies, by the table of now; empty where it is not
        known.
        """
        mounts = _linux_mounts()

        def type_of(path: Path) -> str:
            kind = type_in(mounts, path)
            if kind == AUTOMOUNT and os.access(path, os.F_OK):  # which mounts it, as opening it would do next
                mounts.update(_linux_mounts())
                kind = type_in(mounts, path)
            return kind

        return type_of

    def _linux_mounts() -> dict[str, str]:
        try:
            return read_mounts(os.fsdecode(MOUNTS.read_bytes()))
        except OSError:
            return {}
