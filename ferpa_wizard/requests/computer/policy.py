"""What the organization sets on this computer."""

from __future__ import annotations

from ferpa_wizard.core.numbers import counted
from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk


def policy(desk: Desk) -> Check:
    """The policy, which could be read: with one that cannot be used nothing opens."""
    found = desk.policy
    if not found.source:
        return Check("policy", None, "No policy of an organization is on this computer.")
    if found.unknown:
        says = f"{found.source} sets what this version does not know: {', '.join(found.unknown)}. Mend it, or update."
        return Check("policy", False, says)
    return Check("policy", True, f"{found.source} sets {counted(len(found.values), 'setting')}.")
