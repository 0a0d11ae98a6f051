"""What `--where` looks for."""

from __future__ import annotations

from ferpa_wizard.core.log_search import Search, read_search
from ferpa_wizard.requests.errors import RequestsError


def searched(line: str | None) -> Search:
    """The search of a line, of everything without one.

    Raises RequestsError where a part of it makes no sense: a number or a file needs the whole line.
    """
    # A terminal can send halves of characters, which no file can hold.
    search = read_search((line or "").encode("utf-8", "replace").decode("utf-8"))
    if search.wrong:
        raise RequestsError("\n".join(search.wrong))
    return search
