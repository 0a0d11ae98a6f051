"""How the rules cover the law: each paragraph of the regulation and each proposition, with its rules and examples."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from ferpa_wizard.core.cited import Cited, cited_rules, met_by
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.numbers import counted
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_coverage import Elsewhere, Measure, Proposition, mistake
from ferpa_wizard.core.reading import PARAGRAPHS
from ferpa_wizard.core.walk import walk

PART_99 = "34 CFR "
_SECTION = re.compile(r"34 CFR 99\.(\d+)")
_FIRST, _LAST = 30, 38  # the sections that say what may be disclosed: each of their paragraphs has to be accounted for
_LAST_PART = re.compile(r"\([^()]*\)$")
Meeting = tuple[str, Collection[str]]
_BINDING = ("basis", "condition", "barrier", "advice", "duty")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or proposition. `status` is covered, below (through its parts), reason, outside or gap."""

    id: str
    status: str
    rules: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    reason: str = ""
    lacks: str = ""  # of a gap: what is missing


@dataclass(frozen=True, slots=True)
class Coverage:
    paragraphs: tuple[Line, ...]
    propositions: tuple[Line, ...]
    mistakes: tuple[Mistake, ...] = field(default=())

    @property
    def gaps(self) -> tuple[Line, ...]:
        return tuple(line for line in (*self.paragraphs, *self.propositions) if line.status == "gap")

    def as_json(self) -> dict[str, object]:
        return {
            "paragraphs": [asdict(line) for line in self.paragraphs],
            "propositions": [asdict(line) for line in self.propositions],
            "gaps": [line.id for line in self.gaps],
            "mistakes": [str(one) for one in self.mistakes],
        }


def coverage(
    pack: Pack,
    measure: Measure,
    examples: Iterable[Example],
    profiles: Mapping[str, Profile],
    elsewhere: Collection[str] = (),
) -> Coverage:
    """Measure a pack; `elsewhere` holds the ids of rules that overlays bring."""
    return covered(pack, measure, meeting(pack, examples, profiles), elsewhere)


def covered(pack: Pack, measure: Measure, met: Iterable[Meeting], elsewhere: Collection[str] = ()) -> Coverage:
    """The same where it is known already which rules each example meets."""
    found: dict[str, list[str]] = defaultdict(list)
    for example, keys in met:
        for key in keys:
            found[key].append(example)
    return _Covering(pack, measure, found, elsewhere).result()


def meeting(pack: Pack, examples: Iterable[Example], profiles: Mapping[str, Profile]) -> Iterator[Meeting]:
    """Each example by its id, with the keys of the rules that it meets; worked out one at a time."""
    for example in examples:
        walked = walk(pack, example.answers, profiles.get(example.profile, NO_PROFILE), example.on)
        yield example.id, met_by(walked, determine(walked.facts, what_if=False))


def uncited(pack: Pack, measure: Measure) -> set[str]:
    """Where a rule lacks a citation that its proposition has in the law, a sentence each."""
    covering = _Covering(pack, measure, {}, ())
    return {says for known in measure.law for says in covering.uncited(known)}


