"""After a purge no word of what went is in any file of the home folder; killed in between, all of it went or none."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ferpa_wizard.core.choices import DECLINES
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.core.todo import Todo
from ferpa_wizard.core.use import Use
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.ledger.verify import verify
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.draft import to_json
from ferpa_wizard.requests.request import Request
from tests import real
from tests.exported import export
from tests.ledger.samples import VERIFIER
from tests.requests.secrets import _prompts as prompts
from tests.requests.secrets import _word as word

ROOT = Path(__file__).resolve().parents[2]
NOW, LATER = datetime(2026, 11, 27, 10, tzinfo=UTC), datetime(2034, 1, 2, 10, tzinfo=UTC)
DAY = "2026-11-27"
EXAMPLES = {one.id: one for one in real.examples()}
CHOICES = ("share", "not-now", "do-not-share", "ask-officer")
PLACES = 8  # of a kill in one purge
SCHEDULE = (Rule("decision", (), 3),)
posix = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a matter of POSIX")


class Seeded:
    """A desk whose clock can be moved, and the words in each of its records and all that belongs to it."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance, self.at = home, chance, NOW
        profile = replace(real.profiles()["example"], until={}, retention=SCHEDULE)
        self.desk = Desk(home, lambda: (real.pack(), profile), now=lambda: self.at)
        self.words: dict[str, list[str]] = {}
        self._new: list[str] = []

    def word(self) -> str:
        # Half of them with letters that JSON and other encodings write in another way.
        self._new.append(word(self.chance) + self.chance.choice(["", "\xe9\u010d", "\U0001f4ce"]))
        return self._new[-1]

    def seal(self, choice: str) -> str:
        """A record full of words, with an entry of each kind that can belong to it."""
        self._new = []
        request = self.request()
        notes = {prompt: self.word() for prompt in prompts()}
        reasons = ("practical",) if choice in DECLINES else ()
        second = {"second_name": self.word(), "second_role": self.word()}
        decision = Decision(choice, reasons, self.word(), self.word(), self.word(), notes=notes, **second)
        self.leave_files(request)
        number = request.decide(decision).number
        Memory(self.home).sealed(decision.by_name, decision.by_role)
        self.add_to(number, standing=choice == "share")
        self.save_views(decision.by_name)
        self.words[number] = self._new
        return number

    def request(self) -> Request:
        request = self.desk.new(EXAMPLES["new-school-wants-file"].answers)
        noted = Intake(reference=self.word(), words=self.word(), identity=self.word(), asker=self.word())
        assert request.note(noted) == []
        return request

    def leave_files(self, request: Request) -> None:
        """What a program may leave that was killed: a draft put away, a damaged one, an unfinished one."""
        stored = json.dumps(to_json(request.draft))
        drafts = self.home / "drafts"
        for folder, name in (("discarded", "d"), ("damaged", "x")):
            (drafts / folder).mkdir(exist_ok=True)
            (drafts / folder / f"{name}{len(self.words)}.json").write_text(stored[:-5])
        (drafts / f".a{len(self.words)}.json.x.part").write_text(stored[:-5])
        copy = to_json(replace(request.draft, id=f"copy{len(self.words)}"))
        (drafts / f"{copy['id']}.json").write_text(json.dumps(copy))
        for file in drafts.rglob("*"):
            os.utime(file, (NOW.timestamp(), NOW.timestamp()))

    def save_views(self, who: str) -> None:
        """Views of the log that hold words of the record: in the name, as a word looked for, as who decided."""
        memory = Memory(self.home)
        memory.save_view(f"Those of {self._new[0].upper()}", "outcome:not-now")
        memory.save_view(f"View {len(self.words)}", f'outcome:not-now "{self._new[1]}"')
        memory.save_view(f"View {len(self.words)}b", f'by:"{who}"')

    def add_to(self, number: str, *, standing: bool) -> None:
        desk = self.desk
        todo = Todo(number, "own-1", self.word(), self.word(), DAY, DAY)
        desk.todos.note(todo, by=self.word())
        for one in desk.todos.of(number):
            desk.todos.note(replace(one, done=DAY), by=self.word())
        desk.later.note(number, self.word(), by=self.word())
        Memory(self.home).met(self._new[-1])
        paper = self.home.parent / f"{self.word()}.txt"
        paper.write_text("x")
        desk.issued.note(number, [paper])
        paper.unlink()
        desk.keeping.reviews.act(number, "agree", self.word(), by=self.word())
        desk.keeping.reviews.act(number, "reopen", self.word(), by=self.word())
        desk.keeping.reviews.act(number, "agree", self.word(), by=self.word())
        desk.keeping.holds.hold(number, self.word(), by=self.word())
        desk.keeping.holds.release(number, self.word(), by=self.word())
        if standing:
            desk.standing.stand(number, DAY, by=self.word())
            for _ in range(3):
                desk.uses.log(Use(number, DAY, self.word(), self.word(), self.word()))
            used = desk.uses.of(number)
            desk.uses.strike(used[0].number, by=self.word())
            desk.uses.note_written(number, used[1:], by=self.word())


