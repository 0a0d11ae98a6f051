"""The acts that meet a fault: commands of the program and a draft that is answered, with what they have to leave."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ferpa_wizard.cli import codes, main
from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.backup import backup
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests import desk
from ferpa_wizard.requests.errors import DraftError
from ferpa_wizard.requests.exporting import SUFFIXES
from tests import real
from tests.ledger.desks import Desk
from tests.stress import worlds
from tests.stress.forks import told
from tests.stress.kills.sharing import pushed

HOMES = ("home", "old", "empty", "officer")
TOLD = (codes.LEDGER, codes.DISK, codes.PERSON, codes.INPUT)
"""The ends of a command that say what was wrong."""
_DECISION = 'decision: ask-officer\nwords: "Counsel looks at it."\nby: "R. Osei, registrar"\n'


@dataclass(frozen=True, slots=True)
class Result:
    """How the act ended: 0, or an exit code that says what was wrong; what it printed, and on stderr."""

    code: int
    says: str
    errors: str


Finds = Iterator[str]


@dataclass(frozen=True, slots=True)
class Act:
    """`run` does it in a world; `done` yields what is not as it must be where it said that it did it.

    `home` is the home that it works on. What is done `once` refuses to be done again.
    """

    name: str
    run: Callable[[Path], Result]
    done: Callable[[Path, Result], Finds]
    home: str = "home"
    once: bool = False


def command(at: Path, *arguments: object, home: str = "home") -> Result:
    """One command of the program in this process."""
    out, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors):
        code = main(["--home", str(at / home), *map(str, arguments)])
    return Result(code, out.getvalue(), errors.getvalue())


def make(at: Path) -> None:
    """A world in which each of the acts can be done. The clock of this process stands still from now on."""
    vars(desk)["_clock"] = lambda: worlds.NOW  # so that an export is the same bytes each time
    worlds.make(at, 3)
    (at / "draft").write_text(worlds.at_home(at / "home").drafts()[0].id)
    (at / "answers.json").write_text(json.dumps(worlds.answers()), encoding="utf-8")
    (at / "decision.yaml").write_text(_DECISION, encoding="utf-8")
    profile = (real.RULES / "profiles" / "example.yaml").read_text(encoding="utf-8")
    profile = profile.replace("second_person: [differs]\n", "")
    for home in HOMES:
        (at / home).mkdir(exist_ok=True)
        (at / home / "profile.yaml").write_text(profile, encoding="utf-8")
    worlds.put_old(at / "old")
    with closing(log_tables.connect(at / "old")) as index:
        index.execute(f"PRAGMA user_version = {log_tables.VERSION - 1}")
    command(at, "log", "list", "--where", "")
    pushed(at)
    Desk(at / "home", at / "share", "north").seal(2)
    backup(at / "home", at / "backups" / "kept.sqlite", now=worlds.NOW)
    (at / "whole").mkdir()
    for form in SUFFIXES:
        # Each in a fork: PDFs leave threads behind, which the next fork would not have.
        told(partial(_export_whole, at, form))
        (at / "out" / f"log{SUFFIXES[form]}").write_bytes(worlds.BEFORE)


def _export_whole(at: Path, form: str) -> list[str]:
    return [command(at, "log", "export", "--format", form, "--out", at / _out(form, "whole")).errors]


def _out(form: str, folder: str = "out") -> str:
    return f"{folder}/log{SUFFIXES[form]}"  # type: ignore[index]


def neither(at: Path) -> Finds:
    """The exports that are neither the whole one nor the one before it."""
    for out in (at / "out").glob("[!.]*"):
        if out.read_bytes() not in (worlds.BEFORE, (at / "whole" / out.name).read_bytes()):
            yield f"{out.name} is neither the one before nor the whole one"


# Saving


def _decide(at: Path, home: str = "home") -> Result:
    return command(at, "decide", at / "answers.json", "--seal", at / "decision.yaml", "--json", home=home)


def _sealed(at: Path, result: Result, home: str = "home") -> Finds:
    record = json.loads(result.says[result.says.index("{") :])["record"]
    if worlds.seals(at / home).get(record["number"]) != record["seal"]:
        yield f"record {record['number']} was acknowledged and is not there"


def _answer(at: Path) -> Result:
    """As the window does: a request that goes on, and one that begins; it shows why an answer is not on the disk."""
    given = worlds.answers()
    with worlds.at_desk(at) as opened:
        try:
            requests = (opened.open_draft((at / "draft").read_text(encoding="utf-8")), len(given)), (opened.new(), 1)
        except DraftError as error:
            return Result(codes.LEDGER, "", str(error))
        for request, count in requests:
            while request.ask is not None and len(request.walk.trail) < count:
                request.answer(given[request.ask.id])
                if request.save_problem is not None:
                    return Result(codes.LEDGER, "", request.save_problem)
    return Result(codes.FINE, "", "")


def _answered(at: Path, _: Result) -> Finds:
    found = {len(draft["answers"]) for draft in Drafts(at / "home").list().drafts}
    if found != {1, len(worlds.answers())}:
        yield f"answers were acknowledged, and the drafts hold {found}"


# Exporting


def _export(form: str) -> Act:
    out = _out(form)

    def done(at: Path, _: Result) -> Finds:
        if (at / out).read_bytes() != (at / _out(form, "whole")).read_bytes():
            yield f"{out} was acknowledged and is not the whole export"

    return Act(f"export {form}", lambda at: command(at, "log", "export", "--format", form, "--out", at / out), done)


# Beyond the computer


def _backed_up(at: Path, result: Result) -> Finds:
    path = Path(json.loads(result.says)["path"])
    if not path.exists():
        yield f"the backup {path.name} was acknowledged and is not there"


def _is_pushed(at: Path, result: Result) -> Finds:
    count = json.loads(result.says)["count"]
    found = command(at, "log", "pull", at / "share", "--json", home="officer")
    (desk,) = json.loads(found.says)["desks"]
    if found.code or desk["count"] != count:
        yield f"{count} entries were pushed, and a pull gives {desk}"


def _is_pulled(at: Path, result: Result) -> Finds:
    (desk,) = json.loads(result.says)["desks"]
    (copy,) = (at / "officer" / "desks").glob(f"*/{NAME}")
    if verify(copy.parent).count != desk["count"]:
        yield f"{desk['count']} entries were pulled, and the copy has others"


def _restored(at: Path, _: Result) -> Finds:
    if worlds.seals(at / "empty") != worlds.seals(at / "home"):
        yield "a ledger was put back, and it is another one"


def _go_on(at: Path) -> Result:
    """With the home of an earlier program: look at the log, which makes its index anew, and seal."""
    listed = command(at, "log", "list", "--where", "", home="old")
    return _decide(at, "old") if listed.code == codes.FINE else listed


ACTS = (
    Act("sealing", _decide, _sealed),
    Act("sealing the first record", lambda at: _decide(at, "empty"), lambda at, found: _sealed(at, found, "empty"), "empty"),
    Act("answering", _answer, _answered),
    *map(_export, SUFFIXES),
    Act("backing up", lambda at: command(at, "log", "backup", at / "backups", "--json"), _backed_up),
    Act("restoring", lambda at: command(at, "log", "restore", at / "backups" / "kept.sqlite", home="empty"), _restored, "empty", once=True),
    Act("going on with an old home", _go_on, lambda at, found: _sealed(at, found, "old"), "old"),
    Act("pushing", lambda at: command(at, "log", "push", at / "share", "--name", "north", "--json"), _is_pushed),
    Act("pulling", lambda at: command(at, "log", "pull", at / "share", "--json", home="officer"), _is_pulled, "officer"),
)  # fmt: skip
