"""Which command does what; every error is one line, or one line a mistake, on stderr."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.cli import codes
from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.core.typed import unfit_day
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.ledger.errors import LedgerError, NeedsPerson, ShareUnreachable
from ferpa_wizard.requests.errors import RequestsError

_LINES = 60  # of mistakes shown at most; the count tells the rest


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code (see codes.py)."""
    args = _parser().parse_args(argv)
    try:
        return _run(args)
    except (EOFError, KeyboardInterrupt):
        return _fail("Stopped. Nothing was recorded.", codes.STOPPED)
    except NeedsPerson as error:
        return _fail(str(error), codes.PERSON)
    except ShareUnreachable as error:
        return _fail(str(error), codes.DISK)
    except LedgerError as error:
        return _fail(str(error), codes.LEDGER)
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
    _rules(commands)
    _log(commands)
    _agreements(commands)
    for name, says in (
        ("self-test", "walk one request in a real window, seal it, write its paper"),
        ("about", "versions, folders and rules; no request text"),
    ):
        command = _command(commands, name, says)
        command.add_argument("--json", action="store_true", help="one JSON object")
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives it no other name


def _command(commands: Commands[argparse.ArgumentParser], name: str, says: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=says, description=says[:1].upper() + says[1:] + ".")
    says = "the folder that holds drafts and records"
    command.add_argument("--home", type=Path, default=argparse.SUPPRESS, help=says)
    return command


def _interview(commands: Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "interview", "the same questions in a terminal")
    command.add_argument("--json", action="store_true", help="one JSON object a line, both ways")
    command.add_argument("--seal", action="store_true", help="ask for the decision last and seal it")
    command.add_argument("--profile", type=Path, help="the school's profile")


def _decide(commands: Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "decide", "what the rules say about the answers in a file")
    command.add_argument("file", type=Path, help="answers, as YAML or JSON")
    command.add_argument("--json", action="store_true", help="the determination as one JSON object")
    command.add_argument("--profile", type=Path, help="the school's profile")
    command.add_argument("--on", type=_day, metavar="DATE", help="the day to decide for, as 2026-01-31")
    command.add_argument("--seal", metavar="DECISION", help="seal a record: a decision's name, or a file")


def _day(text: str) -> str:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day like 2026-01-31") from None
    if wrong := unfit_day(day):
        raise argparse.ArgumentTypeError(wrong)
    return day


def _rules(commands: Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "rules", "check, print, test, measure or compare the rules")
    tasks = command.add_subparsers(title="tasks", metavar="TASK", dest="what", required=True)
    for name, says in (
        ("check", "report every mistake, walk many requests"),
        ("outline", "print questions, bases, conditions and barriers"),
        ("test", "run the worked examples"),
        ("coverage", "measure the rules against the law"),
        ("diff", "compare two folders of rules or stored packs"),
        ("handbook", "print the rules as a book for a lawyer"),
        ("print", "write the questions and the ways to share as one paper"),
    ):
        task = _command(tasks, name, says)
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


def _log(commands: Commands[argparse.ArgumentParser]) -> None:
    command = _command(
        commands,
        "log",
        "list, show, export, verify, count, review, hold or purge the records, see what is due, log uses, look at them"
        " under today's rules, push them to a shared folder or pull those of all desks, back up and restore",
    )
    whats = ("list", "show", "export", "verify", "checkpoint", "rerun", "due", "done", "paper", "stand", "use", "uses")
    beyond = ("push", "pull", "backup", "restore")
    command.add_argument("what", choices=(*whats, "stats", "fixes", "board", "review", "hold", "purge", *beyond))
    says = "a record's number, for show, rerun, due, done, stand, use, uses, review, hold and purge; a file, for paper"
    says += f"; a file or folder, for {', '.join(beyond)}"
    command.add_argument("record", nargs="?", help=says)
    command.add_argument("todo", nargs="?", help="for done: which of them, by the id that due prints")
    command.add_argument("--by", default="", metavar="NAME", help="who notes it")
    command.add_argument("--until", type=_day, metavar="DAY", help="for stand: the last day of use")
    command.add_argument("--file", default="", metavar="NUMBER", help="for use: the number of the student's file")
    command.add_argument("--to", default="", metavar="NAME", help="for use: who got the data")
    command.add_argument("--on", type=_day, metavar="DAY", help="for use: the day of sharing; today if left out")
    command.add_argument("--csv", type=Path, metavar="OUT", help="for uses: rows for the student system, to this file")
    command.add_argument("--act", choices=("agree", "ask-change", "reopen"), help="for review: what you say of it")
    command.add_argument("--words", default="", help="for review, hold and purge: why")
    command.add_argument(
        "--desk",
        default="",
        metavar="DESK",
        help="for review: the desk of the record; for restore: its installation or name",
    )
    command.add_argument("--release", action="store_true", help="for hold: the hold ends")
    command.add_argument("--yes", action="store_true", help="for purge: do it")
    command.add_argument("--json", action="store_true", help="JSON")
    command.add_argument(
        "--out",
        type=Path,
        help="the file to write, for export, board and checkpoint; for verify: to write the report to",
    )
    command.add_argument("--head", help="for verify: a seal kept elsewhere, to find a missing tail")
    command.add_argument("--checkpoint", type=Path, metavar="FILE", help="for verify: a checkpoint kept elsewhere")
    says = "for verify: papers, or folders of them, to hold against the records"
    command.add_argument("--papers", type=Path, nargs="+", default=(), metavar="FILE", help=says)
    command.add_argument("--name", default="", help="for push: how the officer sees this desk")
    command.add_argument("--silent", type=int, default=7, metavar="DAYS", help="for pull: tell who was silent so long")
    command.add_argument("--keep", type=int, default=30, metavar="N", help="for backup: how many stay in the folder")
    command.add_argument("--all", action="store_true", help="for rerun: every record, as without a number")
    command.add_argument("--year", type=int, help="for board: the year in which the school year began")
    _export(command)


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", choices=("csv", "xlsx", "jsonl", "pdf", "bundle"), default="csv", help="of the export"
    )
    command.add_argument(
        "--where", metavar="LINE", help="for export, stats and fixes: only decisions that this line of a search finds"
    )
    command.add_argument("--columns", metavar="A,B", help="for export as csv or xlsx: these columns in this order")
    command.add_argument("--no-free-text", action="store_true", help="for export: leave out what people typed")
    command.add_argument("--restricted", action="store_true", help="for export: with the texts of restricted entries")
    command.add_argument("--bundle", type=Path, metavar="FILE", help="for verify: check this bundle, not the log")


def _agreements(commands: Commands[argparse.ArgumentParser]) -> None:
    command = _command(commands, "agreements", "list, import, export or publish the agreements with partners")
    command.add_argument("what", choices=("list", "import", "export", "public"))
    command.add_argument("file", nargs="?", type=Path, help="the CSV to read or write; the web page for public")
    command.add_argument("--json", action="store_true", help="JSON, for list")
