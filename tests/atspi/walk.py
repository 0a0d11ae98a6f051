"""Walks from Home to a saved record, by accessible actions or by keys, and writes what it found as JSON.

Standard input is the plan: {"way", "program": [words], "home", "found": file, "answers": {question: [labels]}, "name"}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.atspi.orca import Orca
from tests.atspi.screen import Node, Screen, has, spoken

START = "Start a new request"
ONWARD = ("Continue", "See the result", "Record a decision", "Save the decision", "Done")
DECIDED = "What did you decide?"
SIGNER = "Your name"
MOST_PAGES, MOST_TABS = 60, 150
Answers = dict[str, list[str]]


def look(screen: Screen) -> dict[str, Any]:
    """The page on the screen: its title, and every node that can take the focus."""
    found = [spoken(node) for node in screen.nodes() if has(node, "FOCUSABLE")]
    return {"title": screen.title, "groups": [group.get_name() for group in screen.groups()], "nodes": found}


def open_questions(screen: Screen) -> list[Node]:
    """The groups on the page in which nothing is chosen yet."""
    return [group for group in screen.groups() if not any(has(one, "CHECKED") for one in screen.options(group))]


def wanted(screen: Screen, group: Node, answers: Answers) -> list[Node]:
    """What is to be chosen in a group; for the decision the first that does not differ from the result."""
    options = screen.options(group)
    if group.get_name() == DECIDED:
        return [next(one for one in options if not one.get_description())]
    labels = answers[group.get_name()]
    return [one for one in options if one.get_name() in labels]


# -- by accessible actions ---------------------------------------------------------------------


def by_actions(screen: Screen, answers: Answers, name: str) -> list[dict[str, Any]]:
    """Every page from Home to the saved record, and then those of the desk."""
    pages = [look(screen)]
    press(screen, START)
    press(screen, *ONWARD)  # too early: the page says what is missing
    pages.append(look(screen))
    for _ in range(MOST_PAGES):
        while asked := open_questions(screen):
            for option in wanted(screen, asked[0], answers):
                screen.act(option, "Toggle")
                screen.wait(lambda option=option: has(option, "CHECKED"), "a choice")  # type: ignore[misc]
        if screen.title == DECIDED:
            screen.find("text", SIGNER).set_text_contents(name)
        pages.append(look(screen))
        if press(screen, *ONWARD) == "Done":
            return [*pages, *desk_pages(screen, pages[0])]
    raise LookupError("no end to the questions")


def buttons(screen: Screen) -> dict[str, Node]:
    """The push buttons on the page by their names."""
    return {node.get_name(): node for node in screen.nodes() if node.get_role_name() == "push button"}


def press(screen: Screen, *names: str) -> str:
    """Press the first of these buttons that is there, and wait for another page; its name."""
    before, there = screen.title, buttons(screen)
    name = next(name for name in names if name in there)
    screen.act(there[name], "Press")
    screen.wait(lambda: screen.title != before, f"what {name!r} opens")
    return name


def desk_pages(screen: Screen, first: dict[str, Any]) -> list[dict[str, Any]]:
    """Home with a record, that record, and the other pages of the desk; `first` is Home without a record."""
    home = look(screen)
    before = {node["name"] for node in first["nodes"]}
    press(screen, *(name for name in buttons(screen) if name not in before))
    pages = [home, look(screen)]
    for name in [node["name"] for node in first["nodes"] if node["role"] == "radio button"]:
        title, entry = screen.title, screen.find("radio button", name)
        screen.act(entry, "Toggle")
        screen.wait(lambda title=title: screen.title != title, name)  # type: ignore[misc]
        pages.append(look(screen))
    return pages


# -- every screen ------------------------------------------------------------------------------


def every_screen(screen: Screen, answers: Answers, name: str) -> list[dict[str, Any]]:
    """All screens of which pictures are taken: what on them can take the focus."""
    pages = []
    while shown := screen.shown():
        screen.wait(lambda: bool(screen.windows()), shown)
        nodes = [node for window in screen.windows() for node in screen.nodes(window)]
        found = [spoken(node) for node in nodes if has(node, "FOCUSABLE")]
        pages.append({"title": shown, "nodes": found})
        screen.go_on()
    return pages


# -- by keys -----------------------------------------------------------------------------------


class Typist:
    """Presses keys and writes down what is spoken after each."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.lines, self._group = screen, list[str](), ""

    def press(self, key: str, until: Any = None) -> None:
        """Press a key; go on when `until` holds, else when the focus moved."""
        before = self.screen.focus
        self.screen.key(key)
        self.screen.wait(until or (lambda: self.screen.focus != before), f"what {key} does")
        self.lines.append(f"[{key}]")
        self.hear()

    def hear(self) -> None:
        """Write down what was told."""
        for one in self.screen.heard:
            if one["kind"] != "focus":
                self.lines.append(f"  says: {one['name']}")
                continue
            if one["group"] and one["group"] not in (self._group, one["name"]):
                self.lines.append(f"  {one['group']}, group")
            self._group = one["group"]
            self.lines.append("  " + ", ".join(part for part in (one["name"], one["role"], one["description"]) if part))
        focus = self.screen.focus
        if focus is not None and focus.get_role_name() in ("radio button", "check box"):
            self.lines.append("  checked" if has(focus, "CHECKED") else "  not checked")
        self.screen.heard.clear()

    def turn(self, key: str) -> None:
        """Press a key that opens another page; its heading gets the focus."""
        before = self.screen.title
        self.press(key, lambda: self.screen.title != before and self._on_heading())
        self.lines.append(f"== {self.screen.title}")

    def tab_to(self, name: str) -> None:
        """Press Tab until the control has the focus."""
        for _ in range(MOST_TABS):
            if self.screen.focused == name:
                return
            self.press("Tab")
        raise LookupError(f"Tab does not reach {name!r}")

    def choose(self, group: Node, options: list[Node]) -> None:
        """Choose by the digit, or tick by Tab and Space."""
        every = self.screen.options(group)
        for option in options:
            if option.get_role_name() == "radio button":
                digit = str(1 + [one.get_name() for one in every].index(option.get_name()))
                self.press(digit, lambda option=option: has(option, "CHECKED") and has(option, "FOCUSED"))
            else:
                self.tab_to(option.get_name())
                self.press("space", lambda option=option: has(option, "CHECKED"))

    def _on_heading(self) -> bool:
        focus = self.screen.focus
        return focus is not None and focus.get_role_name() == "label" and has(focus, "FOCUSED")


