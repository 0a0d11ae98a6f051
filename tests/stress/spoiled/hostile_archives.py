"""Named bundles that nobody should write: archives whose names, numbers and contents do not fit together."""

from __future__ import annotations

import json
import struct
import zipfile
from typing import Any

from tests.stress.spoiled.hostile_texts import Cases
from tests.stress.spoiled.zips import NAMES, Members, bomb, members_of, overlapping, packed

_MANIFEST = "manifest.json"
_MANY = 60_000


def bundles(good: bytes) -> Cases:
    """Made of a good bundle."""
    members = members_of(good)
    return {**_archives(good, members), **_names(members), **_manifests(members), **_lines(members)}


def _archives(good: bytes, members: Members) -> Cases:
    return {
        "empty": b"",
        "of zeros": bytes(4096),
        "that is a text": b"Dear diary. " * 100,
        "that is cut short": good[:-40],
        "that is half": good[: len(good) // 2],
        "with its end alone": good[-22:],
        "with its end twice": good + good[-22:],
        "with something before it": b"#!/bin/sh\n" * 100 + good,
        "with something after it": good + b"x" * 70_000,
        "with an empty directory": b"PK\x05\x06" + bytes(18),
        "with a directory that lies outside": good[:-6] + struct.pack("<I", 0x7FFFFFFF)[:4] + good[-2:],
        "that says it spans discs": good[:-18] + b"\1\0\1\0" + good[-14:],
        "that says it is huge": good[:-22] + b"PK\x06\x06" + bytes(52) + b"PK\x06\x07" + bytes(16) + good[-22:],
        "that is compressed": packed(members, zipfile.ZIP_DEFLATED),
        "that is compressed in an odd way": packed(members, zipfile.ZIP_LZMA),
        "with a bomb": bomb("chains/x.jsonl", 200 * 1024 * 1024),
        "with a bomb in place of the manifest": bomb(_MANIFEST, 200 * 1024 * 1024),
        "whose files overlap": overlapping(members, 20_000),
        "of too many files": packed([*members, *((f"rules/{n}.json", b"") for n in range(_MANY))]),
        "in a bundle": packed([("bundle.zip", good)]),
        "with a password": _flagged(good, 8, 1),
        "with an unknown packing": _flagged(good, 10, 99),
        "whose file pretends to be small": _flagged(good, 24, 1),
        "whose file pretends to be large": _flagged(good, 26, 0x7FFF),
        "whose files lie elsewhere": _flagged(good, 44, 0x7FFF),
        "with another check sum": _flagged(good, 16, 0),
        "with an odd time": _flagged(good, 14, 0xFFFF),
        "with more in its header than there is": _flagged(good, 30, 0xFFFF),
    }  # fmt: skip


def _flagged(data: bytes, field: int, value: int) -> bytes:
    """One two-byte number of the first directory entry is another."""
    at = data.index(b"PK\x01\x02") + field
    return data[:at] + struct.pack("<H", value) + data[at + 2 :]


def _names(members: Members) -> Cases:
    found = {f"with the name {name[:20]!r}": packed([*members, (name, b"x")]) for name in NAMES}
    return {**found, "with a name twice": packed([*members, members[0]])}


def _manifests(members: Members) -> Cases:
    good: dict[str, Any] = json.loads(dict(members)[_MANIFEST])
    chain = good["chains"][0]
    changes: dict[str, Any] = {
        "that is a list": [],
        "that is null": None,
        "of a newer program": {**good, "format": 2},
        "of a format that is a yes": {**good, "format": True},
        "with chains as a mapping": {**good, "chains": {}},
        "with a chain that is null": {**good, "chains": [None]},
        "with a chain twice": {**good, "chains": [chain, chain]},
        "with endless chains": {**good, "chains": [chain] * 20_000},
        "with a chain of numbers": {**good, "chains": [dict.fromkeys(chain, 7)]},
        "with a chain that leads up": {**good, "chains": [{**chain, "file": "../x.jsonl"}]},
        "with a head that is a list": {**good, "chains": [{**chain, "head": [[]]}]},
        "with counts beyond all": {**good, "chains": [{**chain, "entries": 10**30, "withheld": 10**30}]},
        "with counts below 0": {**good, "chains": [{**chain, "entries": -1, "withheld": -5}]},
        "with members as numbers": {**good, "members": dict.fromkeys(good["members"], 7)},
        "with members that are not there": {**good, "members": {"\ud800": "x", "": None, "../x": []}},
        "with rules that are missing as numbers": {**good, "rules_missing": [1, None, {}]},
        "without members": {key: one for key, one in good.items() if key != "members"},
    }
    found = {
        f"with a manifest {name}": _put(members, _MANIFEST, json.dumps(value).encode())
        for name, value in changes.items()
    }
    texts = {
        "that is empty": b"",
        "that is no text": b"\xff\xfe\0",
        "nested without end": b"[" * 200_000,
        "with a huge number": b'{"format": ' + b"9" * 5_000 + b"}",
    }
    return {
        **found,
        **{f"with a manifest {name}": _put(members, _MANIFEST, text) for name, text in texts.items()},
        "without a manifest": packed([one for one in members if one[0] != _MANIFEST]),
        "with two manifests": packed([*members, (_MANIFEST, dict(members)[_MANIFEST])]),
    }


def _lines(members: Members) -> Cases:
    name, chain = next(one for one in members if one[0].startswith("chains/"))
    lines = chain.splitlines(keepends=True)
    changed = {
        "that are empty": b"",
        "of zeros": bytes(len(chain)),
        "without an end": chain.rstrip(b"\n"),
        "in another order": b"".join(reversed(lines)),
        "with an empty one": b"\n" + chain,
        "with old ends": chain.replace(b"\n", b"\r\n"),
        "nested without end": b"[" * 200_000 + b"\n" + chain,
        "with a huge number": b'{"body":null,"header":{"sequence":' + b"9" * 5_000 + b"}}\n" + chain,
        "that are null": b"null\n" * 50_000,
        "with half a character": chain.replace(b'"title":"', b'"title":"\\ud800', 1),
        "with spaces": chain.replace(b'":', b'": ', 1),
        "with an endless one": b"x" * 20_000_000,
    }
    return {f"with lines {how}": _put(members, name, text) for how, text in changed.items()}


def _put(members: Members, wanted: str, content: bytes) -> bytes:
    return packed([(name, content if name == wanted else known) for name, known in members])