def _found(home: Path, words: list[str]) -> dict[str, list[str]]:
    """The words by the file in which they are, however it writes them."""
    found = {}
    for file in (one for one in home.rglob("*") if one.is_file()):
        data = file.read_bytes()
        forms = {one: {one, json.dumps(one)[1:-1], one[:12]} for one in words}
        held = [
            one
            for one, written in forms.items()
            if any(text.encode(code) in data for text in written for code in ("utf-8", "utf-16-le", "utf-16-be"))
        ]
        if held:
            found[str(file.relative_to(home))] = held
    return found


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    made = Seeded(tmp_path_factory.mktemp("sealed") / "home", random.Random(25))
    for choice in (*CHOICES, *CHOICES):
        made.seal(choice)
    made.desk._close_ledger()  # closing the desk would take what was put away with it
    return made


@pytest.fixture
def seeded(sealed: Seeded, tmp_path: Path) -> Iterator[Seeded]:
    made = Seeded(shutil.copytree(sealed.home, tmp_path / "home"), random.Random(26))
    made.words = sealed.words
    yield made
    made.desk.close()


def test_no_word_is_left_in_any_file_and_all_words_of_the_others_are(seeded: Seeded) -> None:
    numbers = list(seeded.words)
    gone, kept = numbers[:5] + numbers[6:], numbers[5]
    words = [one for number in gone for one in seeded.words[number]]
    assert len(set(words)) >= 200
    assert {one for held in _found(seeded.home, words).values() for one in held} == set(words)
    (seeded.home / "log-index.sqlite").write_text(" ".join(words))
    (seeded.home / "log-index.sqlite-wal").write_text(" ".join(words))
    seeded.at = LATER
    done = seeded.desk.keeping.retention.purge(gone, by="P. Lee", words="By the schedule.")
    assert (done.records, done.left) == (len(gone), ())
    assert _found(seeded.home, words) == {}
    own = {*seeded.words[kept]}
    in_ledger = set(_found(seeded.home, seeded.words[kept])["ledger.sqlite"])
    assert own == in_ledger
    assert seeded.desk.record(kept).body
    names = {name for name, _ in Memory(seeded.home).kept.people}
    assert names <= own
    assert seeded.desk.verify().ok
    subprocess.run([sys.executable, VERIFIER, seeded.home / "ledger.sqlite"], check=True, capture_output=True)


def test_saved_views_go_with_the_last_record_that_holds_their_words(seeded: Seeded) -> None:
    first, second, *others = seeded.words
    Memory(seeded.home).save_view("Not now", "outcome:not-now took:same-day")
    Memory(seeded.home).save_view("All of that word", f'"{seeded.words[first][0]}"')
    before = Memory(seeded.home).kept
    seeded.desk.later.note(second, f"See also {seeded.words[first][0].upper()}.", by="R. Osei")
    seeded.at = LATER
    done = seeded.desk.keeping.retention.purge([first], by="P. Lee", words="By the schedule.")
    kept = Memory(seeded.home).kept.views
    gone = [view for view in before.views if view not in kept]
    assert done.views == len(gone) == 2
    assert all(any(word in "".join(view) for word in seeded.words[first][1:]) for view in gone)
    assert seeded.desk.keeping.retention.purge([second], by="P. Lee", words="By the schedule.").views == 5
    left = Memory(seeded.home).kept.views
    assert [name for name, _ in left if not name.startswith(("View", "Those"))] == ["Not now"]
    assert len(left) == 3 * len(others) + 1


def test_an_open_draft_of_another_request_and_who_still_seals_stay(seeded: Seeded) -> None:
    number = next(iter(seeded.words))
    body = seeded.desk.record(number).body
    seeded.at = LATER
    request = seeded.desk.new(EXAMPLES["new-school-wants-file"].answers)
    assert isinstance(body["request"], dict)
    request.note(Intake(reference=body["request"]["reference"]))
    busy = request.decide(Decision("ask-officer", (), "x", "R. Osei", "registrar")).number
    Memory(seeded.home).sealed("R. Osei", "registrar")
    open_ = seeded.desk.new(EXAMPLES["new-school-wants-file"].answers)
    open_.note(Intake(words="Something else altogether."))
    seeded.desk.keeping.retention.purge([number], by="P. Lee", words="By the schedule.")
    assert open_.id in {row.id for row in seeded.desk.drafts()}
    assert ("R. Osei", "registrar") in Memory(seeded.home).kept.people
    assert seeded.desk.record(busy).body


