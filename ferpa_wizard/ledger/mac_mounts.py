"""What macOS's kernel knows of its mounts, without asking a server. Written by its headers, and not run there."""

from __future__ import annotations

import ctypes
import os

from ferpa_wizard.ledger.disks import NETWORK, is_remote

_NO_WAIT = 2
_LOCAL = 0x1000  # MNT_LOCAL


class Statfs(ctypes.Structure):
    """`struct statfs` with 64-bit inodes."""

    _fields_ = (
        ("sizes", ctypes.c_uint32 * 2),
        ("counts", ctypes.c_uint64 * 5),
        ("id", ctypes.c_int32 * 2),
        ("owner", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("subtype", ctypes.c_uint32),
        ("name", ctypes.c_char * 16),
        ("point", ctypes.c_char * 1024),
        ("source", ctypes.c_char * 1024),
        ("reserved", ctypes.c_uint32 * 8),
    )


def mac_mounts() -> dict[str, str]:
    """The type of each file system by its mount point, `network` for one without a name that we know."""
    library = ctypes.CDLL(None)
    name = "getfsstat$INODE64"  # Intel has it beside an older one
    ask = getattr(library, name) if hasattr(library, name) else library.getfsstat
    found = (Statfs * max(0, ask(None, 0, _NO_WAIT)))()
    count = ask(found, ctypes.sizeof(found), _NO_WAIT)
    return {os.fsdecode(one.point): kind_of(os.fsdecode(one.name), one.flags) for one in found[: max(0, count)]}


def kind_of(name: str, flags: int) -> str:
    """The type that a mount has for us: its own name, or that it is a network's."""
    return name if is_remote(name) or flags & _LOCAL else NETWORK
