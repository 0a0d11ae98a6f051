"""Where a machine keeps the policy of its organization: a file that ordinary accounts cannot write, or the registry."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.settings import NO_POLICY, Policy, PolicyError, policy_of, read_policy

FILE = "policy.json"
KEY = r"SOFTWARE\Policies\FERPA Wizard"
OWNER = 0  # the account that a policy belongs to, on systems with numbers for accounts
_MOST = 1_000_000  # bytes; a policy has a few hundred
_PROGRAM_DATA, _PROFILE = 35, 40  # CSIDL_COMMON_APPDATA, CSIDL_PROFILE
_LONGEST_PATH = 260  # MAX_PATH, which that call asks for
_ASK = "Ask IT."


def place() -> Path:
    """The file of the policy. No variable of the environment leads elsewhere: a person could set it."""
    if sys.platform == "win32":
        return _windows_folder(_PROGRAM_DATA) / "FERPA Wizard" / FILE
    if sys.platform == "darwin":
        return Path("/Library/Application Support/FERPA Wizard") / FILE
    return Path("/etc/ferpa-wizard") / FILE


def policy() -> Policy:
    """What holds on this machine: the registry before the file. Raises PolicyError."""
    return _of_registry(_registry()).over(_of_file(place()))


def home_under(found: Policy, wanted: Path | None) -> Path | None:
    """The home folder: the policy's, else the one that was asked for. Raises PolicyError where these do not agree."""
    text = found.text("home")
    if not text:
        return wanted
    account = _account()
    home = _written_out(text, account)
    if wanted is not None and paths.home(wanted) != home:
        raise _refused(found, f"The home folder is {home}.", "Leave out --home.")
    # What lies above the account's folder is not in the hands of the person.
    if _is_led_astray(home, account if account and home.is_relative_to(account) else home.parent):
        raise _refused(found, f"The home folder {home} is a link to another place.", "Put a folder there. Ask IT.")
    if home.exists() and not home.is_dir():
        raise _refused(found, f"The home folder {home} is a file.", "Put a folder there. Ask IT.")
    return home


def _written_out(text: str, account: Path | None) -> Path:
    if not text.startswith("~"):
        return Path(text)
    if account is None:
        raise PolicyError([Mistake(str(place()), 1, "This account has no folder, and ~ stands for that.", _ASK)])
    return account / text[1:].lstrip("/\\")


def _is_led_astray(home: Path, base: Path) -> bool:
    """Does a link below `base` lead elsewhere?"""
    return os.path.realpath(home) != os.path.join(os.path.realpath(base), home.relative_to(base))  # noqa: PTH118


def _refused(found: Policy, what: str, instead: str) -> PolicyError:
    return PolicyError([Mistake(found.source, 1, f"{what} It is set by your organization.", instead)])


def _of_file(file: Path) -> Policy:
    try:
        if _is_open_to_all(file):
            mend = "It must belong to the administrator, and nobody else may write it. Ask IT."
            raise PolicyError([Mistake(str(file), 1, "Ordinary accounts can change this policy.", mend)])
        with file.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return NO_POLICY
    except OSError as error:
        why = f"The policy of your organization cannot be read ({error.strerror})."
        raise PolicyError([Mistake(str(file), 1, why, _ASK)]) from None
    if len(data) > _MOST:
        raise PolicyError([Mistake(str(file), 1, "This file is too large for a policy.", _ASK)])
    return read_policy(data, str(file))


def _is_open_to_all(file: Path) -> bool:
    """May others than the administrator write the file, or put another in its place? On Windows its rights tell."""
    if os.name != "posix":
        return False
    folder = Path(os.path.realpath(file)).parent  # unlike resolve(), this passes over links in a circle
    found = [part.stat() for part in (file, folder)]
    return any(one.st_uid != OWNER or one.st_mode & 0o022 for one in found)


def _of_registry(values: Mapping[str, object]) -> Policy:
    return policy_of(values, f"HKEY_LOCAL_MACHINE\\{KEY}") if values else NO_POLICY


def _registry() -> dict[str, object]:
    """The values of the policy's key; none where there is no registry."""
    if sys.platform == "win32":
        import winreg

        with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, KEY) as key:
            entries = [winreg.EnumValue(key, place) for place in range(winreg.QueryInfoKey(key)[1])]
            return {name: value for name, value, _kind in entries}
    return {}


def _account() -> Path | None:
    """The folder of the account that runs this, as the system knows it and not as the environment says; None where it
    knows no such account.
    """
    if sys.platform == "win32":
        return _windows_folder(_PROFILE)
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None


def _windows_folder(csidl: int) -> Path:
    """A folder by its number, from Windows itself: platformdirs lets a variable of the environment name another."""
    import ctypes

    path = ctypes.create_unicode_buffer(_LONGEST_PATH)
    failed = ctypes.windll.shell32.SHGetFolderPathW(None, csidl, None, 0, path)  # type: ignore[attr-defined]
    if failed:
        raise PolicyError([Mistake(KEY, 1, "Windows does not say where its folders are.", _ASK)])
    return Path(path.value)
