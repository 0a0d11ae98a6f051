"""Papers made of a body, and what may never stand on one."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.for_papers import entry_of, marks_of
from ferpa_wizard.documents.document import Document, texts
from ferpa_wizard.documents.paper import Voice
from ferpa_wizard.documents.told import Told
from ferpa_wizard.documents.wording import Wording, read_wording
from tests import real
from tests.documents.samples import NUMBER, Body, tutoring

ROOT = Path(__file__).parents[2]
FREE = ("FERPA itself does not prohibit this",)
STOPS = ("FERPA itself does prohibit",)


@cache
def ours() -> Wording:
    return read_wording()


def told(body: Body) -> Told:
    """The body as the papers see it, with the marks and the entry that the shipped rules give to its answers."""
    return Told(marked(body), NUMBER)


def marked(body: Body) -> Body:
    """The body with the marks and the entry that the shipped rules give to its answers; both change with it."""
    answers = {row["question"]: row["answer"] for row in body["answers"]}
    answers["items"] = [item["id"] for item in body.get("items", ())]
    given = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in answers.items()
        if name in real.pack().questions
    }
    facts = Facts(real.pack(), given)
    result = body["determination"]
    states = {basis["id"]: basis["status"] for basis in result.get("bases", ())}
    basis = result.get("basis")
    found: Any = SimpleNamespace(
        verdict=result.get("verdict", ""),
        basis=basis and SimpleNamespace(id=basis["id"], status=states.get(basis["id"], "")),
        bases=[
            SimpleNamespace(
                id=row["id"],
                conditions=[SimpleNamespace(id=one["id"], status=one["status"]) for one in row.get("conditions", ())],
            )
            for row in result.get("bases", ())
        ],
    )
    known = {route.id: route for route in real.pack().routes}
    for line in result.get("routes", ()):
        route = known.get(line["id"])
        line |= {"quiet": bool(route and route.quiet), "asker_acts": bool(route and route.asker_acts)}
    body["marks"], body["entry"] = marks_of(facts, found), entry_of(facts, found, body["decision"].get("choice", ""))
    return body


def voice(body: Body, wording: Wording | None = None) -> Voice:
    return Voice(told(body), wording or ours())


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
