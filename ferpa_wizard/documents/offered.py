"""Which papers a decision has, and which of them it most likely needs."""

from __future__ import annotations

from dataclasses import dataclass

from ferpa_wizard.core.choices import ALL_YES
from ferpa_wizard.documents.agreement_kinds import Agreement, agreements
from ferpa_wizard.documents.body import rows, text
from ferpa_wizard.documents.entry_due import entry_due
from ferpa_wizard.documents.notices import limits_are_due, notice_is_safe
from ferpa_wizard.documents.told import Told

_OPEN = ("met", "near", "unknown", "route")
_ASKS_SOMEBODY = ("judgement", "missing-fact")
_WITHOUT_CONSENT = ("not-ferpa", "may-share-emergency", "may-share", "must-share")


@dataclass(frozen=True)
class Offer:
    """A paper by its id; `suggested` ones are needed next."""

    id: str
    suggested: bool


def offers(told: Told) -> list[Offer]:
    """The record first; what could tell a family of a secret paper is never among them."""
    found = [Offer("record", suggested=True)]
    if not told.nobody_asks:
        found.append(Offer("letter", suggested=not told.perhaps_secret))
    if not told.perhaps_secret:
        found += [*_consent(told), *_agreements(told), *_notices(told)]
    if told.shares and not told.to_change and "gone-out" not in told.marks:
        found.append(Offer("handover", suggested=told.choice == "share"))
    due = entry_due(told)
    found.append(Offer("entry", suggested=not due.none and not due.hold))
    return [*found, *_counsel(told)]


def _consent(told: Told) -> list[Offer]:
    """Wherever consent would open a way; not where the family refused, or asks for its own, or FERPA needs none."""
    needless = told.verdict in _WITHOUT_CONSENT or "asker-holds-rights" in told.marks
    if needless or told.status("ferpa-consent") not in _OPEN:
        return []
    needed = told.verdict == "consent" and told.choice != "share"
    return [Offer("consent-form", suggested=needed), Offer("consent-form-es", suggested=False)]


def _agreements(told: Told) -> list[Offer]:
    return [
        Offer(f"agreement-{agreement.id}", suggested=_needs(told, agreement))
        for agreement in agreements().values()
        if told.status(*agreement.bases) in _OPEN or (agreement.id == "provider" and _routed(told))
    ]


def _routed(told: Told) -> bool:
    return any(text(route, "paper") == "agreement-checklist" for route in rows(told.found, "routes"))


def _needs(told: Told, agreement: Agreement) -> bool:
    """Does the chosen way rest on it, with something still to write?"""
    return told.basis_id in agreement.bases and told.status(told.basis_id) != "met"


def _notices(told: Told) -> list[Offer]:
    found = []
    if told.shares and limits_are_due(told):
        found.append(Offer("redisclosure", suggested=True))
    if notice_is_safe(told):
        needed = told.shares and "notice-lifted" not in told.marks
        found.append(Offer("subpoena-notice", suggested=needed))
    return found


def _counsel(told: Told) -> list[Offer]:
    if told.verdict in ALL_YES and not told.unchecked and not told.perhaps_secret and told.shares:
        return []
    needed = told.verdict in _ASKS_SOMEBODY or told.perhaps_secret or told.choice == "ask-officer"
    return [Offer("counsel", suggested=needed)]
