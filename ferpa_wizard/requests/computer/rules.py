"""The rules and the profile that this home decides by."""

from __future__ import annotations

from ferpa_wizard.requests.computer.check import Check
from ferpa_wizard.requests.desk import Desk


def rules(desk: Desk) -> Check:
    """Both can be read, with the overlays of this home. Raises CoreError, OSError."""
    pack, profile = desk.pack, desk.profile
    school = f" for {profile.school}" if profile.school else ""
    return Check("rules", True, f"Rules {pack.id} {pack.version} and the profile can be read{school}.")
