"""The five decisions that people may take, and what each does."""

from __future__ import annotations

from collections.abc import Mapping

CHOICES: Mapping[str, str] = {
    "share": "Share now",
    "share-after-steps": "Share after the steps",
    "not-now": "Not now",
    "do-not-share": "Do not share",
    "ask-officer": "Ask the privacy officer",
}
SHARES = ("share", "share-after-steps")
DECLINES = ("not-now", "do-not-share")
ALL_YES = ("must-share", "may-share", "may-share-emergency", "not-ferpa")
CARRIED = (*ALL_YES, "part", "after-steps")
"""Verdicts in which the chosen basis carries what goes out."""


def goes_out(verdict: str, choice: str) -> bool:
    """Does something go out under the determination itself?"""
    return choice == "share" or (choice == "share-after-steps" and verdict in CARRIED)
