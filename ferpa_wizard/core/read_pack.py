"""A folder of rule files to a pack, and a pack to the bytes that it is stored as."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ferpa_wizard.core.cross_check import cross_check
from ferpa_wizard.core.errors import Mistake, RulesError
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.overlays import FOLDER
from ferpa_wizard.core.read_coverage import COVERAGE
from ferpa_wizard.core.reading import Reading
from ferpa_wizard.core.strict_yaml import file_content


def read_pack(folder: Path, overlays: Sequence[Path] = ()) -> Pack:
    """Read the rules in `folder` with these overlays.

    Raises RulesError holding every mistake, OSError if a file cannot be read.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".json") and path.is_file())
    if not paths:
        missing = Mistake(str(folder), 1, "There are no rule files here.", "Name the folder with pack.yaml.")
        raise RulesError([missing])
    files = {path.relative_to(folder).as_posix(): file_content(path) for path in paths}
    places = {f"{FOLDER}{path.stem}.yaml": path for path in overlays}
    if len(places) < len(overlays):
        twice = Mistake(str(overlays[-1]), 1, "Two overlays have the same file name.", "Give one another name.")
        raise RulesError([twice])
    try:
        return pack_of({**files, **{name: file_content(path) for name, path in places.items()}})
    except RulesError as error:
        # People look for an overlay where it lies, not at its place in the pack.
        raise RulesError([_at_home(mistake, places) for mistake in error.mistakes]) from error


def _at_home(mistake: Mistake, places: Mapping[str, Path]) -> Mistake:
    return replace(mistake, file=str(places.get(mistake.file, mistake.file)))


def pack_from_bytes(content: bytes) -> Pack:
    """A pack as it was stored beside a record (`Pack.content`). Raises RulesError."""
    try:
        files = {name: text.encode() for name, text in json.loads(content).items()}
        "".join(files).encode()  # names with half a character make no pack either
    except (ValueError, AttributeError, RecursionError) as error:
        instead = "Take the rules from a backup, or from the program."
        raise RulesError([Mistake("stored pack", 1, "These bytes are no stored rules.", instead)]) from error
    return pack_of(files)


def pack_of(files: Mapping[str, bytes]) -> Pack:
    """A pack from file contents by relative name. Raises RulesError."""
    reading = Reading(files)
    content = _content(files)
    pack = reading.pack(content, hashlib.sha256(content).hexdigest())
    citations = reading.citations()
    mistakes = reading.mistakes or cross_check(pack, reading.places, citations)
    if mistakes:
        raise RulesError(mistakes)
    return pack


def _content(files: Mapping[str, bytes]) -> bytes:
    """The pack's canonical bytes; a file that is not UTF-8 is reported elsewhere, so its loss here does not matter."""
    texts = {name: data.decode("utf-8", "replace") for name, data in files.items() if name != COVERAGE}
    return json.dumps(texts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
