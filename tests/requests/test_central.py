"""Rules and profile from the district: what a desk takes, what then counts, and what it tells of it."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.core.district import read_district
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.record import Decision
from ferpa_wizard.requests.central import Source
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.kept import State, in_use, load_state, save_state
from ferpa_wizard.requests.rules import read_rules
from ferpa_wizard.requests.taking import take_newest
from ferpa_wizard.requests.wording import school_wording
from tests import real
from tests.opens import Opens
from tests.requests.releases import (
    AT,
    FILES,
    OTHER_KEY,
    OTHER_PUBLIC,
    PUBLIC,
    everything,
    lay,
    policy,
    sealed,
    source,
    zipped,
)

ASKED: dict[str, Answer] = {
    "requester": "government", "government-who": "police", "items": ("schedule",), "purpose": "legal", "paper": "nothing"
}  # fmt: skip
OWN = b"""\
school: "Lincoln High"
answers:
  funds: yes
  level: college
  directory-items: [name]
  directory-notice: done
  directory-limit: no
  id-safe: safe
"""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return lay(tmp_path / "share", sealed())


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens desks that have looked at the share, unless that is not wanted."""
    made: list[Desk] = []

    def open_desk(share: Path, school: str = "", *, own: bytes = b"", name: str = "home", looks: bool = True) -> Desk:
        if own:
            lay(tmp_path / name, {"profile.yaml": own})
        made.append(Desk.open(tmp_path / name, policy=policy(share, school)))
        if looks:
            made[-1].central.look()
        return made[-1]

    yield open_desk
    for desk in made:
        desk.close()


def _sources(desk: Desk) -> dict[str, tuple[str, str]]:
    """By question what holds without being asked, and who said so."""
    rows = [row for section in desk.unsaved(ASKED, on="2026-11-24").check_rows() for row in section.rows]
    return {row.question: (row.label, row.source) for row in rows}


def _told(desk: Desk) -> dict[str, Any]:
    told = desk.central.told()
    assert told is not None
    return told


# -- two schools of one district ---------------------------------------------------------------------------------------


def test_two_schools_under_one_signed_profile_answer_with_their_own_exceptions(
    share: Path, opened: Callable[..., Desk]
) -> None:
    lincoln = opened(share, "Lincoln High", own=OWN, name="lincoln")
    adams = opened(share, "adams  MIDDLE", own=OWN, name="adams")
    assert lincoln.profile.answers["directory-limit"] == "yes"
    assert adams.profile.answers["directory-limit"] == "no"
    assert (lincoln.profile.answers["visa-school"], adams.profile.answers["visa-school"]) == ("no", "yes")
    assert [one.name for one in lincoln.profile.people] == ["J. Moreau"]
    assert [one.name for one in adams.profile.people] == ["R. Osei"]
    assert lincoln.profile.second_person == adams.profile.second_person == ("differs",)
    assert (lincoln.profile.school, adams.profile.school) == ("Lincoln High", "adams  MIDDLE")


def test_a_fact_of_the_district_says_so_and_one_of_the_desk_does_not(share: Path, opened: Callable[..., Desk]) -> None:
    found = _sources(opened(share, "Lincoln High", own=OWN))
    assert found["directory-limit"][1] == found["level"][1] == "district"
    assert found["funds"][1] == found["id-safe"][1] == "profile"
    alone = _sources(opened(share, "Lincoln High", own=OWN, name="alone", looks=False))
    assert alone["directory-limit"][1] == alone["level"][1] == "profile"
    assert found["directory-limit"][0] != alone["directory-limit"][0]


def test_the_days_of_a_school_and_of_its_district_hold(share: Path, opened: Callable[..., Desk]) -> None:
    until = opened(share, "Adams Middle").profile.until
    assert (until["level"], until["visa-school"], until["directory-limit"]) == (
        "2027-08-14",
        "2027-06-30",
        "2026-12-31",
    )
    assert opened(share, "Lincoln High", name="other").profile.until["visa-school"] == "2027-01-31"


def test_without_a_name_from_it_the_desks_own_school_counts(share: Path, opened: Callable[..., Desk]) -> None:
    assert opened(share, own=OWN).profile.answers["directory-limit"] == "yes"
    assert opened(share, name="other").profile.answers["directory-limit"] == "no"


