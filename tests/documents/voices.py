"""Papers made of a body, and what may never stand on one."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from ferpa_wizard.documents.document import Document, texts
from ferpa_wizard.documents.paper import Voice
from ferpa_wizard.documents.told import Told
from ferpa_wizard.documents.wording import Wording, read_wording
from tests.documents.samples import NUMBER, Body, tutoring

ROOT = Path(__file__).parents[2]
FREE = ("FERPA itself does not prohibit this",)
STOPS = ("FERPA itself does prohibit",)


@cache
def ours() -> Wording:
    return read_wording()


def voice(body: Body, wording: Wording | None = None) -> Voice:
    return Voice(Told(body, NUMBER), wording or ours())


def words(document: Document) -> str:
    return "\n".join(texts(document))


def answered(body: Body, **answers: object) -> Body:
    """The body with these answers (an underscore in a name stands for a hyphen) in place of its own."""
    body["answers"] = [
        {"question": name.replace("_", "-"), "text": "Q", "answer": value, "label": str(value), "source": "person"}
        for name, value in answers.items()
    ]
    return body


def record(
    verdict: str, choice: str, *, basis: str = "", duties: dict[str, str] | None = None, **answers: object
) -> Body:
    """A small body: verdict and decision, the id of the basis, duties after sharing (id: cite), and answers."""
    body = answered(tutoring(), **answers)
    result: dict[str, Any] = body["determination"]
    result["verdict"] = verdict
    result["basis"] = {"id": basis, "title": "The way", "cite": "34 CFR 99.31(a)"} if basis else None
    result["bases"] = [{"id": basis, "title": "The way", "status": "met", "conditions": []}] if basis else []
    result["duties"] = [
        {"id": name, "when": "after", "do": "Do it.", "by": "you", "cite": cite, "days": 0}
        for name, cite in (duties or {}).items()
    ]
    body["decision"] |= {"choice": choice, "reasons": ["district"] if choice in ("not-now", "do-not-share") else []}
    return body


@cache
def paragraphs() -> frozenset[str]:
    index = json.loads((ROOT / "rules" / "ferpa" / "paragraphs.json").read_text(encoding="utf-8"))["paragraphs"]
    return frozenset([*index, *(one for ones in index.values() for one in ones)])


def cited(text: str) -> set[str]:
    """The paragraphs of 34 CFR Part 99 that a text names."""
    return set(re.findall(r"34 CFR (99\.\d+(?:\([A-Za-z0-9]+\))*)", text))
