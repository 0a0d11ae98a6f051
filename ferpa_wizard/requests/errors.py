"""Errors of the requests room; `str()` of each is a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence


class RequestsError(Exception):
    """Base: what happened, whether the work is safe, what to do now."""


class DraftError(RequestsError):
    """A draft cannot be opened or saved."""


class PassedOnError(RequestsError):
    """A request cannot be passed on, or the file of one cannot be opened."""


class DecisionError(RequestsError):
    """The decision was not sealed; `problems` pairs a field (choice, reasons, words, name, second) with a sentence."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(sentence for _, sentence in problems))