def test_a_school_without_exceptions_has_what_holds_for_all(share: Path, opened: Callable[..., Desk]) -> None:
    profile = opened(share, "Oak Elementary", own=OWN).profile
    assert (profile.school, profile.answers["directory-limit"], profile.answers["level"]) == (
        "Oak Elementary",
        "no",
        "k12",
    )


def test_a_record_names_the_release_and_what_the_district_set(share: Path, opened: Callable[..., Desk]) -> None:
    desk = opened(share, "Lincoln High", own=OWN)
    request = desk.unsaved(ASKED)
    sealed_ = request.decide(Decision("not-now", reasons=("practical",), words="Later.", by_name="R. Osei", by_role="x",
                                      second_name="J. Moreau", second_role="principal"))  # fmt: skip
    body: Any = sealed_.body
    profile = body["profile"]
    assert (profile["release"], profile["school"]) == (6, "Lincoln High")
    assert "directory-limit" in profile["by_district"] and "funds" not in profile["by_district"]
    assert {row["question"]: row["source"] for row in body["answers"]}["level"] == "district"


# -- the desk's own profile --------------------------------------------------------------------------------------------


def test_what_the_district_leaves_open_is_set_at_the_desk_and_nothing_of_it_gets_into_the_file(
    share: Path, opened: Callable[..., Desk]
) -> None:
    desk = opened(share, "Lincoln High", own=OWN)
    shown = desk.school.look()
    facts = {fact.ask.id: fact for fact in desk.school.facts(shown, "2026-11-24")}
    assert (facts["level"].answer, facts["level"].by_district) == ("k12", True)
    assert (facts["funds"].answer, facts["funds"].by_district) == ("yes", False)
    desk.school.keep(desk.school.answered(shown, "id-safe", "opens", ""))
    assert desk.profile.answers["id-safe"] == "opens"
    text = desk.school.file.read_text(encoding="utf-8")
    assert "level: college" in text and "Moreau" not in text and "second_person" not in text


def test_no_profile_that_a_person_names_goes_before_the_districts(share: Path, tmp_path: Path) -> None:
    take_newest(tmp_path / "home", source(share), AT)
    (tmp_path / "mine.yaml").write_bytes(OWN)
    desk = Desk.open(tmp_path / "home", profile=tmp_path / "mine.yaml", policy=policy(share, "Lincoln High"))
    assert desk.profile.answers["level"] == "k12"


# -- overlays, papers and rules ----------------------------------------------------------------------------------------


def test_state_and_policy_of_the_district_count_and_its_own_goes_before_ours(
    tmp_path: Path, opened: Callable[..., Desk]
) -> None:
    profile = FILES["profile.yaml"] + b"state: CA\ndistrict: policy.yaml\n"
    ours = (
        (real.RULES / "states" / "ca.yaml").read_bytes().replace(b'title: "California"', b'title: "California, ours"')
    )
    policy = (real.RULES / "district" / "example.yaml").read_bytes()
    files = {"profile.yaml": profile, "policy.yaml": policy, "ca.yaml": ours}
    desk = opened(lay(tmp_path / "share", sealed(files)), own=OWN + b"state: TX\n")
    assert [one.id for one in desk.pack.overlays] == ["ca", "district"]
    assert desk.pack.overlays[0].title == "California, ours"
    assert desk.profile.state == "CA"


def test_a_policy_of_the_desk_counts_where_the_district_names_none(share: Path, opened: Callable[..., Desk]) -> None:
    lay(share.parent / "home", {"ours.yaml": (real.RULES / "district" / "example.yaml").read_bytes()})
    desk = opened(share, own=OWN + b"district: ours.yaml\n")
    assert [one.id for one in desk.pack.overlays] == ["district"]


def test_the_words_of_the_district_go_before_those_of_the_desk(share: Path, opened: Callable[..., Desk]) -> None:
    home = opened(share).home
    lay(home, {"papers/letterhead.yaml": b'phone: "555-7777"\ncontact: "Ms. Ode"\n'})
    letterhead = school_wording(home).files["letterhead"]
    assert (letterhead["phone"], letterhead["contact"]) == ("555-0100", "Ms. Ode")


