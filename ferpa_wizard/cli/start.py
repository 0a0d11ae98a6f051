"""Opening the window or, where there is no display, the shipped example."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.requests.desk import Desk

EXAMPLE = Path("rules/examples/first-run.yaml")
EXAMPLE_PROFILE = Path("rules/profiles/example.yaml")
_QT_LIBRARIES = "libegl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1"


def window_or_example(args: argparse.Namespace) -> int:
    """The desktop; with --or-example, where it cannot open, the example decided and sealed in that folder."""
    hindrance = why_no_window()
    if hindrance is None:
        return open_window(args)
    sys.stderr.write(hindrance + "\n")
    return _example(args.or_example) if args.or_example else codes.INPUT


def open_window(args: argparse.Namespace) -> int:
    from ferpa_wizard.desktop.app import run

    return run(Desk.open(args.home, policy=args.policy))


def why_no_window() -> str | None:
    """One sentence that says why no window can open and what to install; None if one can."""
    if find_spec("PySide6") is None:
        return "The window needs PySide6, which is not installed. Run: make setup"
    wanted = os.environ.get("QT_QPA_PLATFORM", "")
    no_screen = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and no_screen and wanted in ("", "xcb", "wayland"):
        return (
            "There is no display here, so no window can open. On Debian: apt install xvfb xauth; xvfb-run -a make run"
        )
    try:
        import ferpa_wizard.desktop.app  # noqa: F401 - loads the system libraries that may be missing
    except ImportError as error:
        missing = str(error).split(":")[0]
        return f"A system library that the window needs is missing ({missing}). On Debian: apt install {_QT_LIBRARIES}"
    return None


def _example(folder: Path) -> int:
    from ferpa_wizard.core.record import Decision
    from ferpa_wizard.requests.answers_file import read_answers

    desk = Desk.open(folder, profile=paths.data() / EXAMPLE_PROFILE)
    file = paths.data() / EXAMPLE
    request = desk.unsaved(read_answers(file.read_bytes(), str(EXAMPLE), desk.pack))
    sealed = request.decide(Decision("share-after-steps", by_name="Example", by_role="front office"))
    found = request.so_far
    basis = f"{found.basis.title}, {found.basis.cite}" if found.basis else "none"
    sys.stdout.write(
        f"The shipped example was decided and sealed instead.\n"
        f"Verdict: {found.verdict} ({found.label})\n"
        f"Basis: {basis}\n"
        f"Record: {sealed.number} in {(folder / 'ledger.sqlite').resolve()}\n"
        f"To answer the questions here in the terminal: ferpa-wizard interview\n"
    )
    return codes.FINE
