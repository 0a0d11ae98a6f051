"""Which decisions may stand for requests like them, how long, and what of the rules or the profile ends that sooner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ferpa_wizard.core.agreement import Agreement
from ferpa_wizard.core.choices import ALL_YES, SHARES
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.rerun import SAME, agreed_in, rerun, said_in, standing_in
from ferpa_wizard.core.standing_decision import AGAIN

LONGEST = timedelta(days=365)
"""From the day of the decision: one school year, after which its questions are put anew."""
Body = Mapping[str, Any]

TOO_OLD = f"The decision is older than a year. {AGAIN}"
_EACH_TIME = "This way to share is decided each time. Start a new request when the next one comes."
_RESTRICTED = "A restricted request cannot stand, for its uses would show in lists. Decide each one by itself."
_NOTHING = "Nothing is shared by this decision, so there is nothing to stand."
_NOT_ALL = (
    "This was no plain yes to all of it. When the steps are done, or what cannot go is taken off, start a new request"
    " with the same answers, and let that decision stand."
)


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


def last_day(body: Body, pack: Pack, profile: Profile, agreement: Agreement | None) -> tuple[str, tuple[str, ...]]:
    """The last day on which it may stand, and what of the school's profile lapses then, if anything does.

    `agreement` is the one that answered a part of it, as it is now.
    """
    longest = (date.fromisoformat(body["on"]) + LONGEST).isoformat()
    if agreement is not None:  # what it answers holds until it ends
        longest = min(longest, agreement.ends)
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
    return tuple(f"Your school's profile does not say any more: “{_says(pack, name)}”." for name in alone or lost)


def agreement_lapsed(body: Body, pack: Pack, agreement: Agreement | None, day: str) -> str:
    """Why the agreement that answered a part of it does not answer the same on this day; empty while it does.

    `agreement` is that one as it is now, None if it is gone.
    """
    if not body.get("agreement"):
        return ""
    named = f"The agreement with {body['agreement']['party']}"
    if agreement is None:
        return f"{named} is not in the register any more."
    if agreement.has_ended(day):
        return f"{named} ended on {agreement.ends}."
    settled = agreement.settles(pack, said_in(body), day)
    same = all(settled.get(name) == answer for name, answer in agreed_in(body).items())
    return "" if same else f"{named} was changed, and does not answer all of this any more."


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
