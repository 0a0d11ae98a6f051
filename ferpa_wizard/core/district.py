"""The profile of a district: what holds in all its schools, and what one school does otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import ProfileError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile, profile_block, profile_in, standing_in

SCHOOLS = "schools"
_WANTS = ("people", "second_person", "retention", "log_folder")  # a school's own take the place of the district's
_OVERLAYS = ("state", "district")


@dataclass(frozen=True)
class District:
    """`schools` are the exceptions, by the school's name as `school_key` gives it."""

    profile: Profile
    schools: Mapping[str, Profile] = field(default_factory=dict)

    def of(self, school: str) -> Profile:
        """What the district says of this school: its own exceptions over what holds for all."""
        own = self.schools.get(school_key(school))
        return self.profile if own is None else replace(_over(self.profile, own, _WANTS), school=own.school)


def school_key(name: str) -> str:
    """The name as it is compared: case and spaces do not count."""
    return " ".join(name.split()).casefold()


def read_district(data: bytes, file: str, pack: Pack) -> District:
    """A district's profile from its YAML. Raises ProfileError holding every mistake."""
    block, mistakes = profile_block(data, file)
    profile = profile_in(block, pack, hashlib.sha256(data).hexdigest())
    schools = _schools(block, pack, profile.review_by)
    block.finish()
    if mistakes:
        raise ProfileError(mistakes)
    return District(profile, schools)


def with_district(own: Profile, district: Profile, *, release: int, school: str = "") -> Profile:
    """A school's own profile with what the district sets in place of its own; `district` is that of this school."""
    merged = _over(own, district, (*_OVERLAYS, *_WANTS))
    return replace(
        merged,
        school=school or own.school or district.school,
        review_by=own.review_by or district.review_by,
        release=release,
        by_district=frozenset(district.answers),
    )


def _over(base: Profile, top: Profile, names: tuple[str, ...]) -> Profile:
    """`base` with the answers of `top` in place of its own, and those of the named fields that `top` fills."""
    filled = {name: getattr(top, name) for name in names if getattr(top, name)}
    answers, until = {**base.answers, **top.answers}, {**base.until, **top.until}
    return replace(base, answers=answers, until=until, **filled)


def _schools(block: Block, pack: Pack, review_by: str) -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    schools = block.block(SCHOOLS)
    for name in schools if schools else ():
        inner = schools.block(name) if schools else None
        if inner is None or schools is None:
            continue
        key, line = school_key(name), schools.line_of(name)
        if not key:
            inner.wrong("A school without a name stands here.", "Write its name before the colon.", line=line)
        elif key in found:
            inner.wrong(f"The school “{name}” stands twice.", "Keep one.", line=line)
        found[key] = replace(standing_in(inner, pack, review_by), school=" ".join(name.split()))
        inner.finish()
    return found
