"""An old record under other rules: the same answers, and the facts of the school on its day or on another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.walk import walk

SAME, OTHER_REASON, DIFFERENT, OPEN = "same", "other-reason", "different", "open"
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rerun:
    """`outcome` is same, other-reason (same verdict, another basis), different, or open (these rules ask more).

    `rules` names what made the difference: conditions, items and questions, by id.
    """

    outcome: str
    verdict: str
    label: str
    basis: str
    rules: tuple[str, ...]

    @property
    def says(self) -> str:
        """One sentence for people, and what made the difference."""
        sentence = {
            SAME: "Under today's rules it comes out the same.",
            OTHER_REASON: f"Under today's rules it comes out the same, by another way: {self.basis}.",
            DIFFERENT: f"Under today's rules it comes out as: {self.label}.",
            OPEN: "Today's rules ask one thing more, so they cannot tell yet.",
        }[self.outcome]
        return f"{sentence} What changed: {', '.join(self.rules)}." if self.rules else sentence


def rerun(body: Body, pack: Pack, profile: Profile | None = None, *, on: str = "") -> Rerun:
    """The sealed body of a decision under these rules; its own facts and day hold where no others are given.

    Raises KeyError where a body holds no decision.
    """
    standing = Profile(answers=standing_in(body)) if profile is None else profile
    walked = walk(pack, given_in(body), standing, on or body["on"])
    found = determine(walked.facts, what_if=False)
    basis = found.basis.id if found.basis else ""
    if walked.ask is not None:
        return Rerun(OPEN, found.verdict, found.label, basis, (walked.ask.id,))
    before = body["determination"]
    rules = tuple(dict.fromkeys((*_conditions(before, found, basis), *_items(before, found))))
    kept = SAME if basis == _basis(before) else OTHER_REASON
    outcome = kept if found.verdict == before["verdict"] else DIFFERENT
    return Rerun(outcome, found.verdict, found.label, basis, () if outcome == SAME else rules)


def standing_in(body: Body) -> dict[str, Answer]:
    """The facts of the school that held when it was decided."""
    return {name: _answer(value) for name, value in body["profile"].get("answers", {}).items()}


def given_in(body: Body) -> dict[str, Answer]:
    """What people and the agreement answered, so that a record is run again without a register.

    What the profile said is in the profile, and what was presumed is presumed again.
    """
    return {**said_in(body), **agreed_in(body)}


def said_in(body: Body) -> dict[str, Answer]:
    """What people answered themselves: all that a new request may take over as theirs."""
    return _from(body, "person")


def agreed_in(body: Body) -> dict[str, Answer]:
    """What the agreement answered."""
    return _from(body, "agreement")


def _from(body: Body, source: str) -> dict[str, Answer]:
    return {row["question"]: _answer(row["answer"]) for row in body["answers"] if row["source"] == source}


def _answer(value: object) -> Answer:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _basis(before: Body) -> str:
    return str(before["basis"]["id"]) if before["basis"] else ""


def _conditions(before: Body, after: Determination, basis: str) -> Iterator[str]:
    """The conditions of the basis then and of the basis now that do not stand as they stood."""
    looked_at = {_basis(before), basis}
    old = {(b["id"], c["id"]): c["status"] for b in before["bases"] if b["id"] in looked_at for c in b["conditions"]}
    new = {(b.id, c.id): c.status for b in after.bases if b.id in looked_at for c in b.conditions}
    yield from (f"{rule}: {name}" for rule, name in {**old, **new} if old.get((rule, name)) != new.get((rule, name)))


def _items(before: Body, after: Determination) -> Iterator[str]:
    old = {item["id"]: (item["share"], tuple(item["stopped_by"])) for item in before["items"]}
    yield from (item.id for item in after.items if old.get(item.id) != (item.share, item.stopped_by))
