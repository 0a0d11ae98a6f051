"""Practice: shipped worked requests on a desk of their own, of which nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ferpa_wizard import paths
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.examples import Example
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.core.walk import Ask, Given
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.rule_files import examples_of, profiles_of
from ferpa_wizard.requests.sealed import Sealed

LIST = "practice.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """Worked requests that stand together in the list."""

    title: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Practice:
    """The list, and the rules and profiles that its requests are worked with."""

    groups: tuple[Group, ...]
    pack: Pack
    profiles: Mapping[str, Profile]

    def desk(self, example: Example, *, now: Callable[[], datetime] | None = None) -> PracticeDesk:
        """A desk to practise this one on. Raises OSError when there is no room for its folder."""
        return PracticeDesk(example, self.pack, self.profiles[example.profile], now=now)


def read_practice(rules: Path | None = None) -> Practice:
    """What the program ships, from the folder of the rules. Raises RulesError, ProfileError, OSError."""
    folder = rules or paths.data() / "rules"
    pack = read_pack(folder / "ferpa")
    examples = {example.id: example for example in examples_of(folder, pack)}
    groups = _groups((folder / LIST).read_bytes(), examples)
    known = profiles_of(pack, folder)
    names = {example.profile for group in groups for example in group.examples}
    return Practice(groups, pack, {name: _to_practise_with(known.get(name, NO_PROFILE)) for name in names})


def _groups(data: bytes, examples: Mapping[str, Example]) -> tuple[Group, ...]:
    root, mistakes = parse(data, LIST)
    found = []
    if root is not None:
        block = Block(root, LIST, mistakes)
        for one in block.blocks("groups"):
            title, requests = one.text("title"), (_request(inner, examples) for inner in one.blocks("requests"))
            found.append(Group(title, tuple(filter(None, requests))))
            one.finish()
        block.finish()
    if mistakes:
        raise RulesError(mistakes)
    return tuple(found)


def _request(block: Block, examples: Mapping[str, Example]) -> Example | None:
    """A worked request with the story that it has in practice, which must not tell what comes out."""
    name, story = block.text("example"), block.text("story")
    block.finish()
    if name not in examples:
        block.wrong(f"There is no example “{name}”.", "Name one that is there.")
        return None
    return replace(examples[name], story=story)


def _to_practise_with(profile: Profile) -> Profile:
    """The profile of an example; its facts do not lapse, because no school has to review them.

    No decision needs a second person: whoever practises is alone.
    """
    return replace(profile, until={}, second_person=())


class PracticeDesk(Desk):
    """A desk in a folder of its own, which `close` deletes; what it seals is marked as practice."""

    def __init__(
        self, example: Example, pack: Pack, profile: Profile, *, now: Callable[[], datetime] | None = None
    ) -> None:
        # Without complaints where another program still reads a file in it: the system empties such folders later.
        self._folder = TemporaryDirectory(prefix="ferpa-wizard-practice-", ignore_cleanup_errors=True)
        super().__init__(Path(self._folder.name), lambda: (pack, profile), now=now)
        self.example = example

    def close(self) -> None:
        """Let go of everything and delete the folder."""
        super().close()
        self._folder.cleanup()

    def record(self, number: str, installation: str = "") -> Sealed:
        """One practice decision, as `Desk.record` gives it."""
        return replace(super().record(number, installation), practice=True)

    def worked(self) -> Request:
        """The worked request with the answers that were written for it."""
        return self.unsaved(self.example.answers)

    def again(self, request: Request) -> Request:
        """A new request with the answers of one that has its record, so that they can be changed."""
        return self.new({given.ask.id: given.answer for given in request.walk.trail})

    def _append(self, body: dict[str, object], at: datetime) -> Sealed:
        return replace(super()._append(body, at), practice=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a request came to, in words; `basis` and `cite` are empty where there is none."""

    verdict: str
    label: str
    basis: str
    cite: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A question that was answered otherwise; an answer is None where the question did not come up.

    With `ticks` both answers are lists of ticks, and each holds those that the other has not.
    """

    question: str
    text: str
    yours: tuple[str, ...] | None
    worked: tuple[str, ...] | None
    ticks: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both outcomes side by side, and the answers that differ, in the order of the worked request."""

    yours: Outcome
    worked: Outcome
    differing: tuple[Differing, ...]

    @property
    def same_outcome(self) -> bool:
        return self.yours == self.worked


def compare(yours: Request, worked: Request) -> Comparison:
    """What one request came to beside the worked one, and which answers differ."""
    own, theirs = _answers(yours), _answers(worked)
    pairs = {name: (own.get(name), theirs.get(name)) for name in (*theirs, *own)}
    differing = [found for pair in pairs.values() if (found := _differing(*pair)) is not None]
    return Comparison(_outcome(yours), _outcome(worked), tuple(differing))


def _answers(request: Request) -> dict[str, Given]:
    return {given.ask.id: given for given in request.walk.trail if given.source == "person"}


def _differing(mine: Given | None, other: Given | None) -> Differing | None:
    """How the two answers to one question differ; None if they are the same."""
    given = mine or other
    if given is None:
        return None
    ask = given.ask
    if mine is not None and other is not None:
        if isinstance(mine.answer, tuple) and isinstance(other.answer, tuple):
            ticked, wanted = set(mine.answer), set(other.answer)  # in which order says nothing
            if ticked == wanted:
                return None
            more, less = _labels(ask, ticked - wanted), _labels(ask, wanted - ticked)
            return Differing(ask.id, ask.text, more, less, ticks=True)
        if mine.answer == other.answer:
            return None
    return Differing(ask.id, ask.text, (mine.label,) if mine else None, (other.label,) if other else None)


def _labels(ask: Ask, names: set[str]) -> tuple[str, ...]:
    return tuple(option.label for option in ask.options if option.id in names)


def _outcome(request: Request) -> Outcome:
    found = request.so_far
    basis = found.basis
    items = tuple(item.label for item in found.items if item.share)
    return Outcome(found.verdict, found.label, basis.title if basis else "", basis.cite if basis else "", items)
