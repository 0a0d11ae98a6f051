"""All checks of this computer. One more is one more function in CHECKS: it is given the desk, and tells a Check."""

from __future__ import annotations

from collections.abc import Callable

from ferpa_wizard.core.errors import CoreError
from ferpa_wizard.ledger.errors import FROM_SQLITE, LedgerError
from ferpa_wizard.requests.computer.accounts import accounts
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.computer.clock import clock, last_entry
from ferpa_wizard.requests.computer.database import durability, sqlite
from ferpa_wizard.requests.computer.district import district
from ferpa_wizard.requests.computer.folders import place, space, write
from ferpa_wizard.requests.computer.install import install
from ferpa_wizard.requests.computer.modes import modes
from ferpa_wizard.requests.computer.policy import policy
from ferpa_wizard.requests.computer.rules import rules
from ferpa_wizard.requests.desk import Desk

CHECKS: tuple[Callable[[Desk], Check], ...] = (
    sqlite,
    durability,
    place,
    write,
    space,
    accounts,
    modes,
    clock,
    last_entry,
    install,
    policy,
    rules,
    district,
)


def check_all(desk: Desk) -> list[Check]:
    """What each of them found, in this order. One that cannot be made has failed, and hides no other."""
    return [_checked(check, desk) for check in CHECKS]


def _checked(check: Callable[[Desk], Check], desk: Desk) -> Check:
    name = check.__name__.replace("_", "-")
    try:
        return check(desk)
    except (LedgerError, CoreError) as error:
        return Check(name, False, "; ".join(str(error).splitlines()))
    except (OSError, *FROM_SQLITE) as error:
        return Check(name, False, f"This could not be checked ({error}). Mend that, then run the self-test again.")
