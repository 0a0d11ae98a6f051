"""Builds `dist/ferpa-wizard/` and says how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "dist" / "ferpa-wizard"


def main() -> int:
    # The same source gives the same bytes: no times and no chance in what is written.
    fixed = {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **fixed}, check=False)
    if done.returncode != 0:
        print("The program was not packaged; PyInstaller's own words stand above.", file=sys.stderr)
        return 1
    place = FOLDER.relative_to(ROOT)
    print(f"{place}: {_size(FOLDER) / 1_000_000:.0f} MB. Try: {place}/ferpa-wizard self-test")
    return 0


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
