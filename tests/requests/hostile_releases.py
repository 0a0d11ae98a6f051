"""What may lie on a share in place of a newer release, each under a name: no desk takes any of it.

Each function lays something into the folder; a desk there has release 5. Nothing here is a good release 6 or later.
"""

from __future__ import annotations

import base64
import io
import json
import os
import socket
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ferpa_wizard.core.release import LONGEST_PATH, MANIFEST, MAX_FILE, MAX_FILES, MAX_TOTAL, SIGNATURE
from tests import real
from tests.requests.releases import (
    FILES,
    KEY,
    OTHER_KEY,
    everything,
    lay,
    rows,
    sealed,
    signature,
    signed_as,
    written,
    zipped,
)

Attack = Callable[[Path], object]
ATTACKS: dict[str, Attack] = {}
NAMES: dict[str, tuple[str, ...]] = {}  # of those attacks that are one by a name: the names that may not be
GOOD = sealed()
_ZIP = "release-6.zip"
_ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group in which Ed25519 counts


def _put(name: str, files: Mapping[str, bytes]) -> None:
    ATTACKS[name] = lambda share: lay(share / "release-6", files)


def _without(name: str) -> dict[str, bytes]:
    return {path: content for path, content in GOOD.items() if path != name}


def attack(act: Attack) -> Attack:
    ATTACKS[act.__name__.replace("_", " ").strip()] = act
    return act


# -- signatures ----------------------------------------------------------------------------

_RAW = base64.b64decode(GOOD[SIGNATURE])
_MALLEABLE = _RAW[:32] + (int.from_bytes(_RAW[32:], "little") + _ORDER).to_bytes(32, "little")
for _name, _bytes in {
    "empty": b"",
    "not base64": b"!" * 88,
    "too short": base64.b64encode(_RAW[:63]),
    "too long": base64.b64encode(_RAW + b"\0"),
    "of zeros": base64.b64encode(bytes(64)),
    "raw bytes": _RAW,
    "huge": base64.b64encode(_RAW) * 20,
    "one bit flipped": base64.b64encode(bytes([_RAW[0] ^ 1]) + _RAW[1:]),
    "with the group order added": base64.b64encode(_MALLEABLE),
    "of another text": signature(b"another text"),
    "of another release": sealed(release=7)[SIGNATURE],
    "twice": GOOD[SIGNATURE] * 2,
    "in hexadecimal": _RAW.hex().encode(),
}.items():
    _put(f"signature {_name}", {**GOOD, SIGNATURE: _bytes})
_put("signature missing", _without(SIGNATURE))
_put("signed by another key", sealed(key=OTHER_KEY))
_put(
    "signature and key of another release with these files", {**sealed(release=4), **FILES, SIGNATURE: GOOD[SIGNATURE]}
)

# -- a manifest that was changed, or signed in a form that this program never writes -----------------------------------

_put("manifest missing", _without(MANIFEST))
_put("manifest with a higher number", {**GOOD, MANIFEST: GOOD[MANIFEST].replace(b'"release": 6', b'"release": 9')})
_put("manifest with another day", {**GOOD, MANIFEST: GOOD[MANIFEST].replace(b"2026-11-01", b"2026-11-02")})
_put("manifest with a space more", {**GOOD, MANIFEST: GOOD[MANIFEST] + b" "})
_put("manifest without its list", {**GOOD, MANIFEST: written({"kind": "ferpa-wizard-rules"})})
_VALUE: dict[str, Any] = json.loads(GOOD[MANIFEST])
for _name, _bytes in {
    "that is no JSON": b"release 6",
    "that is empty": b"",
    "that is a list": b"[]\n",
    "that is a number": b"6\n",
    "that is not text": b"\xff\xfe\x00",
    "with a key twice": GOOD[MANIFEST].replace(b'"release": 6', b'"release": 6,\n "release": 6'),
    "with a key that nobody knows": written({**_VALUE, "run": "evil"}),
    "on one line": json.dumps(_VALUE, sort_keys=True).encode(),
    "with a number that is none": GOOD[MANIFEST].replace(b'"release": 6', b'"release": NaN'),
    "nested without end": b"[" * 100_000,
    "with a huge number": GOOD[MANIFEST].replace(b'"release": 6', b'"release": ' + b"9" * 5000),
    "that is too large": GOOD[MANIFEST] + b" " * 300_000,
    "for a file without a hash": written({**_VALUE, "files": [{"path": "profile.yaml", "size": 1}]}),
}.items():
    _put(f"signed manifest {_name}", signed_as(data=_bytes))
