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
from ferpa_wizard.cli.plain import plain
from ferpa_wizard.cli.start import why_no_window
from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.computer.checks import check_all
from ferpa_wizard.requests.computer.facts import facts
from ferpa_wizard.requests.desk import Desk

_OVERLAY = ("id", "title", "layer", "law_as_of", "mark", "review")


def about(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home, policy=args.policy)
    rules, school, error = _rules(desk)
    found = {
        "program": __version__,
        "python": platform.python_version(),
        "qt": _version("PySide6_Essentials"),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "home": str(desk.home),
        "data": str(paths.data()),
        **rules,
        "policy": {"source": args.policy.source, "sets": [*args.policy.values], "unknown": [*args.policy.unknown]},
        "central": desk.central.told(school),
        **facts(desk),
        "plugins": _plugins(),
    }
    if args.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        told = {**found, "central": [f"{label}: {says}" for label, says in desk.central.rows(school)]}
        sys.stdout.write("".join(f"{name}: {plain(value)}\n" for name, value in told.items()))
    if error:
        raise error
    return codes.FINE


def _rules(desk: Desk) -> tuple[dict[str, object], str, Exception | None]:
    """What is told of the rules, the school, and the error where they cannot be read: the rest is wanted then, too."""
    try:
        pack, school = desk.pack, desk.profile.school
    except (CoreError, OSError) as error:
        return dict.fromkeys(("pack", "law_as_of", "overlays", "review")), "", error
    found: dict[str, object] = {
        "pack": {"id": pack.id, "version": pack.version, "sha256": pack.sha256},
        "law_as_of": pack.law_as_of,
        "overlays": [{name: getattr(one, name) for name in _OVERLAY} for one in pack.overlays],
        "review": pack.review,
    }
    return found, school, None


def _plugins() -> dict[str, list[str]]:
    """Those of Qt that are there; nothing where Qt itself cannot be loaded."""
    try:
        from ferpa_wizard.desktop.plugins import plugins
    except ImportError:
        return {}
    return plugins()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the packaged program carries no metadata
        return "bundled"


def self_test(args: argparse.Namespace) -> int:
    """This computer and this home are checked; then one request in a real window, in a folder of its own, offscreen
    where there is no display.
    """
    results = [*check_all(Desk.open(args.home, policy=args.policy)), *_window()]
    good = all(result.passed is not False for result in results)
    if args.json:
        sys.stdout.write(json.dumps({"passed": good, "checks": list(map(_shown, results))}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("".join(map(_result_line, results)))
    return codes.FINE if good else codes.MISMATCH


def _window() -> list[Check]:
    """The checks that need Qt; one that has failed where Qt cannot be loaded."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if hindrance := why_no_window():
        return [Check("qt-platform", False, hindrance)]
    from ferpa_wizard.desktop.app import RESOURCES, application
    from ferpa_wizard.desktop.plugins import platform_check, plugin_checks
    from ferpa_wizard.desktop.selftest import self_test as walk_window

    platform = platform_check()
    if not platform.passed:
        return [platform]
    application()
    with tempfile.TemporaryDirectory(prefix="ferpa-wizard-") as folder:
        desk = Desk.open(Path(folder), profile=paths.data() / "rules/profiles/example.yaml")
        parts = plugin_checks(paths.data() / RESOURCES)
        walked = [Check(*result) for result in walk_window(desk)]
        desk.close()
    return [platform, *parts, *walked]


def _shown(result: Check) -> dict[str, object]:
    """`passed` is true for what does not apply: nothing is wrong there."""
    return {
        "check": result.name,
        "passed": result.passed is not False,
        "state": result.state,
        "says": result.says,
    }


def _result_line(result: Check) -> str:
    mark = {"passed": "ok    ", "failed": "FAILED", "not-applicable": "-     "}[result.state]
    return f"{mark} {result.name}: {result.says}\n"
