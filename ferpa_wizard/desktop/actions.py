"""Every key of the program in one table: shortcuts, the help page and the tests read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Act:
    """One action: what it is called, its keys, where it works; no `id` if Qt itself does it."""

    id: str
    label: str
    keys: tuple[str, ...]
    where: str = "everywhere"


ACTIONS: tuple[Act, ...] = (
    Act("new", "New request", ("Ctrl+N",)),
    Act("danger", "Someone is in danger now", ("Ctrl+D",)),
    Act("use", "Log a use of a standing decision", ("Ctrl+L",)),
    Act("find", "Search the decision log", ("Ctrl+F",), "desk"),
    Act("export", "Export the decision log", ("Ctrl+E",), "log"),
    Act("", "Next or previous record", ("J", "K", "Arrow keys"), "log"),
    Act("", "Open the record", ("Enter",), "log"),
    Act("", "Copy the number of the record", ("Ctrl+C",), "log"),
    Act("", "In the review: agree", ("A",), "log"),
    Act("", "In the review: ask for a change", ("C",), "log"),
    Act("", "Add a note to the record", ("N",), "log"),
    Act("", "Continue, or press the button that is in focus", ("Enter",), "request"),
    Act("", "Choose an option", ("1 to 9",), "options"),
    Act("", "Move between options, and choose", ("Arrow keys", "Space"), "options"),
    Act("", "Next or previous control", ("Tab", "Shift+Tab")),
    Act("", "Move in a drawing of the rules, and open the rule", ("Arrow keys", "Enter"), "drawing"),
    Act("", "Larger or smaller drawing, or as wide as the window", ("Ctrl++", "Ctrl+-", "Ctrl+0"), "drawing"),
    Act("back", "Back", ("Alt+Left",), "request"),
    Act("check", "Check your answers", ("Ctrl+R",), "request"),
    Act("undo", "Undo", ("Ctrl+Z",), "request"),
    Act("redo", "Redo", ("Ctrl+Shift+Z",), "request"),
    Act("note", "Details: when and how the request came in", ("Ctrl+I",), "request"),
    Act("save", "Say when the draft was saved", ("Ctrl+S",), "request"),
    Act("close", "Save and close the request", ("Ctrl+W",), "request"),
    Act("next_pane", "Next part of the window", ("F6",)),
    Act("previous_pane", "Previous part of the window", ("Shift+F6",)),
    Act("help", "How to find out, or help for this page", ("F1",)),
    Act("keys", "This list of keys", ("Ctrl+/",)),
    Act("larger", "Larger text", ("Ctrl++", "Ctrl+=")),
    Act("smaller", "Smaller text", ("Ctrl+-",)),
    Act("normal", "Text at 100 %", ("Ctrl+0",)),
    Act("settings", "Settings", ("Ctrl+,",)),
)


def bind(window: QWidget, doing: Mapping[str, Callable[[], object]]) -> Mapping[str, QAction]:
    """Give the window the shortcuts of the table; `doing` has a callable for each id."""
    made = {}
    for act in _with_ids():
        action = QAction(act.label, window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.triggered.connect(_plain(doing[act.id]))
        window.addAction(action)
        made[act.id] = action
    return made


def _with_ids() -> Iterable[Act]:
    return (act for act in ACTIONS if act.id)


def _plain(call: Callable[[], object]) -> Callable[[bool], object]:
    return lambda _checked: call()
