"""What lists, filters and charts of the log need of a sealed decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ferpa_wizard.core.figures import ferpa_figure

Body = Mapping[str, Any]
_REQUESTER = "requester"
_UNMET = ("to-do", "unknown", "not-met")


@dataclass(frozen=True, slots=True)
class Named:
    """An id of the rules, and what people call it; both empty where there is none."""

    id: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class LogFacts:
    """One decision as the log counts it.

    `took` is the number of days from the day the request came in, None where nobody noted that day or it lies after
    the decision. `missing` is the one condition of the chosen way that was not met, where it was one. `text` holds the
    words that a search looks through.
    """

    title: str
    asked: Named
    basis: Named
    verdict: str
    choice: str
    figure: str
    by: str
    school: str
    differs: bool
    edited: bool
    took: int | None
    missing: Named
    layers: tuple[str, ...]
    items: tuple[str, ...]
    text: str


def log_facts(body: Body) -> LogFacts:
    """Raises KeyError, TypeError or ValueError where the body is not that of a decision."""
    request, found, decision = body["request"], body["determination"], body["decision"]
    basis = Named(found["basis"]["id"], found["basis"]["title"]) if found["basis"] else Named()
    asked = next((Named(_id(row), row["label"]) for row in body["answers"] if row["question"] == _REQUESTER), Named())
    facts = LogFacts(
        title=request["title"],
        asked=asked,
        basis=basis,
        verdict=found["verdict"],
        choice=decision["choice"],
        figure=ferpa_figure(found["layers"]["ferpa"]["binding"], decision["choice"], decision["reasons"]),
        by=decision["by"]["name"],
        school=body["profile"]["school"],
        differs=decision["differs"] is True,
        edited=bool(body["changed_after_result"]),
        took=_took(request.get("received", ""), body["on"]),
        missing=_missing(found, basis.id),
        layers=tuple(decision["reasons"]),
        items=tuple(dict.fromkeys(row["id"] for row in body["items"])),
        text="\n".join(dict.fromkeys(filter(None, _words(body)))),
    )
    _check_texts(facts)
    return facts


def _check_texts(facts: LogFacts) -> None:
    """Raises TypeError for what is no text, UnicodeEncodeError for halves of characters: no table holds them."""
    named = (text for one in (facts.asked, facts.basis, facts.missing) for text in (one.id, one.says))
    told = (facts.title, facts.verdict, facts.choice, facts.by, facts.school, facts.text)
    "\n".join((*told, *named, *facts.layers, *facts.items)).encode()


def _id(row: Body) -> str:
    answer = row["answer"]
    return answer if isinstance(answer, str) else ",".join(answer)


def _took(received: str, on: str) -> int | None:
    if not received:
        return None
    days = (date.fromisoformat(on) - date.fromisoformat(received)).days
    return days if days >= 0 else None


def _missing(found: Body, basis: str) -> Named:
    """The only condition of the chosen way that is not met; empty where there is none, or more than one."""
    rows = (row for one in found["bases"] if one["id"] == basis for row in one["conditions"])
    unmet = [Named(row["id"], row["says"]) for row in rows if row["status"] in _UNMET]
    return unmet[0] if len(unmet) == 1 else Named()


def _words(body: Body) -> Iterator[str]:
    request, found, decision = body["request"], body["determination"], body["decision"]
    yield from (str(request.get(name) or "") for name in ("title", "words", "reference", "asker"))
    yield from (row["label"] for row in body["answers"] if row["question"] == _REQUESTER)
    yield from (row["label"] for row in body["items"])
    yield from (found["label"], found["says"])
    yield from ((found["basis"]["title"], found["basis"]["cite"]) if found["basis"] else ())
    yield from (decision["label"], decision["words"], decision["by"]["name"], decision["by"]["role"])
    yield body["profile"]["school"]
