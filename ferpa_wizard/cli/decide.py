"""`decide`: the determination for the answers in a file, and its record if asked."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ferpa_wizard.cli import codes
from ferpa_wizard.cli.interview import result_lines
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.strict_yaml import file_content, parse
from ferpa_wizard.requests.answers_file import AnswersError, read_answers
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.sealed import Sealed


def decide(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home, profile=args.profile, policy=args.policy)
    request = desk.unsaved(read_answers(file_content(args.file), str(args.file), desk.pack), on=args.on)
    if request.walk.ask is not None:
        sys.stdout.write(json.dumps({"ask": request.walk.ask.as_json()}, ensure_ascii=False) + "\n")
        return codes.UNANSWERED
    determination = request.so_far
    found = determination.as_json()
    sealed = request.decide(decision_from(args.seal)) if args.seal else None
    if args.json:
        record = {"record": {"number": sealed.number, "seal": sealed.seal}} if sealed else {}
        sys.stdout.write(json.dumps({**found, **record}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(result_lines(determination)).lstrip("\n") + "\n" + _saved(desk, sealed))
    return codes.FINE


def _saved(desk: Desk, sealed: Sealed | None) -> str:
    return f"\nSaved as record {sealed.number} in {desk.home}.\n" if sealed else ""


def decision_from(text: str) -> Decision:
    """A decision's name, or a file `{decision, reason: [layer], words, by, second}`. Raises AnswersError."""
    path = Path(text)
    if text in CHOICES or not path.is_file():
        if text not in CHOICES:
            raise AnswersError([Mistake(text, 1, "This is no decision and no file.", f"Use {', '.join(CHOICES)}.")])
        return Decision(text, by_name="command line")
    root, mistakes = parse(file_content(path), text)
    if root is None:
        raise AnswersError(mistakes or [Mistake(text, 1, "The file is empty.", "Write `decision: share`.")])
    block = Block(root, text, mistakes)
    name, _, role = block.text("by").partition(",")
    second, second_role = _second(block)
    decision = Decision(
        block.choice("decision", CHOICES),
        block.texts("reason"),
        block.text("words", ""),
        name.strip(),
        role.strip(),
        second_name=second,
        second_role=second_role,
    )
    block.finish()
    if mistakes:
        raise AnswersError(mistakes)
    return decision


def _second(block: Block) -> tuple[str, str]:
    """Name and role of who else agreed; empty where the file names nobody."""
    inner = block.block("second")
    if inner is None:
        return "", ""
    person = inner.text("name"), inner.text("role", "")
    inner.finish()
    return person
