"""Controls: readers as they are often written, which trust what they read. The guard has to catch each of them."""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import zipfile
from pathlib import Path
from typing import Any

import yaml

from tests.core import test_hostile_files as good
from tests.stress.parts import Tally
from tests.stress.spoiled import zips as input_zips
from tests.stress.spoiled.guard import FOUND, Guard, Makers, Reader, place_of

MARK = "control "
CRASHES = f"{MARK}crashes"
_COUNTED = b'{"kind": "x", "count": 3, "names": ["a", "b"]}'
_ADDRESSES = (b"", b"no number", b"8")


def _json(_: Path) -> Reader:
    """Takes the shape of the file for granted."""

    def read(data: bytes) -> None:
        found = json.loads(data)
        str(found["kind"]).upper() + found["names"][0].upper()

    return Reader("raw JSON", read, (json.JSONDecodeError, UnicodeDecodeError), (_COUNTED,), "json")


def _yaml(_: Path) -> Reader:
    """Lets YAML make of the text what it likes, and looks rules up in it."""

    def read(data: bytes) -> None:
        found = yaml.safe_load(data)  # noqa: TID251  that is what must not be done
        [one["id"].upper() for one in found["examples"]]

    return Reader("raw YAML", read, (yaml.YAMLError,), (good.EXAMPLES,), "yaml")


def _zip(folder: Path) -> Reader:
    """Unpacks whatever is there."""

    def read(data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder / "out")

    seed = input_zips.packed([("a.txt", b"abc"), ("b/c.txt", b"def" * 50)])
    return Reader("raw archive", read, (zipfile.BadZipFile,), (seed,), "zip")


def _endless(_: Path) -> Reader:
    """Takes pairs of brackets away until none is left, which takes for ever where one has no other."""

    def read(data: bytes) -> None:
        while b"[" in data:
            data = data.replace(b"[]", b"")

    return Reader("raw loop", read, (), (b"[[]][[[]]]",))


def _greedy(_: Path) -> Reader:
    """Makes a table with a place for each two signs of the file."""
    return Reader("raw table", lambda data: b"x" * len(data) ** 2, (), (_COUNTED,), "json")


RAW: Makers = {"json": _json, "yaml": _yaml, "zip": _zip, "endless": _endless, "greedy": _greedy}


def crash(job: str, tally: Tally) -> None:
    """A reader that takes the whole process down: is it noticed, and is known which input it was?"""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        far = Reader("raw address", lambda data: ctypes.string_at(int(data)) if data else b"", (ValueError,), ())
        with Guard(job, Tally(), control=True) as guard:
            for number, data in enumerate(_ADDRESSES):
                guard.run(far, data, number)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    at = place_of(job)
    (FOUND / f"{job}.at").unlink(missing_ok=True)
    if os.WIFSIGNALED(status) and at == str(len(_ADDRESSES) - 1):
        tally.count(CRASHES)


def answers_as_they_come(data: bytes, _file: str, _pack: object) -> dict[str, Any]:
    """In place of the product's reader of answers."""
    return {name: tuple(value) for name, value in json.loads(data).items()}
