"""Named files of JSON that nobody should write: drafts, requests passed on, policies, and the notes of the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.stress.spoiled.hostile_texts import Cases

Change = Mapping[str, Any]
JSON: Cases = {
    "empty": b"",
    "of zeros": bytes(4096),
    "of spaces": b" \n" * 3_000,
    "that is null": b"null",
    "that is a list": b"[]",
    "that is a number": b"7",
    "that is a word": b'"draft"',
    "that is not a number": b"NaN",
    "that is no text": b"\xff\xfe\x00\x01",
    "in UTF-16": '{"kind": "x"}'.encode("utf-16"),
    "in UTF-32": '{"kind": "x"}'.encode("utf-32"),
    "with a mark": b'\xef\xbb\xbf{"format": 1}',
    "nested without end": b"[" * 200_000,
    "nested without end, with keys": b'{"a":' * 200_000,
    "with a huge number": b'{"format": ' + b"9" * 5_000 + b"}",
    "with a huge fraction": b'{"format": 1e999, "count": -1e999, "percent": 1e308}',
    "with a key twice": b'{"format": 1, "format": 2}',
    "with a key of half a character": b'{"\\ud800": 1}',
    "with a zero byte": b'{"format": 1}\0',
    "with two values": b'{"format": 1}{"format": 1}',
    "with a word that is none": b'{"format": nil}',
    "with quotes of the other kind": b"{'format': 1}",
    "with an endless key": b'{"' + b"x" * 900_000 + b'": 1}',
    "with as many keys as fit": b"{" + b",".join(b'"k%d":1' % n for n in range(80_000)) + b"}",
    "with an endless list": b'{"views": [' + b"[]," * 300_000 + b"[]]}",
}
"""Put to every reader of JSON."""

DRAFT: Mapping[str, Change] = {
    "of a newer program": {"format": 2},
    "of a format that is a yes": {"format": True},
    "of another name": {"id": "d2"},
    "of a name that leads up": {"id": "../d1"},
    "saved before all time": {"saved": "0001-01-01T00:00:00+14:00"},
    "saved after all time": {"saved": "9999-12-31T23:59:59-14:00"},
    "saved without a zone": {"saved": "2026-11-24T10:00:00"},
    "saved in a zone that is none": {"saved": "2026-11-24T10:00:00+99:99"},
    "started never": {"started": ""},
    "with answers as a list": {"answers": []},
    "with an answer that is null": {"answers": {"requester": None}},
    "with an answer that is a yes": {"answers": {"requester": True}},
    "with an answer that is a fraction": {"answers": {"requester": 1.5}},
    "with an answer of answers": {"answers": {"items": [["grades"]]}},
    "with an answer to nothing": {"answers": {"": ""}},
    "with an answer of half a character": {"answers": {"requester": "\ud800"}},
    "with endless answers": {"answers": {f"q{n}": "x" for n in range(20_000)}},
    "with an endless answer": {"answers": {"items": ["grades"] * 100_000}},
    "received on no day": {"received": "yesterday"},
    "received before all time": {"received": "0001-01-01"},
    "received after all time": {"received": "9999-12-31"},
    "with a way that is none": {"way": "by pigeon"},
    "with a title that is a list": {"title": ["x"]},
    "with a title that steers a screen": {"title": "\x1b[2J\u202e"},
    "with endless words": {"words": "x" * 1_000_000},
    "that waits for nobody": {"waiting": {"choice": "share"}},
    "that waits with a choice that is none": {
        "waiting": {"choice": "maybe", "reasons": ["x"], "words": "", "by_name": "", "by_role": "", "second_name": "",
                    "second_role": "", "notes": {"a": "b"}, "found": {}}
    },
    "that waits with a result that nobody knows": {
        "waiting": {"choice": "share", "reasons": [], "words": "", "by_name": "A", "by_role": "", "second_name": "",
                    "second_role": "", "notes": {}, "found": {"label": "x", "basis": "y", "items": "z"}}
    },
    "passed on by nobody": {"passed_on": {"name": "", "role": "", "school": "", "at": "", "found": {}}},
    "passed on without a result": {
        "passed_on": {"name": "A", "role": "", "school": "", "at": "2026-11-24T10:00:00+00:00", "found": {}}
    },
    "passed on with another result": {
        "passed_on": {"name": "A", "role": "", "school": "", "at": "2026-11-24T10:00:00+00:00", "found": {"basis": "x"}}
    },
    "under an agreement that leads up": {"agreement": "../../x"},
    "in place of a record that is none": {"replaces": "2026-9999"},
    "changed after a result that was none": {"changed_after_result": ["x"] * 10_000, "result_seen": True},
}  # fmt: skip
POLICY: Mapping[str, Change] = {
    "with a home that is none": {"home": "relative"},
    "with a home of another account": {"home": "~root/x"},
    "with a home of line ends": {"home": "/a\nb"},
    "with a home of half a character": {"home": "/\ud800"},
    "with keys as a text": {"rules_keys": "ab"},
    "with keys that are none": {"rules_keys": [1, None, ""]},
    "with a size as a text": {"text_size": "120"},
    "with a size that is a yes": {"text_size": True},
    "with a size below 0": {"text_size": -1},
    "with a fraction of a size": {"text_size": 120.0},
    "with a theme that is none": {"theme": "pink"},
    "with a theme as a list": {"theme": ["dark"]},
    "with a school of half a character": {"school": "\ud800"},
    "with what nobody knows": {"run": "evil", "\ud800": 1, "": None},
}
WINDOW: Mapping[str, Change] = {
    "with a theme that is none": {"theme": "pink"},
    "with a size beyond all": {"percent": 10**30},
    "with a size below 0": {"percent": -(10**30)},
    "with a width beyond all": {"width": 2**63, "height": 2**31},
    "with a width below 0": {"width": -5, "height": 0},
    "with people that are none": {"people": [1, [], ["A"], ["A", 1], [["A"], "b"], ["", "x"], None]},
    "with people as a mapping": {"people": {"A": "b"}},
    "with endless people": {"people": [["A", "b"]] * 50_000},
    "with a person of half a character": {"people": [["\ud800", "x"]]},
    "with views that are none": {"views": [1, ["x"], ["x", 1], ["", "y"], None]},
    "with a view of half a character": {"views": [["\ud800", "by:\ud800"]]},
    "with a view without end": {"views": [["x", "by:" * 100_000]]},
    "with a view of quotes": {"views": [['"', '"' * 400]]},
    "with flags that are numbers": {"why_open": 1, "panel_open": "yes", "charts_open": None},
}
STATE: Mapping[str, Change] = {
    "of a release below 0": {"release": -5},
    "of a release beyond all": {"release": 10**400},
    "of a release that is a yes": {"release": True},
    "with a key that is none": {"key": "xyz"},
    "with half of a key": {"key": "abc"},
    "with schools as a text": {"schools": "Lincoln"},
    "with schools that are none": {"schools": [None, 1, ["x"]]},
    "with a contact that was never": {"contact": "never"},
    "with a title of half a character": {"title": "\ud800"},
    "that rests by a text": {"on": "no"},
}
PULLED: Mapping[str, Change] = {
    "with a count beyond all": {"count": 1e999},
    "with a count below all": {"count": -1e999},
    "with a count that is none": {"count": "nine"},
    "with new ones beyond all": {"new": 1e308},
    "with faults that are none": {"faults": [None]},
    "with faults as a mapping": {"faults": {"kind": "gap"}},
    "with stamps beyond all": {"stamps": {"x": [1e999]}},
    "with stamps as a list": {"stamps": [1]},
    "with a contact before all time": {"contact": "0001-01-01T00:00:00.000000Z"},
    "with a contact after all time": {"contact": "9999-12-31T23:59:59.999999Z"},
    "with rules that are lacking as a text": {"lacking": "abc"},
}
CHECKPOINT: Mapping[str, Change] = {
    "of another kind": {"kind": "ferpa-wizard-request"},
    "of a newer program": {"format": 10**30},
    "of a format that is a fraction": {"format": 1.0},
    "with a count that is a yes": {"count": True},
    "with a count beyond all": {"count": 10**30},
    "with a head that is a list": {"head": ["ab" * 32]},
    "with a number in other digits": {"number": "٢٠٢٦-٠٠٠٩"},
    "with a time that is none": {"time": "2026-02-30T10:00:00.000000Z"},
    "with a time that is a number": {"time": 7},
    "with a sum that does not fit": {"sum": "0" * 16},
    "with a program that steers a screen": {"program": "\x1b[2J"},
}
CARD: Mapping[str, Change] = {
    "with a name that is a list": {"name": ["a"]},
    "with a name of numbers": {"name": [5]},
    "with a name that is a mapping": {"name": {"a": 1}},
    "with a name that is null": {"name": None},
    "with an endless name": {"name": "x" * 50_000},
    "with a name that steers a screen": {"name": "\x1b[2J\u202e\n"},
    "with a count that is a yes": {"count": True},
    "with a count beyond all": {"count": 10**400},
    "with a count below 0": {"count": -1},
    "with a head that is a number": {"head": 7},
    "with a contact that is none": {"contact": "2026-02-30T10:00:00.000000Z"},
    "that is behind by a number": {"behind": 1},
}
MANIFEST: Mapping[str, Change] = {
    "with files beyond all": {"files": [{"path": "profile.yaml", "size": 10**30, "sha256": "0" * 64}]},
    "with a path that is a list": {"files": [{"path": ["a"], "size": 1, "sha256": "0" * 64}]},
    "with a release beyond all": {"release": 10**400},
    "with a day that is null": {"day": None},
    "with a title of half a character": {"title": "\ud800"},
}


def changed(seed: bytes, changes: Mapping[str, Change], *, inside: str = "") -> Cases:
    """A good file with other values under some of its keys, or under those of a mapping inside it."""
    return {name: _with(seed, change, inside) for name, change in changes.items()}


def without(seed: bytes) -> Cases:
    """The good file without each of its keys."""
    found: dict[str, Any] = json.loads(seed)
    return {
        f"without {name}": json.dumps({key: one for key, one in found.items() if key != name}).encode()
        for name in found
    }


def _with(seed: bytes, change: Change, inside: str) -> bytes:
    found: dict[str, Any] = json.loads(seed)
    (found[inside] if inside else found).update(change)
    return json.dumps(found).encode()
