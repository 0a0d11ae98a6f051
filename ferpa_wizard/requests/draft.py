"""A request that is not decided yet, as it is kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ferpa_wizard.core import Answer
from ferpa_wizard.requests.errors import DraftError

FORMAT = 1


@dataclass(frozen=True)
class Draft:
    """`answers` keeps those set aside too, so that they come back when a change is undone."""

    id: str
    started: datetime
    saved: datetime | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    title: str = ""
    says: str = ""
    reference: str = ""
    words: str = ""
    result_seen: bool = False
    changed_after_result: tuple[str, ...] = ()


def to_json(draft: Draft) -> dict[str, object]:
    saved = draft.saved or draft.started
    return {
        "format": FORMAT,
        "id": draft.id,
        "started": draft.started.isoformat(),
        "saved": saved.isoformat(),
        "answers": {name: list(a) if isinstance(a, tuple) else a for name, a in draft.answers.items()},
        "title": draft.title,
        "says": draft.says,
        "reference": draft.reference,
        "words": draft.words,
        "result_seen": draft.result_seen,
        "changed_after_result": list(draft.changed_after_result),
    }


def from_json(found: Mapping[str, object]) -> Draft:
    """The draft in a mapping read from its file. Raises DraftError when it is not one."""
    try:
        return Draft(
            id=_text(found, "id"),
            started=datetime.fromisoformat(_text(found, "started")),
            saved=datetime.fromisoformat(_text(found, "saved")),
            answers=_answers(found["answers"]),
            title=_text(found, "title"),
            says=_text(found, "says"),
            reference=_text(found, "reference"),
            words=_text(found, "words"),
            result_seen=found["result_seen"] is True,
            changed_after_result=_texts(found["changed_after_result"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DraftError("This draft cannot be read. It was set aside; nothing else is lost.") from error


def _text(found: Mapping[str, object], name: str) -> str:
    value = found[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(value)
    return tuple(value)


def _answers(value: object) -> dict[str, Answer]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return {str(name): answer if isinstance(answer, str) else _texts(answer) for name, answer in value.items()}
