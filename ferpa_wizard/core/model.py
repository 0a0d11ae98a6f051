"""What a rule pack holds, as frozen values. The words are those of the rule format; see docs/decisions/0002."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from ferpa_wizard.core.expressions import Test
from ferpa_wizard.core.items import Item, ItemGroup
from ferpa_wizard.core.marks import EntryRule, Mark, Mend
from ferpa_wizard.core.packets import Packet, Usual
from ferpa_wizard.core.prompts import Principles

LAYERS = ("ferpa", "other_federal", "state", "district", "practical")
FEDERAL = frozenset(LAYERS[:2])  # the layers that are looked at whatever is loaded
UNSURE = "unsure"
VERDICTS = (
    "must-share", "may-share", "may-share-emergency", "after-steps", "part", "consent",
    "not-ferpa", "other-rule", "not-as-asked", "judgement", "missing-fact",
)  # fmt: skip
STATES = ("does-not-object", "needs-steps", "objects", "objects-in-part", "depends", "not-covered", "not-checked")
EFFECTS = ("outside", "requires", "emergency", "permits")
MARKS: Mapping[str, str] = {  # how far a rule of an overlay was checked, and how that reads to people
    "P": "read in the law's text",
    "S": "from a secondary source",
    "K": "from knowledge, not looked up yet",
}


class Severity(IntEnum):
    """How far a condition is from met; the classes of a cure are STEP, CONSENT, FOOTING and CHANGE."""

    GO = 0
    STEP = 1
    JUDGE = 2
    OPEN = 3
    CONSENT = 4
    FOOTING = 5
    CHANGE = 6
    NO = 7


_STEPS = (
    "sign", "notify", "record", "verify", "designate", "reissue", "narrow", "suppress", "finish", "wait", "take-out",
)  # fmt: skip
CURE_KINDS: Mapping[str, Severity] = {
    **dict.fromkeys(_STEPS, Severity.STEP),
    "get-consent": Severity.CONSENT,
    **dict.fromkeys(("court-order", "placement"), Severity.FOOTING),
    **dict.fromkeys(("drop-names", "select-differently", "another-recipient"), Severity.CHANGE),
}


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str
    hint: str = ""
    name: str = ""  # how it reads inside a sentence: "this company"
    title: str = ""  # names the whole request where nobody asks
    short: str = ""  # how a narrow list says it
    when: Test | None = None
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the tree, or a fact that is asked when a live condition needs it."""

    id: str
    section: str
    text: str
    hint: str
    why: str
    cite: str
    find_out: str
    kind: str  # one | many | text | date | number | items
    options: tuple[Option, ...]
    when: Test | None = None
    standing: bool = False
    presume: str = ""
    unsure: bool = True
    no_unsure: str = ""
    in_tree: bool = False
    on_page: str = ""  # questions of one name that follow each other stand on one page
    by_agreement: bool = False  # a standing agreement with a partner can answer it
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that is worked out from others: the first value whose test is yes, "none" if all are no."""

    id: str
    values: tuple[tuple[str, Test], ...]


@dataclass(frozen=True, slots=True)
class Cure:
    kind: str
    do: str
    by: str = ""
    document: str = ""
    from_when: str = ""
    on: Test | None = None  # the answer that allows it; None allows it always

    @property
    def severity(self) -> Severity:
        return CURE_KINDS.get(self.kind, Severity.NO)  # an unknown kind has been reported by the reader


@dataclass(frozen=True, slots=True)
class Condition:
    """One proposition that a basis needs, or a group of which one (`any`) or each (`all`) must hold."""

    id: str
    says: str
    cite: str
    layer: str = "ferpa"
    test: Test | None = None  # None for a group, and for what a person always has to judge
    tick: bool = False
    members: tuple[Condition, ...] = ()
    every: bool = False
    when: Test | None = None
    cures: tuple[Cure, ...] = ()
    judge: Judge | None = None
    burden: bool = False
    standing: bool = False
    says_no: str = ""
    key: str = ""  # names the condition in the whole pack: the same id may stand in two bases
    law: str = ""  # the law that adds it, inside a sentence ("Virginia law"); see `added`
    mark: str = ""

    @property
    def added(self) -> bool:
        """Is it a prohibition of another law, and not a part of what the basis is?"""
        return bool(self.law) or self.layer not in FEDERAL

    def facts(self) -> Iterator[str]:
        """The facts it looks at, in order, its members' included."""
        if self.when:
            yield from self.when.facts()
        if self.test:
            yield from self.test.facts()
        for member in self.members:
            yield from member.facts()

    def ticks(self) -> Iterator[Condition]:
        """The checklist rows in it: itself, or its members that are ticked."""
        if self.tick:
            yield self
        for member in self.members:
            yield from member.ticks()


