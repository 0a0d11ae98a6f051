"""The one window: the desk, or one request with nothing else on screen."""

from __future__ import annotations

import gc
import linecache
from collections.abc import Callable
from functools import cached_property
from operator import methodcaller
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from ferpa_wizard.core.settings import SET_BY
from ferpa_wizard.desktop.actions import bind
from ferpa_wizard.desktop.choosers import Choosers
from ferpa_wizard.desktop.desk_shell import DeskShell
from ferpa_wizard.desktop.focus import jump
from ferpa_wizard.desktop.look import Look
from ferpa_wizard.desktop.pages.home import danger_of
from ferpa_wizard.desktop.remember import Memory
from ferpa_wizard.desktop.room import RULES_ERRORS, STORE_ERRORS, without_rules
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.quick_starts import QuickStart

if TYPE_CHECKING:
    from ferpa_wizard.desktop.request_shell import RequestShell
    from ferpa_wizard.requests.practice import PracticeDesk
    from ferpa_wizard.requests.request import Request

NAME = "FERPA Wizard"
SMALLEST = (640, 480)
_HOUR = 60 * 60 * 1000  # milliseconds


class Window(QMainWindow):
    """Holds both shells and every shortcut."""

    def __init__(self, look: Look, desk: Desk, memory: Memory, *, choosers: Choosers | None = None) -> None:
        super().__init__()
        self._look, self._desk, self._memory = look, desk, memory
        self._choosers = choosers or Choosers()
        self._painted = False
        self._practice: tuple[RequestShell, PracticeDesk] | None = None
        self.desk_shell = DeskShell(look, desk, memory, self._choosers)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk_shell)
        self.setCentralWidget(self._stack)
        self.setMinimumSize(*SMALLEST)
        self.desk_shell.start.connect(self.start)
        self.desk_shell.carry_on.connect(self.carry_on)
        self.desk_shell.start_under.connect(self.start_under)
        self.desk_shell.again.connect(self.start_again)
        self.desk_shell.new_version.connect(self.start_version)
        self.desk_shell.open_passed.connect(self.open_passed)
        self.desk_shell.practise.connect(self.practise)
        self.desk_shell.renamed.connect(self._rename)
        bind(self, self._doing())
        self.go_home()

    @cached_property
    def request_shell(self) -> RequestShell:
        """The shell of a request, made when the first one is opened: home is there sooner."""
        from ferpa_wizard.desktop.request_shell import RequestShell

        shell = RequestShell(self._look, self._desk, self._memory, self._choosers)
        shell.closed.connect(self.go_home)
        shell.renamed.connect(self._rename)
        self._stack.addWidget(shell)
        return shell

    # -- going about -----------------------------------------------------------------------

    def go_home(self) -> None:
        """Show the desk; the draft is saved already."""
        self._end_practice()
        self._stack.setCurrentWidget(self.desk_shell)
        self.desk_shell.go("home")

    def start(self, quick: QuickStart | None = None) -> None:
        """A new request, perhaps with the first answer filled in."""
        answers = quick.answers if quick is not None else None
        self._open(lambda: self._desk.new(answers))

    def start_again(self, number: str) -> None:
        """A new request with the answers of a record."""
        self._open(lambda: self._desk.new_like(number))

    def start_version(self, number: str) -> None:
        """A new version of a record."""
        self._open(lambda: self._desk.new(replaces=number))

    def start_under(self, agreement: str) -> None:
        """A new request under an agreement with a known partner."""
        self._open(lambda: self._desk.new(agreement=agreement))

    def carry_on(self, draft: str) -> None:
        """Open a draft where it stands."""
        self._open(lambda: self._desk.open_draft(draft))

    def open_passed(self) -> None:
        """Open a request that another desk passed on, as a new draft."""
        from ferpa_wizard.desktop.passing import chosen_file, take_over
        from ferpa_wizard.requests.passing import read_passed

        file = chosen_file(self, self._choosers)
        if file is not None:
            self._open(lambda: take_over(self, self._look, read_passed(file), self._desk))

    def practise(self, make: Callable[[], PracticeDesk]) -> None:
        """A worked request on a desk of its own, of which nothing is left afterwards."""
        from ferpa_wizard.desktop.practice_shell import PracticeShell

        self._end_practice()
        try:
            desk = make()
        except OSError as error:
            self.desk_shell.notice.tell(f"Practice cannot start: {error.strerror}. Your work is safe. Free some space.")
            return
        shell = PracticeShell(self._look, desk, Memory(desk.home), self._choosers)
        self._practice = shell, desk
        shell.closed.connect(self._leave_practice)
        shell.renamed.connect(lambda title: self._rename(f"Practice: {title}"))
        self._stack.addWidget(shell)
        self._stack.setCurrentWidget(shell)
        shell.open(desk.new())

    def prepare(self) -> None:
        """Read the rules and make the shell of a request, while Home can be read already."""
        linecache.clearcache()  # PySide looks into the text of each module, and Python keeps it: 4 MiB by now
        try:
            _ = self._desk.pack
        except RULES_ERRORS as error:
            self.desk_shell.notice.tell(without_rules(error))
            self._watch_for_rules()
            return
        if not self._in_request() and (self._desk.problems() or self._desk.agreements.exists):
            self.desk_shell.refresh()
        QTimer.singleShot(0, self, self._make_shell)  # in a turn of its own: a press does not wait for both

    def _make_shell(self) -> None:
        linecache.clearcache()  # the shell takes the room of what reading the rules brought in
        _ = self.request_shell
        gc.collect()
        gc.freeze()  # rules and shell stay: to look through them for garbage held a press up for 25 ms
        self._watch_for_rules()

    def _watch_for_rules(self) -> None:
        """Look for newer rules of the district now that nobody waits for the window, and each hour from now on."""
        self._desk.central.go()
        clock = QTimer(self)
        clock.timeout.connect(self._desk.central.go)
        clock.start(_HOUR)

    def tell(self, sentence: str) -> None:
        """Show a sentence in whichever shell is up."""
        shell = self._shell_in_work() if self._in_request() else self.desk_shell
        shell.notice.tell(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.prepare)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end_practice()
        self._memory.keep(width=self.width(), height=self.height())
        super().closeEvent(event)

    # -- parts -----------------------------------------------------------------------------

    def _doing(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.start,
            "danger": lambda: self.start(danger_of(self._desk)),
            "use": self._log_use,
            "find": self._find,
            "export": self._export,
            "back": lambda: self._if_request(methodcaller("back")),
            "check": lambda: self._if_request(methodcaller("check_answers")),
            "undo": lambda: self._if_request(methodcaller("undo")),
            "redo": lambda: self._if_request(methodcaller("redo")),
            "note": lambda: self._if_request(methodcaller("note")),
            "save": lambda: self._if_request(methodcaller("say_saved")),
            "close": self._close,
            "next_pane": lambda: self._jump(1),
            "previous_pane": lambda: self._jump(-1),
            "help": self._help,
            "keys": self._show_keys,
            "larger": lambda: self._grow(1),
            "smaller": lambda: self._grow(-1),
            "normal": lambda: self._grow(0),
            "settings": self._settings,
        }

    def _open(self, make: Callable[[], Request | None]) -> None:
        try:
            request = make()
        except STORE_ERRORS as error:
            self.go_home()
            self.desk_shell.notice.tell(str(error))
            return
        except RULES_ERRORS as error:
            self.go_home()
            self.desk_shell.notice.tell(without_rules(error))
            return
        if request is None:
            return
        self._end_practice()
        self._stack.setCurrentWidget(self.request_shell)
        self.request_shell.open(request)

    def _shell_in_work(self) -> RequestShell:
        return self._practice[0] if self._practice is not None else self.request_shell

    def _leave_practice(self) -> None:
        self.go_home()
        self.desk_shell.go("practice")

    def _end_practice(self) -> None:
        """Let go of the practice request and delete all of it."""
        if self._practice is None:
            return
        (shell, desk), self._practice = self._practice, None
        self._stack.setCurrentWidget(self.desk_shell)
        self._stack.removeWidget(shell)
        shell.hide()
        shell.deleteLater()
        desk.close()

    def _in_request(self) -> bool:
        return self._stack.currentIndex() > 0

    def _if_request(self, act: Callable[[RequestShell], object]) -> None:
        if self._in_request():
            act(self._shell_in_work())

    def _close(self) -> None:
        if self._practice is not None:
            self._leave_practice()
        elif self._in_request():
            self.go_home()
        else:
            self.close()

    def _jump(self, step: int) -> None:
        shell = self._shell_in_work() if self._in_request() else self.desk_shell
        jump(shell.panes(), step)

    def _help(self) -> None:
        if self._in_request():
            self._shell_in_work().help()
        else:
            self._show_keys()

    def _show_keys(self) -> None:
        from ferpa_wizard.desktop.dialogs import KeysSheet

        sheet = KeysSheet(self._look, self)
        sheet.exec()
        sheet.deleteLater()

    def _grow(self, steps: int) -> None:
        if self._memory.is_set("percent"):
            self.tell(SET_BY)
            return
        self._look.grow(steps)
        self._memory.keep(percent=self._look.percent)
        self.tell(f"Text size {self._look.percent} %.")

    def _settings(self) -> None:
        if self._in_request():
            self.go_home()
        self.desk_shell.go("settings")

    def _log_use(self) -> None:
        self._end_practice()
        self._stack.setCurrentWidget(self.desk_shell)  # a request is saved already
        self.desk_shell.log_use()

    def _find(self) -> None:
        if not self._in_request():
            self.desk_shell.search_log()

    def _export(self) -> None:
        if not self._in_request():
            self.desk_shell.export_log()

    def _rename(self, title: str) -> None:
        self.setWindowTitle(f"{title} - {NAME}" if title else NAME)
