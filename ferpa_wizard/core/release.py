"""A release of a district's rules: what its manifest says, and which files may be in one.

The manifest is signed as it stands, byte for byte. It has one form only, so that what reads alike is alike.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.core.strict_yaml import MAX_BYTES
from ferpa_wizard.core.typed import is_day

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
PROFILE, RULES, PAPERS = "profile.yaml", "rules", "papers"
KIND, FORMAT = "ferpa-wizard-rules", 1
MAX_FILES, MAX_FILE, MAX_TOTAL, MAX_MANIFEST = 500, MAX_BYTES, 32 * 1024 * 1024, 256 * 1024
MAX_RELEASE, LONGEST_TITLE, LONGEST_PATH, DEEPEST = 999_999_999, 80, 160, 4
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]{0,79}", re.ASCII)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)
_PLACES = re.compile(rf"[^/]+\.yaml|{PAPERS}/[^/]+\.yaml|{RULES}/.+\.(?:yaml|json)", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class ReleaseRefused(CoreError):  # noqa: N818  it names what happened
    """A release that no desk takes; `str()` is the reason, one sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as the manifest lists it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`release` rises with each release of a district; `files` come in the order of their paths."""

    release: int
    day: str
    title: str
    files: tuple[Listed, ...]

    def encoded(self) -> bytes:
        """The bytes that are signed."""
        value = {"kind": KIND, "format": FORMAT, **asdict(self)}
        return json.dumps(value, indent=1, sort_keys=True).encode("ascii") + b"\n"

    def holds(self, path: str, content: bytes) -> bool:
        """Is this, byte for byte, the file that is listed under the path?"""
        return any(one == listed(path, content) for one in self.files)


def listed(path: str, content: bytes) -> Listed:
    return Listed(path, len(content), hashlib.sha256(content).hexdigest())


def manifest_of(files: Mapping[str, bytes], *, release: int, day: str, title: str) -> Manifest:
    """The manifest of these files. Raises ReleaseRefused for what no desk would take."""
    made = Manifest(release, day, title, tuple(listed(path, files[path]) for path in sorted(files)))
    _check(made)
    if len(made.encoded()) > MAX_MANIFEST:
        raise ReleaseRefused("Its list of files is too long.")
    return made


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises ReleaseRefused."""
    try:
        made = _manifest(json.loads(data))
        is_ours = made.encoded() == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReleaseRefused("Its manifest cannot be read.") from error
    if not is_ours:  # a key twice, a number in another form, a key that is not known
        raise ReleaseRefused("Its manifest is not written as this program writes one.")
    _check(made)
    return made


def check_names(paths: Iterable[str]) -> None:
    """Raises ReleaseRefused for a name that leads elsewhere, or that some system takes for another one."""
    folders: dict[str, str] = {}
    files: set[str] = set()
    for path in paths:
        if reason := _strange(path):
            raise ReleaseRefused(f"It holds a file named {shown(path)}: {reason}.")
        above = ["/".join(path.split("/")[:depth]) for depth in range(1, path.count("/") + 1)]
        others = [one for one in above if folders.setdefault(one.lower(), one) != one or one.lower() in files]
        if others or path.lower() in files or path.lower() in folders:
            raise ReleaseRefused(f"Two of its files share the name {shown((*others, path)[0])}.")
        files.add(path.lower())


def shown(name: str) -> str:
    """A name of somebody else as it may be shown: short, on one line."""
    return f"“{one_line(name, 60)}”"


def one_line(text: str, most: int) -> str:
    """A text of somebody else with nothing in it that steers a screen, and no longer than that."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:most])


def _strange(path: str) -> str:
    """Why no file of a release may be named so; empty where one may."""
    parts = path.split("/")
    if path.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", path):
        return "that is a place outside the release"
    if ".." in re.split(r"[/\\]", path):
        return "that leads out of the release"
    if any(_DEVICE.fullmatch(part) for part in parts):
        return "that is the name of a device"
    if not all(_PART.fullmatch(part) and part[-1] not in ". " for part in parts):
        return "letters, digits, dot, dash and space only"
    if len(path) > LONGEST_PATH or len(parts) > DEEPEST:
        return "that is too long"
    return "" if _PLACES.fullmatch(path) else f"only .yaml files, {PAPERS}/ and {RULES}/ belong there"


def _manifest(value: Any) -> Manifest:
    """Raises ValueError, TypeError, KeyError, AttributeError."""
    if value["kind"] != KIND:
        raise ValueError
    if type(value["format"]) is int and value["format"] > FORMAT:
        raise ReleaseRefused("A newer FERPA Wizard made it: install that one first.")
    files = tuple(_listed(one["path"], one["size"], one["sha256"]) for one in value["files"])
    if type(value["release"]) is not int or not all(isinstance(value[name], str) for name in ("day", "title")):
        raise TypeError
    return Manifest(value["release"], value["day"], value["title"], files)


def _listed(path: Any, size: Any, sha256: Any) -> Listed:
    if type(size) is not int or not isinstance(path, str) or not isinstance(sha256, str):
        raise TypeError
    return Listed(path, size, sha256)


def _check(made: Manifest) -> None:
    if not 1 <= made.release <= MAX_RELEASE:
        raise ReleaseRefused(f"Its release number is not one from 1 to {MAX_RELEASE}.")
    if not is_day(made.day):
        raise ReleaseRefused("Its day is no day.")
    if not made.title.strip() or len(made.title) > LONGEST_TITLE:
        raise ReleaseRefused(f"Its title is not 1 to {LONGEST_TITLE} characters long.")
    if not made.title.isprintable():
        raise ReleaseRefused("Its title holds characters that cannot be shown.")
    _check_files(made.files)


def _check_files(files: tuple[Listed, ...]) -> None:
    if not 1 <= len(files) <= MAX_FILES:
        raise ReleaseRefused(f"It does not list 1 to {MAX_FILES} files.")
    for one in files:
        if not _SHA256.fullmatch(one.sha256):
            raise ReleaseRefused("Its manifest cannot be read.")
        if not 0 <= one.size <= MAX_FILE:
            raise ReleaseRefused(f"It lists a file of more than {MAX_FILE // 1024 // 1024} MiB, or of no size.")
    if sum(one.size for one in files) > MAX_TOTAL:
        raise ReleaseRefused(f"Its files have more than {MAX_TOTAL // 1024 // 1024} MiB.")
    check_names(one.path for one in files)
