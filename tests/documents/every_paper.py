"""One paper of every kind, made of worked requests that were sealed: what other programs are asked to look at."""

from __future__ import annotations

from functools import cache

from ferpa_wizard.documents.document import Document
from ferpa_wizard.requests.papers import paper
from tests.documents.sealing import NO_HOME, sealed_example

# The worked request, the decision, and the papers that are taken from it.
TAKEN = (
    (
        "tutoring-no-control",
        "share-after-steps",
        ("record", "letter", "agreement-provider", "redisclosure", "handover"),
    ),
    ("club-own-program", "share-after-steps", ("record", "letter", "consent-form", "consent-form-es", "entry")),
    ("coach-wants-meal-status", "do-not-share", ("letter", "counsel", "entry")),
    ("parent-sees-grades", "share", ("letter",)),
    ("parent-sees-grades", "do-not-share", ("letter",)),
    ("press-names-and-grades", "share", ("letter",)),
    ("danger-now", "share", ("entry",)),
    ("change-a-record", "not-now", ("letter", "counsel")),
    ("divorce-subpoena", "share-after-steps", ("subpoena-notice", "letter")),
    ("researcher-study", "share-after-steps", ("agreement-studies",)),
    ("agreement-without-an-end", "share-after-steps", ("agreement-audit",)),
)


@cache
def every_paper() -> dict[str, Document]:
    """The papers under a name that tells request, decision and kind."""
    return {
        f"{example}.{choice}.{kind}": paper(sealed_example(example, choice), kind, home=NO_HOME)
        for example, choice, kinds in TAKEN
        for kind in kinds
    }
