"""Makes the inputs of a reader: the same job makes the same again."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from tests.stress.spoiled import bytes as input_bytes
from tests.stress.spoiled import trees as input_trees
from tests.stress.spoiled import zips as input_zips
from tests.stress.spoiled.guard import Reader

Make = Callable[[random.Random], bytes]
_PAGE = 4096  # of a ledger


def maker_of(reader: Reader) -> Make:
    """What makes an input with the chance that it is given."""
    return _MAKERS[reader.kind](reader)


def inputs_of(reader: Reader, job: str) -> Callable[[int], bytes]:
    """The input of each number in a job."""
    make = maker_of(reader)
    return lambda number: make(random.Random(f"{job} {number}"))


def _text(reader: Reader) -> Make:
    def make(chance: random.Random) -> bytes:
        return input_bytes.spoiled(chance.choice(reader.seeds), reader.seeds, chance)

    return make


def _tree(reader: Reader) -> Make:
    """Half of them as bytes, half as what they say."""
    read = input_trees.from_json if reader.kind == "json" else input_trees.from_yaml
    trees, spoil = [read(seed) for seed in reader.seeds], _text(reader)

    def make(chance: random.Random) -> bytes:
        if chance.random() < 0.5:
            return spoil(chance)
        made = input_trees.written(input_trees.changed(chance.choice(trees), trees, chance))
        return input_bytes.spoiled(made, reader.seeds, chance) if chance.random() < 0.1 else made

    return make


def _said(reader: Reader) -> Make:
    """JSON that stays JSON, as far as what stands in it lets it."""
    trees = [input_trees.from_json(seed) for seed in reader.seeds]
    return lambda chance: input_trees.written(input_trees.changed(chance.choice(trees), trees, chance))


def _named(reader: Reader) -> Make:
    """A line with a name, then YAML: the name stays."""
    seeds = [seed.partition(b"\n") for seed in reader.seeds]
    trees = {name: input_trees.from_yaml(text) for name, _, text in seeds}
    texts = [text for _, _, text in seeds]

    def make(chance: random.Random) -> bytes:
        name, _, text = chance.choice(seeds)
        if chance.random() < 0.5:
            return name + b"\n" + input_bytes.spoiled(text, texts, chance)
        return name + b"\n" + input_trees.written(input_trees.changed(trees[name], list(trees.values()), chance))

    return make


def _zip(reader: Reader) -> Make:
    def make(chance: random.Random) -> bytes:
        seed = chance.choice(reader.seeds)
        if chance.random() < 0.25:
            return input_bytes.spoiled(seed, reader.seeds, chance)
        if chance.random() < 0.2:
            return input_zips.patched(seed, chance)
        return input_zips.changed(seed, reader.seeds, chance)

    return make


def _lines(reader: Reader) -> Make:
    """Lines of JSON, each of which may be spoiled as what it says."""

    def make(chance: random.Random) -> bytes:
        seed = chance.choice(reader.seeds)
        if chance.random() < 0.5:
            return input_bytes.spoiled(seed, reader.seeds, chance)
        lines = seed.splitlines(keepends=True)
        place = chance.randrange(len(lines))
        tree = input_trees.from_json(lines[place])
        lines[place] = input_trees.written(input_trees.changed(tree, [tree], chance)) + b"\n"
        return b"".join(lines)

    return make


def _sqlite(reader: Reader) -> Make:
    """Most of them in one of the places by which SQLite finds its way: the header, and the heads of the pages."""

    def make(chance: random.Random) -> bytes:
        data = bytearray(chance.choice(reader.seeds))
        if chance.random() < 0.3:
            return input_bytes.spoiled(bytes(data), reader.seeds, chance)
        for _ in range(chance.choice((1, 1, 2, 5))):
            page = chance.randrange(len(data) // _PAGE) * _PAGE
            at = chance.choice((chance.randrange(100), page + chance.randrange(16), page + 8 + chance.randrange(60)))
            data[at] = chance.choice((0, 1, 2, 5, 10, 13, 0x7F, 0xFF, chance.randrange(256)))
        return bytes(data)

    return make


_MAKERS: Mapping[str, Callable[[Reader], Make]] = {
    "text": _text,
    "json": _tree,
    "yaml": _tree,
    "said": _said,
    "rules": _named,
    "zip": _zip,
    "lines": _lines,
    "sqlite": _sqlite,
}
