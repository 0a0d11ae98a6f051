"""Garbage is looked for in the window's thread and in no other."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ferpa_wizard.desktop import garbage

MOST_MS = 20_000


class Widget:
    """Refers to itself, and notes in which thread it is deleted."""

    deleted_in: list[str]

    def __init__(self, noted: list[str]) -> None:
        self.deleted_in, self.itself = noted, self

    def __del__(self) -> None:
        self.deleted_in.append(threading.current_thread().name)


def make_much() -> None:
    """More than the collector lets stand."""
    _ = [[place] for place in range(200_000)]


@pytest.mark.parametrize("held", [True, False])
def test_what_is_dropped_is_deleted_in_the_threads_of_the_window(
    held: bool, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "EACH", 0)
    noted: list[str] = []
    gc.collect()
    thread = threading.Thread(target=make_much, name="another")
    if not held:  # the control: without it, this thread would delete
        Widget(noted)
        thread.start()
        thread.join()
        assert noted == ["another"]
        return
    with garbage.searched_here_only():
        Widget(noted)
        thread.start()
        thread.join()
        assert noted == []
        kept = [[place] for place in range(2 * gc.get_threshold()[0])]  # so many that its turn has come
        qtbot.waitUntil(lambda: bool(noted), timeout=MOST_MS)
        assert noted == ["MainThread"]
        del kept
    assert gc.isenabled()
