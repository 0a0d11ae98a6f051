"""What the rules decide and what not: what is left to people, what is held of the law, and why not all of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.coverage import Coverage, Meeting, covered, meeting
from ferpa_wizard.core.coverage import Line as Held
from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.read_coverage import COVERAGE, Measure, ids_in, read_measure
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.rule_phrases import cites
from ferpa_wizard.requests.rule_book import Book, Node, listed
from ferpa_wizard.requests.rule_files import example_files, overlays_of, profiles_of
from ferpa_wizard.requests.rule_lines import Line, RuleLines, part
from ferpa_wizard.requests.rule_sources import UNREAD, rule_titles
from ferpa_wizard.requests.steps import Step

_ACTS = "A request that fits one of these ends with a named person, or says what was not checked."


def limits_book(pack: Pack) -> Book:
    """What these rules do not decide."""
    return Book("", "", (_Limits(pack).node(),))


def coverage_book(pack: Pack, shipped: Pack, measure: Measure, found: Coverage) -> Book:
    """The same, and what the rules that come with the program hold of the law and what not, with the reasons."""
    held = sum(line.status == "covered" for line in found.propositions)
    cited = sum(line.status == "covered" for line in found.paragraphs)
    head = (
        f"{held} of {len(found.propositions)} points of the law are held, and {cited} of {len(found.paragraphs)} "
        "paragraphs of the regulation are cited."
    )
    return Book(head, "", (_Limits(pack).node(), *_Measured(shipped, found, measure).nodes()))


def measuring(pack: Pack, rules: Path | None = None) -> Generator[Step, None, Book]:
    """Measure the rules that come with the program against the law, an example at a time; then the book.

    Raises RulesError, OSError.
    """
    root = rules or paths.data() / "rules"
    shipped = read_pack(root / "ferpa")
    measure = read_measure((root / "ferpa" / COVERAGE).read_bytes())
    overlays = {name for file in overlays_of(root) for name in ids_in(file.read_bytes(), file.name)}
    examples: list[Example] = []
    for number, file in enumerate(files := example_files(root)):
        yield Step(number, len(files), "Reading the examples")
        examples += read_examples({file.name: file.read_bytes()}, shipped)
    profiles = profiles_of(shipped, root)
    met: list[Meeting] = []
    for one in meeting(shipped, examples, profiles):
        met.append(one)
        yield Step(len(met), len(examples), "Example")
    return coverage_book(pack, shipped, measure, covered(shipped, measure, met, overlays))


class _Limits:
    """What the pack in use does not decide."""

    def __init__(self, pack: Pack) -> None:
        self._pack, self._say = pack, RuleLines(pack)

    def node(self) -> Node:
        always = Node(
            "limits/people",
            "Time, cost and trust between people",
            lines=(Line("No rule decides them. A no for such a reason is the school's own."),),
        )
        nodes = [*self._gaps(), *self._layers(), *self._unread(), always]
        return listed("limits", "What this tool does not decide", nodes, _ACTS)

    def _gaps(self) -> Iterator[Node]:
        for gap in self._pack.beyond:
            when = part("When", [Line(f"{raised(self._say.words(gap.when))}.")])
            yield Node(f"limits/{gap.id}", raised(gap.title), cites(gap.cite), (Line(gap.says), *when))

    def _layers(self) -> Iterator[Node]:
        """Laws that were not looked at, for some items or at all."""
        asks = (Line("The answer says so, and asks for it before sharing."),)
        held = {overlay.layer for overlay in self._pack.overlays}
        for layer in self._pack.layers:
            if layer.lacks:
                lacks = ", ".join(sorted(layer.lacks))
                yield Node(f"limits/layer-{layer.id}", f"{layer.title}: not held for items marked {lacks}", lines=asks)
            if layer.id in ("state", "district") and layer.id not in held:
                yield Node(f"limits/no-{layer.id}", f"{layer.title}: no file of its rules was loaded", lines=asks)

    def _unread(self) -> Iterator[Node]:
        unread = sorted(cite for cite, mark in self._pack.sources.items() if mark in UNREAD)
        if unread:
            lines = tuple(Line(cite, "rule") for cite in unread)
            yield Node("limits/sources", "Sources that nobody has looked up yet", lines=lines)


class _Measured:
    """Coverage in words: points of the law and paragraphs, left out first."""

    def __init__(self, pack: Pack, found: Coverage, measure: Measure) -> None:
        self._found, self._titles = found, rule_titles(pack)
        self._stands = {known.id: "; ".join(known.cites) for known in measure.law}

    def nodes(self) -> Iterator[Node]:
        for kind, title, lines in (
            ("points", "Points of the law", self._found.propositions),
            ("paragraphs", "Paragraphs of the regulation", self._found.paragraphs),
        ):
            for status, says in (
                ("gap", "missing"),
                ("reason", "left out, with the reason"),
                ("covered", "held"),
                ("below", "held through their parts"),
                ("outside", "about other things than who may get data"),
            ):
                yield from self._part(f"{kind}/{status}", f"{title}: {says}", [x for x in lines if x.status == status])

    def _part(self, ident: str, title: str, held: Sequence[Held]) -> Iterator[Node]:
        if held:
            yield listed(ident, f"{title} ({len(held)})", [self._line(ident, line) for line in held])

    def _line(self, above: str, line: Held) -> Node:
        said = (
            *([Line(text) for text in (line.lacks, line.reason) if text]),
            *part("Rules that hold it", _rows(map(self._named, line.rules))),
            *part(f"Worked requests that meet it: {len(line.examples)}", _rows(line.examples)),
        )
        cite = self._stands.get(line.id, "")
        return Node(f"{above}/{line.id}", cite or line.id, line.id if cite else "", said or (Line(_OUTSIDE),))

    def _named(self, rule: str) -> str:
        """A rule as “id (owner)”, with the owner in words."""
        ident, _, owner = rule.removesuffix(")").partition(" (")
        return f"{self._titles.get(owner) or self._titles.get(ident, owner)} ({ident})"


_OUTSIDE = "No rule cites it. It is a heading, or about other things than who may get data."


def _rows(texts: Iterable[str]) -> list[Line]:
    return [Line(text, "rule") for text in texts]
