"""Where the templates and fonts of our papers are."""

from __future__ import annotations

from pathlib import Path


def resource(name: str) -> Path:
    """A folder of `resources`: inside the installed package, else in the checkout."""
    package = Path(__file__).parent.parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources") / name
