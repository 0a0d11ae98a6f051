"""Runs a reader over one input at a time: what it raised, how long it took, how much memory it grew by."""

from __future__ import annotations

import hashlib
import mmap
import re
import resource
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from tests.stress.kept import FOLDER
from tests.stress.parts import Tally

FOUND = FOLDER / "found"
"""Where inputs are kept that went wrong."""
MORE_MEMORY = 600 * 1024 * 1024
"""So many bytes of address space a job may take beyond what it has when the first input comes."""
MUCH = 300.0
"""MB by which reading may make the process grow."""
SECONDS = 2.0
"""Processor time for one input. By the clock it may be ten times that, because others work here too."""
UNDECLARED, LONG, MEMORY, READ, REFUSED = "undeclared", "too long", "too much memory", "read", "refused"
WRONG = (UNDECLARED, LONG, MEMORY)
_ALIKE = 3
_STATUS, _PEAK = Path("/proc/self/status"), re.compile(rb"VmHWM:\s+(\d+) kB")


class TooLongError(BaseException):
    """The time of one input is over. No reader may take it for an error of its own."""


@dataclass(frozen=True)
class Reader:
    """`read` may raise nothing but the `declared` errors. It reads each of the `seeds` and raises nothing.

    `change` makes an input of a seed. `seconds` is for readers of a whole folder, which take more time by their nature.
    """

    name: str
    read: Callable[[bytes], object]
    declared: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]
    kind: str = "text"
    seconds: float = SECONDS


class Guard:
    """Takes inputs of one job; `mark` stands before the names of what is counted. Of a control nothing is kept."""

    def __init__(self, job: str, tally: Tally, mark: str = "", *, control: bool = False) -> None:
        self._job, self._tally, self._mark, self._control = job, tally, mark, control
        self._kept: dict[str, int] = {}
        self._place = _Place(job)
        self._before = self._most = 0.0

    def __enter__(self) -> Guard:
        signal.signal(signal.SIGPROF, _over)
        signal.signal(signal.SIGALRM, _over)
        self._before = self._most = peak()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._place.close(ended=kind is None)
        self._tally.peak(f"{self._mark}MB", peak() - self._before)

    def run(self, reader: Reader, data: bytes, number: int | str) -> str:
        """Read one input and count what came of it: one of the words above."""
        self._place.note(number)
        began, grown = time.process_time(), self._most
        outcome, raised = READ, None  # type: str, BaseException | None
        try:
            with _limited(reader.seconds):
                reader.read(data)
        except reader.declared:
            outcome = REFUSED
        except TooLongError as error:
            outcome, raised = LONG, error
        except MemoryError as error:
            outcome, raised = MEMORY, error
        except BaseException as error:  # noqa: BLE001  whatever it is, it is what is looked for
            outcome, raised = UNDECLARED, error
        took, self._most = time.process_time() - began, peak()
        if outcome in (READ, REFUSED):
            outcome = LONG if took > reader.seconds else MEMORY if self._most - grown > MUCH else outcome
        self._tally.peak(f"{self._mark}seconds", took)
        if outcome in WRONG:
            self._tell(reader, data, number, outcome, raised)
        else:
            self._tally.count(f"{self._mark}{outcome}")
        self._tally.count(f"{self._mark}inputs")
        return outcome

    def _tell(self, reader: Reader, data: bytes, number: int | str, outcome: str, raised: BaseException | None) -> None:
        """Keep the input, but not too many of those that went wrong alike."""
        where = f"{type(raised).__name__} {_line(raised)}" if raised else f"{outcome}, {reader.name}"
        times = self._kept[where] = self._kept.get(where, 0) + 1
        if times > _ALIKE or self._control:
            self._tally.count(f"{self._mark}{outcome}")
            return
        FOUND.mkdir(parents=True, exist_ok=True)
        file = FOUND / f"{self._job}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
        file.write_bytes(data)
        says = f"{reader.name}, input {number} of {self._job}: {where}; {file.name}"
        self._tally.wrong(f"{self._mark}{outcome}", says)


def _line(raised: BaseException) -> str:
    """The last line of ours that it came through."""
    frames = [one for one in traceback.extract_tb(raised.__traceback__) if "ferpa_wizard" in one.filename]
    last = frames[-1] if frames else traceback.extract_tb(raised.__traceback__)[-1]
    return f"at {Path(last.filename).name}:{last.lineno}"


def peak() -> float:
    """The most memory that this process has had, in MB."""
    if _STATUS.exists():  # what getrusage tells there may be the memory of whoever started this process
        return int(_PEAK.findall(_STATUS.read_bytes())[0]) / 1024
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found / (1024 * 1024 if sys.platform == "darwin" else 1024)


@contextmanager
def little_memory(more: int = MORE_MEMORY) -> Iterator[None]:
    """Inside, this process may not grow by more than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    statm = Path("/proc/self/statm")
    if statm.exists():
        held = int(statm.read_text(encoding="ascii").split()[0]) * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (held + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 10 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _over(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError


class _Place:
    """Which input a job is at, in a file that outlives a crash."""

    def __init__(self, job: str) -> None:
        FOUND.mkdir(parents=True, exist_ok=True)
        self._file = FOUND / f"{job}.at"
        self._file.write_bytes(bytes(mmap.PAGESIZE))
        with self._file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), mmap.PAGESIZE)

    def note(self, number: int | str) -> None:
        text = str(number).encode()[:200]
        self._map[: len(text) + 2] = struct.pack("<H", len(text)) + text

    def close(self, *, ended: bool) -> None:
        """The file stays where the job did not come to its end."""
        self._map.close()
        if ended:
            self._file.unlink()


def place_of(job: str) -> str:
    """The input at which a job ended by itself; empty where it came to its end."""
    file = FOUND / f"{job}.at"
    if not file.exists():
        return ""
    data = file.read_bytes()
    return data[2 : 2 + struct.unpack_from("<H", data)[0]].decode()


Makers = Mapping[str, Callable[[Path], Reader]]
