"""Why a wrong may stay unnoticed, by the name of the mutant; a star stands for any text."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import RulesError
from ferpa_wizard.core.strict_yaml import parse


@dataclass(frozen=True)
class Reason:
    mutant: str
    reason: str
    line: int


def read_reasons(data: bytes, file: str) -> list[Reason]:
    """The reasons from their YAML. Raises RulesError holding every mistake."""
    root, mistakes = parse(data, file)
    blocks = Block(root, file, mistakes).blocks("survivors") if root else []
    reasons = [_reason(block) for block in blocks]
    if mistakes:
        raise RulesError(mistakes)
    return reasons


def _reason(block: Block) -> Reason:
    reason = Reason(block.text("mutant"), block.text("reason"), block.line)
    block.finish()
    return reason
