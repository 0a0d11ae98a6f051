"""What changes between two packs: the requests that get another verdict, basis or share, grouped by change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.facts import Answers
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.walk import Walk, walk

_SHOWN = 3
_KINDS = ("verdict", "basis", "item")


@dataclass(frozen=True)
class Request:
    """One request to put to both packs; `name` is an example's id, or empty, `profile` that of its standing answers."""

    answers: Answers
    standing: Answers
    on: str
    name: str = ""
    profile: str = ""

    @property
    def key(self) -> str:
        return repr((sorted(self.answers.items()), sorted(self.standing.items()), self.on))


@dataclass(frozen=True)
class Change:
    """One kind of change (verdict, basis or item) with its requests, the shortest first, each in words."""

    kind: str
    subject: str  # the item's id
    before: str
    after: str
    count: int
    shortest: tuple[Request, ...]
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Difference:
    requests: int
    changed: int
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        return {"requests": self.requests, "changed": self.changed, "changes": list(map(_plain, self.changes))}


_Change = tuple[str, str, str, str]  # kind, subject, before, after


def difference(one: Pack, other: Pack, requests: Iterable[Request]) -> Difference:
    """Put each request once to both packs."""
    comparison = Comparison(one, other)
    for request in each_once(requests):
        comparison.put(request)
    return comparison.result()


def each_once(requests: Iterable[Request]) -> list[Request]:
    """The requests that differ, in an order of their own; of two that are the same, the one with a name."""
    asked = {request.key: request for request in sorted(requests, key=lambda request: bool(request.name))}
    return [asked[key] for key in sorted(asked)]


class Comparison:
    """Puts requests to both packs, one at a time."""

    def __init__(self, one: Pack, other: Pack) -> None:
        self._one, self._other = one, other
        self._found: dict[_Change, list[Request]] = defaultdict(list)
        self._put = self._changed = 0

    def put(self, request: Request) -> None:
        changes = list(_changes(_outcome(self._one, request), _outcome(self._other, request)))
        self._put += 1
        self._changed += bool(changes)
        for change in changes:
            self._found[change].append(request)

    def result(self) -> Difference:
        """What has come out otherwise so far."""
        found = self._found
        order = sorted(found, key=lambda change: (_KINDS.index(change[0]), -len(found[change]), change))
        changes = (_change(change, found[change], self._one, self._other) for change in order)
        return Difference(self._put, self._changed, tuple(changes))


def _walk(pack: Pack, request: Request) -> Walk:
    return walk(pack, request.answers, Profile(answers=request.standing), request.on)


def _outcome(pack: Pack, request: Request) -> tuple[str, str, Mapping[str, str]]:
    """Verdict, basis and what becomes of each item; a request that is asked more has no verdict yet."""
    walked = _walk(pack, request)
    if walked.ask is not None:
        return f"asks “{walked.ask.id}”", "", {}
    found = determine(walked.facts, what_if=False)
    return found.verdict, found.basis.id if found.basis else "none", _shares(found)


def _shares(found: Determination) -> Mapping[str, str]:
    return {item.id: "may go" if item.share else "stays" for item in found.items}


def _changes(one: tuple[str, str, Mapping[str, str]], other: tuple[str, str, Mapping[str, str]]) -> Iterator[_Change]:
    if one[0] != other[0]:
        yield "verdict", "", one[0], other[0]
    if one[1] != other[1] and one[1] and other[1]:
        yield "basis", "", one[1], other[1]
    for item in one[2].keys() & other[2].keys():
        if one[2][item] != other[2][item]:
            yield "item", item, one[2][item], other[2][item]


def _change(change: _Change, requests: list[Request], one: Pack, other: Pack) -> Change:
    shortest = tuple(sorted(requests, key=_length)[:_SHOWN])
    return Change(*change, len(requests), shortest, tuple(_words(request, one, other) for request in shortest))


def _length(request: Request) -> tuple[int, int, str]:
    ticked = sum(len(answer) for answer in request.answers.values() if isinstance(answer, tuple))
    return len(request.answers), ticked, request.key


def _words(request: Request, one: Pack, other: Pack) -> tuple[str, ...]:
    """Each question with its answer, as the pack shows them that asks more of them."""
    trails = [_walk(pack, request).trail for pack in (one, other)]
    return tuple(f"{given.ask.text} {given.label}" for given in max(trails, key=len))


def difference_lines(found: Difference) -> Iterator[str]:
    """The difference as text."""
    for change in found.changes:
        subject = f"{change.kind} {change.subject}".rstrip()
        yield f"{subject}: {change.before} -> {change.after} ({change.count})"
        for request, words in zip(change.shortest, change.words, strict=True):
            yield f"  {request.name or 'request'}, {len(request.answers)} answers, profile {request.profile or 'none'}"
            yield from (f"    {line}" for line in words)
    yield f"{found.changed} of {found.requests} requests come out otherwise."


def _plain(change: Change) -> dict[str, object]:
    shortest = [
        {
            "name": request.name,
            "profile": request.profile,
            "on": request.on,
            "answers": _lists(request.answers),
            "words": list(words),
        }
        for request, words in zip(change.shortest, change.words, strict=True)
    ]
    names = ("kind", "subject", "before", "after", "count")
    return {**{name: getattr(change, name) for name in names}, "shortest": shortest}


def _lists(answers: Answers) -> dict[str, str | list[str]]:
    return {name: answer if isinstance(answer, str) else list(answer) for name, answer in answers.items()}
