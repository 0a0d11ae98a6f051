"""Good files that the program makes itself, the same at each run, to be spoiled."""

from __future__ import annotations

import json
import random
import uuid
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.record import Decision
from ferpa_wizard.ledger.bundle import as_bundle
from ferpa_wizard.ledger.checkpoint import noted
from ferpa_wizard.ledger.export import exporting
from ferpa_wizard.ledger.export_scope import Scope
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.passing import write_passed
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.waiting import wait
from tests.core.small_pack import small_pack
from tests.ledger.samples import NOW, VERIFIER, fill

DRAFT = "d1"
_ANSWERS: Mapping[str, Answer] = {
    "requester": "group",
    "items": ("grades", "name"),
    "purpose": "service",
    "consent": "no",
    "control": "written",
    "papers-provider": ("p.2", "p.3"),
}
_WAITS = Decision("not-now", ("district",), "Our board has to look.", "R. Osei", "registrar")


@contextmanager
def without_chance() -> Iterator[None]:
    """Inside, ids and salts are the same at each run."""
    chance = random.Random(1)
    named = lambda: uuid.UUID(bytes=chance.randbytes(16), version=4)  # noqa: E731
    with patch("secrets.token_bytes", chance.randbytes), patch("uuid.uuid4", named):
        yield


def a_desk(home: Path) -> Desk:
    """A desk with the small rules."""
    pack = small_pack()
    return Desk(home, lambda: (pack, NO_PROFILE), now=lambda: NOW)


def requests(folder: Path) -> list[Request]:
    """A new one, one with all that can be noted, and one whose decision waits."""
    desk = a_desk(folder / "seeds")
    new, noted_one, waiting = (desk.new(_ANSWERS) for _ in range(3))
    noted_one.note(Intake("R-7", "We need it.", "2026-11-01", "phone", "2026-12-01", "called back", asker="The band"))
    noted_one.see_result()
    noted_one.remove_items(["name"])
    if waiting.walk.ask is not None:
        raise AssertionError(waiting.walk.ask.id)
    wait(waiting, _WAITS)
    return [new, noted_one, waiting]


def drafts(folder: Path) -> tuple[bytes, ...]:
    """As they lie in the folder of drafts, under one name."""
    made = requests(folder)
    stored = [
        json.loads(_file(folder, request).read_bytes()) if _file(folder, request).exists() else {} for request in made
    ]
    return tuple(json.dumps({**one, "id": DRAFT}, indent=1).encode() for one in stored if one)


def _file(folder: Path, request: Request) -> Path:
    return folder / "seeds" / "drafts" / f"{request.id}.json"


def records(folder: Path) -> tuple[bytes, ...]:
    """What is sealed of such requests."""
    desk = a_desk(folder / "seeds")
    numbers = [request.decide(_WAITS).number for request in requests(folder)]
    found = tuple(json.dumps(desk.record(number).body).encode() for number in numbers)
    desk.close()
    return found


def passed_on(folder: Path) -> tuple[bytes, ...]:
    """The files with which a request goes to another desk."""
    found = []
    for request in requests(folder):
        out = folder / "passed.json"
        write_passed(request, out, home=folder / "seeds", name="R. Osei", role="registrar", at=NOW)
        found.append(json.dumps({**json.loads(out.read_bytes())}, indent=1).encode())
    return tuple(data.replace(request_id(data), DRAFT.encode()) for data in found)


def request_id(data: bytes) -> bytes:
    return str(json.loads(data)["draft"]["id"]).encode()


def ledger_in(home: Path) -> Path:
    """A small ledger with a purge; its home."""
    with without_chance():
        fill(home)
    return home


def bundle(folder: Path) -> bytes:
    home, out = ledger_in(folder / "log"), folder / "log.zip"
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        scope = Scope({ledger.installation: ledger})
        checker = VERIFIER.with_name("verify_bundle.py").read_bytes()
        form = as_bundle(scope.ledgers, {"program": "x"}, checker[:200], NOW)
        deque(exporting(scope.whole_chains(), out, form, home=home), maxlen=0)
    return out.read_bytes()


def checkpoint(folder: Path) -> bytes:
    with Ledger.open(ledger_in(folder / "log"), now=NOW, readonly=True) as ledger:
        taken = noted(ledger.installation, 9, last=ledger.get(9).at, head=ledger.head(), at=NOW)
    return replace(taken, program="1.0").text.encode()
