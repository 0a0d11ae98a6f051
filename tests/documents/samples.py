"""Record bodies as the log seals them: a tutoring group, and a small one to vary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Body = dict[str, Any]

NUMBER = "2026-0214"
SEAL = "9f3ae1b05c7d4482a6b0c9d8e7f61524333a4b5c6d7e8f90123456789abcdec1"

VERDICTS = (
    "must-share", "may-share", "may-share-emergency", "after-steps", "part", "consent",
    "not-ferpa", "other-rule", "not-as-asked", "judgement", "missing-fact",
)  # fmt: skip
CHOICES = ("share", "share-after-steps", "not-now", "do-not-share", "ask-officer")
LAYERS = ("ferpa", "other_federal", "state", "district", "practical")
LAYER_STATES = (
    "does-not-object", "needs-steps", "objects", "objects-in-part", "depends", "not-covered",
    "not-checked",
)  # fmt: skip


def tutoring() -> Body:
    """Five items asked for, meal status among them: FERPA allows it after two steps."""
    body: Body = json.loads(Path(__file__).with_name("tutoring.json").read_text(encoding="utf-8"))
    return body


def refused() -> Body:
    """The same request turned down in the name of FERPA, with an answer changed late."""
    body = tutoring()
    body["decision"] |= {
        "choice": "do-not-share",
        "label": "Do not share",
        "reasons": ["ferpa", "district"],
        "words": "The board has not approved this group yet.\nWe will ask in January.",
        "differs": True,
        "correction": "FERPA does not stop this request. Two steps are left, and both are yours.",
    }
    body["changed_after_result"] = ["school-control"]
    return body


def combination(verdict: str, choice: str) -> Body:
    """The tutoring body under another verdict and another decision, as bare as it may be."""
    body = tutoring()
    result = body["determination"]
    result |= {
        "verdict": verdict,
        "label": f"The label of {verdict}",
        "says": f"The sentence of {verdict}.",
        "judge": {"role": "The registrar", "test": "the order is valid"} if verdict == "judgement" else None,
    }
    if verdict in ("not-as-asked", "judgement"):
        result |= {"basis": None, "steps": []}
    if verdict == "missing-fact":
        result["unknown"] = [
            {
                "question": "Does the school direct the work?",
                "if_yes": "You can share.",
                "if_no": "Ask the parents to agree.",
            }
        ]
    body["decision"] |= {"choice": choice, "label": f"The label of {choice}"}
    return body
