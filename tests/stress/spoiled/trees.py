"""Spoils what a file says: values of another type, keys that go, come twice or change their name, parts that move."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ferpa_wizard.core.strict_yaml import Node, parse

Tree = Any  # texts, numbers, booleans, None, lists, and Pairs for mappings


class Pairs(list[tuple[str, Tree]]):
    """A mapping that may hold a key twice."""


class Raw(str):
    """What stands in the file as it is, without quotes."""

    __slots__ = ()


SCALARS: tuple[Tree, ...] = (
    None, True, False, 0, -1, 1, 10**18, 2**63, 10**30, -(10**30), 1.5, 1e308, "", " ", "x", "no", "yes", "null", "2026-02-30",
    "9999-12-31", "0001-01-01", "2026-01-31T10:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "\0", "\ud800", "\udcff",
    "\u202eabc", "\u05d0", "é", "\U0001f600", "a\nb", "x" * 300, "x" * 70_000, "../../x", "/etc/passwd", "{name}", "{0.__class__}", "%s",
    "-1", "1e999", "012", "9" * 4400, [], [[]], [None], [""], ["\ud800"], {}, [{}], Raw("NaN"), Raw("Infinity"), Raw("-Infinity"), Raw("1e999"),
    Raw("9" * 4400), Raw("!!python/object:os.system x"), Raw("&a x"), Raw("*a"), Raw("2026-01-31"), Raw("no"), Raw("~"),
)  # fmt: skip
_DEPTHS = (1, 5, 63, 70, 1_100, 5_000)
_TIMES = (2, 3, 50, 300)
_MOST = 8_000_000  # characters: more than any file may have, and no more than there is memory for


def from_json(data: bytes) -> Tree:
    """The tree of a good JSON file."""
    return json.loads(data, object_pairs_hook=Pairs)


def from_yaml(data: bytes) -> Tree:
    """The tree of a good YAML file, in which every value is text."""
    root, mistakes = parse(data, "seed")
    if root is None or mistakes:
        raise ValueError(f"This seed is none: {mistakes}")
    return _plain(root)


def _plain(node: Node) -> Tree:
    if isinstance(node.value, dict):
        return Pairs((name, _plain(inner)) for name, inner in node.value.items())
    return [_plain(inner) for inner in node.value] if isinstance(node.value, list) else node.value


def written(tree: Tree) -> bytes:
    """The file of a tree: JSON, which is YAML as well. What no JSON can hold stands there as a slip would put it."""
    out: list[str] = []
    _write(tree, out)
    return "".join(out).encode("utf-8", "surrogatepass")


def _write(tree: Tree, out: list[str]) -> None:
    if isinstance(tree, Raw):
        out.append(tree)
    elif isinstance(tree, (Pairs, dict)):
        out.append("{")
        for place, (name, inner) in enumerate(tree.items() if isinstance(tree, dict) else tree):
            out.append(f"{', ' if place else ''}{json.dumps(name)}: ")
            _write(inner, out)
        out.append("}")
    elif isinstance(tree, list):
        out.append("[")
        for place, inner in enumerate(tree):
            out.append(", " if place else "")
            _write(inner, out)
        out.append("]")
    else:
        out.append(json.dumps(tree))


def changed(tree: Tree, others: Sequence[Tree], chance: random.Random) -> Tree:
    """The tree after one to three changes; the tree that was given stays as it was."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = list(_places(tree, ()))
        at = chance.choice(places)
        tree = _put(tree, at, chance.choice(_WAYS)(_get(tree, at), tree, others, chance))
    return tree


Path = tuple[int, ...]


def _places(tree: Tree, here: Path) -> Iterator[Path]:
    yield here
    if isinstance(tree, list):
        for place, inner in enumerate(tree):
            yield from _places(inner[1] if isinstance(tree, Pairs) else inner, (*here, place))


def _get(tree: Tree, at: Path) -> Tree:
    for place in at:
        tree = tree[place][1] if isinstance(tree, Pairs) else tree[place]
    return tree


def _put(tree: Tree, at: Path, new: Tree) -> Tree:
    """A copy with another part at that place; what does not change is shared."""
    if not at:
        return new
    first, rest = at[0], at[1:]
    if isinstance(tree, Pairs):
        name, inner = tree[first]
        return Pairs((*tree[:first], (name, _put(inner, rest, new)), *tree[first + 1 :]))
    return [*tree[:first], _put(tree[first], rest, new), *tree[first + 1 :]]


def _scalar(_part: Tree, _tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    return chance.choice(SCALARS)


def _other_type(part: Tree, _tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    if isinstance(part, Pairs):
        return [inner for _, inner in part] if chance.random() < 0.5 else [part]
    if isinstance(part, list):
        return (
            Pairs((str(place), inner) for place, inner in enumerate(part))
            if chance.random() < 0.5
            else "".join(map(str, part))
        )
    return chance.choice(([part], Pairs([("id", part)]), str(part), len(str(part))))


def _fewer(part: Tree, _tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    if not isinstance(part, list) or not part:
        return chance.choice((None, ""))
    place = chance.randrange(len(part))
    return type(part)([*part[:place], *part[place + 1 :]])


def _renamed(part: Tree, tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    if not isinstance(part, Pairs) or not part:
        return part
    place = chance.randrange(len(part))
    names = (
        *(name for name, _ in part),
        "",
        "x",
        "id",
        "__class__",
        "\ud800",
        "\u202e",
        "x" * 300,
        "answers",
        "kind",
        "format",
    )
    return Pairs([*part[:place], (chance.choice(names), part[place][1]), *part[place + 1 :]])


def _repeated(part: Tree, _tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    if not isinstance(part, list):
        times = chance.choice(_TIMES)
        return str(part)[: _MOST // times] * times
    return type(part)(part * chance.choice(_TIMES[: 2 + 2 * (len(part) < 5)]))


def _moved(_part: Tree, tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    return _get(tree, chance.choice(list(_places(tree, ()))))


def _from_another(_part: Tree, _tree: Tree, others: Sequence[Tree], chance: random.Random) -> Tree:
    other = chance.choice(others)
    return _get(other, chance.choice(list(_places(other, ()))))


def _deeper(part: Tree, _tree: Tree, _others: Sequence[Tree], chance: random.Random) -> Tree:
    depth = chance.choice(_DEPTHS)
    front, back = chance.choice((("[", "]"), ('{"a": ', "}")))
    return Raw(front * depth + written(part).decode("utf-8", "replace") + back * depth)


_WAYS: tuple[Callable[[Tree, Tree, Sequence[Tree], random.Random], Tree], ...] = (
    _scalar, _scalar, _scalar, _other_type, _fewer, _renamed, _repeated, _moved, _from_another, _deeper
)  # fmt: skip
