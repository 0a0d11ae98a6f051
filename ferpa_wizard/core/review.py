"""The review of a sealed decision: a privacy officer agrees to it, asks for a change, or opens it again.

The state of a record is folded from its reviews, so that an earlier sign-off is kept when it is opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, unfit

KIND = "review"
FORMAT = 1
AGREE, ASK_CHANGE, REOPEN = ACTS = ("agree", "ask-change", "reopen")
DUE, AGREED, CHANGE_ASKED, REOPENED, REPLACED = STATES = ("due", "agreed", "change-asked", "reopened", "replaced")
"""A record that was replaced is reviewed no more: the one that took its place is due."""
LONGEST_WORDS = 2_000
Body = Mapping[str, Any]

_AGREED_ALREADY = "Somebody agreed to this record already. To look at it anew, reopen it first."
_OPEN_ALREADY = "This record is open for review already. Agree to it, or ask for a change."
_REPLACED = "Another record took the place of this one. Review that one."
_AFTER: Mapping[str, Mapping[str, str]] = {
    DUE: {AGREE: AGREED, ASK_CHANGE: CHANGE_ASKED},
    AGREED: {REOPEN: REOPENED},
    CHANGE_ASKED: {AGREE: AGREED, ASK_CHANGE: CHANGE_ASKED},
    REOPENED: {AGREE: AGREED, ASK_CHANGE: CHANGE_ASKED},
    REPLACED: {},
}
OPEN = frozenset(state for state, acts in _AFTER.items() if AGREE in acts)
"""The states in which somebody still has to agree."""
_WHY_NOT: Mapping[str, str] = {
    DUE: "Nobody has reviewed this record yet, so there is nothing to reopen.",
    AGREED: _AGREED_ALREADY,
    CHANGE_ASKED: _OPEN_ALREADY,
    REOPENED: _OPEN_ALREADY,
    REPLACED: _REPLACED,
}


@dataclass(frozen=True, slots=True)
class Review:
    """One act on the record with this number and seal; `installation` is empty for one of the same chain."""

    record: str
    installation: str
    seal: str
    act: str
    words: str
    by: str


def refusal(state: str, act: str) -> str:
    """Why this act makes no sense in this state, and what to do; empty where it does."""
    return "" if act in _AFTER[state] else _WHY_NOT[state]


def state(acts: Iterable[str], *, replaced: bool) -> str:
    """The state of a record after these acts, the oldest first; one that made no sense counts for nothing."""
    found = DUE
    for act in acts:
        found = _AFTER[found].get(act, found)
    return REPLACED if replaced else found


def problems(review: Review) -> list[tuple[str, str]]:
    """What keeps a review from being kept: the field and a sentence."""
    missing = "Say what has to change." if review.act == ASK_CHANGE else "Say why it is opened again."
    found = {
        "act": "" if review.act in ACTS else f"Use one of {', '.join(ACTS)}.",
        "words": unfit(review.words, LONGEST_WORDS, missing="" if review.act == AGREE else missing),
        "by": unfit(review.by, LONGEST_LINE, missing="Write your name."),
    }
    return [(name, says) for name, says in found.items() if says]


def entry_of_review(review: Review, *, restricted: bool) -> dict[str, object]:
    return {"format": FORMAT, **asdict(review), "restricted": restricted}


def review_in(body: Body) -> Review | None:
    """What an entry of a review says; None for one of another shape."""
    texts = {one.name: text for one in fields(Review) if isinstance(text := body.get(one.name), str)}
    return Review(**texts) if len(texts) == len(fields(Review)) else None
