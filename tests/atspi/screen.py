"""The program as a screen reader meets it: from outside, over AT-SPI. The system's Python runs this, it has the bindings."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found, unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

Node = Any  # an Atspi.Accessible; the bindings have no types
SECONDS = 15
EVENTS = ("object:state-changed:focused", "object:announcement")


class Screen:
    """One running program; `heard` holds what it told since `listen`, in order."""

    def __init__(self, program: list[str], home: Path, *, piped: bool = False) -> None:
        self.heard: list[dict[str, str]] = []
        self.focus: Node | None = None
        self._listener = Atspi.EventListener.new(self._on_event)
        for event in EVENTS:
            self._listener.register(event)
        environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
        pipe = subprocess.PIPE if piped else None
        self._process = subprocess.Popen(
            [*program, "--home", str(home)], env=environment, stdin=pipe, stdout=pipe, text=True
        )
        # Wakes the loop where no event comes, so that what is waited for is looked at again.
        self._pulse = GLib.timeout_add(10, lambda: True)
        self.frame = self._frame()

    def close(self) -> None:
        """End the program."""
        self._process.terminate()
        self._process.wait(SECONDS)
        for event in EVENTS:
            self._listener.deregister(event)
        GLib.source_remove(self._pulse)

    # -- talking with a program that shows one screen after the other -----------------------

    def shown(self) -> str:
        """What the program says that it shows now; empty when it has shown all."""
        if self._process.stdout is None:
            raise RuntimeError("the program was not started to be talked with")
        return self._process.stdout.readline().strip()

    def go_on(self) -> None:
        """Have it show the next one."""
        if self._process.stdin is None:
            raise RuntimeError("the program was not started to be talked with")
        print(file=self._process.stdin, flush=True)

    def windows(self) -> list[Node]:
        """The windows that are up, sheets and dialogs among them."""
        around = self.frame.get_parent()
        found = [around.get_child_at_index(place) for place in range(around.get_child_count())]
        return [one for one in found if one is not None and has(one, "VISIBLE")]

    # -- looking ---------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The title of the window without the name of the program."""
        return str(self.frame.get_name()).rpartition(" - ")[0]

    def nodes(self, under: Node | None = None) -> Iterator[Node]:
        """Every visible node, each before what is in it."""
        node = self.frame if under is None else under
        if not has(node, "VISIBLE"):
            return
        yield node
        for place in range(node.get_child_count()):
            child = node.get_child_at_index(place)
            if child is not None:
                yield from self.nodes(child)

    def find(self, role: str, name: str = "", under: Node | None = None) -> Node:
        """The first visible node of a role, perhaps with this name."""
        for node in self.nodes(under):
            if node.get_role_name() == role and name in ("", node.get_name()):
                return node
        raise LookupError(f"no {role} {name!r} on {self.title!r}")

    @property
    def focused(self) -> str:
        """The name of what has the focus; empty if nothing has."""
        return "" if self.focus is None else str(self.focus.get_name())

    def groups(self) -> list[Node]:
        """The questions on the page: groups with something to choose in them."""
        return [node for node in self.nodes() if node.get_role_name() == "panel" and self.options(node)]

    def options(self, group: Node) -> list[Node]:
        """What can be chosen in a group."""
        return [node for node in self.nodes(group) if node.get_role_name() in ("radio button", "check box")]

    # -- doing -----------------------------------------------------------------------------

    def act(self, node: Node, name: str) -> None:
        """Do the action of this name."""
        for place in range(node.get_n_actions()):
            if Atspi.Action.get_action_name(node, place) == name:
                node.do_action(place)
                return
        raise LookupError(f"{node.get_name()!r} has no action {name}")

    def key(self, *keys: str) -> None:
        """Press keys where the focus is, one after the other."""
        self.heard.clear()
        subprocess.run(["xdotool", "key", *keys], check=True)

    def activate(self) -> None:
        """Give the window the keyboard, as a window manager would: none runs here."""
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "FERPA Wizard", "windowfocus"],
                       check=True)  # fmt: skip
        self.wait(lambda: self.focus is not None, "the window to have the focus")

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        """Go on when it has happened, and when the events that came with it are in."""
        late: list[bool] = []
        clock = GLib.timeout_add_seconds(SECONDS, lambda: late.append(True))
        context = GLib.MainContext.default()
        while not self._safely(happened):
            if late:
                raise TimeoutError(f"waited for {what} on {self.title!r}; heard {self.heard}")
            context.iteration(True)
        if not late:
            GLib.source_remove(clock)
        for _ in range(3):
            self.frame.get_name()  # its answer comes behind every event that was sent before
            while context.pending():
                context.iteration(False)

    # -- parts -----------------------------------------------------------------------------

    def _frame(self) -> Node:
        found: list[Node] = []

        def up() -> bool:
            desktop = Atspi.get_desktop(0)
            windows = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
            found[:] = [one for one in windows if one is not None and one.get_process_id() == self._process.pid]
            return bool(found) and found[0].get_child_count() > 0 and has(found[0].get_child_at_index(0), "VISIBLE")

        context = GLib.MainContext.default()
        while not self._safely(up):
            if self._process.poll() is not None:
                raise RuntimeError(f"the program ended with {self._process.returncode}")
            context.iteration(True)
        # Names, states and children are asked anew each time: they change. These two do not.
        found[0].set_cache_mask(Atspi.Cache.ROLE | Atspi.Cache.PARENT)
        return found[0].get_child_at_index(0)

    def _safely(self, happened: Callable[[], bool]) -> bool:
        try:
            return happened()
        except GLib.Error:  # the node went away between two questions
            return False

    def _on_event(self, event: Any) -> None:
        try:
            if event.type.startswith("object:announcement"):
                self.heard.append({"kind": "announcement", "name": str(event.any_data)})
            elif event.detail1 and has(event.source, "VISIBLE"):
                self.focus = event.source
                self.heard.append({"kind": "focus", **spoken(event.source)})
        except GLib.Error:  # the node went away before it could be asked, as one that was hidden a moment later
            return


def has(node: Node, state: str) -> bool:
    """Whether the node has a state, by its name in AT-SPI."""
    return bool(node.get_state_set().contains(getattr(Atspi.StateType, state)))


def group_of(node: Node) -> str:
    """The name of the group that a node is in; empty outside of groups."""
    around = node.get_parent()
    while around is not None and around.get_role_name() not in ("frame", "application"):
        if around.get_role_name() == "panel":
            return str(around.get_name())
        around = around.get_parent()
    return ""


def spoken(node: Node) -> dict[str, str]:
    """What a screen reader can say of a node."""
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "group": group_of(node),
    }
