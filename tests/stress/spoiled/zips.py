"""Spoils archives where they are built: names, numbers of the directory, contents, bombs."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.stress.spoiled.bytes import spoiled

Members = list[tuple[str, bytes]]
NAMES = (
    "../evil.yaml", "/evil.yaml", "C:/evil.yaml", "..\\evil.yaml", "con.yaml", "a/../b", "", "/", "papers/", "x" * 300, "\u202ex",
    "\0", "manifest.json", "MANIFEST.JSON", "manifest.sig", "chains/x.jsonl", "rules/x.json", "./profile.yaml", "//host/x",
)  # fmt: skip
_CENTRAL, _LOCAL, _END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
_BOMB = 20 * 1024 * 1024
_FIELDS = {_CENTRAL: 46, _LOCAL: 30, _END: 22}
_NUMBERS = (0, 1, 5, 8, 12, 14, 99, 0x7FFF, 0xFFFF)


def members_of(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def packed(members: Sequence[tuple[str, bytes]], kind: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of these files; a name may come twice, and lead anywhere."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo("x")
            # As it is: the class would mend it.
            info.filename, info.compress_type, info.external_attr = name, kind, 0o644 << 16
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # which would be warned of
            archive.writestr(info, content)
    return target.getvalue()


def changed(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """An archive after one change to its files, and perhaps one to its directory."""
    members = members_of(data)
    for _ in range(chance.choice((1, 1, 2))):
        members = chance.choice(_WAYS)(members, others, chance)
    kind = zipfile.ZIP_DEFLATED if chance.random() < 0.2 else zipfile.ZIP_STORED
    made = packed(members, kind)
    return patched(made, chance) if chance.random() < 0.5 else made


def patched(data: bytes, chance: random.Random) -> bytes:
    """One number of one header of the archive is another: a size, a check sum, a flag, a place."""
    mark = chance.choice(tuple(_FIELDS))
    places = [at for at in range(len(data)) if data.startswith(mark, at)] if len(data) < 1_000_000 else []
    if not places:
        return data
    at = chance.choice(places) + chance.randrange(4, _FIELDS[mark], 2)
    return data[:at] + struct.pack("<H", chance.choice(_NUMBERS)) + data[at + 2 :]


def _renamed(members: Members, _: Sequence[bytes], chance: random.Random) -> Members:
    place = chance.randrange(len(members))
    return [*members[:place], (chance.choice(NAMES), members[place][1]), *members[place + 1 :]]


def _more(members: Members, _: Sequence[bytes], chance: random.Random) -> Members:
    return [*members, (chance.choice((*NAMES, members[0][0])), chance.randbytes(chance.choice((0, 10, 1_000))))]


def _fewer(members: Members, _: Sequence[bytes], chance: random.Random) -> Members:
    place = chance.randrange(len(members))
    return [*members[:place], *members[place + 1 :]] or members


def _content(members: Members, others: Sequence[bytes], chance: random.Random) -> Members:
    place = chance.randrange(len(members))
    name, content = members[place]
    new = spoiled(content, [inner for _, inner in members], chance)
    return [*members[:place], (name, new), *members[place + 1 :]]


def _swapped(members: Members, _: Sequence[bytes], chance: random.Random) -> Members:
    mixed = list(members)
    chance.shuffle(mixed)
    return [(name, content) for (name, _), (_, content) in zip(members, mixed, strict=True)]


_WAYS: tuple[Callable[[Members, Sequence[bytes], random.Random], Members], ...] = (
    _renamed, _more, _fewer, _content, _content, _content, _swapped
)  # fmt: skip


def bomb(name: str, size: int = _BOMB) -> bytes:
    """A small archive with a file that is large once unpacked."""
    return packed([(name, bytes(size))], zipfile.ZIP_DEFLATED)


def overlapping(members: Members, count: int) -> bytes:
    """An archive whose directory names the very same bytes again and again."""
    (name, content), *_ = members
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflated.compress(content) + deflated.flush()
    numbers = (zlib.crc32(content), len(body), len(content))
    local = _LOCAL + struct.pack("<5H3I2H", 20, 0, 8, 0, 33, *numbers, len(name), 0) + name.encode() + body
    directory = b"".join(
        _CENTRAL + struct.pack("<6H3I5H2I", 20, 20, 0, 8, 0, 33, *numbers, len(one), 0, 0, 0, 0, 0, 0) + one.encode()
        for one in (f"{name[:-1]}{number}" for number in range(count))
    )
    return local + directory + _END + struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(local), 0)
