"""Worked requests: answers in, determination out. Run as tests, and readable by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import AnswerError, Mistake, RulesError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import LAYERS, VERDICTS, Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile
from ferpa_wizard.core.read_coverage import split_cites
from ferpa_wizard.core.strict_yaml import Node, parse
from ferpa_wizard.core.values import Unhidden, take
from ferpa_wizard.core.walk import Walk, walk

_LISTS = ("steps", "share", "duties", "routes", "advice", "cites")
_AMONG = ("duties", "routes", "advice", "cites")  # what is expected of these has to be among what comes out


@dataclass(frozen=True)
class Example:
    """`expect` holds what must come out; a key that is absent is not compared."""

    id: str
    title: str
    story: str
    profile: str
    on: str
    answers: Mapping[str, Answer]
    verdict: str
    basis: str | None
    expect: Mapping[str, tuple[str, ...]]
    stopped: Mapping[str, tuple[str, ...]]
    file: str
    line: int


def read_examples(files: Mapping[str, bytes], pack: Pack) -> list[Example]:
    """The examples in these files that are about this pack: those that name the overlays it has, or none.

    Raises RulesError holding every mistake.
    """
    overlays = {overlay.id for overlay in pack.overlays}
    found: list[Example] = []
    mistakes: list[Mistake] = []
    for name, data in sorted(files.items()):
        root, wrong = parse(data, name)
        mistakes += wrong
        if root is not None:
            blocks = Block(root, name, mistakes).blocks("examples")
            found += [_example(block, pack) for block in blocks if set(block.texts("overlays")) == overlays]
    times = Counter(example.id for example in found)
    mistakes += [Mistake(e.file, e.line, f"The id “{e.id}” is taken.", "") for e in found if times[e.id] > 1]
    if mistakes:
        raise RulesError(mistakes)
    return found


def _example(block: Block, pack: Pack) -> Example:
    answers = block.block("answers")
    expect = block.block("expect") or block.sub(Node({}, block.line))
    stopped = expect.block("stopped")
    example = Example(
        id=block.text("id"),
        title=block.text("title"),
        story=block.text("story"),
        profile=block.text("profile", "none"),
        on=block.text("on", "2026-11-24"),
        answers=_answers(answers, pack) if answers else {},
        verdict=expect.choice("verdict", VERDICTS),
        basis=expect.choice("basis", ["none", *(basis.id for basis in pack.bases)]) if expect.has("basis") else None,
        expect={key: expect.texts(key) for key in (*_LISTS, "ferpa", "challenge") if expect.has(key)},
        stopped={item: stopped.texts(item) for item in stopped} if stopped else {},
        file=block.file,
        line=block.line,
    )
    expect.finish()
    block.finish(("source",))
    return example


def _answers(block: Block, pack: Pack) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name in block:
        node = block.node(name)
        value = node.value if node else ""
        plain = [part.value for part in value] if isinstance(value, list) else value
        try:
            found[name] = take(plain, name, Unhidden(pack, {}))
        except AnswerError as error:
            block.wrong(f"“{name}”: {error}", line=block.line_of(name))
    return found


def run(example: Example, pack: Pack, profiles: Mapping[str, Profile]) -> tuple[Walk, Determination]:
    """Walk one example and determine it."""
    found = walk(pack, example.answers, profiles.get(example.profile, NO_PROFILE), example.on)
    return found, determine(found.facts)


def differences(example: Example, found: Walk, determination: Determination) -> list[str]:
    """What comes out other than expected, a sentence each."""
    wrong = []
    if found.ask is not None:
        wrong.append(f"the question “{found.ask.id}” is still open")
    if found.set_aside:
        wrong.append(f"these answers do not count: {', '.join(found.set_aside)}")
    if determination.verdict != example.verdict:
        wrong.append(f"verdict {determination.verdict}, expected {example.verdict}")
    basis = determination.basis.id if determination.basis else "none"
    if example.basis is not None and basis != example.basis:
        wrong.append(f"basis {basis}, expected {example.basis}")
    came = _came_out(determination)
    for key, wanted in example.expect.items():
        if key in _AMONG:
            if missing := [name for name in wanted if name not in came[key]]:
                wrong.append(f"{key} lack {', '.join(missing)}")
        elif tuple(came[key]) != wanted:
            wrong.append(f"{key} {', '.join(came[key]) or 'none'}, expected {', '.join(wanted) or 'none'}")
    return wrong + _stopped(example, determination)


def _came_out(determination: Determination) -> dict[str, tuple[str, ...]]:
    return {
        "steps": tuple(step.id for step in determination.steps),
        "share": tuple(item.id for item in determination.items if item.share),
        "duties": tuple(duty.id for duty in determination.duties),
        "routes": tuple(route.id for route in determination.routes),
        "advice": tuple(advice.id for advice in determination.advice),
        "ferpa": (determination.layers[LAYERS[0]].binding,),
        "challenge": (determination.challenge.stands if determination.challenge else "none",),
        "cites": tuple(_cites(determination)),
    }


def _cites(determination: Determination) -> Iterator[str]:
    """What is cited by the chosen basis, its conditions, the steps and the duties."""
    basis = determination.basis
    cites = [basis.cite, *(line.cite for line in basis.conditions)] if basis else []
    cites += [line.cite for line in determination.steps] + [line.cite for line in determination.duties]
    yield from (cite for together in cites for cite in split_cites(together))


def _stopped(example: Example, determination: Determination) -> list[str]:
    by_item = {item.id: item.stopped_by for item in determination.items}
    return [
        f"{item} is stopped by {', '.join(by_item.get(item, ())) or 'nobody'}, expected {', '.join(layers)}"
        for item, layers in example.stopped.items()
        if by_item.get(item) != layers
    ]
