"""Builds the package a second time, in another folder with an environment of its own, and compares every byte."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path("dist") / "ferpa-wizard"


def main() -> int:
    subprocess.run(["make", "package"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="another place é ") as away:
        other = Path(away) / "deeper" / "checkout"
        _copy_source(other)
        subprocess.run(["make", "package", f"PYTHON={_interpreter()}"], cwd=other, check=True)
        first, second = _bytes(ROOT / FOLDER), _bytes(other / FOLDER)
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differ:
        print("Built twice, these are not equal:", *differ, sep="\n  ", file=sys.stderr)
        return 1
    print(f"Built twice in two folders: {len(first)} files and links, equal byte for byte.")
    return 0


def _interpreter() -> Path:
    """The Python that this environment was made from, so that both builds use the same one."""
    return Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def _copy_source(other: Path) -> None:
    """The files as they are now with their history, and nothing that was made from them."""
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(ROOT), str(other)], check=True)
    subprocess.run(["git", "reset", "--quiet"], cwd=other, check=True)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (other / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, other / name)


def _bytes(folder: Path) -> Mapping[str, str]:
    """What each file holds, where each link goes, and who may run it."""
    every = (file for file in folder.rglob("*") if file.is_symlink() or file.is_file())
    return {file.relative_to(folder).as_posix(): _said(file) for file in every}


def _said(file: Path) -> str:
    if file.is_symlink():
        return f"-> {file.readlink()}"
    with file.open("rb") as stream:
        return f"{file.stat().st_mode:o} {file_digest(stream, 'sha256').hexdigest()}"


if __name__ == "__main__":
    sys.exit(main())
