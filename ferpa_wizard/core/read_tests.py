"""Rule file to test: `{fact: value}`, `all`, `any`, `not`, dates, and what is asked about data items."""

from __future__ import annotations

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.strict_yaml import Node
from ferpa_wizard.core.typed import is_day

_ITEM_WORDS = ("item", "tag", "listed-in")


def read_test(block: Block, key: str) -> ex.Test | None:
    """The test under `key`, or None if there is none."""
    node = block.node(key)
    return None if node is None else _test(block, node)


def needed_test(block: Block, key: str) -> ex.Test:
    """The test under `key`; a missing one is a mistake and stands in as never yes."""
    test = read_test(block, key)
    if test is None:
        block.wrong(f"“{key}” is missing.", f"Add `{key}: {{question: answer}}`.")
    return test or ex.Any(())


def _test(block: Block, node: Node) -> ex.Test:
    if not isinstance(node.value, dict) or not node.value:
        block.wrong("A test is expected here.", "Write `{question: answer}`.", line=node.line)
        return ex.Any(())
    tests = tuple(_one(block, key, value, node.key_lines[key]) for key, value in node.value.items())
    return tests[0] if len(tests) == 1 else ex.All(tests)


def _one(block: Block, key: str, node: Node, line: int) -> ex.Test:
    if key in ("all", "any"):
        tests = _several(block, key, node, line)
        return ex.All(tests) if key == "all" else ex.Any(tests)
    if key == "not":
        return ex.Not(_test(block, node))
    if key == "asks-for":
        return ex.AsksFor(_test(block, node))
    if key in _ITEM_WORDS:
        return _about_item(block, key, node, line)
    return _about_fact(block, key, node, line)


def _several(block: Block, key: str, node: Node, line: int) -> tuple[ex.Test, ...]:
    if isinstance(node.value, list) and node.value:
        return tuple(_test(block, part) for part in node.value)
    block.wrong(f"“{key}” needs a list of tests.", f"Write `{key}: [{{a: b}}, {{c: d}}]`.", line=line)
    return ()


def _about_item(block: Block, key: str, node: Node, line: int) -> ex.Test:
    values = _values(block, key, node, line)
    if key == "item":
        return ex.ItemIs(values)
    if key == "tag":
        return ex.ItemTagged(values)
    return ex.ItemListed(values[0] if values else "")


def _about_fact(block: Block, key: str, node: Node, line: int) -> ex.Test:
    if not isinstance(node.value, dict):
        return ex.FactIs(key, _values(block, key, node, line))
    if set(node.value) not in ({"before"}, {"after"}):
        block.wrong(
            f"“{key}” cannot be compared like this.",
            "Write `{before: 2026-01-31}` or `{after: …}`.",
            line=line,
        )
        return ex.Any(())
    ((word, day),) = node.value.items()
    if not isinstance(day.value, str) or not is_day(day.value):
        block.wrong("A day is expected here.", "Write it as 2026-01-31.", line=day.line)
        return ex.Any(())
    return ex.FactDated(key, day.value, before=word == "before")


def _values(block: Block, key: str, node: Node, line: int) -> tuple[str, ...]:
    parts = node.value if isinstance(node.value, list) else [node]
    values = tuple(part.value for part in parts if isinstance(part.value, str) and part.value)
    if len(values) != len(parts) or not values:
        block.wrong(f"“{key}” needs one value or a list of values.", f"Write `{key}: [a, b]`.", line=line)
    return values
