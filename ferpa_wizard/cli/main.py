"""Which command does what; every error is one line, or one line a mistake, on stderr."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.cli import codes
from ferpa_wizard.cli.arguments import Commands, add_command, day
from ferpa_wizard.cli.log_arguments import add_log
from ferpa_wizard.cli.rule_arguments import add_rules
from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.core.settings import PolicyError
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.errors import LedgerError, NeedsPerson, ShareUnreachable
from ferpa_wizard.requests import managed
from ferpa_wizard.requests.errors import RequestsError

_LINES = 60  # of mistakes shown at most; the count tells the rest


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code (see codes.py)."""
    args = _parser().parse_args(argv)
    try:
        args.policy = managed.policy()
        args.home = managed.home_under(args.policy, args.home)
        return _run(args)
    except (EOFError, KeyboardInterrupt):
        return _fail("Stopped. Nothing was recorded.", codes.STOPPED)
    except NeedsPerson as error:
        return _fail(str(error), codes.PERSON)
    except ShareUnreachable as error:
        return _fail(str(error), codes.DISK)
    except LedgerError as error:
        return _fail(str(error), codes.LEDGER)
    except PolicyError as error:
        return _refuse(args, str(error))
    except (CoreError, RequestsError, DocumentError) as error:
        return _fail(str(error), codes.INPUT)
    except BrokenPipeError:
        return codes.STOPPED
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or error}{place}. Check the place and try again.", codes.DISK)


def _run(args: argparse.Namespace) -> int:
    """Load the one command that is wanted: the window need not wait for the others."""
    match args.command:
        case "interview":
            from ferpa_wizard.cli.interview import interview as command
        case "decide":
            from ferpa_wizard.cli.decide import decide as command
        case "rules":
            from ferpa_wizard.cli.rules import rules as command
        case "log":
            from ferpa_wizard.cli.log import log as command
        case "agreements":
            from ferpa_wizard.cli.agreements import agreements as command
        case "self-test":
            from ferpa_wizard.cli.about import self_test as command
        case "settings":
            from ferpa_wizard.cli.settings import settings as command
        case "about":
            from ferpa_wizard.cli.about import about as command
        case _:
            from ferpa_wizard.cli.start import window_or_example as command
    return command(args)


def _fail(says: str, code: int) -> int:
    lines = says.splitlines()
    for line in lines[:_LINES]:
        sys.stderr.write(line + "\n")
    if len(lines) > _LINES:
        sys.stderr.write(f"… and {len(lines) - _LINES} more.\n")
    return code


def _refuse(args: argparse.Namespace, says: str) -> int:
    """The policy does not let it go on; said in a window, too, where a window was to open."""
    if args.command is None:
        from ferpa_wizard.cli.start import why_no_window

        if why_no_window() is None:
            from ferpa_wizard.desktop.app import refuse

            refuse(says)
    return _fail(f"{says}\nNothing was opened, and your work is safe.", codes.POLICY)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ferpa-wizard",
        description="Finds the lawful way to share student data, and keeps a sealed record of why.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--home", type=Path, help="the folder that holds drafts and records")
    parser.add_argument("--or-example", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    _interview(commands)
    _decide(commands)
    add_rules(commands)
    add_log(commands)
    _agreements(commands)
    settings = add_command(commands, "settings", "what each setting is, and who set it; the templates for IT")
    settings.add_argument("--json", action="store_true", help="one JSON object")
    settings.add_argument("--templates", type=Path, metavar="FOLDER", help="write schema, ADMX, ADML and a table there")
    for name, says in (
        ("self-test", "check this computer and the home folder, then walk one request in a real window and seal it"),
        ("about", "versions, folders, rules and this computer; no request text"),
    ):
        made = add_command(commands, name, says)
        made.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _interview(commands: Commands[argparse.ArgumentParser]) -> None:
    made = add_command(commands, "interview", "the same questions in a terminal")
    made.add_argument("--json", action="store_true", help="one JSON object a line, both ways")
    made.add_argument("--seal", action="store_true", help="ask for the decision last and seal it")
    made.add_argument("--profile", type=Path, help="the school's profile")


def _decide(commands: Commands[argparse.ArgumentParser]) -> None:
    made = add_command(commands, "decide", "what the rules say about the answers in a file")
    made.add_argument("file", type=Path, help="answers, as YAML or JSON")
    made.add_argument("--json", action="store_true", help="the determination as one JSON object")
    made.add_argument("--profile", type=Path, help="the school's profile")
    made.add_argument("--on", type=day, metavar="DATE", help="the day to decide for, as 2026-01-31")
    made.add_argument("--seal", metavar="DECISION", help="seal a record: a decision's name, or a file")


def _agreements(commands: Commands[argparse.ArgumentParser]) -> None:
    made = add_command(commands, "agreements", "list, import, export or publish the agreements with partners")
    made.add_argument("what", choices=("list", "import", "export", "public"))
    made.add_argument("file", nargs="?", type=Path, help="the CSV to read or write; the web page for public")
    made.add_argument("--json", action="store_true", help="JSON, for list")
