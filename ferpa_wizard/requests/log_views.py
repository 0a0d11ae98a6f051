"""Lines that many people look with: the views that come with the program, and examples of what can be typed."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A name and the line that it stands for (core/log_search.py)."""

    name: str
    line: str


VIEWS = (
    View("Due for review", "review:due,reopened"),
    View("Shared after edits", "is:edited outcome:share,share-after-steps"),
    View("FERPA given as the reason, but it does not object", "figure:named-not-binding"),
    View("Steps overdue", "is:overdue"),
    View("Escalated", "outcome:ask-officer"),
)
EXAMPLES = (
    View("Both words, anywhere", "transcript college"),
    View("These words side by side", '"free lunch"'),
    View("By what was decided", "outcome:not-now,declined"),
    View("By the way to share", "basis:consent"),
    View("By person and time", 'by:"R. Osei" after:2026-08 before:2027'),
    View("Where a layer said no", "layer:district -review:agreed"),
)
