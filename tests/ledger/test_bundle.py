"""A bundle, and the one-file program that checks it alone: what was done to it is found."""

from __future__ import annotations

import ast
import hashlib
import json
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger.bundle import as_bundle
from ferpa_wizard.ledger.export import Exported, exporting
from ferpa_wizard.ledger.export_scope import Scope
from ferpa_wizard.ledger.ledger import Ledger
from tests.ledger.samples import COUNT, NOW, PACK, PACK_SHA256, PURGED, VERIFIER, Tamper

CHECKER = VERIFIER.with_name("verify_bundle.py")
Members = dict[str, bytes]


def bundle(home: Path, out: Path) -> Exported:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        scope = Scope({ledger.installation: ledger})
        form = as_bundle(scope.ledgers, {"program": "x"}, CHECKER.read_bytes(), NOW)
        steps = exporting(scope.whole_chains(), out, form, home=home)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                exported: Exported = done.value
                return exported


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Path:
    bundle(home, tmp_path / "log.zip")
    return tmp_path / "log.zip"


def run(*arguments: object) -> tuple[int, dict[str, Any]]:
    """As people run it: alone, in a process of its own."""
    command = [sys.executable, "-I", str(CHECKER), *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def read(file: Path) -> Members:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def write(members: Members, file: Path) -> None:
    with zipfile.ZipFile(file, "w") as opened:
        for name, data in members.items():
            opened.writestr(name, data)


def chain_of(members: Members) -> str:
    return next(name for name in members if name.startswith("chains/"))


def lines(members: Members) -> list[Any]:
    return [json.loads(line) for line in members[chain_of(members)].splitlines()]


def put_lines(members: Members, found: list[Any]) -> None:
    """Write the chain anew and mend the manifest, as a forger with the program's source would."""
    texts = [json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for line in found]
    members[chain_of(members)] = "".join(text + "\n" for text in texts).encode()
    manifest = json.loads(members["manifest.json"])
    manifest["members"][chain_of(members)] = hashlib.sha256(members[chain_of(members)]).hexdigest()
    (said,) = manifest["chains"]
    said |= {"entries": len(found), "last": len(found) or None, "head": found[-1]["seal"] if found else GENESIS}
    said["texts"] = sum(line["body"] is not None for line in found)
    members["manifest.json"] = json.dumps(manifest).encode()


def test_a_bundle_of_a_whole_log_matches(made: Path) -> None:
    code, report = run(made)
    assert (code, report["verdict"], report["problems"], report["notes"]) == (0, "matches", [], [])
    (chain,) = report["chains"]
    assert (chain["entries"], chain["texts"]) == (COUNT, COUNT - 1)


def test_its_files_are_named_in_the_manifest_with_their_hashes_and_sorted(made: Path, home: Path) -> None:
    members = read(made)
    manifest = json.loads(members.pop("manifest.json"))
    assert manifest["members"] == {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}
    assert list(read(made)) == sorted(read(made))
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        (chain,) = manifest["chains"]
        assert (chain["installation"], chain["head"]) == (ledger.installation, ledger.head())
    assert (chain["entries"], chain["first"], chain["last"], chain["withheld"]) == (COUNT, 1, COUNT, 0)
    assert members[f"rules/{PACK_SHA256}.json"] == PACK
    assert members["verify_bundle.py"] == CHECKER.read_bytes()


def test_a_head_that_was_kept_must_be_in_it(made: Path, home: Path) -> None:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        seals = [entry.seal for entry in ledger.every()]
    assert {run(made, "--head", seal)[0] for seal in (*seals[::4], GENESIS)} == {0}
    assert run(made, "--head", "1" * 64)[0] == 1
    assert run(made, "--head", "no seal")[0] == 2


def test_an_end_that_was_cut_off_is_found_by_a_head_alone(made: Path, home: Path) -> None:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        head = ledger.head()
    members = read(made)
    put_lines(members, lines(members)[:-1])
    write(members, made)
    assert run(made)[0] == 0
    assert run(made, "--head", head)[0] == 1


def edit(found: list[Any]) -> None:
    found[3]["body"]["request"]["title"] = "Another"


def edit_with_its_hash(found: list[Any]) -> None:
    edit(found)
    body = json.dumps(found[3]["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    found[3]["header"]["body"] = hashlib.sha256(bytes.fromhex(found[3]["salt"]) + body.encode()).hexdigest()


def edit_with_all_of_its_hashes(found: list[Any]) -> None:
    edit_with_its_hash(found)
    header = json.dumps(found[3]["header"], sort_keys=True, separators=(",", ":"))
    found[3]["seal"] = hashlib.sha256(header.encode()).hexdigest()


def drop(found: list[Any]) -> None:
    del found[4]


def drop_first(found: list[Any]) -> None:
    del found[0]


def swap(found: list[Any]) -> None:
    found[3], found[4] = found[4], found[3]


def double(found: list[Any]) -> None:
    found.insert(4, found[4])


def drop_text(found: list[Any]) -> None:
    found[4] |= {"body": None, "salt": None}


def drop_purge(found: list[Any]) -> None:
    found[6] |= {"body": None, "salt": None}


def swap_texts(found: list[Any]) -> None:
    for name in ("body", "salt"):
        found[3][name], found[4][name] = found[4][name], found[3][name]


def another_time(found: list[Any]) -> None:
    found[3]["header"]["time"] = "2020" + found[3]["header"]["time"][4:]


def another_desk(found: list[Any]) -> None:
    for line in found:
        line["header"]["installation"] = "f" * 32


def another_seal(found: list[Any]) -> None:
    found[3]["seal"] = "0" * 64


def more_in_a_line(found: list[Any]) -> None:
    found[3]["note"] = "x"


def a_body_of_another_kind(found: list[Any]) -> None:
    found[3]["body"] = "text"


@pytest.mark.parametrize(
    "attack",
    [
        edit,
        edit_with_its_hash,
        edit_with_all_of_its_hashes,
        drop,
        drop_first,
        swap,
        double,
        drop_text,
        drop_purge,
        swap_texts,
        another_time,
        another_desk,
        another_seal,
        more_in_a_line,
        a_body_of_another_kind,
    ],
)
def test_what_was_done_to_the_entries_is_found(attack: Callable[[list[Any]], None], made: Path) -> None:
    members = read(made)
    found = lines(members)
    attack(found)
    put_lines(members, found)
    write(members, made)
    code, report = run(made)
    assert (code, report["verdict"]) == (1, "does-not-match")
    assert report["problems"]


def test_a_forger_who_mends_every_hash_is_found_by_a_head(made: Path, home: Path) -> None:
    with Ledger.open(home, now=NOW, readonly=True) as ledger:
        head = ledger.head()
    members = read(made)
    found = lines(members)
    edit_with_its_hash(found)
    previous = GENESIS
    for line in found:
        line["header"]["previous"] = previous
        header = json.dumps(line["header"], sort_keys=True, separators=(",", ":"))
        previous = line["seal"] = hashlib.sha256(header.encode()).hexdigest()
    put_lines(members, found)
    write(members, made)
    assert run(made)[0] == 0
    assert run(made, "--head", head)[0] == 1


def without(name: str) -> Callable[[Members], None]:
    return lambda members: members.__delitem__(name)


def named(**change: object) -> Callable[[Members], None]:
    def change_manifest(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["chains"][0] |= change
        members["manifest.json"] = json.dumps(manifest).encode()

    return change_manifest


@pytest.mark.parametrize(
    "attack",
    [
        lambda members: members.update({"extra.txt": b"x"}),
        lambda members: members.update({"README.txt": b"x"}),
        lambda members: members.update({f"rules/{PACK_SHA256}.json": b"{}"}),
        without("README.txt"),
        without(f"rules/{PACK_SHA256}.json"),
        lambda members: members.pop(chain_of(members)),
        lambda members: members.update({chain_of(members): members[chain_of(members)][:-1]}),
        named(entries=COUNT + 1),
        named(head="0" * 64),
        named(texts=COUNT),
        named(withheld=-1),
        named(withheld=COUNT),
        named(first=2),
    ],
)
def test_what_was_done_to_the_files_is_found(attack: Callable[[Members], object], made: Path) -> None:
    members = read(made)
    attack(members)
    write(members, made)
    assert run(made)[0] == 1


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b"[]", b"null", b'{"format": 2}', b'{"format": 1}', b"\xff", b"[" * 9000]
)
def test_a_manifest_that_is_none_is_told(manifest: bytes, made: Path) -> None:
    write({**read(made), "manifest.json": manifest}, made)
    code, report = run(made)
    assert (code, report["verdict"]) == (2, "cannot-read")


def test_a_bundle_of_endless_files_and_chains_is_told_in_time(made: Path, verifier_of_bundles: Any) -> None:
    members = read(made)
    manifest = json.loads(members["manifest.json"])
    manifest["chains"] *= 20_000
    many = {f"rules/{number}.json": b"" for number in range(20_000)}
    write({**members, **many, "manifest.json": json.dumps(manifest).encode()}, made)
    began = time.process_time()
    assert verifier_of_bundles["check"](made).code == 1
    assert time.process_time() - began < 4


def test_a_file_that_is_no_bundle_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_bytes(b"hello")
    write({"a": b"b"}, tmp_path / "zip")
    assert [run(tmp_path / name)[0] for name in ("empty", "text", "zip", "nowhere", ".")] == [2] * 5


def test_every_changed_byte_is_found(made: Path, verifier_of_bundles: Any) -> None:
    """Those of the .zip around the files too, or they change nothing that anybody reads."""
    data, members = made.read_bytes(), read(made)
    chance = random.Random(3)
    for place in chance.sample(range(len(data)), 400):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        made.write_bytes(changed)
        if verifier_of_bundles["check"](made).code == 0:
            assert read(made) == members, place


@pytest.fixture(scope="module")
def verifier_of_bundles() -> dict[str, Any]:
    import runpy

    return runpy.run_path(str(CHECKER))


def test_an_altered_ledger_makes_a_bundle_that_does_not_match(home: Path, tmp_path: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("UPDATE bodies SET body = x'7b7d' WHERE sequence = 2")
    bundle(home, tmp_path / "log.zip")
    code, report = run(tmp_path / "log.zip")
    assert code == 1
    assert "2" in report["problems"][0]


def test_a_text_that_vanished_without_a_purge_is_found(home: Path, tmp_path: Path, tampering: Tamper) -> None:
    with tampering() as connection:
        connection.execute("DELETE FROM bodies WHERE sequence = ?", (PURGED + 1,))
    bundle(home, tmp_path / "log.zip")
    assert run(tmp_path / "log.zip")[0] == 1


def test_the_checker_imports_nothing_of_the_program() -> None:
    tree = ast.parse(CHECKER.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)
