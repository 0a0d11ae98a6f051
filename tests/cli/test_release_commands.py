"""Making keys, packing and verifying signed rules at the command line."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.cli import codes, main
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.release import MANIFEST, SIGNATURE
from ferpa_wizard.requests.central import Source
from ferpa_wizard.requests.taking import take_newest
from tests import real
from tests.requests.releases import AT, FILES, PUBLIC, everything, lay, sealed, source, zipped

Out = pytest.CaptureFixture[str]
_KEY = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture
def key(tmp_path: Path, capsys: Out) -> tuple[Path, str]:
    """A private key's file, and the public key."""
    assert main(["rules", "keygen", "--out", str(tmp_path / "key")]) == codes.FINE
    (public,) = _KEY.findall(capsys.readouterr().out)
    return tmp_path / "key", public


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay(tmp_path / "rules", FILES)


def _pack(folder: Path, key: Path, out: Path, *more: str) -> int:
    return main(["rules", "pack", str(folder), "--key", str(key), "--release", "7", "--out", str(out), *more])


def _verify(out: Out, place: Path, public: str, code: int = codes.FINE) -> Any:
    assert main(["rules", "verify", str(place), "--key", public, "--json"]) == code
    return json.loads(out.readouterr().out)


def test_a_private_key_is_for_nobody_else_and_never_written_over(key: tuple[Path, str], capsys: Out) -> None:
    file, public = key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert public not in file.read_text(encoding="ascii")
    before = file.read_bytes()
    assert main(["rules", "keygen", "--out", str(file)]) == codes.INPUT
    assert file.read_bytes() == before
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_what_is_packed_verifies_and_a_desk_takes_it(
    name: str, key: tuple[Path, str], folder: Path, tmp_path: Path, capsys: Out
) -> None:
    assert _pack(folder, key[0], tmp_path / "share" / name) == codes.INPUT  # there is no such folder yet
    (tmp_path / "share").mkdir()
    assert _pack(folder, key[0], tmp_path / "share" / name, "--title", "Fall", "--day", "2026-11-01") == codes.FINE
    assert key[1] in capsys.readouterr().out
    found = _verify(capsys, tmp_path / "share" / name, key[1])
    assert found["ok"] is True
    assert (found["release"], found["title"], found["day"], found["key"]) == (7, "Fall", "2026-11-01", key[1])
    assert found["schools"] == ["Adams Middle", "Lincoln High"]
    assert [one["path"] for one in found["files"]] == sorted(FILES)
    after = take_newest(tmp_path / "home", Source(str(tmp_path / "share"), (key[1],)), AT)
    assert (after.release, after.refused) == (7, "")
    assert sorted(path.name for path in (tmp_path / "share").iterdir()) == [name]


