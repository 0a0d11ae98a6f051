"""Whatever lies on the share in place of a newer release: it is refused with a reason, and the old one stays."""

from __future__ import annotations

import os
import random
import re
import shutil
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from ferpa_wizard.core.release import (
    MANIFEST,
    MAX_FILE,
    MAX_MANIFEST,
    SIGNATURE,
    ReleaseRefused,
    check_names,
    read_manifest,
    shown,
)
from ferpa_wizard.requests import rules as reading
from ferpa_wizard.requests.central import Source
from ferpa_wizard.requests.kept import State, in_use, load_state
from ferpa_wizard.requests.release_files import place_at
from ferpa_wizard.requests.signing import signer
from ferpa_wizard.requests.taking import take_newest
from tests import real
from tests.requests.hostile_releases import (
    ATTACKS,
    BLAMED,
    BROKEN,
    GOOD,
    MANIFESTS,
    NAMES,
    RULES,
    RULES_OF_ITS_OWN,
    SMALL,
    UNSIGNED,
    bomb,
)
from tests.requests.releases import AT, FILES, OTHER_PUBLIC, PUBLIC, everything, lay, sealed, signature, source, zipped

pytestmark = pytest.mark.skipif(os.name != "posix", reason="some of these things cannot be made elsewhere")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that has release 5."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_pack", real.read_once)
        take_newest(folder / "home", source(lay(folder / "share", sealed(release=5))), AT)
    assert load_state(folder / "home").release == 5
    return folder / "home"


@pytest.fixture
def place(kept: Path, tmp_path: Path) -> Path:
    """A folder with a copy of that home, an empty share, and a file of somebody else."""
    shutil.copytree(kept, tmp_path / "place" / "home")
    lay(tmp_path / "place", {"evil.yaml": b"mine", "etc/evil.yaml": b"mine"})
    (tmp_path / "place" / "share").mkdir()
    return tmp_path / "place"


def _rest(place: Path) -> dict[str, bytes | str]:
    """All but the note on when the share was read, and the lock."""
    return {name: found for name, found in everything(place).items() if name not in _NOTES}


_NOTES = ("home/central.json", "home/central.lock")


