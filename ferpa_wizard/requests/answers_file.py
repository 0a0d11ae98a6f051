"""Answers from a YAML or JSON file, checked against the rules."""

from __future__ import annotations

from ferpa_wizard.core.errors import AnswerError, Mistake
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.core.values import Unhidden, take
from ferpa_wizard.requests.errors import RequestsError


class AnswersError(RequestsError):
    """The file cannot be used; `mistakes` holds every one, with file and line."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


def read_answers(data: bytes, file: str, pack: Pack) -> dict[str, Answer]:
    """Question to answer. Raises AnswersError. The whole last line of an interview is taken too."""
    root, mistakes = parse(data, file)
    if root is not None and isinstance(root.value, dict) and "answers" in root.value:
        root = root.value["answers"]
    if root is None or not isinstance(root.value, dict):
        raise AnswersError(mistakes or [Mistake(file, 1, "There are no answers here.", "Write `question: answer`.")])
    answers: dict[str, Answer] = {}
    for name, node in root.value.items():
        try:
            answers[name] = take(node.plain(), name, Unhidden(pack, {}))
        except AnswerError as error:
            mistakes.append(Mistake(file, root.key_lines[name], f"“{name}”: {error}", ""))
    if mistakes:
        raise AnswersError(mistakes)
    return answers
