"""A request that is not decided yet, as it is kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ferpa_wizard.core.intake import Intake, intake_in

if TYPE_CHECKING:
    from ferpa_wizard.core.facts import Answer

FORMAT = 1


@dataclass(frozen=True)
class Draft:
    """`answers` keeps those set aside too, so that they come back when a change is undone.

    `agreement` is the id of the one that the request is made under; what that settles is not among the answers.
    `replaces` is the record of which this is to be a new version.
    `title` is what a list of drafts may show: it is empty for a restricted request, which lists keep apart. `waiting`
    is a decision that waits for a second person, `passed_on` who passed the request on: plain values, because what
    lists the drafts does not load the engine that knows decisions (`requests/waiting.py` and `passing.py` do).
    """

    id: str
    started: datetime
    saved: datetime | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    title: str = ""
    says: str = ""
    intake: Intake = field(default_factory=Intake)
    result_seen: bool = False
    changed_after_result: tuple[str, ...] = ()
    agreement: str = ""
    replaces: str = ""
    waiting: Mapping[str, Any] = field(default_factory=dict)
    passed_on: Mapping[str, Any] = field(default_factory=dict)


def same_answers(draft: Draft, body: Mapping[str, Any]) -> Draft:
    """A draft with what people answered in a sealed decision, under the same agreement if it had one.

    What the agreement settled then, it has to settle anew; if it is gone or has ended, that is asked.
    """
    from ferpa_wizard.core.rerun import said_in

    agreement = (body.get("agreement") or {"id": ""})["id"]
    return replace(draft, answers=said_in(body), agreement=agreement)


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
        **asdict(draft.intake),
        "result_seen": draft.result_seen,
        "changed_after_result": list(draft.changed_after_result),
        "agreement": draft.agreement,
        "replaces": draft.replaces,
        "waiting": dict(draft.waiting),
        "passed_on": dict(draft.passed_on),
    }


def from_json(found: Mapping[str, Any]) -> Draft:
    """The draft in a mapping whose types the store has checked; what an older program did not write is left empty."""
    saved = datetime.fromisoformat(found["saved"])
    return Draft(
        id=found["id"],
        started=datetime.fromisoformat(found["started"]) if "started" in found else saved,
        saved=saved,
        answers={name: _answer(answer) for name, answer in found["answers"].items()},
        title=str(found.get("title", "")),
        says=str(found.get("says", "")),
        intake=intake_in(found),
        result_seen=found.get("result_seen", False),
        changed_after_result=tuple(found.get("changed_after_result", ())),
        agreement=found.get("agreement", ""),
        replaces=found.get("replaces", ""),
        waiting=found.get("waiting", {}),
        passed_on=found.get("passed_on", {}),
    )


def _answer(answer: object) -> Answer:
    return tuple(map(str, answer)) if isinstance(answer, list) else str(answer)
