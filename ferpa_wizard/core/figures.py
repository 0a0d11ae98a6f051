"""What sealed decisions say of FERPA: one definition for the log, the charts and every export."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ferpa_wizard.core.choices import SHARES

BOUND_NOTHING_WENT = "bound-nothing-went"
BOUND_ANOTHER_WAY = "bound-another-way"
NAMED_NOT_BINDING = "named-not-binding"
NOT_INVOLVED = "not-involved"
FIGURES: Mapping[str, str] = {
    BOUND_NOTHING_WENT: "FERPA stopped it, or part of it, as asked. Nothing has gone.",
    BOUND_ANOTHER_WAY: "FERPA stopped it, or part of it, as asked. It goes another way, or in part.",
    NAMED_NOT_BINDING: "FERPA was named as the reason. The rules do not say so.",
    NOT_INVOLVED: "FERPA did not stand in the way.",
}


def ferpa_figure(binding: object, choice: object, reasons: Collection[object]) -> str:
    """Which one of the four figures a decision counts in.

    `binding` is that of layer FERPA in the determination, `reasons` are the layers that the decision names. Where
    FERPA is not binding, naming it counts whatever was then decided.
    """
    if binding in ("shared", "sole"):
        return BOUND_ANOTHER_WAY if choice in SHARES else BOUND_NOTHING_WENT
    return NAMED_NOT_BINDING if "ferpa" in reasons else NOT_INVOLVED
