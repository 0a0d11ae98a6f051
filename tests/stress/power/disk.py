"""A disk that loses power: what is on it for good, and what was written since and may be there, or not, or torn.

Stricter than file systems in use: a synced file keeps its bytes and length, but not its name; a name, also that of a new
folder, is kept by a sync of the folder it stands in; what was not synced is lost or kept in every file and folder for
itself, of a write each sector of 512 bytes for itself, and a file may have its new length without its new bytes.

Looser: sectors are whole, and what was synced is never damaged; bytes that never came are zeros and nothing stale; within
one folder names change in their order; a rename is one change, also between folders, and a sync of either keeps it.
Modes, owners and times are not modelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

SECTOR = 512
Image: TypeAlias = dict[str, bytes | None]
"""A folder with all in it, by path; None stands for a folder."""


@dataclass(frozen=True, slots=True)
class Write:
    at: int
    data: bytes

    def onto(self, content: bytearray) -> None:
        content.extend(bytes(max(self.at - len(content), 0)))
        content[self.at : self.at + len(self.data)] = self.data

    def parts(self) -> Iterator[Write]:
        """The same, sector by sector."""
        start, end = self.at, self.at + len(self.data)
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            yield Write(start, self.data[start - self.at : stop - self.at])
            start = stop


@dataclass(frozen=True, slots=True)
class Cut:
    """A file gets another length."""

    size: int

    def onto(self, content: bytearray) -> None:
        del content[self.size :]
        content.extend(bytes(self.size - len(content)))

    def parts(self) -> Iterator[Cut]:
        yield self


Change: TypeAlias = Write | Cut


@dataclass(eq=False)
class File:
    """`durable` is there for good, `live` is what programs see; `pending` leads from one to the other."""

    durable: bytes = b""
    live: bytes = field(init=False)
    pending: list[Change] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.live = self.durable

    def change(self, change: Change) -> None:
        content = bytearray(self.live)
        change.onto(content)
        self.live = bytes(content)
        self.pending.append(change)

    def sync(self) -> None:
        self.durable = self.live
        self.pending.clear()


@dataclass(eq=False)
class Folder:
    durable: dict[str, Node] = field(default_factory=dict)
    live: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = File | Folder
Edit: TypeAlias = tuple[Folder, str, Node | None]


@dataclass(frozen=True, slots=True)
class Names:
    """One change of names, in one folder or two; without a node, a name goes."""

    edits: tuple[Edit, ...]

    @property
    def folders(self) -> set[int]:
        return {id(folder) for folder, _, _ in self.edits}


class Disk:
    """`root` is there for good. With `lies` it says that it synced, and did not."""

    def __init__(self, *, lies: bool = False) -> None:
        self.root = Folder()
        self.pending: list[Names] = []
        self._lies = lies

    @classmethod
    def of(cls, folder: Path, *, lies: bool = False) -> Disk:
        """A disk on which just this folder is, for good."""
        disk = cls(lies=lies)
        disk.root = _durable(folder)
        return disk

    def find(self, parts: Sequence[str]) -> Node | None:
        """What programs see under a path."""
        node: Node | None = self.root
        for part in parts:
            node = node.live.get(part) if isinstance(node, Folder) else None
        return node

    def folder_of(self, parts: Sequence[str]) -> Folder:
        """The folder in which a path stands."""
        folder = self.find(parts[:-1])
        assert isinstance(folder, Folder), parts
        return folder

    def name(self, parts: Sequence[str], node: Node | None) -> None:
        """Give something a name, or take the name away."""
        self._change(Names(((self.folder_of(parts), parts[-1], node),)))

    def rename(self, old: Sequence[str], new: Sequence[str]) -> None:
        node = self.find(old)
        assert node is not None, old
        self._change(Names(((self.folder_of(old), old[-1], None), (self.folder_of(new), new[-1], node))))

    def sync(self, node: Node) -> None:
        if self._lies:
            return
        if isinstance(node, File):
            node.sync()
        else:
            self._sync_folder(node)

    def _change(self, names: Names) -> None:
        apply(names, {id(folder): folder.live for folder, _, _ in names.edits})
        self.pending.append(names)

    def _sync_folder(self, folder: Folder) -> None:
        """Keep its changes, and what came before them in folders that they touch."""
        touched = {id(folder)}
        kept: list[Names] = []
        left: list[Names] = []
        for names in reversed(self.pending):
            if names.folders & touched:
                touched |= names.folders
                kept.append(names)
            else:
                left.append(names)
        for names in reversed(kept):
            apply(names, {id(one): one.durable for one, _, _ in names.edits})
        self.pending = left[::-1]


def apply(names: Names, folders: dict[int, dict[str, Node]]) -> None:
    """Make this change in these lists of names, by the `id` of their folder."""
    for folder, name, node in names.edits:
        if node is None:
            folders[id(folder)].pop(name, None)
        else:
            folders[id(folder)][name] = node


def _durable(folder: Path) -> Folder:
    names = {one.name: _durable(one) if one.is_dir() else File(one.read_bytes()) for one in folder.iterdir()}
    return Folder(dict(names), dict(names))


def lay_out(image: Image, folder: Path) -> None:
    """Make this folder, with all that is in the image."""
    folder.mkdir(parents=True)
    for path, content in image.items():
        if content is None:
            (folder / path).mkdir(parents=True)
        else:
            (folder / path).write_bytes(content)