@dataclass(frozen=True, slots=True)
class Judge:
    role: str
    test: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The paperwork of a basis on one page; its rows are conditions that a tick meets."""

    id: str
    text: str
    hint: str
    why: str
    cite: str
    find_out: str
    rows: tuple[Condition, ...]
    key: str = ""
    on_page: str = ""  # as for a question


@dataclass(frozen=True, slots=True)
class Advice:
    id: str
    says: str
    cite: str
    when: Test | None
    law: str = ""
    mark: str = ""
    key: str = ""  # where it stands, as that of a condition


@dataclass(frozen=True, slots=True)
class DutyUse:
    id: str
    when: Test | None = None
    law: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Myth:
    id: str
    people_say: str
    answer: str
    cite: str
    law: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A lawful way to share, one per provision; also the duty to give access."""

    id: str
    title: str
    says: str
    headline: str  # stands for the verdict's own sentence where this basis gives a plain yes
    cite: str
    level: str
    effect: str
    law: str
    rank: int
    anyone: bool
    urgent: bool  # it never waits: what was not checked is asked about afterwards
    may_stand: bool  # one decision on it may serve requests that are like it
    each_time: str  # why it may not, and what to do instead
    covers: tuple[Condition, ...]  # per data item; empty covers all
    triggers: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    checklist: Checklist | None
    advice: tuple[Advice, ...]
    duties: tuple[DutyUse, ...]
    myths: tuple[Myth, ...]
    by_agreement: bool = False  # a standing agreement with a partner can carry it
    short: str = ""  # how a narrow list calls it

    @property
    def paperwork(self) -> tuple[Condition, ...]:
        return self.checklist.rows if self.checklist else ()

    @property
    def whole(self) -> tuple[Condition, ...]:
        """Every condition that is about the request and not about one item."""
        return (*self.triggers, *self.conditions, *self.paperwork)


@dataclass(frozen=True, slots=True)
class Barrier:
    """A rule of another layer that stops some items unless one of its conditions holds."""

    id: str
    title: str
    says: str
    layer: str
    cite: str
    leave_out: str
    stops: Test
    when: Test | None
    unless: tuple[Condition, ...]
    duties: tuple[DutyUse, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Beyond:
    """A request whose basis the pack does not hold: a person has to look."""

    id: str
    when: Test
    title: str
    test: str  # what the person has to judge
    says: str
    cite: str


@dataclass(frozen=True, slots=True)
class Route:
    id: str
    title: str
    steps: tuple[str, ...]
    cite: str
    by: str
    takes: str
    paper: str
    when: Test | None
    mends: tuple[str, ...]
    last: bool
    quiet: bool = False  # it tells the family nothing, so it may be taken where a paper may be secret
    asker_acts: bool = False  # the one who asked takes it, not the school


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    when: str  # before | at | after
    do: str
    by: str
    cite: str
    days: int
    unchecked: tuple[str, ...]
    urgent: bool  # stands in for the duty on unchecked layers where nothing may wait for it
    refused: bool = False  # it is due for what stays, too, where a part goes
    mark: str = ""
    sooner: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A shorter time for a duty; the shortest that applies holds."""

    id: str
    days: int
    do: str
    cite: str
    mark: str
    when: Test | None


@dataclass(frozen=True, slots=True)
class Overlay:
    """State law or district policy that was read on top of the pack; it only adds."""

    id: str
    title: str
    name: str  # how it reads inside a sentence: "Virginia law"
    layer: str  # state | district
    level: str  # k12 | college | both
    law_as_of: str
    review: str
    mark: str  # of its rules, where none stands beside the rule


@dataclass(frozen=True, slots=True)
class Layer:
    id: str
    title: str
    says: Mapping[str, str]
    lacks: frozenset[str]  # tags of items that have a law of this layer which the pack does not hold


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence that the engine composes: by verdict a label and a sentence, and named phrases."""

    labels: Mapping[str, str]
    sentences: Mapping[str, str]
    phrases: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """The rules with their overlays, named by content hash."""

    id: str
    version: str
    law_as_of: str
    review: str
    sha256: str
    content: bytes  # what the hash is of; see pack_from_bytes
    sections: tuple[Section, ...]
    layers: tuple[Layer, ...]
    unsure: Option
    tree: tuple[Question, ...]
    questions: Mapping[str, Question]  # tree and facts
    derived: Mapping[str, Derived]
    bases: tuple[Basis, ...]  # by rank
    barriers: tuple[Barrier, ...]
    beyond: tuple[Beyond, ...]
    routes: tuple[Route, ...]
    duties: Mapping[str, Duty]
    groups: tuple[ItemGroup, ...]
    items: Mapping[str, Item]
    usual: tuple[Usual, ...]
    packets: tuple[Packet, ...]
    principles: Principles
    sources: Mapping[str, str]
    wording: Wording
    marks: tuple[Mark, ...]
    entry_rules: tuple[EntryRule, ...]
    restricted: Test | None  # requests that lists, search and ordinary exports do not show
    challenge: str  # the fact that says which layer was given as the reason for a no
    checklists: Mapping[str, Basis]  # by page id
    ticks: Mapping[str, tuple[str, ...]]  # row id -> the pages that show it
    behind: Mapping[str, tuple[str, ...]]  # fact -> the questions on which it rests
    overlays: tuple[Overlay, ...]
    touched_by: Mapping[str, frozenset[str]]  # page -> the facts, conditions, bases and barriers it can change
    # Questions by the key of a condition or rule, filled as they are looked up; a changed pack starts with none.
    found: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict, compare=False, repr=False)

    def on_page(self, page: str) -> str:
        """The name of the page on which a question or checklist stands; its own id where it stands alone."""
        basis = self.checklists.get(page)
        asked = basis.checklist if basis else self.questions[page]
        return asked.on_page if asked and asked.on_page else page
