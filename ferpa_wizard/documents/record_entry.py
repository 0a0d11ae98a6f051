"""What the justification record says of the entry in the student's file, from the same place as that paper."""

from __future__ import annotations

from ferpa_wizard.documents.body import Fields, text
from ferpa_wizard.documents.entry_due import entry_due
from ferpa_wizard.documents.told import Told
from ferpa_wizard.documents.wording import read_wording

_DUTIES = (
    "log-request", "log-disclosure", "log-emergency", "log-welfare", "log-unless-listed",
    "log-parent-default", "log-minor-default",
)  # fmt: skip
_MAKE = {
    "request": "Make an entry for the request.",
    "disclosure": "Make an entry for what goes out.",
    "both": "Make an entry for the request and for what goes out.",
}


def is_entry(duty: Fields) -> bool:
    """Is it a duty about that entry? What is due follows from the decision, too."""
    name = text(duty, "id")
    return name.startswith("no-log-") or name in _DUTIES


def entry_says(body: Fields) -> tuple[str, str]:
    """Whether an entry is due and of what, in words, and where the rule stands."""
    due, says = entry_due(Told(body, "")), read_wording().sheet("entries")
    said = [due.none] if due.none else ["hold-says"] if due.hold else []
    made = [] if said else [_MAKE[due.kind], *map(says, due.notes)]
    return " ".join([*map(says, said), *made]), due.cite.replace("; ", "\n")
