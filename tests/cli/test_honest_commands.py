"""The commands seal nothing dishonest either, whatever is typed: the same promises as for the window's room."""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.choices import CHOICES
from ferpa_wizard.core.figures import FIGURES
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.requests.honesty import figure_of, some_decision, wrongs

PROFILE = ["--profile", str(real.RULES / "profiles/example.yaml")]
BAD = ('{"back": true}', "no json", '{"answer": "stranger"}', '{"change": "requester"}', '{"answer": []}')


class Person(io.StringIO):
    """Stands for both ends of the terminal: reads each question as it is written, and answers by chance."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.lines: list[dict[str, Any]] = []
        self._chance = random.Random(seed)
        self._asked: dict[str, Any] = {}
        self._slips = 8  # wrong lines and steps back, so that the talk ends

    def write(self, text: str) -> int:
        found = json.loads(text)
        self.lines.append(found)
        self._asked = found.get("ask", self._asked)
        return len(text)

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # typeshed names the wrong base
        if self._slips and self._chance.random() < 0.15:
            self._slips -= 1
            return self._chance.choice(BAD) + "\n"
        return json.dumps({"answer": self._answer(self._asked)}) + "\n"

    def _answer(self, ask: dict[str, Any]) -> object:
        if ask["id"] == "decision":
            return self._chance.choice((*CHOICES, "not-now", "do-not-share"))
        if ask["id"] == "reasons" and self._chance.random() < 0.6:
            return ["ferpa"]
        ids = [option["id"] for option in ask["options"]]
        if ask["kind"] == "many":
            return self._chance.sample(ids, self._chance.randint(0, min(4, len(ids))))
        return self._chance.choice(ids) if ids else "R. Osei, registrar"


def _talk(seed: int, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What one interview that seals wrote."""
    person = Person(seed)
    with monkeypatch.context() as terminal:
        terminal.setattr(sys, "stdin", person)
        terminal.setattr(sys, "stdout", person)
        assert main(["interview", "--json", "--seal", *PROFILE[: 2 * (seed % 2)]]) == codes.FINE
    return person.lines


def _bodies() -> list[dict[str, Any]]:
    """All sealed decisions of the home folder, the oldest first, restricted ones too."""
    desk = Desk.open()
    with desk._open(writing=False) as ledger:  # lists leave out the restricted ones
        return [dict(entry.body or {}) for entry in ledger.every("decision")]


def _honest(bodies: list[dict[str, Any]], folder: Path) -> None:
    for body in bodies:
        assert wrongs(body) == [], body["answers"]
    expected = Counter(figure_of(body) for body in bodies if not body["restricted"])
    assert main(["log", "export", "--out", str(folder / "log.csv")]) == codes.FINE
    with (folder / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        shown = Counter(row["ferpa"] for row in csv.DictReader(file) if row["ferpa"])
    assert shown == expected
    assert set(shown) <= set(FIGURES)


def test_interviews_by_chance_seal_only_honest_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [_talk(seed, monkeypatch)[-1] for seed in range(20)]
    bodies = _bodies()
    assert len(bodies) == len(ends)
    _honest(bodies, tmp_path)
    assert {"ferpa"} & {reason for body in bodies for reason in body["decision"]["reasons"]}


def test_a_blame_is_corrected_before_the_record_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The person at the terminal sees the line that the record keeps."""
    told = 0
    for seed in range(20, 40):
        lines = _talk(seed, monkeypatch)
        corrections = [line["error"]["says"] for line in lines if line.get("error", {}).get("code") == "correction"]
        kept = _bodies()[-1]["decision"]["correction"]
        if kept:
            assert corrections[-1] == kept
            told += 1
    assert told


def test_decisions_in_files_seal_only_honest_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = 0
    for seed in range(40, 60):
        chance = random.Random(seed)
        answers = tmp_path / "answers.json"
        answers.write_text(json.dumps(_talk(seed, monkeypatch)[-1]["answers"]), encoding="utf-8")
        given = some_decision(chance)
        found = {"decision": given["choice"], "reason": list(given["reasons"]), "words": given["words"]}
        decision = tmp_path / "decision.json"
        decision.write_text(json.dumps({**found, "by": given["by_name"]}), encoding="utf-8")
        before = len(_bodies())
        code = main(["decide", str(answers), *PROFILE[: 2 * (seed % 2)], "--json", "--seal", str(decision)])
        assert code in (codes.FINE, codes.INPUT)
        assert len(_bodies()) - before == (code == codes.FINE)
        sealed += code == codes.FINE
    assert sealed > 3
    _honest(_bodies(), tmp_path)