def test_a_pack_of_the_district_takes_the_place_of_ours(
    tmp_path: Path, opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # these rules have to be read
    monkeypatch.setenv("FERPA_WIZARD_HOME", str(tmp_path / "home"))
    ferpa = real.RULES / "ferpa"
    files = {
        f"rules/{path.relative_to(ferpa).as_posix()}": path.read_bytes() for path in ferpa.rglob("*") if path.is_file()
    }
    files["rules/pack.yaml"] = files["rules/pack.yaml"].replace(b"version: ", b"version: 9")
    desk = opened(lay(tmp_path / "share", sealed({**FILES, **files})))
    assert load_state(desk.home).refused == ""
    assert desk.pack.version.startswith("9")
    assert desk.profile.answers["level"] == "k12"


# -- which release -----------------------------------------------------------------------------------------------------


def test_the_newest_of_several_is_taken_and_older_copies_go(tmp_path: Path) -> None:
    home, share = tmp_path / "home", tmp_path / "share"
    lay(share / "five", sealed(release=5))
    assert take_newest(home, source(share), AT).release == 5
    zipped(share / "seven.zip", sealed(release=7))
    lay(share / "six", sealed(release=6))
    after = take_newest(home, source(share), AT)
    assert (after.release, after.refused) == (7, "")
    assert [path.name for path in (home / "central").iterdir()] == ["7"]
    assert everything(home / "central" / "7").keys() >= sealed().keys()


def test_an_older_release_stays_out_also_when_the_copy_was_emptied(tmp_path: Path) -> None:
    home, share = tmp_path / "home", tmp_path / "share"
    lay(share, sealed(release=7))
    take_newest(home, source(share), AT)
    shutil.rmtree(home / "central")
    shutil.rmtree(share)
    lay(share, sealed(release=6))
    after = take_newest(home, source(share), AT)
    assert after.release == 7 and after.refused
    assert not list((home / "central").glob("*")) and in_use(home) is None
    lay(share, sealed({**FILES, "papers/letterhead.yaml": b'phone: "1"\n'}, release=7))
    assert take_newest(home, source(share), AT).refused
    assert in_use(home) is None
    lay(share, sealed(release=7))
    assert take_newest(home, source(share), AT).refused == ""
    assert in_use(home) is not None


def _linked(file: Path, to: Path) -> None:
    file.unlink()
    file.symlink_to(to)


@pytest.mark.parametrize("damage", ["changed", "missing", "more", "manifest", "link", "all"])
def test_a_copy_that_is_not_whole_is_not_used_told_on_home_and_fetched_again(
    damage: str, share: Path, opened: Callable[..., Desk]
) -> None:
    desk = opened(share, "Lincoln High", own=OWN)
    copy = desk.home / "central" / "6"
    acts: dict[str, Callable[[], object]] = {
        "changed": lambda: (copy / "profile.yaml").write_bytes(b"school: Mine\n"),
        "missing": (copy / "papers" / "letterhead.yaml").unlink,
        "more": lambda: (copy / "ca.yaml").write_bytes(b""),
        "manifest": lambda: (copy / "manifest.json").write_bytes(sealed(release=6, day="2026-11-02")["manifest.json"]),
        "link": lambda: _linked(copy / "profile.yaml", share / "profile.yaml"),
        "all": lambda: shutil.rmtree(copy.parent),
    }
    acts[damage]()
    desk.read_anew()
    assert desk.profile.answers["level"] == "college"
    assert len(desk.problems()) == 1 and _told(desk)["in_use"] is False
    desk.central.look()
    desk.read_anew()
    assert desk.profile.answers["level"] == "k12"
    assert desk.problems() == [] and _told(desk)["in_use"] is True


def test_while_the_share_is_away_the_copy_is_used_and_the_last_contact_known(
    share: Path, opened: Callable[..., Desk]
) -> None:
    desk = opened(share, "Lincoln High", own=OWN)
    contact = _told(desk)["contact"]
    assert contact
    share.rename(share.with_name("away"))
    fresh = opened(share, "Lincoln High")
    assert fresh.profile.answers["level"] == "k12"
    assert fresh.problems() == []
    assert (_told(fresh)["contact"], bool(_told(fresh)["refused"])) == (contact, True)


def test_a_new_key_takes_over_where_both_are_allowed(tmp_path: Path) -> None:
    home, share = tmp_path / "home", tmp_path / "share"
    lay(share / "6", sealed(release=6))
    lay(share / "7", sealed(release=7, key=OTHER_KEY))
    assert take_newest(home, source(share), AT).release == 6
    after = take_newest(home, source(share, "", PUBLIC, OTHER_PUBLIC), AT)
    assert (after.release, after.key, after.refused) == (7, OTHER_PUBLIC, "")


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("keys", [(OTHER_PUBLIC,), ()])
def test_what_a_key_signed_that_is_not_allowed_any_more_rests_and_home_says_so(
    away: bool, keys: tuple[str, ...], share: Path, opened: Callable[..., Desk]
) -> None:
    desk = opened(share, own=OWN)
    assert desk.profile.answers["level"] == "k12"
    if away:
        share.rename(share.with_name("away"))
    desk.central.source = Source(str(share), keys)
    desk.central.look()
    assert desk.unsaved().walk is not None  # the next request reads the rules anew
    assert desk.profile.answers["level"] == "college"
    assert len(desk.problems()) == 1 and _told(desk)["refused"]
    assert _told(desk)["in_use"] is False
    desk.central.source = Source(str(share if not away else share.with_name("away")), (PUBLIC,))
    desk.central.look()
    assert desk.unsaved().walk is not None
    assert (desk.profile.answers["level"], desk.problems()) == ("k12", [])


def test_a_slip_in_the_keys_takes_nothing_back(share: Path, opened: Callable[..., Desk]) -> None:
    desk = opened(share, own=OWN)
    desk.central.source = Source(str(share), ("no key",))
    desk.central.look()
    desk.read_anew()
    assert desk.profile.answers["level"] == "k12"


def test_without_a_folder_the_districts_rules_rest_and_come_back(share: Path, opened: Callable[..., Desk]) -> None:
    desk = opened(share, own=OWN)
    desk.central.source, before = Source(), desk.central.source
    desk.central.look()
    desk.read_anew()
    assert (desk.profile.answers["level"], desk.problems()) == ("college", [])
    desk.central.source = before
    desk.central.look()
    desk.read_anew()
    assert desk.profile.answers["level"] == "k12"


def test_nothing_is_made_where_nobody_sends_rules(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "home")
    desk.central.look()
    desk.central.go()
    desk.central.wait(10)
    assert not (tmp_path / "home").exists()
    assert desk.central.told() is None and list(desk.central.rows()) == []


def _with_key(key: str) -> bytes:
    return json.dumps(asdict(State(key=key))).encode()


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b'{"release": "7"}', b"\xff", b"[" * 10_000, _with_key("xyz"), _with_key("abc")]
)
def test_a_damaged_note_reads_as_none_and_the_release_is_taken_anew(text: bytes, share: Path, tmp_path: Path) -> None:
    lay(tmp_path / "home", {"central.json": text})
    assert load_state(tmp_path / "home") == State()
    assert take_newest(tmp_path / "home", source(share), AT).release == 6


