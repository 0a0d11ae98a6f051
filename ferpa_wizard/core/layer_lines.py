"""What each layer says of one request: its state, whether it binds, and which of its rules speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ferpa_wizard.core import lines
from ferpa_wizard.core.determination import LayerLine
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.layers import alone, state, told_as
from ferpa_wizard.core.model import FEDERAL, MARKS, Layer, Overlay, Severity
from ferpa_wizard.core.rating import BasisRating, Ratings
from ferpa_wizard.core.sentences import counted, fill, items_named, listing, phrase
from ferpa_wizard.core.verdict import ItemFate, Ruling

UNHEARD = ("not-covered", "not-checked")
_FERPA = frozenset(("ferpa",))
Bound = Mapping[str, Mapping[str, str]]  # item -> layer -> shared | sole


@dataclass(frozen=True, slots=True)
class Speaking:
    """One rule that asks for something here, by the name that a sentence gives it."""

    name: str
    layer: str
    severity: Severity
    mark: str


class LayerLines:
    """The five layers over one ruling; `gap` is a request whose FERPA rule the pack does not hold."""

    def __init__(self, facts: Facts, ratings: Ratings, ruling: Ruling, bound: Bound, *, gap: bool) -> None:
        self._facts, self._pack, self._ratings = facts, facts.pack, ratings
        self._ruling, self._bound, self._gap = ruling, bound, gap
        self._stops: dict[tuple[str, str], Severity] = {}

    @cached_property
    def all(self) -> dict[str, LayerLine]:
        return {layer.id: self._line(layer) for layer in self._pack.layers}

    def rules(self, *layers: str, least: Severity) -> list[Speaking]:
        """The rules of these layers that are at least so severe for an item asked for."""
        found = [*self._of_barriers(layers), *self._of_conditions(layers)]
        return [one for one in found if one.severity >= least]

    def overlays(self, layer: str) -> list[Overlay]:
        """The overlays of a layer that speak of this kind of school."""
        return [
            overlay
            for overlay in self._pack.overlays
            if overlay.layer == layer
            and (overlay.level == "both" or self._facts.holds("level", (overlay.level,)) is not False)
        ]

    def _line(self, layer: Layer) -> LayerLine:
        found = self._state(layer)
        holds = [bound[layer.id] for bound in self._bound.values() if layer.id in bound]
        strength = "sole" if "sole" in holds else ("shared" if holds else "no")
        told = told_as(found, strength)
        if told != found and (layer.id != "ferpa" or len(holds) < len(self._bound)):
            told = "objects-in-part"  # this sentence clears no other layer
        says = fill(layer.says.get(told, ""), self._words(layer.id, told))
        if layer.id == "ferpa" and self._ruling.verdict == "must-share" and self._owed_by_ferpa():
            says = phrase(self._pack, "ferpa-asks") or says
        if found not in UNHEARD and (held := held_only(self._facts, self.overlays(layer.id), "held-only")):
            says = f"{says} {held}"
        return LayerLine(layer.id, layer.title, found, strength, says, self._mark(layer.id, found))

    def _owed_by_ferpa(self) -> bool:
        basis = self._ruling.basis
        return basis is not None and basis.basis.law == "ferpa" and not self._gap

    def _state(self, layer: Layer) -> str:
        name = layer.id
        if name == "ferpa" and self._gap:
            return "not-covered"
        if not self._heard(name):
            return "not-covered" if name == "state" else "not-checked"
        found = state(self._severity(name, fate) for fate in self._ruling.fates)
        untold = any(item.tags & layer.lacks for item in self._ratings.items)
        return "not-covered" if found == "does-not-object" and untold else found

    def _heard(self, name: str) -> bool:
        barriers = any(rated.barrier.layer == name and not rated.barrier.mark for rated in self._ratings.barriers)
        return name in FEDERAL or barriers or bool(self.overlays(name))

    def _severity(self, name: str, fate: ItemFate) -> Severity:
        own = self._alone(name, fate.item)
        if fate.best is None or fate.severity >= Severity.CONSENT:
            return own
        return max(own, fate.best.added(fate.item, frozenset((name,))))

    def _alone(self, name: str, item: Item) -> Severity:
        key = name, item.id
        if key not in self._stops:
            self._stops[key] = alone(self._ratings, item, frozenset((name,)))
        return self._stops[key]

    def _words(self, name: str, found: str) -> dict[str, str]:
        alike = {"needs-steps": Severity.STEP}.get(found, Severity.CONSENT)
        rules = [*self.rules(name, least=alike), *self._shutting(name)]
        stopped = [item for item in self._ratings.items if self._stops_item(name, item)]
        best = self._ruling.basis
        deciding = [fate.item for fate in self._ruling.deciding]
        steps = len(lines.basis_steps(best, self._facts, deciding)) if best else 0
        return {
            "items": items_named(self._pack, stopped),
            "rules": listing(self._pack, _names(rules)),
            "law": listing(self._pack, [overlay.name for overlay in self.overlays(name)]),
            "steps": counted(self._pack, "one-step", "many-steps", n=steps),
        }

    def _mark(self, name: str, found: str) -> str:
        """The weakest mark of the rules that speak, else of all that were looked at."""
        if found in UNHEARD:
            return ""
        marks = [one.mark for one in self.rules(name, least=Severity.STEP)]
        return weakest(marks or [overlay.mark for overlay in self.overlays(name)])

    def _of_barriers(self, layers: Iterable[str]) -> Iterator[Speaking]:
        for rated in self._ratings.barriers:
            barrier = rated.barrier
            if barrier.layer in layers:
                severity = max(rated.at(item) for item in self._ratings.items)
                yield Speaking(barrier.title, barrier.layer, severity, barrier.mark)

    def _of_conditions(self, layers: Iterable[str]) -> Iterator[Speaking]:
        """Only what other laws add: the other conditions are part of what the basis is."""
        for fate in self._ruling.fates if self._ratings.mixed else ():
            for basis in self._ways(fate):
                for one in (*basis.conditions, *basis.cover[fate.item.id]):
                    rule = one.condition
                    if one.severity and rule.added and rule.layer in layers:
                        yield Speaking(rule.law or rule.cite, rule.layer, one.severity, rule.mark)

    def _stops_item(self, name: str, item: Item) -> bool:
        return name in self._bound[item.id] or self._alone(name, item) >= Severity.CONSENT

    def _shutting(self, name: str) -> Iterator[Speaking]:
        """Conditions of other federal law that shut what FERPA alone leaves open for an item."""
        if name not in FEDERAL - _FERPA:
            return
        for item in (item for item in self._ratings.items if name in self._bound[item.id]):
            ways = [basis for basis in self._ratings.bases if basis.at(item, _FERPA) < Severity.CONSENT]
            for one in (one for basis in ways for one in (*basis.conditions, *basis.cover[item.id])):
                if one.condition.layer == name and not one.condition.added and one.severity >= Severity.CONSENT:
                    yield Speaking(one.condition.cite, name, one.severity, one.condition.mark)

    def _ways(self, fate: ItemFate) -> list[BasisRating]:
        """The basis under which an item goes but for barriers; else those that only what is added to them shuts."""
        if fate.best and fate.best.at(fate.item) < Severity.CONSENT:
            return [fate.best]
        return [basis for basis in self._ratings.bases if basis.own(fate.item) < Severity.CONSENT]


def _names(rules: Iterable[Speaking]) -> list[str]:
    return list(dict.fromkeys(one.name for one in rules))


def named(facts: Facts, rules: Iterable[Speaking]) -> str:
    """The rules as a sentence lists them, each once."""
    return listing(facts.pack, _names(rules))


def held_only(facts: Facts, overlays: Iterable[Overlay], key: str) -> str:
    """That of this law only the rules held here were looked at; empty without an overlay."""
    found = list(overlays)
    if not found:
        return ""
    law = listing(facts.pack, [overlay.name for overlay in found])
    return phrase(facts.pack, key, law=law, date=min(overlay.law_as_of for overlay in found))


def weakest(marks: Iterable[str]) -> str:
    """Of several marks the one that promises least."""
    known = list(MARKS)
    return max((mark for mark in marks if mark in known), key=known.index, default="")
