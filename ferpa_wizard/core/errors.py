"""What can go wrong in the core, each with a sentence for people.

CoreError
├── RulesError     a rule pack that cannot be used: every mistake, with file and line
├── ProfileError   a school profile that cannot be used, likewise
├── AgreementsError  a register of agreements that cannot be used, likewise
├── AnswerError    an answer that its question does not offer
└── RecordError    a decision that cannot be sealed as it stands
"""

from __future__ import annotations

from dataclasses import dataclass


class CoreError(Exception):
    """Base of all errors of the core; `str()` is fit to show."""


MOST_MISTAKES = 1_000
"""So many are told at once at the most: whoever mends them sees the rest the next time."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to mend in a file: where, what is wrong, what to write instead."""

    file: str
    line: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} {self.instead}".rstrip()


class RulesError(CoreError):
    """The pack has mistakes; `mistakes` holds all of them but for those beyond MOST_MISTAKES, sorted by place."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


class ProfileError(RulesError):
    """The school profile has mistakes."""


class AgreementsError(RulesError):
    """The register of agreements has mistakes."""


class AnswerError(CoreError):
    """The answer was not taken and nothing changed."""


class RecordError(CoreError):
    """The decision cannot be sealed yet; `problems` says what is missing, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))
