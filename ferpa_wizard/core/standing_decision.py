"""Standing decisions: one decision serves requests like it until a day. What may stand, how long, and what ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from ferpa_wizard.core.choices import ALL_YES, SHARES
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import is_day
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.rerun import SAME, rerun, standing_in

KIND = "standing"
FORMAT = 1
LONGEST = timedelta(days=365)
"""From the day of the decision: one school year, after which its questions are put anew."""
Body = Mapping[str, Any]

AGAIN = "To go on, start a new request with the same answers, and let that decision stand."
TOO_OLD = f"The decision is older than a year. {AGAIN}"
_EACH_TIME = "This way to share is decided each time. Start a new request when the next one comes."
_RESTRICTED = "A restricted request cannot stand, for its uses would show in lists. Decide each one by itself."
_NOTHING = "Nothing is shared by this decision, so there is nothing to stand."
_NOT_ALL = (
    "This was no plain yes to all of it. When the steps are done, or what cannot go is taken off, start a new request"
    " with the same answers, and let that decision stand."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A record that stands until the end of a day (YYYY-MM-DD); `ended` is the day on which somebody ended it."""

    record: str
    until: str
    title: str
    ended: str = ""

    def over(self, day: str) -> str:
        """Why it does not serve this day, and what to do; empty while it stands."""
        if self.ended and day >= self.ended:
            return f"This decision was ended on {self.ended}. {AGAIN}"
        return f"This decision stood until {self.until}. {AGAIN}" if day > self.until else ""


def standing_in_entry(body: Body) -> Standing | None:
    """What an entry of this kind says; None for one of another shape."""
    found = {one.name: body.get(one.name) for one in fields(Standing)}
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    return Standing(**texts) if len(texts) == len(found) else None


def entry_of_standing(standing: Standing, *, by: str) -> dict[str, object]:
    """The body of the entry that notes how it stands; `by` is who noted it."""
    return {"format": FORMAT, **asdict(standing), "by": by}


def why_not(body: Body, pack: Pack) -> str:
    """Why a sealed decision cannot stand, and what to do instead; empty where it can."""
    decision, found = body["decision"], body["determination"]
    if body["restricted"] is True:
        return _RESTRICTED
    if decision["choice"] not in SHARES:
        return _NOTHING
    basis = next((one for one in pack.bases if found["basis"] and one.id == found["basis"]["id"]), None)
    if basis is None or not basis.may_stand:
        return (basis.each_time if basis else "") or _EACH_TIME
    plain = decision["choice"] == "share" and found["verdict"] in ALL_YES and all(one["share"] for one in body["items"])
    return "" if plain else _NOT_ALL


def last_day(body: Body, pack: Pack, profile: Profile) -> tuple[str, tuple[str, ...]]:
    """The last day on which it may stand, and what of the school's profile lapses then, if anything does."""
    longest = (date.fromisoformat(body["on"]) + LONGEST).isoformat()
    for day in sorted({day for day in profile.until.values() if body["on"] <= day < longest}):
        if lapsed := what_lapsed(body, pack, profile, _after(day)):
            return day, lapsed
    return longest, ()


def what_lapsed(body: Body, pack: Pack, profile: Profile, day: str) -> tuple[str, ...]:
    """What keeps it from coming out as it was decided, a sentence each; nothing while it does."""
    if _same(body, pack, profile, day):
        return ()
    now, then = profile.on(day), standing_in(body)
    lost = [name for name, answer in then.items() if now.get(name) != answer]
    kept = {**now, **{name: then[name] for name in lost}}
    if not _same(body, pack, Profile(answers=kept), day):
        return (rerun(body, pack, profile, on=day).says,)
    alone = [name for name in lost if not _same(body, pack, Profile(answers=_without(kept, name, now)), day)]
    return tuple(f"Your school's profile does not say any more: “{_says(pack, name)}”" for name in alone or lost)


def _same(body: Body, pack: Pack, profile: Profile, day: str) -> bool:
    return rerun(body, pack, profile, on=day).outcome == SAME


def _without(kept: Mapping[str, Answer], name: str, now: Mapping[str, Answer]) -> dict[str, Answer]:
    """The facts with one of them as it is now."""
    return {**{other: kept[other] for other in kept if other != name}, **({name: now[name]} if name in now else {})}


def _says(pack: Pack, name: str) -> str:
    """A fact of the profile in words: a row of a checklist, else a question."""
    rows = (row for basis in pack.bases for part in basis.paperwork for row in part.ticks())
    found = next((row.says for row in rows if row.id == name), "")
    return found or (pack.questions[name].text if name in pack.questions else name)


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def each_time(body: Body) -> tuple[str, ...]:
    """What was true when it was decided, and has to be true at each use: the conditions of the way that it took."""
    found = body["determination"]
    chosen = found["basis"]["id"] if found["basis"] else ""
    conditions = (one for basis in found["bases"] if basis["id"] == chosen for one in basis["conditions"])
    return tuple(one["says"] for one in conditions if one["status"] == "met" and one["says"])


def problems(standing: Standing, *, today: str, latest: str) -> list[tuple[str, str]]:
    """What keeps it from being noted: the field and a sentence."""
    if not is_day(standing.until):
        return [("until", "Write the day as 2026-01-31.")]
    if standing.until < today:
        return [("until", "This day is past. Write the last day on which the decision may be used.")]
    if standing.until > latest:
        return [("until", f"It can stand until {latest} at most. Write that day or an earlier one.")]
    return []
