"""What is left to do on a decision: its steps and duties, each with who does it, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ferpa_wizard.core.choices import SHARES
from ferpa_wizard.core.typed import LONGEST_LINE, unfit, unfit_day

KIND = "todo"
FORMAT = 1
OWN = "own-"
"""How the ids of those begin that people added: the end of an agreement, the day on which data is destroyed."""
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Todo:
    """`due` and `done` are days (YYYY-MM-DD), empty where nobody set them."""

    record: str
    id: str
    says: str
    owner: str = ""
    due: str = ""
    done: str = ""

    def is_overdue(self, today: str) -> bool:
        return bool(self.due) and not self.done and self.due < today


def todos_of(number: str, body: Body) -> list[Todo]:
    """What a sealed decision asks for: its steps where it shares after them, its duties where it shares, its clocks."""
    found, choice = body["determination"], body["decision"]["choice"]
    days = {row["duty"]: row["day"] for row in body["due"]}
    steps = found["steps"] if choice == "share-after-steps" else ()
    duties = [one for one in found["duties"] if one["by"] and (choice in SHARES or one["id"] in days)]
    return [
        *(Todo(number, f"step-{step['id']}", step["do"], step["by"]) for step in steps),
        *(Todo(number, duty["id"], duty["do"], duty["by"], days.get(duty["id"], "")) for duty in duties),
    ]


def as_they_stand(todos: Iterable[Todo], noted: Iterable[Todo]) -> list[Todo]:
    """The same after what was noted on them since, oldest first; those that people added come last."""
    return list({**{one.id: one for one in todos}, **{one.id: one for one in noted}}.values())


def todo_in(body: Body) -> Todo | None:
    """What an entry of this kind says; None for one of another shape."""
    found = {one.name: body.get(one.name) for one in fields(Todo)}
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    return Todo(**texts) if len(texts) == len(found) else None


def entry_of_todo(todo: Todo, *, restricted: bool, by: str) -> dict[str, object]:
    """The body of the entry that notes how it stands; `by` is who noted it, empty at sealing."""
    return {"format": FORMAT, **asdict(todo), "restricted": restricted, "by": by}


def dated(number: str, body: Body) -> Iterator[dict[str, object]]:
    """The entries that go with a sealed decision: one for each clock that runs."""
    for todo in todos_of(number, body):
        if todo.due:
            yield entry_of_todo(todo, restricted=body["restricted"] is True, by="")


def problems(todo: Todo) -> list[tuple[str, str]]:
    """What keeps it from being noted: the field and a sentence."""
    # What the rules themselves ask for may be longer than what people type.
    longest = LONGEST_LINE if todo.id.startswith(OWN) else len(todo.says)
    found = {
        "due": unfit_day(todo.due),
        "done": unfit_day(todo.done),
        "says": unfit(todo.says, longest, missing="Write what is to be done."),
        "owner": unfit(todo.owner, LONGEST_LINE),
    }
    return [(name, says) for name, says in found.items() if says]
