"""What a changed answer would do to the others; nothing is applied."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.facts import Answers
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.walk import Given, walk


@dataclass(frozen=True, slots=True)
class Change:
    """`asked_again` lost its option, `set_aside` cannot arise now (both with the old words); `new` is asked next."""

    kept: tuple[Given, ...]
    asked_again: tuple[Given, ...]
    new: str | None
    set_aside: tuple[Given, ...]

    @property
    def loses(self) -> bool:
        return bool(self.asked_again or self.set_aside)


def change(pack: Pack, answers: Answers, new: Answers, *, profile: Profile, on: str) -> Change:
    """Preview of answering the questions of one page with `new`."""
    before = walk(pack, answers, profile, on)
    after = walk(pack, {**answers, **new}, profile, on)
    counts = after.facts.answers
    others = [given for given in before.trail if given.ask.id not in new]
    lost = [given for given in others if given.ask.id not in counts]
    again = [given for given in lost if after.ask is not None and given.ask.id == after.ask.id]
    return Change(
        kept=tuple(given for given in others if given.ask.id in counts),
        asked_again=tuple(again),
        new=after.ask.text if after.ask and not again else None,
        set_aside=tuple(given for given in lost if given not in again),
    )
