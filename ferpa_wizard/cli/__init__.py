"""The command line: stable, other programs rely on it."""

from ferpa_wizard.cli.main import main

__all__ = ["main"]
