"""The calls of a program to its system, as strace writes them, played on a disk of disk.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.stress.power.disk import Cut, Disk, File, Folder, Node, Write

_HARMLESS = """
    read pread64 readv fstat stat lstat newfstatat statx access faccessat faccessat2 getdents64 readlink readlinkat
    statfs fstatfs getcwd chdir getxattr lgetxattr flock fadvise64 poll select pselect6 ppoll pipe2
    socket connect sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg getsockopt setsockopt getsockname getpeername
    shutdown epoll_create1 epoll_ctl epoll_wait epoll_pwait timerfd_create timerfd_settime eventfd2
    brk munmap mremap mprotect madvise membarrier rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack getrandom futex
    getpid gettid getppid getuid geteuid getgid getegid getgroups clock_gettime clock_getres clock_nanosleep
    gettimeofday time times getrusage sched_yield sched_getaffinity prlimit64 uname sysinfo set_tid_address
    set_robust_list rseq arch_prctl prctl umask execve exit exit_group
    chmod fchmod fchmodat chown fchown fchownat utime utimes utimensat futimesat
"""
HARMLESS = _HARMLESS.split()
"""Calls that change no file, but for its rights and times. They are not recorded; any other one has to be known here."""
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)(.*)")
_PATH = re.compile(r"<((?:\\x[0-9a-f]{2})+)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_AS_THEY_COME = ("SYNC", "DSYNC", "TMPFILE", "DIRECT")


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


class UnknownCall(Exception):  # noqa: N818  it names what was met
    """A call that may change a file in a way that is not known here."""


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: list[str]
    result: int

    @classmethod
    def read(cls, line: str) -> Call | None:
        """The call of this line; None for one that says how a process ended. Raises UnknownCall."""
        if "+++ exited" in line:
            return None
        found = _LINE.fullmatch(line.rstrip("\n"))
        if found is None:
            raise UnknownCall(line)
        result = -1 if found[3] == "?" else int(found[3], 0)
        return cls(found[1], found[2].split(", "), result)

    def data(self, place: int) -> bytes:
        """A text among the arguments; it has to be there in full."""
        found = _TEXT.fullmatch(self.args[place])
        if found is None:
            raise UnknownCall(f"{self.name}({', '.join(self.args)})")
        return _bytes(found[1])

    def number(self, place: int) -> int:
        return int(self.args[place].partition("<")[0], 0)

    def of(self, place: int) -> str:
        """The path that a descriptor stands for."""
        found = _PATH.search(self.args[place])
        return _bytes(found[1]).decode() if found else ""

    def path(self, place: int, beside: int | None = None) -> str:
        """A path among the arguments, which may start at a descriptor."""
        path = self.data(place).decode()
        return path if path.startswith("/") or beside is None else f"{self.of(beside)}/{path}"


@dataclass
class _Open:
    """An open file or folder; `at` is where the next write goes."""

    node: Node
    at: int = 0
    appends: bool = False


class Calls:
    """Plays calls that are about the folder `root` on `disk`."""

    def __init__(self, root: str, disk: Disk) -> None:
        self._root, self._disk = f"{root}/", disk
        self._open: dict[int, _Open] = {}
        self._known: dict[str, Callable[[Call], bool]] = {
            "openat": lambda call: self._opened(call, call.path(1, 0), call.args[2]),
            "open": lambda call: self._opened(call, call.path(0), call.args[1]),
            "close": self._closed,
            "dup": self._copied, "dup2": self._copied, "dup3": self._copied, "fcntl": self._controlled,
            "lseek": self._moved,
            "write": self._written, "pwrite64": self._written,
            "ftruncate": self._cut,
            "fsync": self._synced, "fdatasync": self._synced,
            "rename": lambda call: self._renamed(call.path(0), call.path(1)),
            "renameat": lambda call: self._renamed(call.path(1, 0), call.path(3, 2)),
            "mkdir": lambda call: self._named(call.path(0), Folder()),
            "mkdirat": lambda call: self._named(call.path(1, 0), Folder()),
            "unlink": lambda call: self._named(call.path(0), None),
            "rmdir": lambda call: self._named(call.path(0), None),
            "unlinkat": lambda call: self._named(call.path(1, 0), None),
        }  # fmt: skip

    def play(self, call: Call) -> bool:
        """Did it change what a power cut would leave? Raises UnknownCall."""
        if call.result < 0:
            return False
        if call.name in self._known:
            return self._known[call.name](call)
        if call.name in ("mmap", "ioctl") and not self._shared(call):
            return False
        raise UnknownCall(f"{call.name}({', '.join(call.args)[:200]})")

    def _inside(self, path: str) -> list[str] | None:
        """The parts of a path in the folder; None for one elsewhere."""
        if not path.startswith(self._root):
            return [] if f"{path}/" == self._root else None
        parts = path.removeprefix(self._root).split("/")
        if {"", ".", ".."} & set(parts):
            raise UnknownCall(f"the path {path}")
        return parts

    def _shared(self, call: Call) -> bool:
        """Can it change a file of the folder: a mapping that writes into it, a copy by the disk itself?"""
        inside = any(self._inside(call.of(place)) is not None for place in range(len(call.args)))
        if call.name == "ioctl":
            return inside and not call.args[1].startswith(("TC", "TIOC", "FIO"))
        return inside and "PROT_WRITE" in call.args[2] and "MAP_SHARED" in call.args[3]

    def _opened(self, call: Call, path: str, flags: str) -> bool:
        parts = self._inside(path)
        if parts is None:
            return False
        if any(f"O_{flag}" in flags for flag in _AS_THEY_COME) and "O_DIRECTORY" not in flags:
            raise UnknownCall(f"open with {flags}")
        node, before = self._disk.find(parts), len(self._disk.pending)
        if node is None:
            node = File()
            self._disk.name(parts, node)
        self._open[call.result] = _Open(node, appends="O_APPEND" in flags)
        if "O_TRUNC" in flags and isinstance(node, File) and node.live:
            node.change(Cut(0))
            return True
        return len(self._disk.pending) != before

    def _closed(self, call: Call) -> bool:
        self._open.pop(call.number(0), None)
        return False

    def _copied(self, call: Call) -> bool:
        self._open.pop(call.result, None)
        if call.number(0) in self._open:
            self._open[call.result] = self._open[call.number(0)]
        return False

    def _controlled(self, call: Call) -> bool:
        return self._copied(call) if call.args[1].startswith("F_DUPFD") else False

    def _moved(self, call: Call) -> bool:
        if call.number(0) in self._open:
            self._open[call.number(0)].at = call.result
        return False

    def _at(self, call: Call) -> _Open | None:
        """What a descriptor stands for; None for something elsewhere."""
        found = self._open.get(call.number(0))
        if found is None and self._inside(call.of(0)) is not None:
            raise UnknownCall(f"{call.name} of {call.of(0)}, which nobody opened")
        return found

    def _written(self, call: Call) -> bool:
        open_ = self._at(call)
        if open_ is None:
            return False
        assert isinstance(open_.node, File)
        data = call.data(1)[: call.result]
        if call.name == "pwrite64":
            open_.node.change(Write(call.number(3), data))
        else:
            at = len(open_.node.live) if open_.appends else open_.at
            open_.node.change(Write(at, data))
            open_.at = at + len(data)
        return True

    def _cut(self, call: Call) -> bool:
        open_ = self._at(call)
        if open_ is None:
            return False
        assert isinstance(open_.node, File)
        open_.node.change(Cut(call.number(1)))
        return True

    def _synced(self, call: Call) -> bool:
        open_ = self._at(call)
        if open_ is not None:
            self._disk.sync(open_.node)
        return open_ is not None

    def _renamed(self, old: str, new: str) -> bool:
        one, other = self._inside(old), self._inside(new)
        if (one is None) != (other is None):
            raise UnknownCall(f"rename of {old} to {new}")
        if one is not None and other is not None:
            self._disk.rename(one, other)
        return one is not None

    def _named(self, path: str, node: Node | None) -> bool:
        parts = self._inside(path)
        if parts is not None:
            self._disk.name(parts, node)
        return parts is not None
