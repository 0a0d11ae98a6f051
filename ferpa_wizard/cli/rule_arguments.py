"""The command line of `rules`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ferpa_wizard.cli.arguments import Commands, add_command, day


def add_rules(commands: Commands[argparse.ArgumentParser]) -> None:
    made = add_command(commands, "rules", "check, print, test, measure or compare the rules")
    tasks = made.add_subparsers(title="tasks", metavar="TASK", dest="what", required=True)
    for name, says in (
        ("check", "report every mistake, walk many requests"),
        ("outline", "print questions, bases, conditions and barriers"),
        ("test", "run the worked examples"),
        ("coverage", "measure the rules against the law"),
        ("diff", "compare two folders of rules or stored packs"),
        ("handbook", "print the rules as a book for a lawyer"),
        ("print", "write the questions and the ways to share as one paper"),
    ):
        task = add_command(tasks, name, says)
        if name == "diff":
            task.add_argument("places", nargs=2, type=Path, metavar="RULES", help="a folder of rules, or a stored pack")
        else:
            task.add_argument("--rules", type=Path, metavar="FOLDER", help="another folder of rules")
        if name == "check":
            task.add_argument("--overlay", type=Path, action="append", metavar="FILE", help="check this overlay only")
        if name == "print":
            task.add_argument("--out", type=Path, required=True, metavar="FILE", help="as .pdf, .html, .docx or .txt")
        if name in ("coverage", "diff"):
            task.add_argument("--json", action="store_true", help="one JSON object")
    _releases(tasks)


def _releases(tasks: Commands[argparse.ArgumentParser]) -> None:
    made = add_command(tasks, "keygen", "make a key that signs rules for all desks")
    made.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the private key goes")
    made = add_command(tasks, "pack", "check and sign rules for all desks")
    made.add_argument("folder", type=Path, metavar="FOLDER", help="profile.yaml, overlays, papers/, rules/")
    made.add_argument("--key", type=Path, required=True, metavar="FILE", help="the private key")
    made.add_argument("--release", type=int, required=True, metavar="N", help="a higher number each time")
    made.add_argument("--out", type=Path, required=True, metavar="PLACE", help="a new folder, or a .zip file")
    made.add_argument("--title", default="", help="what IT calls it; the district's name without")
    made.add_argument("--day", type=day, metavar="DATE", help="as 2026-01-31; today without")
    made = add_command(tasks, "verify", "what a signed release holds, or why no desk takes it")
    made.add_argument("folder", type=Path, metavar="PLACE", help="the folder or .zip file of one release")
    made.add_argument("--key", required=True, metavar="PUBLIC", help="the public key")
    made.add_argument("--json", action="store_true", help="one JSON object")
