"""Where things are: the folder with everything of this person, and the program's own read-only data."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

ENVIRONMENT = "FERPA_WIZARD_HOME"
_NAME = "ferpa-wizard"


def home(argument: Path | str | None = None) -> Path:
    """The folder for ledger, drafts, settings and logs; nothing is made here.

    The argument (of `--home`) wins, then FERPA_WIZARD_HOME, then this system's place for user data.
    """
    named = argument or os.environ.get(ENVIRONMENT)
    return with_account(named).absolute() if named else usual_home()


def usual_home() -> Path:
    """This system's place for the data of this program and account."""
    import platformdirs

    return platformdirs.user_data_path(_NAME, appauthor=False)


def with_account(folder: Path | str) -> Path:
    """The folder with the `~` of this account written out; that of an account which is not known stays."""
    return Path(os.path.expanduser(folder))  # noqa: PTH111  that of Path raises RuntimeError for such a one


def data() -> Path:
    """The folder that holds `rules/` and `resources/`.

    In a source tree they stand beside the package, when installed inside it, in a packaged program
    where its parts were unpacked. Raises FileNotFoundError with a sentence when they are nowhere.
    """
    for folder in _candidates():
        if (folder / "rules" / "ferpa").is_dir() and (folder / "resources").is_dir():
            return folder
    looked = ", ".join(str(folder) for folder in _candidates())
    raise FileNotFoundError(
        f"The rules of FERPA Wizard are missing (looked in {looked}). Your drafts and records are safe."
        " Install the program again."
    )


def private_folder(folder: Path) -> Path:
    """Make this folder, readable by nobody else, unless it is there already. Raises OSError.

    The name of a new folder is on the disk then: what is kept in it would be lost with the name.
    """
    missing = list(takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in missing:
        with suppress(PermissionError):  # a folder that nobody may list can hold this one all the same
            sync_folder(one.parent)
    return folder


def sync_folder(folder: Path) -> None:
    """Return when the names in this folder are on the disk."""
    if sys.platform == "win32":  # it has no such call; its file system journals names by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems do not offer this for folders; the file itself is safe there.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _candidates() -> list[Path]:
    package = Path(__file__).resolve().parent
    beside_program = Path(sys.executable).resolve().parent
    unpacked = getattr(sys, "_MEIPASS", None)
    packaged = [Path(unpacked)] if unpacked else []
    return [package.parent, package, *packaged, beside_program]
