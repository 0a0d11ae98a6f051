"""Build hook: rules and resources go into a wheel, but not into an editable installation.

An editable installation reads both from the checkout; a copy beside it would go stale unseen.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelData(BuildHookInterface):  # type: ignore[type-arg] # the parameter is hatchling's own
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            for folder in ("rules", "resources"):
                build_data["force_include"][folder] = f"ferpa_wizard/{folder}"
