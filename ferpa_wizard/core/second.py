"""When a decision needs a second person: the profile says for which decisions, the record names who agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferpa_wizard.core.choices import CHOICES, DECLINES, SHARES
from ferpa_wizard.core.profile import SECOND_PERSON

_WHY: Mapping[str, str] = {
    "differs": "This differs from the result, so your school wants a second person to agree.",
    "shares": "Data goes out, so your school wants a second person to agree.",
    "declines": "This is a no, so your school wants a second person to agree.",
    "always": "Your school wants a second person to agree to each decision.",
}


def why_second(wanted: Sequence[str], choice: str, *, differs: bool) -> str:
    """Why this choice needs a second person where the school wants one for some of SECOND_PERSON; else empty."""
    if choice not in CHOICES:
        return ""
    holds = {"differs": differs, "shares": choice in SHARES, "declines": choice in DECLINES, "always": True}
    return next((_WHY[when] for when in SECOND_PERSON if when in wanted and holds[when]), "")


def same_person(one: str, other: str) -> bool:
    """Is it the same name, however it is spaced and in whatever case?"""
    return one.split() != [] and _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
