"""What a sealed body tells the papers: who asked, for what, what was found and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ferpa_wizard.core.choices import ALL_YES, CARRIED, DECLINES, SHARES
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.words import LAYERS

# Where the decision really goes the way that the rules chose; else the school shares on its own, or not at all.
_CARRIES = {"share": (*ALL_YES, "part"), "share-after-steps": (*CARRIED, "consent")}
_WHO = ("public-who", "government-who", "provider-who", "family-who", "went-to", "requester")
_YOUR = re.compile(r"\b[Yy]our\b")


@dataclass(frozen=True)
class Told:
    """One sealed body and its number for people. Every question has an answer, whatever the body lacks."""

    body: Fields
    number: str

    # Who asked, for what

    @cached_property
    def _answers(self) -> dict[str, Fields]:
        return {text(row, "question"): row for row in rows(self.body, "answers")}

    def answer(self, question: str) -> str:
        """The id that was answered; empty if none, or if the answer is a list."""
        return text(self._answers.get(question, {}), "answer")

    def answers(self, question: str) -> list[str]:
        return names(self._answers.get(question, {}), "answer")

    def label(self, question: str) -> str:
        return text(self._answers.get(question, {}), "label")

    @property
    def who(self) -> tuple[str, str]:
        """Id and sealed label of the most exact answer to who gets the data."""
        question = next((name for name in _WHO if self.answer(name)), "")
        return self.answer(question), self.label(question)

    @cached_property
    def marks(self) -> frozenset[str]:
        """What the rules told the papers of this request (rules/ferpa/papers.yaml)."""
        return frozenset(names(self.body, "marks"))

    @property
    def asker(self) -> str:
        """The name of who asks, if it was noted."""
        return text(group(self.body, "request"), "asker")

    @property
    def nobody_asks(self) -> bool:
        """Was it the school itself that wanted to share, to warn or to report, or had shared?"""
        return "nobody-asks" in self.marks

    @property
    def to_change(self) -> str:
        """What is to be changed: "change" for a record, "decision" for a grade or a punishment; else empty."""
        return next((kind for kind in ("change", "decision") if f"{kind}-request" in self.marks), "")

    @property
    def rights_in_doubt(self) -> bool:
        """Does a parent ask whose rights a paper on file may have ended (34 CFR 99.4)?"""
        return "paper-unread" in self.marks and self.verdict == "judgement"

    @property
    def rights_holder(self) -> str:
        """Who signs and may look: "parent", "student", or "" where the answers leave it open."""
        return next((who for who in ("parent", "student") if f"rights-of-{who}" in self.marks), "")

    def noted(self, field: str) -> str:
        """What was noted about the request as it came in; a day as people write it."""
        return sealed.day(text(group(self.body, "request"), field))

    @property
    def in_danger(self) -> bool:
        return "in-danger" in self.marks or self.verdict == "may-share-emergency"

    @property
    def perhaps_secret(self) -> bool:
        """Might telling the family break an order? Yes until the rules rule it out, also in a record without marks."""
        court = "court-paper" in self.marks or "marks" not in self.body
        return court and "family-may-know" not in self.marks

    # What was found

    @property
    def found(self) -> Fields:
        return group(self.body, "determination")

    @property
    def verdict(self) -> str:
        return text(self.found, "verdict")

    @property
    def basis(self) -> Fields:
        return group(self.found, "basis")

    @property
    def basis_id(self) -> str:
        return text(self.basis, "id")

    @property
    def partly(self) -> bool:
        """Do the rules let some of it go while something stops the rest?"""
        if self.verdict == "part":
            return True
        return self.verdict == "other-rule" and any(item.get("share") is True for item in self.items)

    @property
    def carried(self) -> bool:
        """Do the rules carry what the decision lets go?"""
        return self.shares and (self.partly or self.verdict in _CARRIES[self.choice])

    @property
    def way(self) -> Fields:
        """The basis that carries what is decided; empty where none does."""
        return self.basis if self.carried else {}

    @property
    def goes_further(self) -> bool:
        """Does the school share what the rules do not carry, or not yet?"""
        return self.choice == "share" and not self.carried

    @property
    def duties(self) -> list[Fields]:
        return rows(self.found, "duties")

    def duty(self, *ids: str) -> bool:
        return any(text(duty, "id") in ids for duty in self.duties)

    @cached_property
    def clock(self) -> Fields:
        """The duty by whose day the family sees its records: of those that run, the soonest; empty without one."""
        running = [duty for duty in self.duties if _days(duty) and text(duty, "when") != "after"]
        return min(running, key=_days, default={})

    @property
    def clock_day(self) -> str:
        """The day on which that clock ends; empty if nobody noted when the request came in."""
        if not self.noted("received"):
            return ""
        days = [text(row, "day") for row in rows(self.body, "due") if text(row, "duty") == text(self.clock, "id")]
        return sealed.day(min(days)) if days else ""

    @property
    def unchecked(self) -> list[str]:
        return names(self.found, "unchecked")

    def status(self, *bases: str) -> str:
        """The state of the first of these bases that the determination rated."""
        rated = {text(basis, "id"): text(basis, "status") for basis in rows(self.found, "bases")}
        return next((rated[name] for name in bases if name in rated), "")

    def conditions(self) -> Iterable[Fields]:
        """The conditions of every basis, the chosen one's first."""
        bases = sorted(rows(self.found, "bases"), key=lambda basis: text(basis, "id") != self.basis_id)
        return (condition for basis in bases for condition in rows(basis, "conditions"))

    def layer(self, name: str) -> tuple[str, str]:
        """State and binding of a layer; what is not told was not checked and does not bind."""
        layer = group(group(self.found, "layers"), name)
        return text(layer, "state") or "not-checked", text(layer, "binding") or "no"

    def binds(self, name: str) -> bool:
        return self.layer(name)[1] in ("shared", "sole")

    def objects(self, layer: str) -> bool:
        """Does it stop something, be it by itself or one way alone, or against a law that asks for it?"""
        return self.binds(layer) or self.layer(layer)[0] in ("objects", "objects-in-part")

    @property
    def binding_layers(self) -> list[str]:
        return [name for name in LAYERS if self.binds(name)]

    # Items

    @property
    def items(self) -> list[Fields]:
        return rows(self.body, "items")

    def labels(self, items: Iterable[Fields]) -> list[str]:
        return [text(item, "label") or text(item, "id") for item in items]

    def stopped_by(self, layer: str) -> list[Fields]:
        return [item for item in self.items if layer in names(item, "stopped_by")]

    @property
    def shown(self) -> list[Fields]:
        """The items that a paper about sharing lists: what may go, or all where nothing is settled.

        With consent, or where the school went further than the rules, what FERPA alone stops goes along.
        """
        lifted = self.shares and self.verdict not in CARRIED and not self.partly
        stops = self.guards if lifted else lambda item: names(item, "stopped_by")
        return [item for item in self.items if not stops(item)] or self.items

    @property
    def held_back_freely(self) -> list[Fields]:
        """The items that a decline keeps although no layer that was looked at stops them, where others are stopped."""
        if self.choice not in DECLINES or any(self.layer(layer)[0] == "depends" for layer in LAYERS):
            return []
        rest = [item for item in self.items if item.get("share") is True and not names(item, "stopped_by")]
        return rest if len(rest) < len(self.items) else []

    @property
    def waits_for_steps(self) -> list[Fields]:
        """The items that nothing stops once ordinary steps are done."""
        return [item for item in self.items if self.verdict == "after-steps" and not names(item, "stopped_by")]

    def guards(self, item: Fields) -> list[str]:
        """The layers that stop an item even with a signed consent.

        Records that do not say yet what opens with consent: those beside FERPA that object by themselves.
        """
        if item.get("with_consent") is True:
            return []
        others = [layer for layer in names(item, "stopped_by") if layer != "ferpa"]
        return [layer for layer in others if self.layer(layer)[0] != "does-not-object"]

    # The decision

    @property
    def decision(self) -> Fields:
        return group(self.body, "decision")

    @property
    def choice(self) -> str:
        return text(self.decision, "choice")

    @property
    def reasons(self) -> list[str]:
        return names(self.decision, "reasons")

    @property
    def shares(self) -> bool:
        return self.choice in SHARES

    @property
    def gives_all(self) -> bool:
        return self.choice == "share" and self.verdict in ALL_YES

    @property
    def gives_all_later(self) -> bool:
        return self.choice == "share-after-steps" and self.verdict in ALL_YES

    @property
    def on(self) -> str:
        """The school's own day of the decision; its time is kept in UTC, where it may be tomorrow already."""
        return sealed.day(text(self.body, "on"))


def _days(duty: Fields) -> int:
    days = duty.get("days")
    return days if isinstance(days, int) else 0


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence, where they start with a word that is not a name."""
    return words[:1].lower() + words[1:] if words.startswith(("The ", "Your ", "Our ", "Their ")) else words


def titled(basis: Fields) -> str:
    """A way to share as the school names it, with its citation."""
    return ", ".join(filter(None, (in_our_voice(text(basis, "title")), text(basis, "cite"))))


def in_our_voice(words: str) -> str:
    """Words of the rules, which speak to the school, as the school says them."""
    return _YOUR.sub(lambda found: "Our" if found.group().startswith("Y") else "our", words)
