"""Runs an act in a fork under strace, which writes down its calls that change a disk, or makes some of them fail."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stress.forks import in_a_line

WRITES = ("write", "pwrite64", "ftruncate", "fallocate", "copy_file_range", "sendfile")
SYNCS = ("fsync", "fdatasync")
NAMES = ("openat", "mkdir", "rename", "unlink", "rmdir")
_TRACED = (*WRITES, *SYNCS, *NAMES, "unlinkat")
_PTRACER, _ANY = 0x59616D61, ctypes.c_ulong(-1)  # of prctl: whoever likes may trace this process
_LINE = re.compile(r"(?:\[pid +)?(\d+)\]? +(\w+)\((.*)")
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Call:
    """A call on something in the world: the how manieth of its name in its thread, and whether it makes a file."""

    name: str
    place: int
    path: str
    makes: bool = False


@dataclass(frozen=True, slots=True)
class Traced:
    """What the act gave, None where it ended otherwise, and its calls; `failed` are those that were made to fail."""

    result: Any
    error: str
    calls: tuple[Call, ...]
    failed: tuple[Call, ...]


def traced(act: Callable[[], object], world: Path, faults: Sequence[str] = ()) -> Traced:
    """Run the act in a fork; each of the faults is one of strace's, as "write:error=ENOSPC:when=3"."""
    log = world.with_name("calls")
    here, there = socket.socketpair()
    child = os.fork()
    if child == 0:
        try:
            here.close()
            ctypes.CDLL(None).prctl(_PTRACER, _ANY, 0, 0, 0)
            there.recv(1)
            there.sendall(json.dumps(_outcome(act)).encode())
        finally:
            os._exit(0)
    there.close()
    command = ["strace", "-f", "-y", "-s", "256", "-o", str(log), "-p", str(child), "-e", f"trace={','.join(_TRACED)}"]
    command += [part for fault in faults for part in ("-e", f"inject={fault}")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace, here:
        assert strace.stderr is not None
        strace.stderr.readline()  # it is attached
        here.settimeout(_SECONDS)
        here.sendall(b">")
        data = _received(here, child)
        os.waitpid(child, 0)
        strace.communicate()
    result, error = json.loads(data) if data else (None, f"it said nothing in {_SECONDS:.0f} s, or died")
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return Traced(result, error, *_calls(lines, world))


def _outcome(act: Callable[[], object]) -> tuple[object, str]:
    try:
        return act(), ""
    except BaseException as error:  # noqa: BLE001  whatever comes out, it is what was found
        return None, in_a_line(error)


def _received(pipe: socket.socket, child: int) -> bytes:
    data = b""
    try:
        while part := pipe.recv(1 << 16):
            data += part
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
    return data


def _calls(lines: Sequence[str], world: Path) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    """All calls on the world, and those of them that were made to fail."""
    counts: dict[tuple[str, str], int] = {}
    every, failed = [], []
    inside = re.compile(rf"[<\"]{re.escape(str(world))}/([^>\"]*)")
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        thread, name, rest = found.groups()
        counts[thread, name] = counts.get((thread, name), 0) + 1
        path = inside.search(rest.partition(" = ")[0])
        if path is not None:
            call = Call(name, counts[thread, name], path[1], "O_CREAT" in rest)
            every.append(call)
            if "(INJECTED)" in line:
                failed.append(call)
    return tuple(every), tuple(failed)