_CHANGES: Mapping[str, Mapping[str, Any]] = {
    "of another kind": {"kind": "ferpa-wizard-request"},
    "of a newer program": {"format": 2},
    "with a format that is no number": {"format": True},
    "with the number 0": {"release": 0},
    "with a number below 0": {"release": -6},
    "with a number as text": {"release": "6"},
    "with a broken number": {"release": 6.5},
    "with a number that is a yes": {"release": True},
    "with a number beyond all": {"release": 10**12},
    "with a day that is none": {"day": "2026-02-30"},
    "with a day that is a number": {"day": 20261101},
    "without a title": {"title": " "},
    "with a title too long": {"title": "x" * 81},
    "with a title of two lines": {"title": "Release\nAll is well"},
    "with a title that turns text around": {"title": "Release \u202e6"},
    "with half a character": {"title": "Release \ud800"},
    "with no files": {"files": []},
    "with files as a mapping": {"files": {"profile.yaml": 1}},
    "with a file below 0": {"files": [{"path": "profile.yaml", "size": -1, "sha256": "0" * 64}]},
    "with a file too large": {"files": [{"path": "profile.yaml", "size": MAX_FILE + 1, "sha256": "0" * 64}]},
    "with a size as text": {"files": [{"path": "profile.yaml", "size": "1", "sha256": "0" * 64}]},
    "with a hash in capitals": {"files": [{**one, "sha256": one["sha256"].upper()} for one in rows(FILES)]},
    "with a hash too short": {"files": [{**one, "sha256": one["sha256"][:40]} for one in rows(FILES)]},
    "with too many files": {"files": [{"path": f"rules/{n}.yaml", "size": 0, "sha256": "0" * 64} for n in range(MAX_FILES + 1)]},
    "with too much in all": {"files": [{"path": f"rules/{n}.yaml", "size": MAX_FILE, "sha256": "0" * 64} for n in range(MAX_TOTAL // MAX_FILE + 1)]},
    "with a file twice": {"files": [*rows(FILES), *rows(FILES)]},
}  # fmt: skip
for _name, _changed in _CHANGES.items():
    _put(f"signed manifest {_name}", signed_as(**_changed))

# -- names that lead elsewhere, signed for good ------------------------------------------------------------------------

_NAMES = {
    "up": "../evil.yaml",
    "up from within": "papers/../../evil.yaml",
    "up with a backslash": "..\\evil.yaml",
    "from the root": "/evil.yaml",
    "from a drive": "C:\\evil.yaml",
    "from a drive without a slash": "C:evil.yaml",
    "from another computer": "\\\\server\\share\\evil.yaml",
    "from another computer with slashes": "//server/share/evil.yaml",
    "of the folder itself": "papers/./letter.yaml",
    "with an empty part": "papers//letter.yaml",
    "of a device": "CON.yaml",
    "of a device in a folder": "papers/nul.yaml",
    "of a numbered device": "com1.yaml",
    "of a device with two endings": "Lpt9.old.yaml",
    "of a folder that is a device": "rules/aux/a.yaml",
    "with a dot at the end": "evil.yaml.",
    "with a space at the end": "rules/evil /a.yaml",
    "with a stream": "profile.yaml:evil.yaml",
    "with a NUL": "evil.yaml\0.yaml",
    "with a line break": "evil\n.yaml",
    "that turns text around": "evil\u202elmay.yaml",
    "with an accent": "é.yaml",
    "with a star": "*.yaml",
    "that is too long": f"rules/{'/'.join(['x' * (LONGEST_PATH // 3)] * 3)}.yaml",
    "that lies too deep": "rules/a/b/c/d/e.yaml",
    "that is hidden": ".evil.yaml",
    "of a program": "evil.exe",
    "of Python": "rules/evil.py",
    "in a folder of its own": "evil/evil.yaml",
    "of the manifest": MANIFEST,
    "that is empty": "",
}


def _put_names(name: str, *paths: str) -> None:
    """In an archive, which holds what no folder can; but for the names, nothing is wrong with it."""
    more = dict.fromkeys(paths, b"")
    files = {name: content for name, content in {**more, **signed_as({**FILES, **more})}.items() if name}
    NAMES[name] = paths
    ATTACKS[name] = lambda share: zipped(share / _ZIP, files)


for _name, _path in _NAMES.items():
    _put_names(f"signed name {_name}", _path)
for _name, _paths in {
    "alike but for case": ("Policy.yaml", "policy.yaml"),
    "of folders alike but for case": ("rules/X/b.yaml", "rules/x/a.yaml"),
    "of a file and a folder": ("rules/a.yaml", "rules/a.yaml/b.yaml"),
    "alike but for how an accent is made": ("e\u0301.yaml", "\u00e9.yaml"),
}.items():
    _put_names(f"signed names {_name}", *_paths)


# -- what lies in the folder -------------------------------------------------------------------------------------------

_put("file changed", {**GOOD, "profile.yaml": FILES["profile.yaml"] + b"# more\n"})
_put("file changed to the same length", {**GOOD, "profile.yaml": FILES["profile.yaml"].replace(b"k12", b"K12")})
_put("file emptied", {**GOOD, "profile.yaml": b""})
_put("file far larger than listed", {**GOOD, "profile.yaml": bytes(MAX_FILE + 1)})
_put(
    "files exchanged",
    {**GOOD, "profile.yaml": GOOD["papers/letterhead.yaml"], "papers/letterhead.yaml": GOOD["profile.yaml"]},
)
_put("file missing", _without("papers/letterhead.yaml"))
_put("all files missing", {name: GOOD[name] for name in (MANIFEST, SIGNATURE)})
_put("one file more", {**GOOD, "policy.yaml": b"id: evil\n"})
_put("one hidden file more", {**GOOD, ".evil.yaml": b""})
_put("one file more in a folder of its own", {**GOOD, "more/evil.yaml": b""})
_put("one program more", {**GOOD, "evil.exe": b"MZ"})
_put("a file more of nearly the same name", {**GOOD, "PROFILE.yaml": b""})
_put("folders without end", {**GOOD, f"{'a/' * 40}evil.yaml": b""})
_put("too many files more", {**GOOD, **{f"rules/{n}.yaml": b"" for n in range(MAX_FILES + 5)}})


def _linked(share: Path, name: str) -> None:
    """One file of a good release is a link to the very same bytes elsewhere."""
    folder = lay(share / "release-6", GOOD)
    (elsewhere := share / ".elsewhere").write_bytes(GOOD[name])
    (folder / name).unlink()
    (folder / name).symlink_to(elsewhere)


for _name in (MANIFEST, SIGNATURE, "profile.yaml", "papers/letterhead.yaml"):
    ATTACKS[f"{_name} is a link"] = lambda share, name=_name: _linked(share, name)  # type: ignore[misc]


@attack
def a_folder_in_it_is_a_link(share: Path) -> None:
    folder = lay(share / "release-6", GOOD)
    (folder / "papers").rename(share / ".papers")
    (folder / "papers").symlink_to(share / ".papers")


@attack
def the_release_is_a_link(share: Path) -> None:
    (share / "release-6").symlink_to(lay(share / ".elsewhere", GOOD))


@attack
def the_archive_is_a_link(share: Path) -> None:
    (share / "release-6.zip").symlink_to(zipped(share / ".elsewhere.zip", GOOD))


@attack
def a_link_to_nowhere_more(share: Path) -> None:
    (lay(share / "release-6", GOOD) / "rules").symlink_to(share / "nowhere")


@attack
def a_link_in_a_circle(share: Path) -> None:
    (lay(share / "release-6", GOOD) / "rules").symlink_to(share / "release-6")


@attack
def a_file_is_a_pipe(share: Path) -> None:
    folder = lay(share / "release-6", _without("profile.yaml"))
    os.mkfifo(folder / "profile.yaml")


@attack
def the_manifest_is_a_pipe(share: Path) -> None:
    os.mkfifo(lay(share / "release-6", _without(MANIFEST)) / MANIFEST)


@attack
def a_socket_more(share: Path) -> None:
    folder, here = lay(share / "release-6", GOOD), Path.cwd()
    os.chdir(folder)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("evil.yaml")
    finally:
        os.chdir(here)


@attack
def a_file_is_a_folder(share: Path) -> None:
    (lay(share / "release-6", _without("profile.yaml")) / "profile.yaml").mkdir()


@attack
def the_manifest_is_a_folder(share: Path) -> None:
    (lay(share / "release-6", _without(MANIFEST)) / MANIFEST).mkdir()


@attack
def too_many_releases(share: Path) -> None:
    for number in range(MAX_FILES + 1):
        (share / f"{number:04}").mkdir()
    lay(share / "release-6", GOOD)


@attack
def rules_without_a_release(share: Path) -> None:
    lay(share / "release-6", FILES)


# -- archives ----------------------------------------------------------------------------------------------------------


def _zip(*more: tuple[zipfile.ZipInfo | str, bytes], files: Mapping[str, bytes] = GOOD) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (*files.items(), *more):
            archive.writestr(name, content)
    return target.getvalue()


def _entry(name: str, *, mode: int = 0o100644, kind: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr, info.compress_type = mode << 16, kind
    return info


def _put_zip(name: str, content: bytes) -> None:
    ATTACKS[f"archive {name}"] = lambda share: lay(share, {_ZIP: content})


for _name, _path in {
    "that leads up": "../evil.yaml",
    "that leads up from within": "papers/../../evil.yaml",
    "that leads to the root": "/evil.yaml",
    "that leads to a drive": "C:/evil.yaml",
    "with a backslash": "..\\evil.yaml",
    "with a device": "con.yaml",
}.items():
    NAMES[f"archive {_name}"] = (_path,)
    _put_zip(_name, _zip((_path, b"id: evil\n")))
NAMES["archive with a name of nearly the same"] = ("profile.yaml", "Profile.yaml")
_put_zip("with a name of nearly the same", _zip(("Profile.yaml", b"id: evil\n")))
_put_zip("with a file more", _zip(("policy.yaml", b"id: evil\n")))
_put_zip("with a folder", _zip(("papers/", b"id: evil\n")))
_put_zip("with a link", _zip((_entry("rules", mode=0o120777), b"/etc")))
_put_zip(
    "whose profile is a link",
    _zip((_entry("profile.yaml", mode=0o120777), GOOD["profile.yaml"]), files=_without("profile.yaml")),
)
_put_zip("with a pipe", _zip((_entry("rules", mode=0o010644), b"")))
_put_zip("that is none", b"release 6")
_put_zip("that is empty", b"")
_put_zip("that is cut short", _zip()[:-40])
_put_zip("without its end", _zip()[: len(_zip()) // 2])
_put_zip("without a signature", _zip(files=_without(SIGNATURE)))
_put_zip("without a manifest", _zip(files=_without(MANIFEST)))
_put_zip("in an archive", _zip(files={_ZIP: _zip()}))
_put_zip("in a folder", _zip(files={f"release-6/{name}": content for name, content in GOOD.items()}))
_put_zip("with a file missing", _zip(files=_without("profile.yaml")))
_put_zip("with a changed file", _zip(files={**GOOD, "profile.yaml": b"school: evil\n"}))
_put_zip("with a damaged file", _zip().replace(b"privacy officer", b"privacy 0fficer"))
_put_zip("that is packed in an odd way", _zip((_entry("rules/a.yaml", kind=zipfile.ZIP_LZMA), b"x")))


SMALL = len(FILES["profile.yaml"])


def bomb(path: Path, size: int, *, told: int) -> Path:
    """A release, signed for good, whose profile goes on for so many bytes; `told` is the size that the archive tells."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _without("profile.yaml").items():
            archive.writestr(name, content)
        with archive.open("profile.yaml", "w") as file:
            file.write(FILES["profile.yaml"])
            for _ in range(size >> 20):
                file.write(bytes(1 << 20))
        archive.getinfo("profile.yaml").file_size = told  # the directory is written last, and is what is read first
    return path


for _name, _told in {
    "with a bomb": 2 * MAX_TOTAL,
    "with a bomb that pretends to be small": SMALL,
    "with a bomb that pretends to be no larger than a file may be": MAX_FILE,
}.items():
    ATTACKS[f"archive {_name}"] = lambda share, told=_told: bomb(share / _ZIP, 2 * MAX_TOTAL, told=told)  # type: ignore[misc]
_put_zip(
    "with a bomb in place of the manifest",
    _zip((_entry(MANIFEST, kind=zipfile.ZIP_DEFLATED), bytes(2 * MAX_FILE)), files=_without(MANIFEST)),
)
_put_zip("that is far too large", bytes(MAX_TOTAL + MAX_FILE))
_put_zip("with too many files", _zip(*((f"rules/{n}.yaml", b"") for n in range(MAX_FILES + 5))))


def _patched(data: bytes, name: str, field: int, value: int) -> bytes:
    """The archive with one two-byte field changed in the directory entry of a file."""
    at = data.rindex(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + field] + struct.pack("<H", value) + data[at + field + 2 :]


_put_zip("with a password", _patched(_zip(), "profile.yaml", 8, 1))
_put_zip("with an unknown packing", _patched(_zip(), "profile.yaml", 10, 99))
_put_zip("whose file pretends to be small", _patched(_zip(), "profile.yaml", 24, 5))
_put_zip("whose file pretends to be large", _patched(_zip(), "profile.yaml", 26, 0x7FFF))
_put_zip("whose names differ inside", _zip().replace(b"profile.yaml", b"profil3.yaml", 1))
_put_zip("whose files lie over one another", _patched(_zip(), "papers/letterhead.yaml", 42, 0))


@attack
def archive_with_a_file_twice(share: Path) -> None:
    data = _zip(("Profile.yaml", b"id: evil\n"))
    lay(share, {_ZIP: data.replace(b"Profile.yaml", b"profile.yaml")})


@attack
def archive_with_a_file_twice_and_alike(share: Path) -> None:
    data = _zip(("Profile.yaml", GOOD["profile.yaml"]))
    lay(share, {_ZIP: data.replace(b"Profile.yaml", b"profile.yaml")})


@attack
def archive_with_a_nul_in_a_name(share: Path) -> None:
    lay(share, {_ZIP: _zip(("profile.yamlXevil", b"")).replace(b"yamlXevil", b"yaml\0evil")})


# -- rules that cannot be used, signed for good ------------------------------------------------------------------------

_BOMB = b"a: &a [x]\nb: [*a, *a]\n"
_EVIL = b"""\
id: evil
title: "Evil"
name: "district policy"
layer: district
law_as_of: "2026-07-01"
review: "nobody"
mark: P
remove: [ferpa-consent]
"""
for _name, _files in {
    "with a profile that is no YAML": {"profile.yaml": b"school: [\n"},
    "with an empty profile": {"profile.yaml": b""},
    "with a profile that is not text": {"profile.yaml": b"\xff\xfe"},
    "with aliases": {"profile.yaml": _BOMB},
    "nested without end": {"profile.yaml": b"school: " + b"[" * 50_000},
    "with a fact that nobody knows": {"profile.yaml": b"school: A\nanswers: {levle: k12}\n"},
    "with an answer that is none": {"profile.yaml": b"school: A\nanswers: {level: k13}\n"},
    "with a key that nobody knows": {"profile.yaml": b"school: A\nrun: evil\n"},
    "with a fact whose name steers a screen": {"profile.yaml": b'school: A\nanswers: {"\\e[2J\\n\\u202e": k12}\n'},
    "with a fact whose name is long": {"profile.yaml": b"school: A\nanswers: {%s: k12}\n" % (b"x" * 900)},
    "with a school twice": {"profile.yaml": b"school: A\nschools: {B High: {}, b  high: {}}\n"},
    "with a mistake for one school": {"profile.yaml": b"school: A\nschools: {B: {answers: {level: k13}}}\n"},
    "with a state of one school": {"profile.yaml": b"school: A\nschools: {B: {state: CA}}\n"},
    "with a state that nobody holds": {"profile.yaml": b"school: A\nstate: ZZ\n"},
    "with a policy that is missing": {"profile.yaml": b"school: A\ndistrict: policy.yaml\n"},
    "with a policy that leads up": {"profile.yaml": b"school: A\ndistrict: ../policy.yaml\n"},
    "with a policy that takes rules away": {
        "profile.yaml": b"school: A\ndistrict: policy.yaml\n",
        "policy.yaml": _EVIL,
    },
    "with a policy that nobody names": {"profile.yaml": b"school: A\n", "policy.yaml": _EVIL},
    "with a policy and no profile": {"policy.yaml": _EVIL},
    "with words for no paper": {"papers/evil.yaml": b"a: b\n"},
    "with words that blame FERPA": {"papers/letter.yaml": b'regards: "FERPA forbids it."\n'},
    "with words that name nothing": {"papers/letter.yaml": b'regards: "{__class__}"\n'},
}.items():
    _put(f"rules {_name}", sealed(_files))
_RULES = {
    f"rules/{name}": content for name, content in everything(real.RULES / "ferpa").items() if isinstance(content, bytes)
}
_put("rules without a pack", sealed({name: content for name, content in _RULES.items() if name != "rules/pack.yaml"}))
_put("rules whose paragraphs are none", sealed({**_RULES, "rules/paragraphs.json": b"[]"}))

# -- older ones, and others under the same number ----------------------------------------------------------------------

_put("older release", sealed(release=4))
_put("first release", sealed(release=1))
_put("same release with another day", sealed(release=5, day="2026-11-02"))
_put("same release with other words", sealed({**FILES, "papers/letterhead.yaml": b'phone: "555-9999"\n'}, release=5))
_put_zip("with an older release", _zip(files=sealed(release=4)))
ATTACKS["older release in the folder itself"] = lambda share: lay(share, sealed(release=4))
ATTACKS["release of another key in the folder itself"] = lambda share: lay(share, sealed(key=OTHER_KEY))
assert KEY != OTHER_KEY

# -- why each is refused -----------------------------------------------------------------------------------------------

# The word that the reason of an attack has to hold: the file that is at fault, or the number that was passed.
BLAMED = {
    "signature huge": SIGNATURE,
    "signature missing": SIGNATURE,
    "manifest missing": MANIFEST,
    "signed manifest that is too large": MANIFEST,
    "file changed": "profile.yaml",
    "file changed to the same length": "profile.yaml",
    "file emptied": "profile.yaml",
    "file far larger than listed": "profile.yaml",
    "files exchanged": "papers/letterhead.yaml",
    "file missing": "papers/letterhead.yaml",
    "all files missing": "papers/letterhead.yaml",
    "one file more": "policy.yaml",
    "one hidden file more": ".evil.yaml",
    "one file more in a folder of its own": "more/evil.yaml",
    "one program more": "evil.exe",
    "a file more of nearly the same name": "profile.yaml",
    "folders without end": "a/a/a",
    "too many files more": str(MAX_FILES),
    "manifest.json is a link": MANIFEST,
    "manifest.sig is a link": SIGNATURE,
    "profile.yaml is a link": "profile.yaml",
    "papers/letterhead.yaml is a link": "papers/letterhead.yaml",
    "a folder in it is a link": "papers",
    "the release is a link": "link",
    "the archive is a link": "link",
    "a link to nowhere more": "rules",
    "a link in a circle": "rules",
    "a file is a pipe": "profile.yaml",
    "the manifest is a pipe": MANIFEST,
    "a socket more": "evil.yaml",
    "a file is a folder": "profile.yaml",
    "the manifest is a folder": MANIFEST,
    "too many releases": str(MAX_FILES),
    "rules without a release": MANIFEST,
    "archive with a file more": "policy.yaml",
    "archive with a folder": "papers/",
    "archive with a link": "rules",
    "archive whose profile is a link": "profile.yaml",
    "archive with a pipe": "rules",
    "archive without a signature": SIGNATURE,
    "archive without a manifest": MANIFEST,
    "archive in an archive": MANIFEST,
    "archive in a folder": MANIFEST,
    "archive with a file missing": "profile.yaml",
    "archive with a changed file": "profile.yaml",
    "archive that is packed in an odd way": "rules/a.yaml",
    "archive with a bomb": "profile.yaml",
    "archive with a bomb in place of the manifest": MANIFEST,
    "archive that is far too large": _ZIP,
    "archive with too many files": str(MAX_FILES),
    "archive with a password": "profile.yaml",
    "archive with an unknown packing": "profile.yaml",
    "archive whose file pretends to be large": "profile.yaml",
    "archive with a file twice": "profile.yaml",
    "archive with a file twice and alike": "profile.yaml",
    "archive with a nul in a name": "profile.yaml",
    "rules without a pack": "facts/agencies.yaml",
    "rules whose paragraphs are none": "paragraphs.json",
    "older release": "5",
    "first release": "5",
    "same release with another day": "5",
    "same release with other words": "5",
    "archive with an older release": "5",
    "older release in the folder itself": "5",
}
# No key that is allowed signed the manifest as it stands.
UNSIGNED = tuple(
    name
    for name in ATTACKS
    if name.startswith(("signature ", "signed by", "manifest with", "release of another key")) and name not in BLAMED
)
# Archives that cannot be read to their end.
BROKEN = (
    "archive that is none",
    "archive that is empty",
    "archive that is cut short",
    "archive without its end",
    "archive with a damaged file",
    "archive with a bomb that pretends to be small",
    "archive with a bomb that pretends to be no larger than a file may be",
    "archive whose file pretends to be small",
    "archive whose names differ inside",
    "archive whose files lie over one another",
)
MANIFESTS = tuple(name for name in ATTACKS if name.startswith("signed manifest "))
RULES = tuple(name for name in ATTACKS if name.startswith(("rules with ", "rules nested")))
RULES_OF_ITS_OWN = ("rules without a pack", "rules whose paragraphs are none")
