"""Which program synchronizes a folder, told by what such programs leave in theirs, and by the names of theirs."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_MARKS = (
    ("Dropbox", re.compile(r"\.dropbox|\.dropbox\.cache")),
    ("OneDrive", re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B")),
    ("Google Drive", re.compile(r"\.tmp\.drive(?:download|upload)")),
    ("Nextcloud", re.compile(r"\.nextcloudsync\.log")),
    ("Nextcloud or ownCloud", re.compile(r"\._?sync_[0-9a-f]+\.db|\.owncloudsync\.log|\.csync_journal\.db")),
    ("Syncthing", re.compile(r"\.stfolder")),
)
"""Files and folders in the uppermost folder that a program synchronizes."""
_NAMES = (
    ("OneDrive", r".*/OneDrive(?: - [^/]+)?|.*/CloudStorage/OneDrive-[^/]+"),
    ("Dropbox", r".*/Dropbox(?: ?\([^/]+\))?|.*/CloudStorage/Dropbox(?:-[^/]+)?"),
    ("Google Drive", r".*/Google ?Drive|.*/CloudStorage/GoogleDrive-[^/]+|Users/[^/]+/My Drive"),
    ("Google Drive", r"(?:/|[A-Z]:\\)/(?:My Drive|Shared drives|Other computers)"),  # as a drive of its own
    ("iCloud Drive", r".*/iCloud ?Drive|.*/Library/Mobile Documents"),
    ("Box", r".*/Box Sync|.*/CloudStorage/Box-Box|Users/[^/]+/Box"),
    ("Nextcloud", r".*/Nextcloud"),
    ("ownCloud", r".*/ownCloud"),
    ("a cloud drive", r".*/Library/CloudStorage"),
)
"""What those programs call their folders, with the folders around where anybody may give such a name."""
_CLIENT = ".dropbox"  # in a person's own folder a folder of settings; in the synchronized one a file
_CASE = re.IGNORECASE if sys.platform in ("win32", "darwin") else 0  # as file names are told apart there
_SETTINGS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


class Sign(NamedTuple):
    """A program that synchronizes a folder, and the file or folder that shows it."""

    program: str
    seen: Path


def sign_of_sync(folder: Path, environment: Mapping[str, str] = os.environ) -> Sign | None:
    """What shows that a program synchronizes this folder, links followed already; None where nothing does."""
    folders = [folder, *folder.parents]
    roots = {Path(place) for name in _SETTINGS if (place := environment.get(name))}
    for one in folders:
        if one in roots:
            return Sign("OneDrive", one)
        if found := _named(one) or _marked(one):
            return found
    return None


def _named(folder: Path) -> Sign | None:
    name = "/".join(folder.parts[-3:])
    program = next((program for program, form in _NAMES if re.fullmatch(form, name, _CASE)), "")
    return Sign(program, folder) if program else None


def _marked(folder: Path) -> Sign | None:
    try:
        names = [name for name in os.listdir(folder) if name.startswith(".")]  # noqa: PTH208  names alone are wanted
    except OSError:
        return None  # not there yet, or not ours to read
    for program, mark in _MARKS:
        for name in filter(mark.fullmatch, names):
            if name != _CLIENT or (folder / name).is_file():
                return Sign(program, folder / name)
    return None
