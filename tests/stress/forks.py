"""Acts in processes of their own, forked from one that has loaded everything, so that a start takes no time."""

from __future__ import annotations

import json
import os
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from itertools import pairwise

Ack = Callable[[str], None]
"""Tells the parent, in one line, what is done for good."""
_BEGIN = b">"
_ERROR = "!"


@dataclass(frozen=True, slots=True)
class Run:
    """What a process acknowledged, whether it was killed, and the error that it ended in by itself, if it did."""

    acks: tuple[str, ...]
    killed: bool
    error: str = ""


def told(act: Callable[[], Iterable[str]]) -> list[str]:
    """The sentences that `act` gives in a process of its own; an error that it ends in is one more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                json.dump(_lines(act), out)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        data = answer.read()
    _, status = os.waitpid(child, 0)
    return list(json.loads(data)) if data else [f"the process ended with status {status}"]


def _lines(act: Callable[[], Iterable[str]]) -> list[str]:
    found: list[str] = []
    try:
        found.extend(act())
    except BaseException as error:  # noqa: BLE001  whatever it is, it is what was found
        found.append(in_a_line(error))
    return found


def killed(act: Callable[[Ack], None], acks: int, seconds: float) -> Run:
    """Run `act` in a process of its own and kill it so long after it has acknowledged so often; it may end before."""
    reading, child = _started(act)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        text = b"".join(data for _, data in _until(pipe, acks))
        if not _ended(child, seconds):
            os.kill(child, signal.SIGKILL)
        return _run((text + pipe.readall()).decode(), os.waitpid(child, 0)[1])


def paces(act: Callable[[Ack], None], acks: int) -> list[float]:
    """The seconds to each of the first acknowledgements from its begin or the one before. It is killed then."""
    reading, child = _started(act)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        times = [at for at, data in _until(pipe, acks) for _ in range(data.count(b"\n") or data == _BEGIN)]
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return [after - before for before, after in pairwise(times)]


def _until(pipe: FileIO, acks: int) -> Iterator[tuple[float, bytes]]:
    """What comes out of it, and when, until so many lines after the begin are there, or nothing more comes."""
    yield time.monotonic(), pipe.read(1)
    seen = 0
    while seen < acks and (data := pipe.read(1 << 16)):
        seen += data.count(b"\n")
        yield time.monotonic(), data


def _started(act: Callable[[Ack], None]) -> tuple[int, int]:
    """The pipe in which the acknowledgements come, after one byte for the begin, and the process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            os.write(writing, _BEGIN)
            act(lambda line: _write(writing, line))
        except BaseException as error:  # noqa: BLE001  whatever it is, the parent counts it
            _write(writing, _ERROR + in_a_line(error))
        finally:
            os._exit(0)
    os.close(writing)
    return reading, child


def _write(pipe: int, line: str) -> None:
    os.write(pipe, line.replace("\n", " ").encode() + b"\n")


def _ended(child: int, seconds: float) -> bool:
    """Did it come to its end before the time was up?"""
    watch = os.pidfd_open(child)
    try:
        return bool(select.select([watch], [], [], seconds)[0])
    finally:
        os.close(watch)


def _run(text: str, status: int) -> Run:
    whole = text.removeprefix(_BEGIN.decode())[
        : text.rfind("\n")
    ].splitlines()  # a line that was cut was not acknowledged
    acks = tuple(line for line in whole if not line.startswith(_ERROR))
    error = "".join(line[1:] for line in whole if line.startswith(_ERROR))
    was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return Run(acks, was_killed, error)


def in_a_line(error: BaseException) -> str:
    """The error, and where it came from."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({last.filename.rpartition('/')[2]}:{last.lineno})".replace("\n", " ")
