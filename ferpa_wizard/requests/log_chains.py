"""The chains of a home, opened for reading: its own, and the copies of those of other desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from ferpa_wizard.ledger.chains import Chain, copies
from ferpa_wizard.ledger.errors import LedgerError, LedgerMissing, LedgerUnusable
from ferpa_wizard.ledger.ledger import Ledger

Opened = Callable[[], Ledger]
"""Gives the ledger of a chain as it is open now: the own one is opened anew when something was sealed in between."""


class Chains:
    """`opened` gives the own ledger for reading; it raises LedgerMissing where there is none. `now` is the clock."""

    def __init__(self, home: Path, opened: Opened, now: Callable[[], datetime]) -> None:
        self._home, self._opened, self._now = home, opened, now

    @property
    def own(self) -> str:
        """The installation of this desk; empty where it has no ledger yet. Raises LedgerError."""
        try:
            return self._opened().installation
        except LedgerMissing:
            return ""

    @contextmanager
    def open(self, damaged: dict[str, LedgerError] | None = None) -> Iterator[dict[Chain, Opened]]:
        """Each chain with its ledger, the own one first; copies are closed at the end. Raises LedgerError.

        Where `damaged` is given, copies that cannot be used are left out, and their errors put there by installation.
        """
        with ExitStack() as stack:
            found: dict[Chain, Opened] = {}
            if own := self.own:
                found[Chain(own, self._home)] = self._opened
            for chain in copies(self._home):
                if chain.installation == own:
                    continue
                try:
                    ledger = stack.enter_context(Ledger.open(chain.home, now=self._now(), readonly=True))
                except LedgerUnusable as error:
                    if damaged is None:
                        raise
                    damaged[chain.installation] = error
                else:
                    found[chain] = _always(ledger)
            yield found


def _always(ledger: Ledger) -> Opened:
    return lambda: ledger