def test_the_same_files_make_the_same_archive(key: tuple[Path, str], folder: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert _pack(folder, key[0], tmp_path / name, "--day", "2026-11-01") == codes.FINE
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_it_is_told_in_lines_as_well(key: tuple[Path, str], folder: Path, tmp_path: Path, capsys: Out) -> None:
    assert _pack(folder, key[0], tmp_path / "out") == codes.FINE
    capsys.readouterr()
    assert main(["rules", "verify", str(tmp_path / "out"), "--key", key[1]]) == codes.FINE
    said = capsys.readouterr().out
    assert "Lincoln High" in said and "Hill Valley School District" in said and key[1] in said


_POLICY = (real.RULES / "district" / "example.yaml").read_bytes()
BAD: Mapping[str, Mapping[str, bytes]] = {
    "a fact that nobody knows": {"profile.yaml": b"school: A\nanswers:\n  levle: k12\n"},
    "a mistake for one school": {"profile.yaml": b"school: A\nschools:\n  B: {answers: {level: k13}}\n"},
    "a policy with a mistake": {"profile.yaml": b"school: A\ndistrict: policy.yaml\n", "policy.yaml": _POLICY + b"remove: [a]\n"},
    "a policy that nobody names": {"profile.yaml": b"school: A\n", "policy.yaml": _POLICY},
    "words for no paper": {"papers/letter.yaml": b"nobody: uses this\n"},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_with_file_and_line_and_nothing_is_written(
    name: str, key: tuple[Path, str], tmp_path: Path, capsys: Out
) -> None:
    folder = lay(tmp_path / "bad", BAD[name])
    before = everything(tmp_path)
    assert _pack(folder, key[0], tmp_path / "out") == codes.INPUT
    assert everything(tmp_path) == before
    said = capsys.readouterr().err
    assert re.search(r"(?:profile|policy|letter)\.yaml:\d+: ", said) and "Traceback" not in said
    assert "ferpa-wizard-release-" not in said  # the place where it was looked at is nobody's business


def test_mistakes_for_two_schools_are_told_with_the_line_of_each(
    key: tuple[Path, str], tmp_path: Path, capsys: Out
) -> None:
    bad = "answers: {level: k13}"
    lines = ["school: A", "schools:", f"  Oak: {{{bad}}}", "  Elm: {answers: {level: k12}}", f"  Ash: {{{bad}}}"]
    folder = lay(tmp_path / "bad", {"profile.yaml": "\n".join(lines).encode()})
    assert _pack(folder, key[0], tmp_path / "out") == codes.INPUT
    told = re.findall(r"profile\.yaml:(\d+): ", capsys.readouterr().err)
    assert [lines[int(number) - 1].split(":")[0].strip() for number in told] == ["Oak", "Ash"]
    assert not (tmp_path / "out").exists()


def test_the_laws_are_tried_for_the_district_and_each_of_its_schools_and_what_breaks_for_any_is_told(
    key: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    schools = b"schools:\n  Oak: {answers: {level: k12}}\n  Elm: {answers: {level: college}}\n"
    files = {"profile.yaml": b"school: A\ndistrict: policy.yaml\n" + schools, "policy.yaml": _POLICY}
    folder = lay(tmp_path / "bad", files)

    def broken(pack: object, profiles: list[Profile], **_: object) -> set[Mistake]:
        return {Mistake("rules", 1, f"broken for {one.school!r}", "") for one in profiles}

    monkeypatch.setattr("ferpa_wizard.cli.rule_overlays.broken_in", broken)
    assert _pack(folder, key[0], tmp_path / "out") == codes.MISMATCH
    assert set(re.findall(r"broken for '(\w*)'", capsys.readouterr().err)) == {"", "A", "Oak", "Elm"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [{"notes.txt": b""}, {".DS_Store": b""}, {"key": b""}, {"papers/logo.png": b""}])
def test_a_file_that_no_desk_takes_is_not_packed(
    more: Mapping[str, bytes], key: tuple[Path, str], folder: Path, tmp_path: Path
) -> None:
    lay(folder, more)
    assert _pack(folder, key[0], tmp_path / "out") == codes.INPUT
    assert not (tmp_path / "out").exists()


def test_a_policy_whose_rules_break_a_law_of_the_engine_is_not_packed(
    key: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    files = {"profile.yaml": b"school: A\ndistrict: policy.yaml\n", "policy.yaml": _POLICY}
    folder = lay(tmp_path / "bad", files)
    seen: list[int] = []

    def broken(pack: object, profiles: list[Profile], **_: object) -> set[Mistake]:
        seen.append(len(profiles))
        return {Mistake("rules", 1, "A yes became firmer.", "")}

    monkeypatch.setattr("ferpa_wizard.cli.rule_overlays.broken_in", broken)
    assert _pack(folder, key[0], tmp_path / "out") == codes.MISMATCH
    assert capsys.readouterr().err == f"{folder / 'policy.yaml'}:1: A yes became firmer.\n"
    assert seen == [2] and not (tmp_path / "out").exists()


@pytest.mark.parametrize("release", ["0", "-1", "1000000000"])
def test_a_number_that_is_none_is_refused(release: str, key: tuple[Path, str], folder: Path, tmp_path: Path) -> None:
    words = ["rules", "pack", str(folder), "--key", str(key[0]), "--release", release, "--out", str(tmp_path / "out")]
    assert main(words) == codes.INPUT
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "key", "f" * 64, PUBLIC + "\n" + PUBLIC])
def test_a_file_that_is_no_private_key_signs_nothing(text: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "no-key").write_text(text, encoding="ascii")
    for file in (tmp_path / "no-key", tmp_path / "nowhere", folder):
        assert _pack(folder, file, tmp_path / "out") == codes.INPUT
    assert not (tmp_path / "out").exists()


def test_a_release_is_never_written_over(key: tuple[Path, str], folder: Path, tmp_path: Path) -> None:
    for out in (lay(tmp_path / "out", {"mine": b""}), zipped(tmp_path / "out.zip", {"mine": b""})):
        before = everything(tmp_path)
        assert _pack(folder, key[0], out) == codes.INPUT
        assert everything(tmp_path) == before


def test_a_folder_that_is_none_or_empty_makes_nothing(key: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nowhere"):
        for out in ("out", "out.zip"):
            assert _pack(tmp_path / name, key[0], tmp_path / out) == codes.INPUT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "key"]


def test_what_a_desk_would_not_take_ends_with_a_code_of_its_own(
    tmp_path: Path, key: tuple[Path, str], capsys: Out
) -> None:
    place = lay(tmp_path / "release", sealed())
    assert _verify(capsys, place, PUBLIC)["ok"] is True
    assert _verify(capsys, place, key[1], codes.REFUSED)["ok"] is False
    lay(place, {"profile.yaml": b"school: Another\n"})
    assert _verify(capsys, place, PUBLIC, codes.REFUSED)["says"]
    lay(place, sealed({"profile.yaml": b"school: A\nlevle: k12\n"}))
    (place / "papers" / "letterhead.yaml").unlink()
    assert "profile.yaml:2" in _verify(capsys, place, PUBLIC, codes.REFUSED)["says"]
    (place / SIGNATURE).unlink()
    assert _verify(capsys, place, PUBLIC, codes.REFUSED)["says"]
    (place / MANIFEST).unlink()
    assert main(["rules", "verify", str(place), "--key", PUBLIC]) == codes.REFUSED
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1


def test_a_place_that_is_not_there_and_a_key_that_is_none_have_other_codes(tmp_path: Path, capsys: Out) -> None:
    assert _verify(capsys, tmp_path / "nowhere", PUBLIC, codes.DISK)["ok"] is False
    assert main(["rules", "verify", str(lay(tmp_path / "r", sealed())), "--key", "abc"]) == codes.INPUT


def test_about_tells_of_the_release(tmp_path: Path, capsys: Out) -> None:
    home = tmp_path / "home"
    assert main(["about", "--home", str(home), "--json"]) == codes.FINE
    assert json.loads(capsys.readouterr().out)["central"] is None
    take_newest(home, source(lay(tmp_path / "share", sealed())), AT)
    assert main(["about", "--home", str(home), "--json"]) == codes.FINE
    told = json.loads(capsys.readouterr().out)["central"]
    assert (told["release"], told["key"], told["in_use"], told["contact"][:10]) == (6, PUBLIC, True, "2026-11-24")
    for words in (["about", "--home", str(home)], ["about", "--home", str(tmp_path / "other")]):
        assert main(words) == codes.FINE
        assert re.search(r"^central: \S", capsys.readouterr().out, re.MULTILINE)
