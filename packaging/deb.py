"""Makes a Debian package of the built folder: `python packaging/deb.py [--folder F] [--version V] [--out FOLDER]`."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import icon
import statement
from components import ROOT

from ferpa_wizard import __version__

FORMS = ROOT / "packaging" / "deb"
HOME, COMMAND = Path("opt/ferpa-wizard"), Path("usr/bin/ferpa-wizard")
COMPRESSION = ("-Zzstd", "-z10", "--threads-max=1")  # more threads cut the stream elsewhere, so give other bytes


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--folder", type=Path, default=ROOT / "dist" / "ferpa-wizard")
    wanted.add_argument("--version", default=__version__)
    wanted.add_argument("--out", type=Path, default=ROOT / "dist")
    given = wanted.parse_args()
    if not (given.folder / "ferpa-wizard").exists():
        print(f"{given.folder} holds no packaged program. Build one first: make package", file=sys.stderr)
        return 1
    print(make(given.folder, given.version, given.out))
    return 0


def make(folder: Path, version: str, out: Path) -> Path:
    """
    A package with this folder in /opt, a command, an entry in the menu and an icon.

    The same input gives the same bytes. Raises OSError, and CalledProcessError where dpkg-deb refuses.
    """
    made = int(statement.source_date().timestamp())
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"ferpa-wizard_{version}_{_architecture()}.deb"
    with tempfile.TemporaryDirectory(dir=out) as kept:
        root = Path(kept) / "root"
        _fill(root, folder)
        _describe(root, version)
        _settle(root, made)
        command = ["dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", str(root), str(target)]
        subprocess.run(
            command, env={**os.environ, "SOURCE_DATE_EPOCH": str(made)}, check=True, stdout=subprocess.DEVNULL
        )
    return target


def _fill(root: Path, folder: Path) -> None:
    shutil.copytree(folder, root / HOME, symlinks=True)
    (root / COMMAND).parent.mkdir(parents=True)
    (root / COMMAND).symlink_to("/" / HOME / "ferpa-wizard")
    share = root / "usr" / "share"
    _put(FORMS / "ferpa-wizard.desktop", share / "applications" / "ferpa-wizard.desktop")
    _put(FORMS / "copyright", share / "doc" / "ferpa-wizard" / "copyright")
    _put(icon.SOURCE, share / "icons" / "hicolor" / "scalable" / "apps" / "ferpa-wizard.svg")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _describe(root: Path, version: str) -> None:
    files = sorted(file for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    control = (
        (FORMS / "control")
        .read_text(encoding="utf-8")
        .format(
            version=version,
            architecture=_architecture(),
            kibibytes=sum(-(-file.stat().st_size // 1024) for file in files),
            depends=", ".join((FORMS / "depends").read_text(encoding="utf-8").splitlines()),
        )
    )
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    (root / "DEBIAN" / "md5sums").write_text("".join(_md5_lines(root, files)), encoding="utf-8")


def _md5_lines(root: Path, files: Iterable[Path]) -> Iterable[str]:
    """Debian's own list, which `dpkg --verify` reads; it knows MD5 alone."""
    for file in files:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False))
        yield f"{digest.hexdigest()}  {file.relative_to(root)}\n"


def _settle(root: Path, made: int) -> None:
    """Everybody may read, nobody but root may write, and all is as old as the source: whoever builds, and when."""
    for file in [*root.rglob("*"), root]:
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or file.stat().st_mode & 0o100 else 0o644)
        os.utime(file, (made, made), follow_symlinks=False)


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
