"""The rules that the district sends to its desks."""

from __future__ import annotations

from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk


def district(desk: Desk) -> Check:
    """The signed release that is kept here: whether it is whole and in use, and what was not taken since."""
    told = desk.central.told()
    if told is None:
        return Check("district", None, "No district sends rules to this computer.")
    folder, release = told["folder"], told["release"]
    if not folder:
        return Check("district", None, "No district sends rules any more; those of the program are used.")
    if told["refused"]:
        kept = f"Release {release} is kept." if release else "The rules of the program are used."
        return Check("district", False, f"{told['refused']} {kept} See docs/central.md.")
    if not release:
        return Check("district", None, f"{folder} was not looked at yet. Open the window once, then run this again.")
    if not told["in_use"]:
        return Check("district", False, desk.central.problem(0))
    return Check("district", True, f"Release {release}, signed by {told['fingerprint']}.")
