"""Which page of a request comes next; no Qt in here."""

from __future__ import annotations

from ferpa_wizard.requests.request import Request

QUESTION, CHECK, RESULT = "question", "check", "result"
URGENT = "may-share-emergency"  # the result comes first; there is time to check later


class Journey:
    """Remembers where a person was when they went to change an answer."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._came_from = ""
        self._result_seen = request.ask is None

    def here(self) -> str:
        """The page to show when a request is opened, or after an answer."""
        if self._request.ask is not None:
            return QUESTION
        if self._result_seen or self._request.verdict == URGENT:
            return self._returning(RESULT)
        return self._returning(CHECK)

    def saw_result(self) -> None:
        """The result was shown: from now on it follows the last question directly."""
        self._result_seen = True
        self._came_from = ""

    def leave(self, page: str) -> None:
        """A page is left to change one answer; it is shown again afterwards."""
        self._came_from = page if page in (CHECK, RESULT) else ""

    def turn_back(self) -> str:
        """Leave an answer as it was: the page that was left, or nothing."""
        came_from, self._came_from = self._came_from, ""
        if came_from:
            self._request.forward()
        return came_from

    def _returning(self, page: str) -> str:
        came_from, self._came_from = self._came_from, ""
        return came_from or page
