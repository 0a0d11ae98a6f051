"""The fixed words of our papers: how an id of the rules reads to a parent or a principal."""

from __future__ import annotations

from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import MARKS
from ferpa_wizard.documents.document import Tone

NO_LAWYER = "No lawyer has reviewed these rules."

# Always in this order, and always all five.
LAYERS = {
    "ferpa": "FERPA",
    "other_federal": "Other federal law",
    "state": "State law",
    "district": "District policy",
    "practical": "Practical",
}

LAYER_STATES = {
    "does-not-object": ("Does not object", Tone.YES),
    "needs-steps": ("Needs steps first", Tone.STEPS),
    "objects": ("Objects", Tone.NO),
    "objects-in-part": ("Objects to part", Tone.NO),
    "depends": ("Depends on a fact", Tone.ASK),
    "not-covered": ("Not covered here", Tone.NA),
    "not-checked": ("Not checked", Tone.NA),
}

BINDING = {
    "no": "",
    "shared": "It is one of the reasons why something cannot be shared as asked.",
    "sole": "As far as was looked at, without it something could go that now cannot.",
}

VERDICT_TONES = {
    "must-share": Tone.YES,
    "may-share": Tone.YES,
    "may-share-emergency": Tone.YES,
    "after-steps": Tone.STEPS,
    "part": Tone.STEPS,
    "consent": Tone.CONSENT,
    "not-ferpa": Tone.NA,
    "other-rule": Tone.STEPS,
    "not-as-asked": Tone.NO,
    "judgement": Tone.ASK,
    "missing-fact": Tone.ASK,
}

CONDITION_STATES = {
    "met": ("Met", Tone.YES),
    "to-do": ("To do", Tone.STEPS),
    "unknown": ("Find out", Tone.ASK),
    "not-met": ("Not met", Tone.NO),
}

BASIS_STATES = {
    "met": ("Fits too", Tone.YES),
    "near": ("Nearly fits", Tone.STEPS),
    "unknown": ("Not settled", Tone.ASK),
    "route": ("Needs more", Tone.CONSENT),
    "ruled-out": ("Does not fit", Tone.NA),
}

DUTY_TIMES = {
    "before": "Before you share",
    "at": "When you share",
    "after": "Afterwards",
}

SOURCES = {
    "person": "Answered",
    "agreement": "Agreement",
    "profile": "School profile",
    "district": "District",
    "presumed": "Taken as given",
}


def mark_sentence(mark: str) -> str:
    """How far a rule of state law or district policy was checked; empty for the rules that come with the program."""
    said = MARKS.get(mark, "")
    return f"{raised(said)}." if said else ""
