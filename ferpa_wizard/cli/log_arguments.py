"""What each part of `log` takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from ferpa_wizard.cli.arguments import Commands, add_command, day

Parser = argparse.ArgumentParser


def add_log(commands: Commands[Parser]) -> None:
    """Add `log` and its parts."""
    log = add_command(commands, "log", "the records: list, count, export, check, review, keep, share and restore")
    parts = log.add_subparsers(title="parts", metavar="PART", dest="what", required=True)
    for add in (_looking, _checking, _counting, _doing, _standing, _keeping, _sharing):
        add(lambda name, says: add_command(parts, name, says))


Add = Callable[[str, str], Parser]


def _json(parser: Parser) -> Parser:
    parser.add_argument("--json", action="store_true", help="JSON")
    return parser


def _record(parser: Parser, says: str = "a record's number") -> Parser:
    parser.add_argument("record", nargs="?", metavar="NUMBER", help=says)
    return parser


def _by(parser: Parser) -> Parser:
    parser.add_argument("--by", default="", metavar="NAME", help="who does it")
    return parser


def _where(parser: Parser) -> Parser:
    parser.add_argument("--where", metavar="LINE", help="only decisions that this line of a search finds")
    return parser


def _out(parser: Parser, says: str) -> Parser:
    parser.add_argument("--out", type=Path, metavar="FILE", help=says)
    return parser


def _looking(add: Add) -> None:
    _where(_json(add("list", "the decisions, the newest first")))
    _record(add("show", "one record as JSON"))
    export = _out(_where(add("export", "the log, or what a search finds, as a file")), "the file to write")
    export.add_argument("--format", choices=("csv", "xlsx", "jsonl", "pdf", "bundle"), default="csv")
    export.add_argument("--columns", metavar="A,B", help="for csv and xlsx: these columns in this order")
    export.add_argument("--no-free-text", action="store_true", help="leave out what people typed")
    export.add_argument("--restricted", action="store_true", help="with the texts of restricted entries")


def _checking(add: Add) -> None:
    verify = _out(_json(add("verify", "recompute the chains")), "write a report of the check")
    verify.add_argument("--head", help="a seal kept elsewhere, to find a missing tail")
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint kept elsewhere")
    says = "papers, or folders of them, to hold against the records"
    verify.add_argument("--papers", type=Path, nargs="+", default=(), metavar="FILE", help=says)
    verify.add_argument("--bundle", type=Path, metavar="FILE", help="check this bundle, not the log")
    _out(_json(add("checkpoint", "note how far the log has come, to keep it elsewhere")), "the file to write")
    paper = _json(add("paper", "of which record a file was made"))
    paper.add_argument("record", nargs="?", metavar="FILE", help="a paper that the program wrote")


def _counting(add: Add) -> None:
    _where(_json(add("stats", "every chart, with what it counts and of how many")))
    _where(_json(add("fixes", "what would have changed the answer, each found by running the requests again")))
    board = _out(add("board", "one page for the board, without small counts"), "as .pdf, .html, .docx or .txt")
    board.add_argument("--year", type=int, help="the year in which the school year began")
    rerun = _record(_json(add("rerun", "decisions under the rules of today")), "one record; all without it")
    rerun.add_argument("--all", action="store_true", help="every record, as without a number")


def _doing(add: Add) -> None:
    _record(_json(add("due", "what is to be done")), "all that is to do on one record")
    done = _by(_record(add("done", "note one of those as done")))
    done.add_argument("todo", nargs="?", metavar="ID", help="which of them, as `due` prints it")


def _standing(add: Add) -> None:
    stand = _by(_record(add("stand", "let a record stand for requests like it")))
    stand.add_argument("--until", type=day, metavar="DAY", help="the last day of use")
    use = _by(_record(add("use", "log one use of a record that stands")))
    use.add_argument("--file", default="", metavar="NUMBER", help="the number of the student's file")
    use.add_argument("--to", default="", metavar="NAME", help="who got the data")
    use.add_argument("--on", type=day, metavar="DAY", help="the day of sharing; today if left out")
    uses = _by(_record(_json(add("uses", "the uses of a record"))))
    uses.add_argument("--csv", type=Path, metavar="OUT", help="rows for the student system, to this file")


def _keeping(add: Add) -> None:
    review = _words(_by(_record(_json(add("review", "review a record, or list what nobody agreed to yet")))))
    review.add_argument("--act", choices=("agree", "ask-change", "reopen"), help="what you say of it")
    review.add_argument("--desk", default="", metavar="INSTALLATION", help="the desk of the record, if not this one")
    hold = _words(_by(_record(_json(add("hold", "hold a record for a court or an inquiry, or list those held")))))
    hold.add_argument("--release", action="store_true", help="one hold ends")
    purge = _words(_by(_record(_json(add("purge", "purge records whose time is up, or list them")))))
    purge.add_argument("--yes", action="store_true", help="do it")


def _words(parser: Parser) -> Parser:
    parser.add_argument("--words", default="", help="why")
    return parser


def _sharing(add: Add) -> None:
    push = _place(_json(add("push", "add what this desk sealed to a shared folder")), "the folder; else the profile's")
    push.add_argument("--name", default="", help="how the officer sees this desk")
    pull = _place(_json(add("pull", "read what all desks pushed")), "the shared folder")
    pull.add_argument("--silent", type=int, default=7, metavar="DAYS", help="tell who was silent so long")
    backup = _place(_json(add("backup", "a whole, checked copy of the ledger")), "a file, or a folder for many")
    backup.add_argument("--keep", type=int, default=30, metavar="N", help="how many stay in the folder")
    restore = _place(_json(add("restore", "put the ledger back")), "a backup, or the shared folder")
    restore.add_argument("--desk", default="", metavar="DESK", help="in a shared folder: its installation or name")


def _place(parser: Parser, says: str) -> Parser:
    parser.add_argument("record", nargs="?", metavar="PLACE", help=says)
    return parser
