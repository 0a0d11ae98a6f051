"""A legal hold: while one stands on a record, no schedule takes it. Each hold is released on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ferpa_wizard.core.typed import LONGEST_LINE, unfit

KIND = "hold"
FORMAT = 1
HOLD, RELEASE = "hold", "release"
LONGEST_WORDS = 2_000
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on the record with this number, or the release of one; `words` say why."""

    record: str
    act: str
    words: str
    by: str


def standing(acts: Iterable[str]) -> int:
    """How many holds stand after these acts, the oldest first: two lawsuits need two releases."""
    count = 0
    for act in acts:
        count = count + 1 if act == HOLD else max(count - 1, 0)
    return count


def problems(hold: Hold) -> list[tuple[str, str]]:
    """What keeps it from being kept: the field and a sentence."""
    missing = "Say why it is held." if hold.act == HOLD else "Say why the hold ends."
    found = {
        "words": unfit(hold.words, LONGEST_WORDS, missing=missing),
        "by": unfit(hold.by, LONGEST_LINE, missing="Write your name."),
    }
    return [(name, says) for name, says in found.items() if says]


def entry_of_hold(hold: Hold, *, restricted: bool) -> dict[str, object]:
    return {"format": FORMAT, **asdict(hold), "restricted": restricted}


def hold_in(body: Body) -> Hold | None:
    """What an entry of a hold says; None for one of another shape."""
    texts = {one.name: text for one in fields(Hold) if isinstance(text := body.get(one.name), str)}
    return Hold(**texts) if len(texts) == len(fields(Hold)) and texts["act"] in (HOLD, RELEASE) else None