def by_keys(screen: Screen, answers: Answers, name: str, typist: Typist | None = None) -> list[str]:
    """What is spoken from Home to the saved record and back."""
    screen.activate()
    typist = typist or Typist(screen)
    typist.lines.append(f"== {screen.title}")
    typist.hear()
    typist.turn("ctrl+n")
    for _ in range(MOST_PAGES):
        while asked := open_questions(screen):
            typist.choose(asked[0], wanted(screen, asked[0], answers))
            if following := open_questions(screen):
                heading = following[0].get_name()
                typist.press("Return", lambda heading=heading: screen.focused == heading)
        if screen.title == DECIDED:
            typist.tab_to(SIGNER)
            screen.key(*name)
        typist.turn("Return")
        if screen.title == "Home":
            return typist.lines
    raise LookupError("no end to the questions")


# -- by keys, with a screen reader of the world beside it ----------------------------------------


class Heard(Typist):
    """Writes down what Orca speaks after each key."""

    def __init__(self, screen: Screen, orca: Orca) -> None:
        super().__init__(screen)
        self._orca = orca

    def hear(self) -> None:
        self.screen.heard.clear()
        self.lines += [f"  {line}" for line in self._orca.said()]


def with_orca(screen: Screen, answers: Answers, name: str) -> list[str]:
    """What Orca speaks from Home to the saved record and back."""
    with Orca() as orca:
        return by_keys(screen, answers, name, Heard(screen, orca))


WAYS: dict[str, Callable[[Screen, Answers, str], Any]] = {
    "by_actions": by_actions,
    "by_keys": by_keys,
    "with_orca": with_orca,
    "every_screen": every_screen,
}


def main() -> None:
    plan = json.load(sys.stdin)
    screen = Screen(plan["program"], Path(plan["home"]), piped=plan["way"] == "every_screen")
    try:
        found = WAYS[plan["way"]](screen, plan["answers"], plan["name"])
    finally:
        screen.close()
    Path(plan["found"]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
