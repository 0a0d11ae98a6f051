"""A profile that is written and read again is the same profile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.errors import ProfileError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.profile import FOREVER, SECOND_PERSON, Person, Profile, read_profile
from ferpa_wizard.core.profile_text import profile_text
from ferpa_wizard.core.retention import Rule
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.core.yaml_text import quoted, scalar
from tests import real

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
NAMED = TEXT.filter(lambda text: bool(text.strip()))
DAY = st.dates().map(str)
ANSWERS: st.SearchStrategy[dict[str, Answer]] = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["k12", "college"]),
        "funds": st.sampled_from(["yes", "no"]),
        "directory-items": st.sampled_from([(), ("name",), ("name", "photo")]),
        "soi.2": st.sampled_from(["yes", "no"]),
        "soo.5": st.sampled_from(["yes", "no"]),
    },
)
# Each narrower than the one after it, so that all of them can count.
RULES = st.lists(st.integers(1, 100), max_size=3).map(
    lambda years: tuple(
        Rule("decision", outcomes, after)
        for outcomes, after in zip((("not-now",), ("not-now", "do-not-share"), ()), years, strict=False)
    )
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    answers: dict[str, Answer] = {**draw(ANSWERS)}
    review_by = draw(st.just("") | DAY)
    own = {name: draw(st.none() | DAY | st.just(FOREVER)) for name in answers}
    return Profile(
        school=draw(NAMED),
        answers=answers,
        until={name: day or review_by or FOREVER for name, day in own.items()},
        state=draw(st.sampled_from(["", "CA", "NY"])),
        district=draw(st.sampled_from(["", "district.yaml", "my district-2.yaml"])),
        people=tuple(draw(st.lists(st.builds(Person, NAMED, TEXT, TEXT), max_size=3))),
        second_person=tuple(draw(st.lists(st.sampled_from(SECOND_PERSON), unique=True))),
        review_by=review_by,
        retention=draw(RULES),
        log_folder=draw(
            st.sampled_from(["", "/mnt/ferpa log", "//server/ferpa", "\\\\server\\ferpa", "D:\\ferpa", "~/x"])
        ),
    )


def same(data: bytes) -> Profile:
    return replace(read_profile(data, "p.yaml", real.pack()), sha256="")


@given(profiles())
@settings(max_examples=150)
def test_written_and_read_it_is_the_same(profile: Profile) -> None:
    assert same(profile_text(profile)) == profile


@pytest.mark.parametrize("name", ["example", "college", "limited"])
def test_the_shipped_ones_come_back(name: str) -> None:
    profile = replace(real.profiles()[name], sha256="")
    assert same(profile_text(profile)) == profile
    assert profile_text(same(profile_text(profile))) == profile_text(profile)


@given(TEXT)
def test_any_text_comes_back_as_a_scalar(text: str) -> None:
    for written in (quoted(text), scalar(text)):
        root, mistakes = parse(f"a: {written}\n".encode(), "x")
        assert mistakes == []
        assert root is not None and isinstance(root.value, dict)
        assert root.value["a"].value == text


@pytest.mark.parametrize("folder", ["ferpa", "../ferpa", "./ferpa", "C:ferpa", "\\ferpa", "/mnt/\u202eferpa"])
def test_a_folder_that_could_be_another_one_elsewhere_is_a_mistake(folder: str) -> None:
    with pytest.raises(ProfileError) as told:
        same(profile_text(Profile(school="North", log_folder=folder)))
    assert [mistake.line for mistake in told.value.mistakes] == [3]
