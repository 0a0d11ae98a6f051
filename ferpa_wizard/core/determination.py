"""The determination: what the rules say about one request, as values that a window draws and a record keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class CureLine:
    kind: str
    do: str
    by: str
    document: str
    from_when: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """`status` is met, to-do, unknown or not-met; `because` names the answer behind it."""

    id: str
    says: str
    status: str
    layer: str
    cite: str
    because: str
    cure: CureLine | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class BasisLine:
    """`status` is met, near, unknown, route or ruled-out; `because` says why it is not met."""

    id: str
    title: str
    says: str
    cite: str
    status: str
    because: str
    question: str  # the question whose answer rules it out, "" if none
    covers: tuple[str, ...]
    conditions: tuple[ConditionLine, ...]


@dataclass(frozen=True, slots=True)
class LayerLine:
    id: str
    title: str
    state: str
    binding: str  # no | shared | sole
    says: str
    mark: str = ""  # the weakest of its rules that speak: P, S or K (see MARKS); empty for the pack's own rules


@dataclass(frozen=True, slots=True)
class ItemLine:
    id: str
    label: str
    content: bool
    share: bool
    stopped_by: tuple[str, ...]
    basis: str | None
    with_consent: bool  # a signed consent is all that it lacks


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing to do before sharing; `removes` lists the items that it takes off, if that is the step."""

    id: str
    do: str
    by: str
    cite: str
    says: str
    removes: tuple[str, ...]
    page: str  # the question or checklist whose answer turns it
    layer: str = "ferpa"
    mark: str = ""
    kind: str = ""  # of the cure


@dataclass(frozen=True, slots=True)
class DutyLine:
    id: str
    when: str
    do: str
    by: str
    cite: str
    days: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class RouteLine:
    id: str
    title: str
    steps: int
    steps_text: tuple[str, ...]
    cite: str
    by: str
    takes: str
    paper: str
    quiet: bool
    asker_acts: bool


@dataclass(frozen=True, slots=True)
class AdviceLine:
    id: str
    says: str
    cite: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class OverlayLine:
    """State law or district policy that was looked at."""

    id: str
    title: str
    layer: str
    law_as_of: str
    review: str
    mark: str


@dataclass(frozen=True, slots=True)
class UnknownLine:
    question: str
    text: str
    if_yes: str
    if_no: str


@dataclass(frozen=True, slots=True)
class JudgeLine:
    role: str
    test: str


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """Whether the layer that was given as the reason for a no is one: yes, no, or not known yet ("open")."""

    ground: str
    stands: str
    says: str


@dataclass(frozen=True, slots=True)
class MythLine:
    id: str
    people_say: str
    answer: str
    cite: str


@dataclass(frozen=True, slots=True)
class Determination:
    """See design of `decide --json`: this is that object, with words for people beside the ids."""

    verdict: str
    label: str
    says: str
    basis: BasisLine | None
    bases: tuple[BasisLine, ...]
    layers: Mapping[str, LayerLine]
    items: tuple[ItemLine, ...]
    steps: tuple[StepLine, ...]
    duties: tuple[DutyLine, ...]
    routes: tuple[RouteLine, ...]
    unknown: tuple[UnknownLine, ...]
    advice: tuple[AdviceLine, ...]
    myths: tuple[MythLine, ...]
    judge: JudgeLine | None
    challenge: ChallengeLine | None
    unchecked: tuple[str, ...]
    law_note: str
    overlays: tuple[OverlayLine, ...]
    pack: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Plain lists and mappings, as `decide --json` prints and a record seals."""
        found = {key: _plain(value) for key, value in asdict(self).items()}
        basis = self.basis
        found["basis"] = None if basis is None else {"id": basis.id, "title": basis.title, "cite": basis.cite}
        return found


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value
