"""What may be on a disk after a power cut, as images: the plain cases, and some by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping

from tests.stress.power.disk import Disk, File, Folder, Image, Names, Node, apply

Bytes = Callable[[File], bytes]


def images(disk: Disk, chance: random.Random, many: int) -> Iterator[Image]:
    """Five plain cases, and `many` by chance; some may be the same."""
    none: list[Names] = []
    yield image(disk, none, dropped)
    yield whole(disk)
    yield image(disk, none, kept)
    yield image(disk, disk.pending, dropped)
    yield image(disk, disk.pending, grown)
    for _ in range(many):
        names = chance.choice([disk.pending, _some_names(disk, chance)])
        yield image(disk, names, chance.choice([kept, dropped, grown, *[_torn(chance)] * 7]))


def whole(disk: Disk) -> Image:
    """All that programs saw."""
    return image(disk, disk.pending, kept)


def image(disk: Disk, names: Collection[Names], content: Bytes) -> Image:
    """The disk with these changes of names, and with files as `content` gives them."""
    lists: dict[int, dict[str, Node]] = {}
    for change in names:
        for folder, _, _ in change.edits:
            if id(folder) not in lists:
                lists[id(folder)] = dict(folder.durable)
        apply(change, lists)
    found: Image = {}
    _lay_out(disk.root, "", lists, content, found)
    return found


def _lay_out(folder: Folder, path: str, lists: Mapping[int, Mapping[str, Node]], content: Bytes, found: Image) -> None:
    for name, node in sorted(lists.get(id(folder), folder.durable).items()):
        if isinstance(node, File):
            found[path + name] = content(node)
        else:
            found[path + name] = None
            _lay_out(node, f"{path}{name}/", lists, content, found)


def _some_names(disk: Disk, chance: random.Random) -> list[Names]:
    """Of each folder the first ones: after one that was lost, all that follow in its folders are lost as well."""
    share = chance.choice([0.5, 0.9])
    some: list[Names] = []
    cut: set[int] = set()
    for names in disk.pending:
        if names.folders & cut or chance.random() > share:
            cut |= names.folders
        else:
            some.append(names)
    return some


def dropped(file: File) -> bytes:
    return file.durable


def kept(file: File) -> bytes:
    return file.live


def grown(file: File) -> bytes:
    """The new length, and no new byte."""
    size = len(file.live)
    return file.durable[:size].ljust(size, b"\0") if file.pending else file.live


def _torn(chance: random.Random) -> Bytes:
    """Sectors by chance, of all that was written or of what was written first."""
    share, in_order, long = chance.choice([0.1, 0.5, 0.9, 1]), chance.random() < 0.5, chance.random() < 0.5

    def torn(file: File) -> bytes:
        if not file.pending:
            return file.live
        content = bytearray(file.durable)
        some = file.pending[: chance.randint(0, len(file.pending))] if in_order else file.pending
        for part in (part for change in some for part in change.parts()):
            if chance.random() < share:
                part.onto(content)
        return bytes(content).ljust(len(file.live) if long else 0, b"\0")

    return torn
