"""With a purge: the files of the home folder beside the ledger that may hold what was purged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from ferpa_wizard.core.entry import Entry
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.log_search import read_search
from ferpa_wizard.core.retention import typed_in
from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.drafts import Drafts
from ferpa_wizard.ledger.errors import DraftError, FileNotSaved, LedgerError, translated
from ferpa_wizard.ledger.file import FILES
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.own_files import MOST_SETTINGS, SETTINGS
from ferpa_wizard.ledger.replacing import PART, delete, replacing
from ferpa_wizard.requests.draft import Draft, from_json

Body = Mapping[str, Any]
_TYPED = ("by", "school")
"""Fields of a search whose values people type, and no rule names."""
_WORD = re.compile(r"\w{3,}")


class Leftovers:
    """The drafts of a home folder, to find those that a sealed record left behind. Making it raises LedgerError."""

    def __init__(self, home: Path) -> None:
        self._drafts = Drafts(home)
        self._readable = [from_json(stored) for stored in self._drafts.list().drafts]
        with translated(self._drafts.folder, otherwise=DraftError):
            files = [*self._drafts.damaged.glob("*"), *self._drafts.folder.glob(f".*{PART}")]
            self._unreadable = [(file, file.stat().st_mtime, file.read_bytes()) for file in files]
        self.replacing = {draft.replaces for draft in self._readable}
        """The records of which a new version is being made."""

    def remove(self, body: Body, sealed: datetime) -> None:
        """Delete what is left of the draft of this record: older than it, with its answers and what was noted.

        Of files that cannot be read as drafts it is enough that they hold a word of it. Raises LedgerError.
        """
        for draft in self._readable:
            if (draft.saved or draft.started) <= sealed and _is_of(draft, body):
                self._drafts.remove(draft.id)
        wanted = _encoded({*typed_in(body), *filter(None, map(body["request"].get, ("asker", "reference")))})
        with translated(self._drafts.folder, otherwise=DraftError):
            delete(
                file
                for file, changed, data in self._unreadable
                if changed <= sealed.timestamp() and any(one in data for one in wanted)
            )


def _is_of(draft: Draft, body: Body) -> bool:
    from ferpa_wizard.core.rerun import given_in

    noted = {one.name: body["request"].get(one.name, one.default) for one in fields(Intake)}
    return asdict(draft.intake) == noted and given_in(body).items() <= draft.answers.items()


def sweep(home: Path, ledger: Ledger) -> list[str]:
    """Delete what may hold text of purged records, and write the ledger's file anew; can be done at any time.

    Gives a sentence for each thing that could not be done now.
    """
    acts: tuple[Callable[[], object], ...] = (
        Drafts(home).forget_discarded,
        lambda: _remove_index(home),
        lambda: _forget_names(home, ledger),
        ledger.compact,
    )
    return list(filter(None, map(_said, acts)))


def _said(act: Callable[[], object]) -> str:
    try:
        act()
    except LedgerError as error:
        return f"Not all is cleaned up yet: {error}"
    return ""


def _remove_index(home: Path) -> None:
    with translated(home / log_tables.NAME, otherwise=FileNotSaved):
        log_tables.remove(home)


def _forget_names(home: Path, ledger: Ledger) -> None:
    """Take those off the list of people in the window's settings whom no entry of the log names any more."""
    people = _listed(kept := _settings(home), "people")
    known = [one for one in people if ledger.mentions(_name(one))]
    if known != people:
        _keep(home, {**kept, "people": known})


class SavedViews:
    """The views of the log that people saved in the window, to find those that hold a word which goes."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._kept = _settings(home)
        self._views = [(view, _words_of(view)) for view in _listed(self._kept, "views")]

    def forget(self, entries: Iterable[Entry], ledger: Ledger) -> int:
        """Remove the views with a word that is in these entries and in no other text; how many. Raises LedgerError."""
        words = {word for _, held in self._views for word in held}
        if not words:
            return 0
        met: set[str] = set()
        gone = set()
        for entry in entries:
            text = json.dumps(entry.body, ensure_ascii=False).casefold()
            met |= {word for word in words - met if json.dumps(word, ensure_ascii=False)[1:-1] in text}
            gone.add(entry.sequence)
        purged = ledger.lacking(met, but=gone)
        left = [view for view, held in self._views if not held & purged]
        if len(left) < len(self._views):
            _keep(self._home, {**self._kept, "views": left})
        return len(self._views) - len(left)


def _words_of(view: object) -> set[str]:
    """What people typed of a view: the words of its name, the words and names that its line looks for."""
    if not isinstance(view, list) or [*map(type, view)] != [str, str]:
        return set()
    name, line = view
    search = read_search(line)
    typed = (value for one in search.filters if one.field in _TYPED for value in one.values)
    return {word.casefold() for word in (*_WORD.findall(name), *search.words, *typed)}


def _settings(home: Path) -> dict[str, Any]:
    """The window's settings; empty where there are none, or where the window will take them as none."""
    try:
        with (home / SETTINGS).open("rb") as file:
            kept = json.loads(file.read(MOST_SETTINGS).decode())
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _listed(kept: Mapping[str, Any], name: str) -> list[object]:
    found = kept.get(name)
    return found if isinstance(found, list) else []


def _keep(home: Path, settings: Mapping[str, Any]) -> None:
    file = home / SETTINGS
    with translated(file, otherwise=FileNotSaved), replacing(file) as out:
        out.write(json.dumps(settings, indent=1).encode())


def _name(pair: object) -> str:
    return pair[0] if isinstance(pair, list) and pair and isinstance(pair[0], str) else ""


def still_named(ledger: Ledger, texts: Iterable[str]) -> list[str]:
    """The files in the home folder, beside the chains, that hold one of these texts. Raises LedgerError.

    A copy of the own chain, which a pull made before the ledger was restored, gains nothing more: it is looked at.
    """
    home, wanted = ledger.file.parent, _encoded(texts)
    with translated(home, otherwise=FileNotSaved):
        found = (file for file in _others(home, ledger.installation) if _holds(file, wanted))
        return sorted(str(file.relative_to(home)) for file in found)


def _others(home: Path, own: str) -> Iterator[Path]:
    for file in home.rglob("*"):
        first, second, *_ = (*file.relative_to(home).parts, "")
        if file.is_file() and first not in FILES and (first != DESKS or second == own):
            yield file


def _encoded(texts: Iterable[str]) -> set[bytes]:
    """As they may stand in a file: plain, and as JSON writes them."""
    written = {form for text in texts for form in (text, json.dumps(text)[1:-1])}
    return {form.encode(encoding) for form in written for encoding in ("utf-8", "utf-16-le", "utf-16-be")}


def _holds(file: Path, wanted: set[bytes]) -> bool:
    data = file.read_bytes()
    return any(one in data for one in wanted)
