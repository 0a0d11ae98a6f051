"""What an outline of rules says, as a test reads it."""

from __future__ import annotations

from ferpa_wizard.requests.rule_book import Node


def said(node: Node) -> str:
    return "\n".join(line.text for line in node.lines)
