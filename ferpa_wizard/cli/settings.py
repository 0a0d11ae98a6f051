"""`settings`: what each setting is and who set it, and the templates that IT manages them with."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.cli import codes
from ferpa_wizard.core import settings_files
from ferpa_wizard.core.settings import SETTINGS, Value
from ferpa_wizard.desktop.remember import Kept, Memory
from ferpa_wizard.requests.desk import Desk

TEMPLATES = {
    "policy.schema.json": settings_files.schema,
    "ferpa-wizard.admx": settings_files.admx,
    "en-US/ferpa-wizard.adml": settings_files.adml,
    "settings.md": settings_files.table,
}
ORGANIZATION, PROFILE, PERSON, NOBODY = "organization", "profile", "person", "nobody"
_BY = {
    ORGANIZATION: "set by your organization",
    PROFILE: "set by the school's profile",
    PERSON: "set here",
    NOBODY: "as the program comes",
}


def settings(args: argparse.Namespace) -> int:
    """Print the settings, or write the templates into a folder. Raises OSError."""
    if args.templates is not None:
        write_templates(args.templates)
        sys.stdout.write(f"Saved {', '.join(TEMPLATES)} in {args.templates}.\n")
        return codes.FINE
    found = _found(args)
    if args.json:
        each = {name: {"value": value, "by": by} for name, (value, by) in found.items()}
        told = {"policy": args.policy.source, "unknown": args.policy.unknown, "settings": each}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return codes.FINE
    for name, (value, by) in found.items():
        says = ", ".join(value) if isinstance(value, tuple) else value
        sys.stdout.write(f"{name}: {says or 'not set'} ({_BY[by]})\n")
    for name in args.policy.unknown:
        sys.stdout.write(f"{name}: unknown to this version; nothing is done with it\n")
    return codes.FINE


def write_templates(folder: Path) -> None:
    """Write schema, administrative template and table. Raises OSError."""
    for name, text in TEMPLATES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(), encoding="utf-8", newline="\n")


def _found(args: argparse.Namespace) -> dict[str, tuple[Value, str]]:
    """Each setting with its value, as it is used, and who set it. Raises RulesError, ProfileError, OSError."""
    desk = Desk.open(args.home, policy=args.policy)
    kept, first, profile = Memory(desk.home, args.policy).kept, Kept(), desk.profile
    of_profile: dict[str, Value] = {"school": profile.school, "log_folder": profile.log_folder}
    here: dict[str, Value] = {"home": str(desk.home), "theme": kept.theme, "text_size": kept.percent}
    usual: dict[str, Value] = {"home": str(paths.usual_home()), "theme": first.theme, "text_size": first.percent}
    values = {**of_profile, **args.policy.values, **here}  # of `here`, all is as it is used
    found = {}
    for setting in SETTINGS:
        value = values.get(setting.id, "")
        if setting.id in args.policy.values:
            by = ORGANIZATION
        elif of_profile.get(setting.id):
            by = PROFILE
        else:
            by = PERSON if value != usual.get(setting.id, "") else NOBODY
        found[setting.id] = (value, by)
    return found
