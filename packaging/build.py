"""Builds `dist/ferpa-wizard/` and says how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    # The same source gives the same bytes: no times and no chance in what is written.
    fixed = {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **fixed}, check=True)
    folder = ROOT / "dist" / "ferpa-wizard"
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"{folder.relative_to(ROOT)}: {size / 1_000_000:.0f} MB. Try: {folder.relative_to(ROOT)}/ferpa-wizard self-test")
    return 0


if __name__ == "__main__":
    sys.exit(main())
