"""Rules and profile that the district's IT sends to all desks: a signed release in a folder on a share.

The share is read in the background alone, never on the way to Home; what is used is the copy in the home folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ferpa_wizard.ledger.own_files import CENTRAL_STATE

_GONE = (
    "The district's rules are missing on this computer or were changed, so the rules of this program are used. Your "
    "work is safe. They come back once the shared folder can be read."
)
_RESTS = (
    "The key that signed the district's rules is not allowed any more, so the rules of this program are used. Your "
    "work is safe. IT has to publish rules with a new key."
)


@dataclass(frozen=True, slots=True)
class Source:
    """What IT sets: the folder on the share, the public keys that may sign, and the school of this desk."""

    rules_folder: str = ""
    rules_keys: tuple[str, ...] = ()
    school: str = ""


NOWHERE = Source()


class Central:
    """The district's rules of one home folder; `go` looks for newer ones without anybody waiting for it."""

    def __init__(self, home: Path, source: Source, now: Callable[[], datetime]) -> None:
        self.source = source
        self._home, self._now = home, now
        self._thread: threading.Thread | None = None
        self._mutex = threading.Lock()
        self._taken: int | None = None  # 0 is none; unknown until somebody looked

    def go(self) -> None:
        """Look at the shared folder in the background, unless that is going on. Raises nothing."""
        if not self.source.rules_folder and not (self._home / CENTRAL_STATE).is_file():
            return
        with self._mutex:
            if self._thread is None or not self._thread.is_alive():
                # A share that hangs must not keep the program from ending.
                self._thread = threading.Thread(target=self.look, name="district-rules", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Return once nothing is looked at any more, or after so many seconds."""
        if (thread := self._thread) is not None:
            thread.join(seconds)

    def look(self) -> None:
        """Look at the shared folder now, and keep the newest release of it. Raises nothing for what it finds."""
        from ferpa_wizard.requests.kept import in_use
        from ferpa_wizard.requests.taking import take_newest

        take_newest(self._home, self.source, self._now())
        kept = in_use(self._home)
        self._taken = kept.release if kept else 0

    def has_other(self, release: int) -> bool:
        """Is another release than this one in use since somebody looked last? Asking reads nothing."""
        return self._taken not in (None, release)

    def problem(self, release: int) -> str:
        """What people should know where rules were read with this release (0: with none); empty as a rule."""
        from ferpa_wizard.requests.kept import load_state

        state = load_state(self._home)
        if release or not state.release:
            return ""
        return _GONE if state.on else _RESTS if self.source.rules_folder else ""

    def told(self, school: str = "") -> dict[str, object] | None:
        """What IT wants to know, for `about --json`; None where no district sends rules. `school` is that of the
        profile, which counts where IT sets none.
        """
        from ferpa_wizard.core.district import school_key
        from ferpa_wizard.requests.kept import State, in_use, load_state
        from ferpa_wizard.requests.signing import fingerprint

        state = load_state(self._home)
        if not self.source.rules_folder and state == State():
            return None
        known, school = asdict(state), self.source.school or school
        return {
            "folder": self.source.rules_folder,
            "school": school,
            "exceptions": school_key(school) in map(school_key, state.schools),
            **{name: known[name] for name in ("release", "title", "day", "sha256")},
            "in_use": in_use(self._home) is not None,
            "key": state.key,
            "fingerprint": fingerprint(state.key) if state.key else "",
            "contact": state.contact,
            "refused": state.refused,
        }

    def rows(self, school: str = "") -> Iterator[tuple[str, str]]:
        """The same for people, as labels and texts."""
        told = self.told(school)
        if told is None:
            return
        release = f"{told['release']}, {told['title']}, of {told['day']}" if told["release"] else "none yet"
        used = "" if told["in_use"] or not told["release"] else " (not in use)"
        yield "Release", f"{release}{used}"
        if told["fingerprint"]:
            yield "Signed by the key", str(told["fingerprint"])
        if told["school"]:
            has = "" if told["exceptions"] else ", which has no exceptions there"
            yield "School", f"{told['school']}{has}"
        if told["folder"]:
            yield "Shared folder", str(told["folder"])
        yield "Last contact with the folder", str(told["contact"])[:16].replace("T", " ") or "none yet"
        if told["refused"]:
            yield "Not taken", str(told["refused"])
