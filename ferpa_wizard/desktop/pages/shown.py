"""How verdicts, layers and conditions are shown: word, icon, colour. No law in here."""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "must-share": ("scale", "yes"),
    "may-share": ("circle-check", "yes"),
    "may-share-emergency": ("siren", "yes"),
    "after-steps": ("list-checks", "steps"),
    "part": ("list-minus", "steps"),
    "consent": ("signature", "consent"),
    "not-ferpa": ("circle-slash", "na"),
    "other-rule": ("landmark", "steps"),
    "not-as-asked": ("octagon-x", "no"),
    "judgement": ("user-check", "ask"),
    "missing-fact": ("circle-question-mark", "ask"),
}

LAYER_STATES: dict[str, tuple[str, str, str]] = {
    "does-not-object": ("Does not object", "circle-check", "yes"),
    "needs-steps": ("Needs steps", "circle-alert", "steps"),
    "objects": ("Objects", "circle-x", "no"),
    "objects-in-part": ("Objects to part", "circle-x", "no"),
    "depends": ("Depends", "circle-question-mark", "ask"),
    "not-covered": ("Not covered here", "circle-question-mark", "ask"),
    "not-checked": ("Not checked", "circle-question-mark", "ask"),
}

CONDITIONS: dict[str, tuple[str, str, str]] = {
    "met": ("Met", "circle-check", "yes"),
    "to-do": ("To do", "circle-alert", "steps"),
    "unknown": ("Find out", "circle-question-mark", "ask"),
    "not-met": ("Not met", "circle-x", "no"),
}

BASES: dict[str, tuple[str, str, str]] = {
    "met": ("Fits", "circle-check", "yes"),
    "near": ("Fits after steps", "list-checks", "steps"),
    "unknown": ("Open", "circle-question-mark", "ask"),
    "route": ("Another way", "signature", "consent"),
    "ruled-out": ("Ruled out", "circle-x", "text2"),
}

SOURCES: dict[str, str] = {
    "presumed": "We took it that this is so.",
    "profile": "From your school profile.",
    "district": "Set by your district.",
}

MARKS: dict[str, tuple[str, str]] = {
    "holds": ("circle-check", "yes"),
    "depends": ("circle-dot", "accent"),
    "part": ("circle-dashed", "steps"),
}

CHOICES: dict[str, tuple[str, str]] = {
    "share": ("circle-check", "yes"),
    "share-after-steps": ("list-checks", "steps"),
    "not-now": ("clock", "ask"),
    "do-not-share": ("circle-x", "no"),
    "ask-officer": ("user-check", "ask"),
}


def short_cite(cite: str, base: str) -> str:
    """A citation without what the basis already says: (B)(2) for 34 CFR 99.31(a)(1)(i)(B)(2)."""
    cite, base = cite.removeprefix("34 CFR "), base.removeprefix("34 CFR ")
    rest = cite.removeprefix(base)
    if rest and rest != cite:
        last = base[base.rfind("(") :] if "(" in base else base
        return last + rest
    return cite