def test_a_file_that_people_left_in_the_home_folder_is_named(seeded: Seeded) -> None:
    number = next(iter(seeded.words))
    export(seeded.desk, seeded.home / "all.jsonl", "jsonl")
    seeded.at = LATER
    (says,) = seeded.desk.keeping.retention.purge([number], by="P. Lee", words="By the schedule.").left
    assert "all.jsonl" in says


def test_a_copy_of_the_own_chain_is_named(seeded: Seeded) -> None:
    number = next(iter(seeded.words))
    copy = seeded.home / "desks" / seeded.desk._open(writing=False).installation
    copy.mkdir(parents=True)
    shutil.copy(seeded.home / "ledger.sqlite", copy)
    seeded.at = LATER
    (says,) = seeded.desk.keeping.retention.purge([number], by="P. Lee", words="By the schedule.").left
    assert copy.name in says


def test_what_cannot_be_cleaned_up_now_is_told_and_done_by_the_next_purge(
    seeded: Seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = next(iter(seeded.words))
    index = seeded.home / "log-index.sqlite"
    index.mkdir()  # which cannot be deleted as a file can
    seeded.at = LATER
    retention = seeded.desk.keeping.retention
    assert len(retention.purge([number], by="P. Lee", words="By the schedule.").left) == 1
    index.rmdir()
    assert retention.purge([], by="P. Lee", words="To clean up.").left == ()


PURGE = """
import os, signal, sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.requests.desk import Desk
from tests.exported import export
from ferpa_wizard.requests.errors import RequestsError
home, steps, numbers = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
profile = replace(NO_PROFILE, retention=(Rule("decision", (), 3),))
desk = Desk(home, lambda: (None, profile), now=lambda: datetime(2034, 1, 2, 10, tzinfo=UTC))
connection = desk._open()._connection
def tick():
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0
if steps:
    connection.set_progress_handler(tick, 200)
try:
    done = desk.keeping.retention.purge(numbers, by="P. Lee", words="By the schedule.")
    print("done", done.number, done.left, flush=True)
except RequestsError as error:
    print("refused", flush=True)
print("steps", -steps, flush=True)
"""


def _purging(home: Path, steps: int, numbers: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PURGE, str(home), str(steps), *numbers]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


@posix
def test_killed_anywhere_in_a_purge_all_went_or_nothing(seeded: Seeded, tmp_path: Path) -> None:
    numbers = list(seeded.words)
    whole = tmp_path / "whole"
    shutil.copytree(seeded.home, whole)
    with _purging(whole, 10**9, numbers) as process:
        told, _ = process.communicate()
    length = 10**9 + int(told.split()[-1])
    assert told.startswith("done") and length > 50
    outcomes = set()
    for place in range(1, PLACES + 1):
        home = tmp_path / f"copy{place}"
        shutil.copytree(seeded.home, home)
        with _purging(home, max(1, length * place // PLACES - 1), numbers) as process:
            assert process.wait() == -signal.SIGKILL
        verdict = verify(home)
        assert verdict.holds, verdict.says
        subprocess.run([sys.executable, VERIFIER, home / "ledger.sqlite"], check=True, capture_output=True)
        desk = Desk(home, seeded.desk._read, now=lambda: LATER)
        gone = {entry.text is None for entry in desk._open(writing=False).every() if entry.kind != "purge"}
        assert len(gone) == 1
        outcomes |= gone
        again = desk.keeping.retention.purge([] if gone == {True} else numbers, by="P. Lee", words="Once more.")
        assert again.left == ()
        desk.close()
        assert _found(home, [one for words in seeded.words.values() for one in words]) == {}
    assert outcomes == {True, False}


@posix
def test_of_two_programs_that_purge_at_once_one_does_it(seeded: Seeded) -> None:
    numbers = list(seeded.words)
    processes = [_purging(seeded.home, 0, numbers) for _ in range(2)]
    told = []
    for process in processes:
        with process:
            told.append(process.communicate()[0].split()[0])
    assert sorted(told) == ["done", "refused"]
    assert verify(seeded.home).holds
    with_purge = [entry.kind for entry in seeded.desk._open(writing=False).every("purge")]
    assert with_purge == ["purge"]


@posix
def test_what_others_write_meanwhile_is_kept_or_goes_along(seeded: Seeded) -> None:
    number, *others = seeded.words
    seeded.at = LATER
    with _purging(seeded.home, 0, others) as process:
        for _ in range(20):
            seeded.desk.later.note(number, "Kept all the same.", by="R. Osei")
        assert process.communicate()[0].startswith("done")
    assert len(seeded.desk.later.notes(number)) == 21
    assert seeded.desk.verify().ok
