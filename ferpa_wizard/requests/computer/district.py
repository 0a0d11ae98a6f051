"""The rules that the district sends to its desks."""

from __future__ import annotations

from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk


def district(desk: Desk) -> Check:
    """The signed release that is kept here: whether it is whole and in use, and what was not taken since."""
    told = desk.central.told()
    if told is None:
        return Check("district", None, "No district sends rules to this computer.")
    if told["refused"]:
        return Check("district", False, f"{told['refused']} Release {told['release']} is kept. See docs/central.md.")
    if told["release"] and not told["in_use"]:
        says = f"Release {told['release']} is missing here or was changed. It comes back with the shared folder."
        return Check("district", False, says)
    return Check(
        "district", True, f"Release {told['release'] or 'none yet'}, signed by {told['fingerprint'] or 'nobody'}."
    )
