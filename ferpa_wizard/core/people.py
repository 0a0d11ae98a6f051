"""To whom a request can be passed on: the people of the profile, first whoever has to judge it."""

from __future__ import annotations

import re

from ferpa_wizard.core.profile import Person, Profile

_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = frozenset({"and", "for", "of", "office", "officer", "or", "school", "the", "their", "who", "with", "your"})
"""Words that many roles share: they tell nobody apart."""


def people_for(profile: Profile, role: str) -> tuple[tuple[Person, bool], ...]:
    """Everybody in the profile, each with whether the role is theirs; those first, by how many words agree."""
    wanted = _words(role)
    agreeing = [(len(wanted & _words(person.role)), person) for person in profile.people]
    ordered = sorted(agreeing, key=lambda pair: -pair[0])
    return tuple((person, bool(words)) for words, person in ordered)


def _words(role: str) -> frozenset[str]:
    return frozenset(_WORD.findall(role.casefold())) - _COMMON