def test_there_are_enough_of_them() -> None:
    assert len(ATTACKS) >= 150


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_and_the_old_one_stays(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in RULES_OF_ITS_OWN:
        monkeypatch.undo()  # they have to be read
    ATTACKS[name](place / "share")
    before, state = _rest(place), load_state(place / "home")
    after = take_newest(place / "home", source(place / "share"), AT)
    assert after.refused and after.refused.isprintable() and len(after.refused) < 500
    assert (after.release, after.sha256) == (5, state.sha256)
    assert _rest(place) == before
    assert load_state(place / "home") == after
    found = in_use(place / "home")
    assert found is not None and found.release == 5


# -- each for its own reason -------------------------------------------------------------------------------------------


def test_of_each_it_is_known_why_it_is_refused() -> None:
    assert {*BLAMED, *UNSIGNED, *BROKEN, *NAMES, *MANIFESTS, *RULES} == set(ATTACKS)


def _refusal(name: str, place: Path) -> str:
    ATTACKS[name](place / "share")
    return take_newest(place / "home", source(place / "share"), AT).refused


@pytest.mark.parametrize("name", BLAMED)
def test_the_reason_names_what_is_at_fault(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in RULES_OF_ITS_OWN:
        monkeypatch.undo()
    reason = _refusal(name, place)
    for release in ("release-6", "release-6.zip"):
        reason = reason.removeprefix(shown(release))  # each reason begins so
    if BLAMED[name].isdigit():
        assert BLAMED[name] in re.findall(r"\d+", reason)
    else:
        assert BLAMED[name] in reason


@pytest.mark.parametrize("name", UNSIGNED)
def test_a_bad_signature_is_what_keeps_it_out(name: str, place: Path) -> None:
    """Signed anew, the same is taken, or refused for something else: its number, or how its manifest is written."""
    reason = _refusal(name, place)
    (at,) = (file.parent for file in (place / "share").rglob(MANIFEST))
    with pytest.raises(ReleaseRefused) as refused:
        place_at(at).sealed([PUBLIC])
    assert str(refused.value) in reason
    lay(at, {SIGNATURE: signature((at / MANIFEST).read_bytes())})
    after = take_newest(place / "home", source(place / "share"), AT)
    assert str(refused.value) not in after.refused
    assert after.release > 5 or after.refused


def _read_whole(archive: Path) -> None:
    found = place_at(archive)
    found.files(found.sealed([PUBLIC]).manifest)


@pytest.mark.parametrize("name", BROKEN)
def test_an_archive_that_is_not_whole_is_refused_as_it_is_read(name: str, place: Path) -> None:
    reason = _refusal(name, place)
    with pytest.raises(ReleaseRefused) as refused:
        _read_whole(place / "share" / "release-6.zip")
    assert isinstance(refused.value.__cause__, zipfile.BadZipFile | zlib.error | EOFError)
    assert str(refused.value) in reason


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_name_is_refused_for_the_name(name: str, place: Path) -> None:
    reason = _refusal(name, place)
    with pytest.raises(ReleaseRefused) as refused:
        check_names(NAMES[name])
    assert str(refused.value) in reason


@pytest.mark.parametrize("name", [name for name in MANIFESTS if name not in BLAMED])
def test_a_bad_manifest_is_refused_as_it_is_read(name: str, place: Path) -> None:
    reason = _refusal(name, place)
    found = place_at(place / "share" / "release-6")
    data = found.read(MANIFEST, MAX_MANIFEST)
    assert signer(data, found.read(SIGNATURE, MAX_MANIFEST), [PUBLIC]) == PUBLIC
    with pytest.raises(ReleaseRefused) as refused:
        read_manifest(data)
    assert str(refused.value) in reason


@pytest.mark.parametrize("name", RULES)
def test_bad_rules_are_refused_for_what_stands_in_them(name: str, place: Path) -> None:
    reason = _refusal(name, place)
    found = place_at(place / "share" / "release-6")
    assert found.files(found.sealed([PUBLIC]).manifest)  # the release itself is whole
    assert re.search(r"\.yaml:\d+: ", reason)


# -- and nothing else is kept out --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [lambda at: lay(at / "r", GOOD), lambda at: zipped(at / "r.zip", GOOD), lambda at: lay(at, GOOD)]
)
def test_the_same_without_the_fault_is_taken(make: object, place: Path) -> None:
    make(place / "share")  # type: ignore[operator]
    after = take_newest(place / "home", source(place / "share"), AT)
    assert (after.release, after.refused) == (6, "")
    assert [path.name for path in (place / "home" / "central").iterdir()] == ["6"]


@pytest.mark.parametrize("name", ["signed by another key", "file changed", "archive with a bomb", "rules with aliases"])
def test_a_bad_one_does_not_keep_a_good_one_out(name: str, place: Path) -> None:
    ATTACKS[name](place / "share")
    lay(place / "share" / "another", sealed(release=7))
    after = take_newest(place / "home", source(place / "share"), AT)
    assert after.release == 7


@pytest.mark.parametrize(
    ("keys", "taken"),
    [((), 5), (("no key",), 5), (("0" * 63,), 5), ((PUBLIC[:-1] + "g",), 5), (("00" * 32,), 5), ((OTHER_PUBLIC,), 5),
     ((OTHER_PUBLIC, PUBLIC), 6), ((f" {PUBLIC.upper()}\n",), 6)],
)  # fmt: skip
def test_only_a_key_that_is_allowed_counts(keys: tuple[str, ...], taken: int, place: Path) -> None:
    lay(place / "share" / "release-6", GOOD)
    after = take_newest(place / "home", Source(str(place / "share"), keys), AT)
    assert (after.release, bool(after.refused)) == (taken, taken == 5)


@pytest.mark.parametrize("name", ["nowhere", "evil.yaml", "evil.yaml/under", "share/\0", "x" * 5000, "\ud800"])
def test_a_folder_that_cannot_be_read_changes_nothing_but_the_reason(name: str, place: Path) -> None:
    before, state = _rest(place), load_state(place / "home")
    after = take_newest(place / "home", Source(f"{place}/{name}", (PUBLIC,)), AT.replace(year=2027))
    assert after.refused
    assert (after.release, after.contact) == (5, state.contact)
    assert _rest(place) == before


def _taken_in_little_memory(place: Path) -> State:
    tracemalloc.start()
    try:
        after = take_newest(place / "home", source(place / "share"), AT)
        assert tracemalloc.get_traced_memory()[1] < 1 << 27
    finally:
        tracemalloc.stop()
    return after


@pytest.mark.parametrize(
    "name", ["release-6/profile.yaml", "release-6/manifest.json", "release-6/manifest.sig", "a.zip"]
)
def test_a_file_without_end_does_not_fill_the_memory(name: str, place: Path) -> None:
    lay(place / "share" / "release-6", GOOD)
    with (place / "share" / name).open("wb") as file:
        file.truncate(1 << 30)
    after = _taken_in_little_memory(place)
    assert after.refused and (after.release == 5 or name == "a.zip")


@pytest.mark.parametrize("told", [SMALL, MAX_FILE, 1 << 28])
def test_a_signed_bomb_does_not_fill_the_memory(told: int, place: Path) -> None:
    bomb(place / "share" / "a.zip", 1 << 28, told=told)
    assert (place / "share" / "a.zip").stat().st_size < MAX_FILE
    after = _taken_in_little_memory(place)
    assert (after.release, bool(after.refused)) == (5, True)


@pytest.mark.parametrize("seed", range(6))
def test_damage_anywhere_in_an_archive_is_refused_or_harmless(seed: int, place: Path) -> None:
    whole = zipped(place / "whole.zip", GOOD).read_bytes()
    chance = random.Random(seed)
    for number in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(whole))] = chance.randrange(256)
        file = place / f"damaged-{number}.zip"
        file.write_bytes(damaged if number % 3 else damaged[: chance.randrange(len(whole))])
        try:
            found = place_at(file)
            manifest = found.sealed([PUBLIC]).manifest
            assert found.files(manifest) == FILES
        except ReleaseRefused as refused:
            assert str(refused)