def test_a_release_that_does_not_go_with_the_profile_of_the_desk_is_refused(share: Path, tmp_path: Path) -> None:
    rules_with_more = b"school: S\nanswers: {district-media-approved: yes}\n"
    lay(tmp_path / "home", {"profile.yaml": rules_with_more})
    after = take_newest(tmp_path / "home", source(share), AT)
    assert (after.release, bool(after.refused)) == (0, True)


def test_a_full_disk_keeps_the_old_one(share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    take_newest(home, source(share), AT)
    before = everything(home / "central")
    lay(share, sealed(release=7))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ferpa_wizard.requests.kept._write", full)
    after = take_newest(home, source(share), AT)
    assert (after.release, bool(after.refused)) == (6, True)
    assert everything(home / "central") == before


# -- when ----------------------------------------------------------------------------------------------------------------


def test_nothing_of_the_share_is_read_on_the_way_to_home_or_for_a_request(
    share: Path, opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    opened(share, "Lincoln High", own=OWN)
    opens = Opens(share, monkeypatch)
    request.addfinalizer(opens.stop)
    desk = opened(share, "Lincoln High", looks=False)
    _ = (desk.drafts(), desk.recent(), desk.problems(), desk.pack, desk.problems())
    desk.new().answer("family")
    _ = (list(desk.central.rows()), school_wording(desk.home), desk.school.look())
    assert desk.profile.answers["level"] == "k12"
    assert opens.count == 0
    desk.central.look()
    assert opens.count > 0


def test_a_look_in_the_background_is_used_from_the_next_request_on(share: Path, opened: Callable[..., Desk]) -> None:
    desk = opened(share, own=OWN)
    first = desk.new()
    assert desk.profile.release == 6
    lay(
        share,
        sealed({**FILES, "profile.yaml": FILES["profile.yaml"].replace(b"level: k12", b"level: college")}, release=7),
    )
    desk.central.go()
    desk.central.wait(60)
    assert (desk.profile.release, first.profile.release) == (6, 6)
    assert desk.new().profile.answers["level"] == "college"
    assert desk.profile.release == 7


def test_a_share_that_hangs_holds_nobody_up_and_is_looked_at_once(
    share: Path, opened: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(share, looks=False)
    hangs, goes_on, before, looks = threading.Event(), threading.Event(), set(threading.enumerate()), []

    def hang(_: Path) -> list[Path]:
        looks.append(1)
        hangs.set()
        goes_on.wait(60)
        return []

    monkeypatch.setattr("ferpa_wizard.requests.taking.places_in", hang)
    try:
        desk.central.go()
        assert hangs.wait(60)
        (thread,) = set(threading.enumerate()) - before
        assert thread.daemon  # the program can end while it hangs
        with monkeypatch.context() as patch:
            patch.setattr(thread, "join", lambda *_: pytest.fail("somebody waits for the share"))
            for _ in range(2):
                desk.central.go()
            assert desk.new().ask is not None
            desk.close()
        assert thread.is_alive()
    finally:
        goes_on.set()
    desk.central.wait(60)
    assert looks == [1] and not thread.is_alive()


def test_two_windows_at_once_do_not_get_in_each_others_way(share: Path, tmp_path: Path) -> None:
    threads = [threading.Thread(target=take_newest, args=(tmp_path / "home", source(share), AT)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert load_state(tmp_path / "home").release == 6 and in_use(tmp_path / "home") is not None


@pytest.mark.parametrize("fails", [True, False])
def test_rules_that_are_exchanged_while_they_are_read_are_read_again(
    fails: bool, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    take_newest(home, source(share), AT)
    exchanged: list[int] = []

    def read(*args: Any) -> Any:
        if not exchanged:
            exchanged.append(1)
            lay(share, sealed(release=7))
            take_newest(home, source(share), AT)
            if fails:
                raise FileNotFoundError(args[1])
        return read_district(*args)

    monkeypatch.setattr("ferpa_wizard.requests.rules.read_district", read)
    assert read_rules(home, None)[1].release == 7


# -- what is told ------------------------------------------------------------------------------------------------------


def test_what_is_told_to_it(share: Path, opened: Callable[..., Desk]) -> None:
    told = _told(opened(share, "Lincoln High"))
    assert (told["release"], told["title"], told["day"], told["key"]) == (6, "Release 6", "2026-11-01", PUBLIC)
    assert (told["school"], told["folder"], told["in_use"], told["refused"]) == ("Lincoln High", str(share), True, "")
    assert json.dumps(told)
    assert told["exceptions"] is True
    assert _told(opened(share, "Lincoln HS", name="other"))["exceptions"] is False
    rows = dict(opened(share, "Lincoln High").central.rows())
    unnamed = opened(share, name="third")
    assert (_told(unnamed)["school"], _told(unnamed)["exceptions"]) == ("", False)
    own = unnamed.central.told("lincoln  HIGH")
    assert own == {**_told(unnamed), "school": "lincoln  HIGH", "exceptions": True}
    assert any("Release 6" in text for text in rows.values()) and told["fingerprint"] in rows.values()


def test_a_first_contact_that_fails_is_told(tmp_path: Path, opened: Callable[..., Desk]) -> None:
    told = _told(opened(tmp_path / "nowhere"))
    assert (told["release"], told["contact"], bool(told["refused"])) == (0, "", True)


def test_a_note_is_for_nobody_else(share: Path, opened: Callable[..., Desk]) -> None:
    home = opened(share).home
    save_state(home, load_state(home))
    assert (home / "central.json").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home / "central").rglob("*"))
