"""What the parts of the command line share in how they take their arguments."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.typed import unfit_day

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives it no other name


def add_command(commands: Commands[argparse.ArgumentParser], name: str, says: str) -> argparse.ArgumentParser:
    """A command with its help, which takes a home folder wherever it stands."""
    made = commands.add_parser(name, help=says, description=raised(says) + ".")
    says = "the folder that holds drafts and records"
    made.add_argument("--home", type=Path, default=argparse.SUPPRESS, help=says)
    return made


def day(text: str) -> str:
    """A day of the calendar as 2026-01-31. Raises ArgumentTypeError."""
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day like 2026-01-31") from None
    if wrong := unfit_day(found):
        raise argparse.ArgumentTypeError(wrong)
    return found
