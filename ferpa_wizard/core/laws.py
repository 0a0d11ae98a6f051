"""The laws of the engine that hold for every request; a sentence for each that one breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ferpa_wizard.core.asking import beyond, needed
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.facts import Answer, Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.model import LAYERS, UNSURE, Basis, Pack, Severity
from ferpa_wizard.core.rating import Ratings, rate, rate_all
from ferpa_wizard.core.values import options_of
from ferpa_wizard.core.verdict import ItemFate, Ruling, fate

_YES = ("must-share", "may-share", "may-share-emergency")
_ALL = frozenset(LAYERS)


def broken_laws(found: Determination) -> Iterator[str]:
    """The laws that hold for every determination."""
    if found.verdict not in (*_YES, "not-ferpa") and not (found.routes or found.steps):
        yield f"The verdict {found.verdict} shows no way on."
    if found.verdict == "not-ferpa" and not found.duties:
        yield "FERPA does not cover it, and nothing says to check other law."
    bound = any("ferpa" in item.stopped_by for item in found.items)
    if (found.layers["ferpa"].binding != "no") != bound:
        yield "FERPA is named as the reason and stops no item."
    if any(item.share and item.stopped_by for item in found.items):
        yield "An item may go and is stopped."
    if found.verdict in _YES and not all(item.share for item in found.items):
        yield f"The verdict {found.verdict} leaves an item behind."
    if found.unchecked and not found.duties:
        yield "A layer was not checked, and no duty asks for it."


def broken_by_layers(ratings: Ratings) -> Iterator[str]:
    """A layer that is taken away never makes an item worse."""
    for item in ratings.items:
        for layer in LAYERS:
            rest = _ALL - {layer}
            if ratings.ferpa(item, rest) > ratings.ferpa(item) or ratings.other(item, rest) > ratings.other(item):
                yield f"Without the layer {layer} the item {item.id} is worse off."


def left_unasked(facts: Facts, ratings: Ratings, ruling: Ruling) -> Iterator[tuple[str, str]]:
    """The bases ranked above the chosen one that could still be asked about, each with the page.

    An item that a basis of higher rank lets go needs no other, whichever is then preferred; one that lacks only steps
    there needs none that serves anyone.
    """
    if ruling.basis is None or beyond(facts):
        return
    left, near = {one.item for one in ruling.deciding}, set[Item]()
    for rated in ratings.bases:
        if rated is ruling.basis or not left:
            return
        page = _still_asked(rated.basis, facts, left - near if rated.basis.anyone else left)
        if page:
            yield rated.basis.id, page
        enough = Severity.STEP if rated.basis.effect == "requires" else Severity.GO
        near |= {item for item in left if rated.at(item) == Severity.STEP}
        left = {item for item in left if rated.at(item) > enough}


def _still_asked(basis: Basis, facts: Facts, items: set[Item]) -> str | None:
    """What could be asked about a basis that nothing closes."""
    asked = (item for item in facts.items if item in items)
    covered = [item for item in asked if all(rate(one, facts, item).severity < Severity.NO for one in basis.covers)]
    closed = any(rate(one, facts).severity != Severity.GO for one in basis.triggers)
    if closed or not covered or any(rate(one, facts).severity == Severity.NO for one in basis.conditions):
        return None
    pages = (needed(one, facts, item) for one in basis.covers for item in covered)
    if page := next(filter(None, pages), None):
        return page
    for condition in basis.conditions:
        page = needed(condition, facts)
        if page or rate(condition, facts).severity >= Severity.CONSENT:
            return page
    return None


def less_known_is_firmer(facts: Facts, fates: Mapping[str, ItemFate]) -> Iterator[str]:
    """A yes that stands although an answer is "not sure" stands whatever that answer turns out to be."""
    unsure = [name for name, answer in facts.answers.items() if answer == UNSURE]
    go = [name for name, one in fates.items() if one.goes]
    for name in unsure if go else ():
        for option in options_of(facts.pack.questions[name], facts):
            if option.id != UNSURE:
                after = fates_of(Facts(facts.pack, {**facts.answers, name: option.id}, facts.profile))
                worse = [item for item in go if not after[item].goes]
                yield from (
                    f"“{name}: {option.id}” takes back the yes to {item}, “not sure” gave it." for item in worse
                )


def consent_makes_worse(facts: Facts, fates: Mapping[str, ItemFate], consent: Consent) -> Iterator[str]:
    """Consent that is given never makes an item worse."""
    if facts.value(consent.question) in (None, False, consent.answer) or not consent.touches(facts.pack):
        return
    supposed = facts.supposing(consent.question, consent.answer)
    supposed.pack = consent.with_barriers(facts.pack)
    after = fates_of(supposed)
    for item, one in fates.items():
        if after[item].severity > one.severity:
            yield f"“{consent.question}: {consent.answer}” makes {item} worse."


class Consent:
    """A presumed question about consent, and the answer that says it was given."""

    def __init__(self, pack: Pack, question: str, answer: str) -> None:
        self.question, self.answer = question, answer
        self._touched = pack.touched_by.get(question, frozenset())
        self._barriers = tuple(barrier for barrier in pack.barriers if barrier.id in self._touched)
        self._packs: dict[int, Pack] = {}

    def touches(self, pack: Pack) -> bool:
        """Does any rule of the pack, or a barrier that may be left out of it, rest on the question?"""
        return bool(self._barriers) or any(basis.id in self._touched for basis in pack.bases)

    def with_barriers(self, pack: Pack) -> Pack:
        """The pack with the barriers that this answer may put up."""
        if id(pack) not in self._packs:
            missing = tuple(one for one in self._barriers if one not in pack.barriers)
            self._packs[id(pack)] = replace(pack, barriers=(*pack.barriers, *missing))
        return self._packs[id(pack)]


def less_asked_is_worse(facts: Facts, fates: Mapping[str, ItemFate], item: str) -> Iterator[str]:
    """What was really asked for is never worse off when less is asked for, as long as every answer still applies.

    What only shows who the student is goes as the rest goes, so it is not looked at alone.
    """
    answers: dict[str, Answer] = {**facts.answers, "items": (item,)}
    alone = Facts(facts.pack, answers, facts.profile)
    still = all(alone.value(name) is not False for name in answers if name in facts.pack.questions)
    if still and fates_of(alone)[item].severity > fates[item].severity:
        yield f"Asked for alone, {item} is worse off."


def fates_of(facts: Facts) -> dict[str, ItemFate]:
    ratings = rate_all(facts)
    return {item.id: fate(ratings, item) for item in ratings.items}


def consents(pack: Pack) -> list[Consent]:
    """The presumed questions that a cure by consent starts from."""
    found: dict[str, str] = {}
    rules = [*(basis.conditions for basis in pack.bases), *(barrier.unless for barrier in pack.barriers)]
    for conditions in rules:
        cures = [(one, cure) for one in conditions for cure in one.cures if cure.kind == "get-consent" and cure.on]
        for condition, cure in cures:
            for name in cure.on.facts() if cure.on else ():
                question = pack.questions.get(name)
                for option in question.options if question and question.presume else ():
                    if condition.test and condition.test.truth(Facts(pack, {name: option.id})):
                        found.setdefault(name, option.id)
    return [Consent(pack, question, answer) for question, answer in found.items()]
