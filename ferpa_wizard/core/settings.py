"""The settings that an organization can set for its computers, and what its policy sets of them.

One table: the page of settings, schema, administrative template and documentation come from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ferpa_wizard.core.errors import CoreError, Mistake
from ferpa_wizard.core.typed import is_whole_path

Value = str | int | tuple[str, ...]
_LineOf = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `kind` is text, texts, folder, home (which may begin with ~), number (from `least` to `most`) or
    choice (one of `choices`).
    """

    id: str
    title: str
    says: str
    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)  # what people call each
    least: int = 0
    most: int = 0


SETTINGS = (
    Setting(
        "home",
        "Home folder",
        "Where ledger, drafts and what the window remembers are kept: on a local disk, one folder for each account. It"
        " may begin with ~, which stands for the folder of the account.",
        "home",
    ),
    Setting("school", "School", "Which school of the district's profile this computer belongs to.", "text"),
    Setting(
        "rules_folder", "Folder of the district's rules", "Where signed rules and profile are read from.", "folder"
    ),
    Setting(
        "rules_keys",
        "Keys of the district's rules",
        "The public keys that the rules may be signed with; all others are refused.",
        "texts",
    ),
    Setting("log_folder", "Folder that the log is pushed to", "The shared folder of all desks.", "folder"),
    Setting(
        "theme",
        "Theme",
        "How the window looks.",
        "choice",
        {"system": "Like this computer", "light": "Light", "dark": "Dark", "contrast": "High contrast"},
    ),
    Setting("text_size", "Text size", "In percent.", "number", least=100, most=200),
)
BY_ID = {setting.id: setting for setting in SETTINGS}
SET_BY = "Set by your organization."


class PolicyError(CoreError):
    """A policy that cannot be used: every mistake, with file and line. Nothing was opened."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


@dataclass(frozen=True)
class Policy:
    """What an organization set, by the ids of SETTINGS; what it did not set is the person's.

    `source` is where it was read; `unknown` names what this version of the program does not know.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    source: str = ""
    unknown: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """The value of a text, folder or choice; empty where it is not set."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a list; empty where it is not set."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def over(self, other: Policy) -> Policy:
        """Both, with the values of this one before those of the other."""
        sources = ", ".join(filter(None, (self.source, other.source)))
        return Policy({**other.values, **self.values}, sources, (*self.unknown, *other.unknown))


NO_POLICY = Policy()


def read_policy(data: bytes, file: str) -> Policy:
    """The policy in the bytes of a JSON file. Raises PolicyError."""
    twice: list[str] = []
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, twice))
    except UnicodeDecodeError:
        raise PolicyError([Mistake(file, 1, "This is no text in UTF-8.", "Save it as UTF-8.")]) from None
    except json.JSONDecodeError as error:
        raise PolicyError([Mistake(file, error.lineno, "This is no JSON.", "Mend it from here on.")]) from None
    except RecursionError:
        raise PolicyError([Mistake(file, 1, "It is nested too deep.", "Write one object of settings.")]) from None
    except ValueError:  # more digits than Python makes a number of
        raise PolicyError([Mistake(file, 1, "It holds a number that is far too long.", "Shorten it.")]) from None
    if not isinstance(found, dict):
        raise PolicyError([Mistake(file, 1, "A policy is one object of settings.", 'Write {"theme": "light"}.')])
    return _policy(found, file, lambda name: _line_of(text, name), twice)


def policy_of(values: Mapping[str, object], source: str) -> Policy:
    """The policy in values that are there already, such as those of the Windows registry. Raises PolicyError."""
    return _policy(dict(values), source, lambda _: 0, [])


def _policy(found: Mapping[str, object], source: str, line_of: _LineOf, twice: Sequence[str]) -> Policy:
    mistakes = [Mistake(source, line_of(name), f"“{name}” stands twice.", "Leave one out.") for name in twice]
    values: dict[str, Value] = {}
    for name, value in found.items():
        if name not in BY_ID:
            continue
        taken = _taken(BY_ID[name], value)
        if taken is None:
            mistakes.append(Mistake(source, line_of(name), f"“{name}” has a wrong value.", _wanted(BY_ID[name])))
        else:
            values[name] = taken
    if mistakes:
        raise PolicyError(mistakes)
    return Policy(values, source, tuple(name for name in found if name not in BY_ID and name != "$schema"))


def _taken(setting: Setting, value: object) -> Value | None:
    """The value as the program uses it; None where it is none."""
    if setting.kind == "number":
        fits = isinstance(value, int) and not isinstance(value, bool) and setting.least <= value <= setting.most
        return value if fits and isinstance(value, int) else None
    if setting.kind == "texts":
        texts = value if isinstance(value, list) else []
        fits = bool(texts) and all(isinstance(one, str) and one.strip() for one in texts)
        return tuple(one.strip() for one in texts) if fits else None
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return None
    if setting.kind == "choice":
        return value if value in setting.choices else None
    if setting.kind == "text":
        return value
    if value.startswith("~"):  # a person could set what that stands for; of the account, the system knows it
        return value if setting.kind == "home" and (value == "~" or value[1] in "/\\") else None
    return value if is_whole_path(value) else None


def _wanted(setting: Setting) -> str:
    return {
        "number": f"Write a number from {setting.least} to {setting.most}.",
        "texts": "Write a list of texts.",
        "choice": f"Write one of {', '.join(setting.choices)}.",
        "folder": "Write the whole path of a folder.",
        "home": "Write the whole path of a folder, or begin with ~/.",
        "text": "Write a text.",
    }[setting.kind]


def _once(pairs: Sequence[tuple[str, object]], twice: list[str]) -> dict[str, object]:
    times = Counter(name for name, _value in pairs)
    twice += [name for name, count in times.items() if count > 1]
    return dict(pairs)


def _line_of(text: str, name: str) -> int:
    at = text.find(json.dumps(name))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
