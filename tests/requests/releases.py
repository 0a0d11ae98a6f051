"""Signed releases for tests: good ones, and what they are made of."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey  # noqa: TID253  each of these tests needs it

from ferpa_wizard.core.release import MANIFEST, SIGNATURE, Listed, listed, manifest_of
from ferpa_wizard.core.settings import Policy, Value
from ferpa_wizard.requests.central import Source

AT = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
KEY, OTHER_KEY = SigningKey(b"k" * 32), SigningKey(b"o" * 32)
PUBLIC, OTHER_PUBLIC = (bytes(key.verify_key).hex() for key in (KEY, OTHER_KEY))
PROFILE = b"""\
school: "Hill Valley School District"
review_by: 2027-08-14
people:
  - {role: "privacy officer", name: "R. Osei"}
second_person: [differs]
answers:
  level: k12
  directory-limit: no
  visa-school: {value: no, until: 2027-01-31}
schools:
  Lincoln High:
    answers: {directory-limit: yes}
    people:
      - {role: "principal", name: "J. Moreau"}
  Adams Middle:
    review_by: 2027-06-30
    answers: {visa-school: yes, directory-limit: {value: no, until: 2026-12-31}}
"""
FILES: Mapping[str, bytes] = {"profile.yaml": PROFILE, "papers/letterhead.yaml": b'phone: "555-0100"\n'}


def sealed(
    files: Mapping[str, bytes] = FILES, *, release: int = 6, key: SigningKey = KEY, day: str = "2026-11-01"
) -> dict[str, bytes]:
    """The files of a release with its manifest and signature."""
    data = manifest_of(files, release=release, day=day, title=f"Release {release}").encoded()
    return {**files, MANIFEST: data, SIGNATURE: signature(data, key)}


def signed_as(laid: Mapping[str, bytes] = FILES, /, *, data: bytes | None = None, **changed: Any) -> dict[str, bytes]:
    """The same with a manifest that says something else, or these very bytes, and is signed for good."""
    value = {"kind": "ferpa-wizard-rules", "format": 1, "release": 6, "day": "2026-11-01", "title": "Release 6",
             "files": rows(laid), **changed}  # fmt: skip
    data = written(value) if data is None else data
    return {**laid, MANIFEST: data, SIGNATURE: signature(data)}


def written(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode("ascii") + b"\n"


def rows(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [_row(listed(path, files[path])) for path in sorted(files)]


def _row(one: Listed) -> dict[str, Any]:
    return {"path": one.path, "size": one.size, "sha256": one.sha256}


def signature(data: bytes, key: SigningKey = KEY) -> bytes:
    return base64.b64encode(key.sign(data).signature) + b"\n"


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def source(share: Path, school: str = "", *keys: str) -> Source:
    return Source(str(share), keys or (PUBLIC,), school)


def policy(share: Path, school: str = "") -> Policy:
    """That of a machine whose organization named the share."""
    school_too: dict[str, Value] = {"school": school} if school else {}
    return Policy({"rules_folder": str(share), "rules_keys": (PUBLIC,), **school_too}, "policy.json")


def everything(folder: Path) -> dict[str, bytes | str]:
    """Every file under a folder with its content, and every other thing by its kind."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = path.read_bytes()
        else:
            found[name] = "folder" if path.is_dir() else "other"
    return found
