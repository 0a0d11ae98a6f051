"""Which program synchronizes a folder, told by what such programs leave in theirs, and by the names of theirs."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

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
    ("OneDrive", re.compile(r"OneDrive(?: ?-.+)?")),
    ("Dropbox", re.compile(r"Dropbox(?: ?\(.+\))?")),
    ("Google Drive", re.compile(r"Google ?Drive(?:-.+)?")),
    ("iCloud Drive", re.compile(r"iCloud ?Drive|Mobile Documents")),
    ("Box", re.compile(r"Box Sync|Box-Box")),
    ("Nextcloud", re.compile(r"Nextcloud")),
    ("ownCloud", re.compile(r"ownCloud")),
    ("a cloud drive", re.compile(r"CloudStorage")),
)
"""What those programs call their folders."""
_CLIENT = ".dropbox"  # in a person's own folder a folder of settings; in the synchronized one a file
_BOX = "Box"  # a name that anybody may give: only where the program puts it, in a folder of /Users
_STREAMED = "My Drive"  # Google Drive as a drive of its own
_SETTINGS = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def synced_by(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """The program that synchronizes this folder, links followed already; empty where none is known to."""
    folders = [folder, *folder.parents]
    roots = {Path(place) for name in _SETTINGS if (place := environment.get(name))}
    if not roots.isdisjoint(folders):
        return "OneDrive"
    for one in folders:
        if found := _named(one) or _marked(one):
            return found
    return ""


def _named(folder: Path) -> str:
    if folder.name == _BOX and folder.parent.parent.name == "Users":
        return "Box"
    if folder.name == _STREAMED and folder.parent == Path(folder.anchor):
        return "Google Drive"
    return next((program for program, name in _NAMES if name.fullmatch(folder.name)), "")


def _marked(folder: Path) -> str:
    try:
        names = [name for name in os.listdir(folder) if name.startswith(".")]  # noqa: PTH208  names alone are wanted
    except OSError:
        return ""  # not there yet, or not ours to read
    for program, mark in _MARKS:
        for name in filter(mark.fullmatch, names):
            if name != _CLIENT or (folder / name).is_file():
                return program
    return ""
