"""Builds `dist/ferpa-wizard/` and says how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import components
import contents
import icon
import sbom
import statement
import texts

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "dist" / "ferpa-wizard"
# On macOS nothing may lie beside the parts of a bundle, and its signature covers those that run.
PAPERS = ROOT / "dist" / "FERPA Wizard.app" / "Contents" / "Resources" if sys.platform == "darwin" else FOLDER
BUILD = ROOT / "build"


def main() -> int:
    made = statement.source_date()
    icon.draw(BUILD / "icon")
    # The same source gives the same bytes: no times and no chance in what is written.
    fixed = {"SOURCE_DATE_EPOCH": str(int(made.timestamp())), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", "build.spec"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **fixed}, check=False)
    if done.returncode != 0:
        print("The program was not packaged; PyInstaller's own words stand above.", file=sys.stderr)
        return 1
    found = components.named(contents.read(BUILD / "contents.json"))
    texts.copy(found, PAPERS / "licences")
    sbom.write(PAPERS / "sbom.cdx.json", found, made)
    statement.write(PAPERS, made)
    place = FOLDER.relative_to(ROOT)
    print(f"{place}: {_size(FOLDER) / 1_000_000:.0f} MB, {len(found)} components. Try: {place}/ferpa-wizard self-test")
    return 0


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
