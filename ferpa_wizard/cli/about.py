"""`about` and `self-test`: what is installed, and whether it works here."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ferpa_wizard import __version__, paths
from ferpa_wizard.cli import codes
from ferpa_wizard.requests.desk import Desk

_OVERLAY = ("id", "title", "layer", "law_as_of", "mark", "review")


def about(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home)
    found = {
        "program": __version__,
        "python": platform.python_version(),
        "qt": _version("PySide6_Essentials"),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "home": str(desk.home),
        "data": str(paths.data()),
        "pack": {"id": desk.pack.id, "version": desk.pack.version, "sha256": desk.pack.sha256},
        "law_as_of": desk.pack.law_as_of,
        "overlays": [{name: getattr(one, name) for name in _OVERLAY} for one in desk.pack.overlays],
        "review": desk.pack.review,
        "central": desk.central.told(),
    }
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        told = {**found, "central": [f"{label}: {says}" for label, says in desk.central.rows()]}
        sys.stdout.write("".join(f"{name}: {_line(value)}\n" for name, value in told.items()))
    return codes.FINE


def _line(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_line, value)) or "none"
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the packaged program carries no metadata
        return "bundled"


def _result_line(result: tuple[str, bool, str]) -> str:
    name, passed, says = result
    return f"{'ok    ' if passed else 'FAILED'} {name}: {says}\n"


def self_test(args: argparse.Namespace) -> int:
    """One request in a real window, in a folder of its own; offscreen where there is no display."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ferpa_wizard.desktop.selftest import self_test as walk_window

    with tempfile.TemporaryDirectory(prefix="ferpa-wizard-") as folder:
        desk = Desk.open(Path(folder), profile=paths.data() / "rules/profiles/example.yaml")
        results = walk_window(desk)
        desk.close()
    good = all(passed for _, passed, _ in results)
    if args.json:
        checks = [{"check": name, "passed": passed, "says": says} for name, passed, says in results]
        sys.stdout.write(json.dumps({"passed": good, "checks": checks}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(map(_result_line, results)))
    return codes.FINE if good else codes.MISMATCH