class _Covering:
    def __init__(self, pack: Pack, measure: Measure, met: Mapping[str, list[str]], elsewhere: Collection[str]) -> None:
        self._measure, self._met, self._elsewhere = measure, met, elsewhere
        self._names = paragraph_names(pack)
        self._below = _below(self._names)
        self._citing: dict[str, list[Cited]] = defaultdict(list)
        self._called: dict[str, list[Cited]] = defaultdict(list)
        for rule in cited_rules(pack):
            self._called[rule.id].append(rule)
            for cite in rule.cites:
                self._citing[cite].append(rule)
        self._reasons = {cite: entry.reason for entry in measure.paragraphs for cite in entry.cites}

    def result(self) -> Coverage:
        return Coverage(
            paragraphs=tuple(map(self._paragraph, self._names)),
            propositions=tuple(map(self._proposition, self._measure.law)),
            mistakes=tuple(sorted([*self._wrong_paragraphs(), *self._wrong_propositions()])),
        )

    # Paragraphs

    def _paragraph(self, cite: str) -> Line:
        rules = self._citing.get(cite, [])
        names, examples = _names(rules), self._examples(rules)
        if rules:
            lacks = "" if examples or not _counts(cite) else "No example meets these rules."
            return Line(cite, "gap" if lacks else "covered", names, examples, lacks=lacks)
        if reason := self._reasons.get(cite):
            return Line(cite, "reason", reason=reason)
        if not _counts(cite):
            return Line(cite, "outside")
        # A heading whose parts have gaps is no gap of its own.
        if self._below[cite]:
            return Line(cite, "below")
        return Line(cite, "gap", lacks="No rule cites it, and no reason is given.")

    def _through(self, cite: str) -> bool:
        """Is a heading accounted for by its parts alone?"""
        parts = self._below.get(cite, [])
        return bool(parts) and all(self._accounted(part) for part in parts)

    def _accounted(self, cite: str) -> bool:
        return bool(self._citing.get(cite)) or cite in self._reasons or self._through(cite)

    def _wrong_paragraphs(self) -> Iterator[Mistake]:
        for entry in self._measure.paragraphs:
            for cite in entry.cites:
                if cite not in self._below:
                    yield mistake(entry.line, f"There is no paragraph “{cite}”.", "Write it as 34 CFR 99.31(a)(1).")
                elif rules := self._citing.get(cite):
                    yield mistake(entry.line, f"“{cite}” is cited by {_names(rules)[0]}.", "Remove it here.")
                elif self._through(cite):
                    yield mistake(entry.line, f"“{cite}” is covered by its parts.", "Remove it here.")

    # Propositions

    def _proposition(self, known: Proposition) -> Line:
        entry = self._entry(known.id)
        holding = self._holding(known.id)
        rules = [rule for group in holding for rule in group]
        names, examples = _names(rules), self._examples(rules)
        reason = entry.reason if entry else ""
        if not rules:
            if reason or known.id in self._elsewhere:
                return Line(known.id, "reason", reason=reason or "An overlay holds it.")
            return Line(known.id, "gap", lacks="No rule holds it, and no reason is given.")
        lacks = [*self.uncited(known), *([] if examples else ["No example meets it."])]
        return Line(known.id, "gap" if lacks else "covered", names, examples, reason, lacks=" ".join(lacks))

    def uncited(self, known: Proposition) -> Iterator[str]:
        for group in self._holding(known.id):
            yield from (f"{_names(group)[0]} does not cite {cite}." for cite in _missing(known, group))

    def _holding(self, ident: str) -> list[list[Cited]]:
        """The rules of this id, each alone, and together those that hold it under other names."""
        own = [[rule] for rule in self._called.get(ident, []) if rule.kind in (*_BINDING, "route")]
        entry = self._entry(ident)
        others = [rule for name in (entry.rules if entry else ()) for rule in self._called.get(name, [])]
        return [*own, others] if others else own

    def _entry(self, ident: str) -> Elsewhere | None:
        return next((entry for entry in self._measure.propositions if entry.id == ident), None)

    def _wrong_propositions(self) -> Iterator[Mistake]:
        known = {one.id for one in self._measure.law}
        for one in self._measure.law:
            for cite in one.cites:
                if cite.startswith(PART_99 + "99.") and cite not in self._below:
                    yield mistake(one.line, f"There is no paragraph “{cite}”.", "Write it as 34 CFR 99.31(a)(1).")
        for entry in self._measure.propositions:
            if entry.id not in known:
                yield mistake(entry.line, f"“{entry.id}” is not listed under law.", "Add it there, or remove it here.")
            held = any(rule.kind in _BINDING for rule in self._called.get(entry.id, [])) or entry.id in self._elsewhere
            if held and not entry.rules:
                yield mistake(entry.line, f"The rules hold “{entry.id}” under its own name.", "Remove it here.")
            for name in entry.rules:
                if name not in self._called:
                    yield mistake(entry.line, f"There is no rule “{name}”.", "Name a condition, basis or duty.")

    def _examples(self, rules: Iterable[Cited]) -> tuple[str, ...]:
        return tuple(sorted({example for rule in rules for example in self._met.get(rule.key, ())}))


def coverage_lines(found: Coverage) -> Iterator[str]:
    """The coverage as text, what is missing last."""
    for title, lines in (("Paragraphs", found.paragraphs), ("Propositions", found.propositions)):
        yield title
        yield from (f"  {line.id}: {_told(line)}" for line in lines if line.status not in ("outside", "gap"))
    if found.gaps:
        yield "Gaps"
        yield from (f"  {line.id}: {line.lacks}" for line in found.gaps)
    held = sum(line.status == "covered" for line in found.paragraphs)
    known = sum(line.status == "covered" for line in found.propositions)
    yield f"{held} of {len(found.paragraphs)} paragraphs are cited."
    yield f"{known} of {len(found.propositions)} propositions are held."
    yield f"{len(found.gaps)} gaps."


def _told(line: Line) -> str:
    if line.status == "below":
        return "a heading; its parts are listed."
    if line.status == "reason":
        return line.reason
    return f"{', '.join(line.rules)}; {counted(len(line.examples), 'example')}"


def paragraph_names(pack: Pack) -> list[str]:
    """Every paragraph and term of the regulation, in the order of the law."""
    index = json.loads(json.loads(pack.content).get(PARAGRAPHS, '{"paragraphs": {}, "terms": []}'))
    sections = sorted(index["paragraphs"], key=lambda name: int(name.removeprefix("99.")))
    names = [name for section in sections for name in (section, *index["paragraphs"][section])]
    terms = [term for term in index["terms"] if term not in names]
    return [PART_99 + name for name in (*names, *terms)]


def _below(names: list[str]) -> dict[str, list[str]]:
    """Each paragraph with the paragraphs right below it."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for name in names:
        above = _above(name, found)
        if above:
            found[above].append(name)
    return found


def _above(name: str, names: Collection[str]) -> str:
    while (shorter := _LAST_PART.sub("", name).rstrip()) != name:
        if shorter in names:
            return shorter
        name = shorter
    return ""


def _counts(cite: str) -> bool:
    section = _SECTION.match(cite)
    return section is not None and _FIRST <= int(section.group(1)) <= _LAST


def _names(rules: Iterable[Cited]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{rule.id} ({rule.owner or rule.kind})" for rule in rules))


def _missing(known: Proposition, group: list[Cited]) -> list[str]:
    if not any(rule.kind in _BINDING for rule in group):
        return []
    cited = [cite for rule in group for cite in rule.cites]
    return [cite for cite in known.cites if not any(_within(one, cite) for one in cited)]


def _within(cite: str, wanted: str) -> bool:
    """Is it this paragraph, or one below it?"""
    return cite == wanted or cite.startswith((f"{wanted}(", f"{wanted} "))
