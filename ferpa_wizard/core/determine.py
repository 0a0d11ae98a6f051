"""What the rules say about the facts of one request: a pure function, every basis rated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ferpa_wizard.core import lines
from ferpa_wizard.core.asking import beyond
from ferpa_wizard.core.determination import (
    AdviceLine,
    BasisLine,
    ChallengeLine,
    Determination,
    DutyLine,
    ItemLine,
    JudgeLine,
    MythLine,
    OverlayLine,
    RouteLine,
    StepLine,
)  # fmt: skip
from ferpa_wizard.core.facts import Facts, questions_of
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.layer_lines import UNHEARD, Bound, LayerLines, held_only, named
from ferpa_wizard.core.layers import binding
from ferpa_wizard.core.live import live_pages
from ferpa_wizard.core.model import FEDERAL, LAYERS, UNSURE, Beyond, Duty, DutyUse, Route, Severity
from ferpa_wizard.core.rating import BarrierRating, BasisRating, Ratings, rate_all
from ferpa_wizard.core.sentences import (
    counted,
    fill,
    items_named,
    listing,
    phrase,
    requester_named,
    signer_named,
)
from ferpa_wizard.core.unknowns import unknown_lines
from ferpa_wizard.core.usual import more_than_usual
from ferpa_wizard.core.verdict import ItemFate, Ruling, rule

_ALL_YES = ("must-share", "may-share", "may-share-emergency", "not-ferpa")
_WITH_STEPS = ("must-share", "may-share", "may-share-emergency", "after-steps", "part")


def determine(facts: Facts, *, what_if: bool = True) -> Determination:
    """The determination for what is known. Total: it holds for any facts, also half-answered ones.

    Without `what_if` it leaves out what would change if an unknown fact were found, which takes most of the time.
    """
    return _Determining(facts, what_if=what_if).result()


def beside(facts: Facts) -> tuple[tuple[BasisLine, ...], ChallengeLine | None]:
    """What stands beside a question: every basis without its conditions, and what to say of a reason that was given.

    It is a part of `determine`, in a part of the time.
    """
    determining = _Determining(facts, what_if=False)
    return determining.bases(whole=False), determining.challenge()


def verdict_of(facts: Facts) -> str:
    """The verdict of `determine` alone, in a part of the time."""
    ruling = rule(rate_all(facts))
    return "judgement" if _gap(facts, ruling) else ruling.verdict


def _gap(facts: Facts, ruling: Ruling) -> Beyond | None:
    """The missing rule, unless an emergency carries the request."""
    if ruling.verdict == "may-share-emergency" or not beyond(facts):
        return None
    return next(gap for gap in facts.pack.beyond if gap.when.truth(facts))


class _Determining:
    def __init__(self, facts: Facts, *, what_if: bool) -> None:
        self.facts, self.pack, self.what_if = facts, facts.pack, what_if
        self.ratings: Ratings = rate_all(facts)
        self.ruling: Ruling = rule(self.ratings)
        self.gap = _gap(facts, self.ruling)
        self.bound: Bound = {fate.item.id: self._binding(fate) for fate in self.ruling.fates}
        self.layers = LayerLines(facts, self.ratings, self.ruling, self.bound, gap=self.gap is not None)

    def _binding(self, fate: ItemFate) -> Mapping[str, str]:
        stopped = self.gap is None and not fate.duty and fate.severity >= Severity.CONSENT
        return binding(self.ratings, fate.item) if stopped else {}

    def result(self) -> Determination:
        layers = self.layers.all
        unchecked = tuple(name for name in LAYERS[1:4] if layers[name].state in UNHEARD)
        steps = self._steps()
        judge = self._judge()
        unknown = unknown_lines(self.facts, self._doubts()) if self.what_if and not self.gap else ()
        doubts = [unknown[0].question] if unknown else self._doubts()
        fact = self.pack.questions[doubts[0]].text if doubts and doubts[0] in self.pack.questions else ""
        words = self._words(steps, judge, fact)
        bases = self.bases(whole=True)
        chosen = self._chosen()
        return Determination(
            verdict=self._verdict(),
            label=self._label(steps, words),
            says=self._says(words, unchecked),
            basis=next((line for line in bases if chosen and line.id == chosen.basis.id), None),
            bases=bases,
            layers=layers,
            items=tuple(map(self._item, self.ruling.fates)),
            steps=steps,
            duties=tuple(self._duties(unchecked)),
            routes=self._routes(),
            unknown=unknown,
            advice=tuple(self._advice(chosen)),
            myths=tuple(MythLine(m.id, m.people_say, m.answer, m.cite) for m in chosen.basis.myths) if chosen else (),
            judge=judge,
            challenge=self.challenge(),
            unchecked=unchecked,
            law_note=self.pack.review,
            overlays=tuple(self._overlays()),
            pack={
                "id": self.pack.id,
                "version": self.pack.version,
                "sha256": self.pack.sha256,
                "law_as_of": self.pack.law_as_of,
            },
        )

    def bases(self, *, whole: bool) -> tuple[BasisLine, ...]:
        return tuple(lines.basis_line(one, self.facts, self.ratings, whole=whole) for one in self.ratings.bases)

    def _verdict(self) -> str:
        return "judgement" if self.gap else self.ruling.verdict

    def _label(self, steps: tuple[StepLine, ...], words: Mapping[str, str]) -> str:
        """The headline; steps that only other layers ask for are not put down to FERPA."""
        asking = [layer for layer in LAYERS[1:4] if any(step.layer == layer for step in steps)]
        if self._verdict() == "after-steps" and asking and all(step.layer in asking for step in steps):
            names = [self.pack.wording.phrases[f"unchecked-{layer}"] for layer in asking]
            return phrase(self.pack, "steps-of-others", list=listing(self.pack, names), steps=words["steps"])
        if self._verdict() == "after-steps" and any(fate.own >= Severity.CONSENT for fate in self.ruling.fates):
            return phrase(self.pack, "after-steps-part", **words)
        return fill(self.pack.wording.labels[self._verdict()], words)

    def _chosen(self) -> BasisRating | None:
        return None if self.gap else self.ruling.basis

    def _item(self, fate: ItemFate) -> ItemLine:
        best = fate.best.basis.id if fate.best and not self.gap else None
        stopped = tuple(layer for layer in LAYERS if layer in self.bound[fate.item.id])
        share = fate.goes and self.gap is None
        lacks_consent = fate.severity == Severity.CONSENT and self.ratings.other(fate.item) < Severity.CONSENT
        consent = lacks_consent and self.gap is None
        return ItemLine(fate.item.id, fate.item.label, fate.item.content, share, stopped, best, consent)

    @staticmethod
    def _stops(stops: Mapping[str, Severity]) -> bool:
        return any(severity >= Severity.CONSENT for severity in stops.values())

    def _touches(self, rated: BarrierRating) -> bool:
        barrier = rated.barrier
        return self.facts.applies(barrier.when) and any(barrier.stops.truth(self.facts, i) for i in self.ratings.items)

    def _deciding(self) -> list[Item]:
        return [fate.item for fate in self.ruling.deciding]

    def _steps(self) -> tuple[StepLine, ...]:
        if self._verdict() not in _WITH_STEPS:
            return ()
        chosen = self._chosen()
        own = lines.basis_steps(chosen, self.facts, self._deciding()) if chosen else []
        others = [fate.item for fate in self.ruling.fates if not fate.waits_for_nothing]
        return (*own, *lines.barrier_steps(self.ratings.barriers, self.facts, others))

    def _judge(self) -> JudgeLine | None:
        if self._verdict() != "judgement":
            return None
        if self.gap:
            return JudgeLine(self.pack.wording.phrases["privacy-officer"], self.gap.test)
        conditions = self.ruling.basis.conditions if self.ruling.basis else ()
        judged = [rated for rated in self.ratings.barriers if Severity.JUDGE in rated.stops.values()]
        unless = [one for rated in judged for one in rated.unless]
        rated = [one for one in (*conditions, *unless) if one.severity == Severity.JUDGE]
        named = [one.condition.judge for one in rated if one.condition.judge]
        if named:
            return JudgeLine(named[0].role, named[0].test)
        phrases = self.pack.wording.phrases
        return JudgeLine(phrases["counsel"], phrases["conflict-test"])

    def challenge(self) -> ChallengeLine | None:
        """What to say of a reason that was given for a no; a ground that is no layer is not the law's at all."""
        ground = self.facts.value(self.pack.challenge) if self.pack.challenge else None
        if not isinstance(ground, str):
            return None
        layer = self.layers.all.get(ground)
        if layer is None:
            stands = "no"
        elif layer.binding != "no":
            stands = "yes"
        else:
            # Of state law and policy only the rules held here were looked at: they cannot be cleared.
            cleared = ground in FEDERAL and layer.state in ("does-not-object", "needs-steps")
            stands = "no" if cleared else "open"
        words = {"layer": layer.title if layer else "", "label": self.pack.wording.labels[self._verdict()]}
        waits = stands == "no" and layer is not None and layer.state == "needs-steps"
        return ChallengeLine(ground, stands, phrase(self.pack, f"challenge-{'steps' if waits else stands}", **words))

    def _doubts(self) -> list[str]:
        """Questions answered unsure; where a fact is missing, also those that were never asked."""
        live = live_pages(self.facts)
        unsure = [name for name in self.pack.questions if self.facts.answers.get(name) == UNSURE]
        if self._verdict() != "missing-fact":
            return unsure
        opened = [
            name
            for rated in self.ratings.bases
            for one in rated.conditions
            if one.severity == Severity.OPEN and rated.over(self.ratings.content) == Severity.OPEN
            for name in questions_of(self.pack, one.condition)
            if name in live and self.facts.value(name) is None
        ]
        return list(dict.fromkeys([*unsure, *opened]))

    def _words(self, steps: tuple[StepLine, ...], judge: JudgeLine | None, fact: str) -> dict[str, str]:
        goes = [fate.item for fate in self.ruling.fates if fate.goes]
        stays = [fate.item for fate in self.ruling.fates if not fate.goes]
        return {
            "what": items_named(self.pack, self._meant()),
            "rest": items_named(self.pack, self._left_over()),
            "owed": items_named(self.pack, self._owed()),
            "shared": items_named(self.pack, goes),
            "stopped": items_named(self.pack, stays),
            "who": requester_named(self.facts),
            "n": str(len(steps)),
            "steps": counted(self.pack, "one-step", "many-steps", n=len(steps)),
            "things": counted(self.pack, "one-thing", "many-things", n=len(steps)),
            "k": str(len(goes)),
            "total": str(len(self.ruling.fates)),
            "signer": signer_named(self.facts),
            "rule": named(self.facts, self.layers.rules(*LAYERS[1:], least=Severity.CONSENT)),
            "role": judge.role if judge else "",
            "test": judge.test if judge else "",
            "fact": fact,
            "beyond": self.gap.title if self.gap else "",
        }

    def _meant(self) -> Sequence[Item]:
        """The items that the verdict's sentence is about."""
        if self._verdict() == "must-share":
            return self._owed()
        if self._verdict() == "consent":
            return [fate.item for fate in self.ruling.fates if not fate.goes]
        if self._verdict() == "after-steps":
            return [fate.item for fate in self.ruling.fates if fate.severity <= Severity.STEP]
        if self._verdict() == "not-ferpa":
            return [fate.item for fate in self.ruling.fates if not fate.duty]
        return self.ratings.items

    def _owed(self) -> list[Item]:
        """The items that a duty lets go at once."""
        return [fate.item for fate in self.ruling.fates if fate.duty and fate.goes]

    def _left_over(self) -> list[Item]:
        """The items that the steps do not free, because no basis carries them."""
        return [fate.item for fate in self.ruling.fates if self.ratings.ferpa(fate.item) >= Severity.CONSENT]

    def _says(self, words: Mapping[str, str], unchecked: tuple[str, ...]) -> str:
        if self.gap:
            return f"{phrase(self.pack, 'beyond', **words)} {self.gap.says}"
        chosen = self._chosen()
        yes = (*_ALL_YES, "after-steps") if chosen and chosen.basis.effect == "outside" else _ALL_YES
        own = chosen.basis.headline if chosen and self._verdict() in yes else ""
        says = fill(own or self.pack.wording.sentences[self.ruling.verdict], words)
        if self._verdict() == "after-steps" and self._left_over():
            says = f"{says} {phrase(self.pack, 'left-over', **words)}"
        if self._verdict() not in ("must-share", "may-share", "may-share-emergency") and self._owed():
            says = f"{says} {phrase(self.pack, 'owed', **words)}"
        if self._verdict() in ("judgement", "missing-fact", "not-as-asked"):
            return says
        heard = [overlay for layer in LAYERS[2:4] for overlay in self.layers.overlays(layer)]
        names = [self.pack.wording.phrases[f"unchecked-{layer}"] for layer in unchecked]
        notes = [held_only(self.facts, heard, "held-in-part")]
        notes += [phrase(self.pack, "unchecked", list=listing(self.pack, names))] if unchecked else []
        return " ".join(filter(None, [says, *notes]))

    def _duties(self, unchecked: tuple[str, ...]) -> Iterable[DutyLine]:
        chosen = [
            self._chosen(),
            *(fate.best for fate in self.ruling.fates if fate.goes and not self.gap),
        ]
        uses: list[DutyUse] = [use for rated in chosen if rated for use in rated.basis.duties]
        refused = {duty.id for duty in self.pack.duties.values() if duty.refused}
        beside = [fate.best for fate in self._left_by_a_part()]
        uses += [use for rated in beside if rated for use in rated.basis.duties if use.id in refused]
        uses += [use for rated in self.ratings.barriers if self._touches(rated) for use in rated.barrier.duties]
        wanted = {use.id for use in uses if use.when is None or use.when.truth(self.facts)}
        urgent = any(one.basis.urgent and one.over(self.ratings.items) == Severity.GO for one in self.ratings.bases)
        for duty in self.pack.duties.values():
            asks = duty.urgent == urgent and set(duty.unchecked) & set(unchecked)
            if duty.id in wanted or asks:
                yield self._duty(duty)

    def _left_by_a_part(self) -> list[ItemFate]:
        """What stays where a part goes."""
        return [fate for fate in self.ruling.fates if not fate.goes] if self._verdict() == "part" else []

    def _duty(self, duty: Duty) -> DutyLine:
        """The duty, with the shortest of the shorter times that apply."""
        sooner = [time for time in duty.sooner if self.facts.applies(time.when)]
        first = min(sooner, key=lambda time: time.days, default=None)
        if first is None:
            return DutyLine(duty.id, duty.when, duty.do, duty.by, duty.cite, duty.days, duty.mark)
        cite = f"{first.cite}; {duty.cite}" if duty.cite else first.cite
        return DutyLine(duty.id, duty.when, first.do, duty.by, cite, first.days, first.mark)

    def _overlays(self) -> Iterable[OverlayLine]:
        for one in self.pack.overlays:
            yield OverlayLine(one.id, one.title, one.layer, one.law_as_of, one.review, one.mark)

    def _advice(self, chosen: BasisRating | None) -> Iterable[AdviceLine]:
        for advice in chosen.basis.advice if chosen else ():
            if advice.when is None or advice.when.truth(self.facts):
                yield AdviceLine(advice.id, advice.says, advice.cite, advice.mark)
        if extra := more_than_usual(self.facts):
            names = listing(self.pack, [item.name for item in extra])
            yield AdviceLine("more-than-usual", phrase(self.pack, "more-than-usual", items=names), "")

    def _routes(self) -> tuple[RouteLine, ...]:
        if self._verdict() in _ALL_YES:
            return ()
        unmet = self._unmet()
        offered = [route for route in self.pack.routes if not route.last and self._fits(route, unmet)]
        if not offered or self.gap:
            offered += [route for route in self.pack.routes if route.last]
        # Where other law alone says no, first what lifts that; then what takes the fewest steps.
        lifting = self._barring() | self._added() if self._verdict() == "other-rule" else set[str]()
        offered.sort(key=lambda route: (lifting.isdisjoint(route.mends), len(route.steps)))
        return tuple(map(_route_line, offered))

    def _fits(self, route: Route, unmet: set[str]) -> bool:
        if route.when is not None and not route.when.truth(self.facts):
            return False
        return not route.mends or bool(unmet & set(route.mends))

    def _barring(self) -> set[str]:
        return {rated.barrier.id for rated in self.ratings.barriers if self._stops(rated.stops)}

    def _added(self) -> set[str]:
        """What another law adds to the best way of an item, and what shuts it."""
        ways = [(fate.best, fate.item) for fate in self.ruling.fates if fate.best]
        rated = [one for way, item in ways for one in (*way.conditions, *way.cover[item.id])]
        return {one.condition.id for one in rated if one.condition.added and one.severity >= Severity.CONSENT}

    def _unmet(self) -> set[str]:
        """Conditions, bases and barriers that a route could mend."""
        found = self._barring()
        left = [fate.item for fate in self._left_by_a_part()]
        for rated in self.ratings.bases:
            if any(Severity.GO < rated.over(items) < Severity.NO for items in (self.ratings.content, left)):
                found.add(rated.basis.id)
                found.update(one.condition.id for one in rated.conditions if one.severity > Severity.GO)
                for item in self.ratings.items:
                    found.update(one.condition.id for one in rated.cover[item.id] if one.severity > Severity.GO)
        return found


def _route_line(route: Route) -> RouteLine:
    return RouteLine(
        id=route.id, title=route.title, steps=len(route.steps), steps_text=route.steps, cite=route.cite, by=route.by,
        takes=route.takes, paper=route.paper, quiet=route.quiet, asker_acts=route.asker_acts,
    )  # fmt: skip
