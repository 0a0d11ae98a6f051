"""What a manifest may say, and which names a file of a release may have."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.release import (
    MAX_FILE,
    MAX_FILES,
    Listed,
    Manifest,
    ReleaseRefused,
    check_names,
    manifest_of,
    read_manifest,
)

FILES = {"profile.yaml": b"school: A\n", "papers/letter.yaml": b"", "rules/ferpa/a.json": b"{}", "oh-1.yaml": b"x"}


def test_a_manifest_comes_back_as_it_was() -> None:
    made = manifest_of(FILES, release=7, day="2026-11-01", title="Fall term, é")
    assert read_manifest(made.encoded()) == made
    assert all(made.holds(path, content) for path, content in FILES.items())
    assert not made.holds("profile.yaml", b"school: B\n")
    assert not made.holds("papers/other.yaml", b"")


@pytest.mark.parametrize(
    "name",
    ["../a.yaml", "papers/../a.yaml", "..\\a.yaml", "/a.yaml", "\\a.yaml", "C:\\a.yaml", "c:a.yaml", "//srv/s/a.yaml",
     "\\\\srv\\s\\a.yaml", "./a.yaml", "papers/./a.yaml", "papers//a.yaml", "papers/", "", "CON.yaml", "nul.yaml",
     "papers/Aux.yaml", "com1.yaml", "LPT9.x.yaml", "rules/con/a.yaml", "a.yaml.", "a.yaml ", "rules/a /b.yaml",
     "rules/a./b.yaml", "a.yaml:b.yaml", "a\0.yaml", "a\n.yaml", "a\u202eb.yaml", "é.yaml", "e\u0301.yaml", "а.yaml",
     "*.yaml", "a?.yaml", "<a>.yaml", "a|b.yaml", ".a.yaml", " a.yaml", "-a.yaml", "a.exe", "a.yml", "profile",
     "rules/a.py", "other/a.yaml", "papers/a/b.yaml", "rules/a/b/c/d.yaml", "x" * 90 + ".yaml",
     "rules/" + "/".join(["x" * 70] * 3) + ".yaml"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ReleaseRefused):
        check_names(["profile.yaml", name])


@pytest.mark.parametrize(
    "names",
    [("a.yaml", "A.yaml"), ("a.yaml", "a.yaml"), ("papers/a.yaml", "Papers/b.yaml"), ("rules/x/a.yaml", "rules/X/b.yaml"),
     ("rules/a.yaml", "rules/a.yaml/b.yaml"), ("rules/a.yaml/b.yaml", "rules/A.yaml"), ("rules/a.yaml/b.yaml", "rules/a.yaml")],
)  # fmt: skip
def test_names_that_some_system_takes_for_one_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(ReleaseRefused):
        check_names(names)


def test_good_names_are_taken() -> None:
    check_names(
        [*FILES, "my district.yaml", "rules/tree/why.yaml", "rules/tree/who.yaml", "rules/console.yaml", "com.yaml"]
    )


# Names as a release has them, with one sign more where parts begin and end: about half are taken, and most others lack
# only one thing. Of names drawn from any text, next to none would be taken, and nothing would be checked.
GOOD = st.from_regex(r"(?:rules/([a-c][1_]|d ?d)/|papers/|)[aB1](?:[-_. ][0-9n]){0,2}\.yaml", fullmatch=True)
NAMES = st.builds(
    lambda good, place, sign: f"{good[:place]}{sign}{good[place:]}",
    GOOD,
    st.sampled_from([0, 6, 7, 8, 9]),
    st.sampled_from(["", "", "x", "-", ".", " ", "/", ":", "\\", "../", "con.", "nul."]),
)


@settings(max_examples=200)
@given(NAMES)
def test_whatever_is_taken_stays_in_its_folder_on_every_system(name: str) -> None:
    assume(_is_taken(name))
    windows = PureWindowsPath(name)
    assert not (windows.drive or windows.root) and ":" not in name
    parts = name.split("/")
    assert list(windows.parts) == parts and ".." not in parts
    assert all(part and part == part.strip(" .") for part in parts)
    assert not {part.partition(".")[0].lower() for part in parts} & {"con", "nul"}


def _is_taken(name: str) -> bool:
    try:
        check_names([name])
    except ReleaseRefused:
        return False
    return True


@pytest.mark.parametrize(
    "made",
    [Manifest(0, "2026-11-01", "A", (Listed("a.yaml", 0, "0" * 64),)),
     Manifest(1, "2026-02-30", "A", (Listed("a.yaml", 0, "0" * 64),)),
     Manifest(1, "2026-11-01", "", (Listed("a.yaml", 0, "0" * 64),)),
     Manifest(1, "2026-11-01", "A", ()),
     Manifest(1, "2026-11-01", "A", (Listed("a.yaml", MAX_FILE + 1, "0" * 64),)),
     Manifest(1, "2026-11-01", "A", (Listed("a.yaml", 0, "0" * 63),)),
     Manifest(1, "2026-11-01", "A", tuple(Listed(f"rules/{n}.yaml", 0, "0" * 64) for n in range(MAX_FILES + 1))),
     Manifest(1, "2026-11-01", "A", tuple(Listed(f"rules/{n}.yaml", MAX_FILE, "0" * 64) for n in range(7)))],
)  # fmt: skip
def test_a_manifest_beyond_the_limits_is_refused(made: Manifest) -> None:
    with pytest.raises(ReleaseRefused):
        read_manifest(made.encoded())


@given(st.binary(max_size=60))
def test_bytes_that_are_no_manifest_are_refused(data: bytes) -> None:
    with pytest.raises(ReleaseRefused):
        read_manifest(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_one_byte_of_a_manifest_changed_is_refused_or_seen(place: int, value: int) -> None:
    made = manifest_of(FILES, release=7, day="2026-11-01", title="Fall term")
    data = bytearray(made.encoded())
    place %= len(data)
    changed = data[place] != value
    data[place] = value
    try:
        found = read_manifest(bytes(data))
    except ReleaseRefused:
        return
    assert (found != made) == changed
