"""Where the parts of a picture stand: columns from left to right, and lanes between them for the links.

No card touches another, no link crosses a card, and every link leads to the right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Protocol

from ferpa_wizard.requests.rule_picture import Card, Link, Part, Picture

WIDTH, PAD, GAP, LANE, MARK = 250, 9, 22, 9, 24  # at 100 % text
Texts = tuple[tuple[str, str], ...]
Point = tuple[int, int]


class Ruler(Protocol):
    """What the layout asks of the look: sizes at the text size in force, and heights of texts."""

    def px(self, size: float) -> int: ...

    def height(self, text: str, style: str, width: int) -> int: ...


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Place:
    """A part with its rectangle; `head` is the first of its card."""

    part: Part
    rect: Rect
    column: int
    head: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """`cards` are the rectangles of whole cards, `routes` the corners of each link."""

    size: tuple[int, int]
    places: Mapping[str, Place]
    cards: tuple[Rect, ...]
    routes: tuple[tuple[Link, tuple[Point, ...]], ...]

    def step(self, name: str, direction: str) -> str:
        """The part that an arrow key leads to: up or down in its column, left or right along a link if there is one."""
        at = self.places[name]
        if direction in ("up", "down"):
            column = self._column(at.column)
            place = column.index(name) + (1 if direction == "down" else -1)
            return column[place] if 0 <= place < len(column) else name
        return self._linked(name, direction) or self._beside(at, 1 if direction == "right" else -1)

    def words(self, name: str) -> tuple[str, ...]:
        """What a part says and where it leads, for who hears it."""
        part = self.places[name].part
        opened = [self.places[link.target].part.text for link, _ in self.routes if link.source == name]
        leads = f"Leads to: {'; '.join(opened)}" if opened else ""
        return tuple(filter(None, (part.mark, part.text, part.note, part.cite, leads)))

    def _linked(self, name: str, direction: str) -> str:
        right = direction == "right"
        ends = [(link.source, link.target) if right else (link.target, link.source) for link, _ in self.routes]
        return next((other for one, other in ends if one == name), "")

    def _beside(self, at: Place, step: int) -> str:
        beside = self._column(at.column + step)
        return min(beside, key=lambda one: abs(self.places[one].rect.middle - at.rect.middle), default=at.part.id)

    def _column(self, column: int) -> list[str]:
        """The parts of a column, top to bottom."""
        held = [place for place in self.places.values() if place.column == column]
        return [place.part.id for place in sorted(held, key=lambda place: place.rect.y)]


def texts(part: Part) -> Texts:
    """The lines of a part, top to bottom, each with its style."""
    rows = (
        (part.text, "small-strong" if part.strong else "small-medium" if part.state else "small"),
        (part.note, "caption"),
        (part.cite, "caption"),
        (part.mark, "small-strong"),
    )
    return tuple((text, style) for text, style in rows if text)


def words_room(part: Part, ruler: Ruler) -> int:
    """How wide the words of a part may be: a mark takes room at the left."""
    return ruler.px(WIDTH) - 2 * ruler.px(PAD) - (ruler.px(MARK) if part.state else 0)


def lay_out(picture: Picture, ruler: Ruler) -> Layout:
    """Place every part of a picture."""
    return _Laying(picture, ruler).result()


class _Laying:
    def __init__(self, picture: Picture, ruler: Ruler) -> None:
        self._picture, self._ruler = picture, ruler
        self._column = {part.id: card.column for card in picture.cards for part in card.parts}
        self._places: dict[str, Place] = {}
        self._rects: list[Rect] = []
        self._corridors: dict[tuple[str, int], int] = {}  # net and column to the height at which it passes
        self._nets: dict[str, list[Link]] = defaultdict(list)
        for link in picture.links:
            self._nets[link.net].append(link)

    def result(self) -> Layout:
        left, lefts, lanes = 0, [], []
        for column in range(max(self._column.values(), default=-1) + 1):
            lefts.append(left)
            self._stack(column, left)
            nets = [net for net in self._nets if column in self._gutters(net)]
            lanes.append({net: place for place, net in enumerate(self._ordered(nets, column), 1)})
            left += self._px(WIDTH) + self._px(LANE) * (len(nets) + 1) + self._px(GAP)
        routes = tuple((link, tuple(self._route(link, lefts, lanes))) for link in self._picture.links)
        right = max((rect.right for rect in self._rects), default=0)
        bottom = max([*(rect.bottom for rect in self._rects), *self._corridors.values()], default=0)
        return Layout((right, bottom), self._places, tuple(self._rects), routes)

    # -- columns ---------------------------------------------------------------------------

    def _stack(self, column: int, left: int) -> None:
        """Put the cards of a column under one another, each beside what leads to it if it can be; nets pass between."""
        passing = sorted((self._beside(links), net) for net, links in self._nets.items() if self._passes(net, column))
        y = 0
        for card, height, wanted in self._standing(column):
            y = max(y, wanted)
            while passing and passing[0][0] <= y + height // 2:
                y = self._pass(passing.pop(0)[1], column, y)
            self._place(card, left, y)
            y += height + self._px(GAP)
        for wanted, net in passing:
            y = self._pass(net, column, max(y, wanted))

    def _standing(self, column: int) -> list[tuple[Card, int, int]]:
        """The cards of a column in their order, each with its height and where it would stand.

        One gives way upwards to the next, so that a card that comes in low does not push all others down.
        """
        found: list[tuple[Card, int, int]] = []
        for card in reversed([card for card in self._picture.cards if card.column == column]):
            height = sum(map(self._height, card.parts))
            wanted = self._beside(self._coming(card)) - height // 2
            if found:
                wanted = min(wanted, found[-1][2] - height - self._px(GAP))
            found.append((card, height, wanted))
        return found[::-1]

    def _pass(self, net: str, column: int, y: int) -> int:
        """Lead a net through a column; where the next thing may stand."""
        self._corridors[net, column] = y
        return y + self._px(LANE)

    def _coming(self, card: Card) -> list[Link]:
        names = {part.id for part in card.parts}
        return [link for link in self._picture.links if link.target in names]

    def _beside(self, links: Sequence[Link]) -> int:
        """The height at which links that have begun come in, on the mean; the top where there are none."""
        coming = [self._places[link.source].rect.middle for link in links if link.source in self._places]
        return round(mean(coming)) if coming else 0

    def _out(self, link: Link, column: int) -> int:
        """The height at which a link leaves a column."""
        passing = self._corridors.get((link.net, column))
        return self._places[link.source].rect.middle if passing is None else passing

    def _place(self, card: Card, left: int, top: int) -> None:
        y = top
        for number, part in enumerate(card.parts):
            rect = Rect(left, y, self._px(WIDTH), self._height(part))
            self._places[part.id] = Place(part, rect, card.column, head=number == 0)
            y = rect.bottom
        self._rects.append(Rect(left, top, self._px(WIDTH), y - top))

    def _height(self, part: Part) -> int:
        room = words_room(part, self._ruler)
        return sum(self._ruler.height(text, style, room) for text, style in texts(part)) + 2 * self._px(PAD)

    # -- links -----------------------------------------------------------------------------

    def _ends(self, net: str) -> tuple[int, int]:
        """The first and the last column of a net."""
        links = self._nets[net]
        return min(self._column[one.source] for one in links), max(self._column[one.target] for one in links)

    def _gutters(self, net: str) -> range:
        return range(*self._ends(net))

    def _passes(self, net: str, column: int) -> bool:
        first, last = self._ends(net)
        return first < column < last

    def _ordered(self, nets: Iterable[str], column: int) -> list[str]:
        """Lanes in an order in which few links cross: those that leave lowest turn first."""
        return sorted(nets, key=lambda net: -max(self._out(link, column) for link in self._leaving(net, column)))

    def _leaving(self, net: str, column: int) -> list[Link]:
        """The links of a net that are on their way when a column ends."""
        return [link for link in self._nets[net] if self._column[link.source] <= column]

    def _route(self, link: Link, lefts: Sequence[int], lanes: Sequence[Mapping[str, int]]) -> Iterator[Point]:
        source, target = self._places[link.source], self._places[link.target]
        y = source.rect.middle
        yield source.rect.right, y
        for column in range(source.column, target.column):
            lane = lefts[column] + self._px(WIDTH) + self._px(LANE) * lanes[column][link.net]
            yield lane, y
            passing = self._corridors.get((link.net, column + 1)) if column + 1 < target.column else None
            y = target.rect.middle if passing is None else passing
            yield lane, y
        yield target.rect.x, y

    def _px(self, size: float) -> int:
        return self._ruler.px(size)
