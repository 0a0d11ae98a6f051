"""Passing a request on: one file with its draft, which another desk opens under its own rules and profile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ferpa_wizard.core import intake
from ferpa_wizard.core.typed import LONGEST_LINE, unfit
from ferpa_wizard.ledger.drafts import problem_in
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.draft import Draft, from_json, to_json
from ferpa_wizard.requests.errors import PassedOnError
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import outcome

KIND = "ferpa-wizard-request"
FORMAT = 1
MAX_BYTES = 1024 * 1024
_SAYS = (
    "A request that was passed on from FERPA Wizard. It holds the answers, what was noted of the request, and a "
    "decision if one waits. No student's name is asked for. Open it on Home: Open a request that was passed on."
)
_CHANGED = "It was cut short or changed by something else."


def problems(name: str, role: str) -> list[tuple[str, str]]:
    """What is still to say about who passes a request on: the field (name, role) and a sentence."""
    found = {
        "name": unfit(name, LONGEST_LINE, missing="Name the person who passes this on."),
        "role": unfit(role, LONGEST_LINE),
    }
    return [(field, says) for field, says in found.items() if says]


def write_passed(request: Request, out: Path, *, home: Path, name: str, role: str, at: datetime) -> None:
    """Write the request for another desk: all of it or nothing. Raises PassedOnError.

    Answers that do not count, and what this school's profile and an agreement of it say, stay here.
    """
    if is_own_file(out, home):
        raise PassedOnError(OWN_FILE)
    passed_on = {
        "name": name.strip(),
        "role": role.strip(),
        "school": request.profile.school,
        "at": at.isoformat(timespec="seconds"),
        "found": outcome(request.so_far),
    }
    answers = {given.ask.id: given.answer for given in request.walk.trail if given.source == "person"}
    kept = to_json(replace(request.draft, answers=answers, agreement="", replaces="", passed_on=passed_on))
    data = json.dumps({"kind": KIND, "format": FORMAT, "says": _SAYS, "draft": kept}, indent=1, allow_nan=False)
    try:
        with replacing(out) as file:
            file.write(data.encode("ascii"))
    except OSError as error:
        why = f"{out.name} could not be written: {error.strerror}."
        raise PassedOnError(f"{why} The request is safe here. Choose another folder.") from error


def read_passed(file: Path) -> Draft:
    """The draft in such a file, with who passed it on. Raises PassedOnError for anything else."""
    try:
        found = _strict(_bytes(file))
        return _draft(found)
    except OSError as error:
        raise _refused(file, f"The system says: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise _refused(file, str(error) if isinstance(error, _StrangeError) else _CHANGED) from error


def _refused(file: Path, why: str) -> PassedOnError:
    return PassedOnError(f"{file.name} cannot be opened. {why} Nothing here was changed. Ask for the file again.")


class _StrangeError(ValueError):
    """A file that holds no such request; `str()` says why."""


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise _StrangeError("It is not a file.")
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _StrangeError("It is far larger than any request.")
    return data


def _strict(data: bytes) -> Any:
    """The JSON in it: UTF-8, no key twice, no number that is none, no half characters. Raises ValueError."""
    found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    json.dumps(found, ensure_ascii=False).encode()
    return found


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _StrangeError(_CHANGED)
    return found


def _no_number(_: str) -> object:
    raise _StrangeError(_CHANGED)


def _draft(found: Any) -> Draft:
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise _StrangeError("It holds no request that was passed on.")
    if type(found.get("format")) is not int or found["format"] < FORMAT:
        raise _StrangeError(_CHANGED)
    if found["format"] > FORMAT:
        raise _StrangeError("A newer FERPA Wizard wrote it; open it with that one.")
    stored = found.get("draft")
    if not isinstance(stored, dict):
        raise _StrangeError(_CHANGED)
    if problem := problem_in(stored, str(stored.get("id"))):
        raise _StrangeError(problem)
    draft = from_json(stored)
    if not _is_told(draft.passed_on) or intake.problems(draft.intake):
        raise _StrangeError(_CHANGED)
    return draft


def _is_told(passed_on: Mapping[str, Any]) -> bool:
    """Does it say who passed it on and what the result was, in texts that a window can show?"""
    if not passed_on or not passed_on["name"].strip() or "label" not in passed_on["found"]:
        return False
    shown = (passed_on["name"], passed_on["role"], passed_on["school"], passed_on["found"]["label"])
    return all(len(text) <= LONGEST_LINE for text in shown)
