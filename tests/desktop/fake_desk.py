"""A small desk of fixed questions: pages are drawn and driven without rules or a ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ferpa_wizard.core.change import Change
from ferpa_wizard.core.determination import (
    AdviceLine,
    BasisLine,
    ConditionLine,
    CureLine,
    Determination,
    DutyLine,
    ItemLine,
    LayerLine,
    MythLine,
    RouteLine,
    StepLine,
    UnknownLine,
)  # fmt: skip
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.items import Item, ItemGroup
from ferpa_wizard.core.record import DecisionChoice
from ferpa_wizard.core.walk import Ask, Choice, Given
from ferpa_wizard.requests.desk import DraftRow, QuickStart, RecordRow
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.request import Sealed
from ferpa_wizard.requests.views import Panel, PanelRow, RailRow, RailSection

TUTORING = {
    "who": "group",
    "works": "yes",
    "students": "few",
    "items": ("name", "grades", "meal"),
    "purpose": "tutoring",
}
DONE = {**TUTORING, "control": "spoken", "paper": ("notice",)}
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)


def _item(id: str, label: str, group: str, *tags: str) -> Item:
    return Item(id, label, label[0].lower() + label[1:], group, group != "basic", frozenset(tags))


ITEMS = {
    item.id: item
    for item in (
        _item("name", "Name", "basic", "directory"), _item("grade", "Grade level", "basic", "directory"),
        _item("photo", "Photo", "basic", "directory"), _item("school", "School", "basic", "directory"),
        _item("address", "Home address", "contact", "directory"), _item("phone", "Phone of a parent", "contact"),
        _item("email", "Email of the student", "contact"), _item("grades", "Grades", "learning"),
        _item("attendance", "Attendance", "learning"), _item("scores", "Test scores", "learning"),
        _item("iep", "IEP", "support", "idea"), _item("plan504", "504 plan", "support"),
        _item("meal", "Meal status", "support", "meal"), _item("housing", "Housing: no fixed home", "support", "homeless"),
        _item("discipline", "Discipline records", "behaviour", "sensitive"),
        _item("nurse", "Nurse notes", "health", "sensitive"), _item("ssn", "Social Security number", "health", "sensitive"),
    )
}  # fmt: skip
GROUPS = (
    ItemGroup("basic", "Basic"), ItemGroup("contact", "Contact"), ItemGroup("learning", "Learning"),
    ItemGroup("support", "Support"), ItemGroup("behaviour", "Behavior"), ItemGroup("health", "Health and identity"),
)  # fmt: skip
SECTIONS = (("who", "Who is asking"), ("what", "What they want"), ("why", "Why"), ("conditions", "Conditions"))
LAYERS = (
    ("ferpa", "FERPA"), ("other_federal", "Other federal law"), ("state", "State law"), ("district", "District policy"),
    ("practical", "Practical"),
)  # fmt: skip
UNSURE = Choice("unsure", "I am not sure", "You can go on. We will say who could tell you.")


def _ask(id: str, section: str, text: str, *options: Choice, **more: Any) -> Ask:
    given = {"hint": "", "why": "The answer decides which way to share fits.", "cite": "34 CFR 99.31",
             "find_out": "Ask the person who set up the work.", "kind": "one", "page": "question"} | more  # fmt: skip
    return Ask(id=id, section=section, text=text, options=options, at_most_more=2, **given)


QUESTIONS: tuple[tuple[Ask, Callable[[Mapping[str, Any]], bool]], ...] = (
    (_ask("who", "who", "Who wants the records?", Choice("group", "A community group"), Choice("press", "The press"),
          Choice("research", "A researcher <b>bold</b> & more"), UNSURE,
          hint="Pick the one who will get the data, not the one who sent the email."), lambda a: True),
    (_ask("works", "who", "Does it work for the school?", Choice("yes", "Yes, it gives a service"), Choice("no", "No"),
          UNSURE), lambda a: a.get("who") == "group"),
    (_ask("students", "what", "Which students is this about?", Choice("one", "One student"),
          Choice("few", "A few named students"), Choice("class", "A whole class or grade"),
          Choice("none", "Numbers only, with no names"), UNSURE), lambda a: True),
    (_ask("items", "what", "Which data do they need for this task?",
          *(Choice(i.id, i.label) for i in ITEMS.values()), kind="many", page="items",
          hint="Tick only what the task needs."), lambda a: a.get("students") != "none"),
    (_ask("purpose", "why", "What is it for?", Choice("tutoring", "After-school tutoring"),
          Choice("research", "Research"), Choice("news", "A news story"), UNSURE), lambda a: True),
    (_ask("until", "why", "Until when do they need the records?", kind="date",
          hint="The last day of the work."), lambda a: a.get("purpose") == "research"),
    (_ask("control", "conditions", "Does your school control how the group uses these records?",
          Choice("writing", "Yes, in a signed agreement", "For example, a contract or a data sharing agreement."),
          Choice("spoken", "Yes, but not in writing", "Your school sets the rules, and nothing is signed."),
          Choice("no", "No, the group decides for itself"), UNSURE,
          cite="34 CFR 99.31(a)(1)(i)(B)(2)",
          why="FERPA lets an outside group act as a school official if the school controls the records.",
          find_out="Look for a contract or a data sharing form. Look for who may see the data and when it must be deleted.",
          hint="Control means your school sets the rules for the records and can make the group stop using them."),
     lambda a: a.get("who") == "group" and a.get("purpose") == "tutoring"),
    (_ask("paper", "conditions", "Which of these is in place?",
          Choice("notice", "Your annual notice to parents covers outside providers", "34 CFR 99.7(a)(3)(iii)"),
          Choice("limits", "They know the limits: only this job, not passed on"), kind="many", page="checklist"),
     lambda a: a.get("who") == "group" and a.get("purpose") == "tutoring"),
)  # fmt: skip


@dataclass
class FakeRequest:
    desk: FakeDesk
    id: str
    answers: dict[str, Any] = field(default_factory=dict)
    saved_at: datetime | None = NOW
    save_problem: str | None = None
    reference: str = ""
    result_seen: bool = False
    _view: str | None = None
    _past: list[dict[str, Any]] = field(default_factory=list)
    _future: list[dict[str, Any]] = field(default_factory=list)

    def _asks(self, answers: Mapping[str, Any] | None = None) -> list[Ask]:
        answers = self.answers if answers is None else answers
        return [ask for ask, when in QUESTIONS if when(answers)]

    def _newest(self) -> Ask | None:
        return next((ask for ask in self._asks() if ask.id not in self.answers), None)

    @property
    def title(self) -> str:
        return "Tutoring group asks for grades" if self.answers.get("who") == "group" else "New request"

    @property
    def ask(self) -> Ask | None:
        return next((ask for ask in self._asks() if ask.id == self._view), None) or self._newest()

    @property
    def given(self) -> Any:
        ask = self.ask
        return self.answers.get(ask.id) if ask else None

    def answer(self, value: Any) -> None:
        ask = self.ask
        if ask is None:
            raise AnswerError("Every question is answered.")
        if ask.kind == "date" and not _is_date(value):
            raise AnswerError("Write a day that exists, such as 5, 31 and 2027.")
        if self.answers.get(ask.id) != value:
            self._past.append(dict(self.answers))
            self._future.clear()
            self.answers[ask.id] = value
        self._view = None

    def preview(self, question: str, value: Any) -> Change:
        after = {ask.id for ask in self._asks({**self.answers, question: value})}
        trail = [self._given(ask) for ask in self._asks() if ask.id in self.answers and ask.id != question]
        lost = tuple(given for given in trail if given.ask.id not in after)
        kept = tuple(given for given in trail if given.ask.id in after)
        return Change(kept=kept, asked_again=(), new=None, set_aside=lost)

    def _given(self, ask: Ask) -> Given:
        return Given(ask, self.answers[ask.id], self._label(ask), "person")

    def _label(self, ask: Ask) -> str:
        value = self.answers.get(ask.id, ())
        names = {option.id: option.label for option in ask.options}
        return (
            ", ".join(names.get(one, one) for one in ((value,) if isinstance(value, str) else value)) or "None of these"
        )

    def back(self) -> bool:
        answered = [ask.id for ask in self._asks() if ask.id in self.answers]
        here = answered.index(self._view) if self._view in answered else len(answered)
        if here == 0:
            return False
        self._view = answered[here - 1]
        return True

    def edit(self, question: str) -> None:
        self._view = question

    def forward(self) -> None:
        self._view = None

    def undo(self) -> str | None:
        return self._swap(self._past, self._future, "Undone: the last answer.")

    def redo(self) -> str | None:
        return self._swap(self._future, self._past, "Done again: the last answer.")

    def _swap(self, source: list[dict[str, Any]], target: list[dict[str, Any]], said: str) -> str | None:
        if not source:
            return None
        target.append(dict(self.answers))
        self.answers, self._view = source.pop(), None
        return said

    @property
    def walk(self) -> SimpleNamespace:
        return SimpleNamespace(trail=tuple(self._given(ask) for ask in self._asks() if ask.id in self.answers))

    def rail(self) -> list[RailSection]:
        ask = self.ask
        return self._sections(now=ask)

    def check_rows(self) -> list[RailSection]:
        return self._sections(now=None)

    def _sections(self, now: Ask | None) -> list[RailSection]:
        found = []
        for name, title in SECTIONS:
            rows = []
            for ask in self._asks():
                is_now = now is not None and ask.id == now.id
                if ask.section == name and (ask.id in self.answers or is_now):
                    label = self._label(ask) if ask.id in self.answers else ""
                    rows.append(RailRow(ask.id, ask.text, label, "person", now=is_now))
            if now is None and name == "conditions":
                rows.append(RailRow("signed", "Did the parents sign a consent?", "No", "presumed"))
            here = now is not None and now.section == name
            found.append(RailSection(name, title, "now" if here else "done" if rows else "ahead", tuple(rows)))
        return found

    def panel(self) -> Panel:
        opened = (
            PanelRow(
                "so",
                "School official: outside provider",
                "Depends on this question.",
                "34 CFR 99.31(a)(1)(i)(B)",
                "depends",
            ),
            PanelRow("consent", "Consent from the parent", "Works for all five data items.", "34 CFR 99.30", "holds"),
            PanelRow("di", "Directory information", "Covers name and grade only.", "34 CFR 99.37", "part"),
        )
        said = self._label(QUESTIONS[0][0]) if "who" in self.answers else ""
        out = [
            PanelRow(
                "studies",
                "Studies",
                "You said it is for tutoring, not research.",
                "34 CFR 99.31(a)(6)",
                "out",
                "purpose",
            ),
            PanelRow("audit", "Audit or evaluation", f"You said: {said}.", "34 CFR 99.35", "out", "who"),
            PanelRow(
                "safety",
                "Health or safety emergency",
                "You said no one is in danger now.",
                "34 CFR 99.36",
                "out",
                "who",
            ),
            *(
                PanelRow(f"x{n}", f"Another way {n}", "It does not apply here.", "34 CFR 99.31", "out", "who")
                for n in range(6)
            ),
        ]
        rows = tuple(out) if "purpose" in self.answers else tuple(out[1:3]) if "who" in self.answers else ()
        return Panel("Three ways to share are still open. This is not a decision yet.", opened, rows)

    def unsure(self) -> list[str]:
        return [ask.text for ask in self._asks() if self.answers.get(ask.id) == "unsure"]

    def choices(self) -> tuple[DecisionChoice, ...]:
        labels = {"share": "Share now", "share-after-steps": "Share after the steps", "not-now": "Not now",
                  "do-not-share": "Do not share", "ask-officer": "Ask the privacy officer"}  # fmt: skip
        return tuple(DecisionChoice(id, label, id not in ("share", "do-not-share")) for id, label in labels.items())

    def correction(self, choice: str, reasons: Sequence[str]) -> str:
        blamed = "ferpa" in reasons and choice in ("not-now", "do-not-share")
        return "FERPA does not stop this once the steps are done. Choose the true reason." if blamed else ""

    def decide(self, decision: Any) -> Sealed:
        problems = []
        if not decision.choice:
            problems.append(("choice", "Choose what was decided."))
        if not decision.by_name:
            problems.append(("name", "Write the name of the person who decided."))
        if decision.choice in ("not-now", "do-not-share") and not decision.reasons:
            problems.append(("reasons", "Tick the real reason. More than one may hold."))
        if problems:
            raise DecisionError(problems)
        return self.desk.seal(self, decision)

    def set_reference(self, text: str) -> None:
        self.reference = text

    def see_result(self) -> None:
        self.result_seen = True

    def remove_items(self, items: Sequence[str]) -> None:
        self._past.append(dict(self.answers))
        self.answers["items"] = tuple(one for one in self.answers["items"] if one not in items)

    @property
    def determination(self) -> Determination | None:
        return determination_of(self.answers) if self._newest() is None else None


def _is_date(value: object) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def determination_of(answers: Mapping[str, Any]) -> Determination:
    cite = "34 CFR 99.31(a)(1)(i)(B)"
    signed, meal = answers.get("control") == "writing", "meal" in answers.get("items", ())
    sign = CureLine("sign", "Put your school’s control in writing", "The principal", "", "")
    status = "met" if signed else "unknown" if answers.get("control") == "unsure" else "to-do"
    conditions = (
        ConditionLine(
            "c1",
            "Does a job your staff would otherwise do",
            "met",
            "ferpa",
            cite + "(1)",
            "You said: Yes, it gives a service.",
            None,
        ),
        ConditionLine(
            "c2",
            "School has direct control of the records",
            status,
            "ferpa",
            cite + "(2)",
            "You said: Yes, but not in writing.",
            sign,
        ),
        ConditionLine("c3", "Agrees not to pass the records on", "met", "ferpa", cite + "(3)", "You ticked it.", None),
        ConditionLine(
            "c4",
            "Fits your annual notice to parents",
            "met",
            "ferpa",
            "34 CFR 99.7(a)(3)(iii)",
            "The school profile says so.",
            None,
        ),
    )
    basis = BasisLine(
        "so", "School official: outside provider", "", cite, "near", "", "", tuple(answers.get("items", ())), conditions
    )
    steps = []
    if not signed:
        steps.append(StepLine("c2", "Put your school’s control in writing", "The principal", cite + "(2)",
                              "FERPA asks for control, not for a contract. A signed agreement is the plain way to show it.", (), "control"))  # fmt: skip
    if meal:
        steps.append(StepLine("nsla", "Take meal status off the list", "", "42 U.S.C. 1758(b)(6)",
                              "School lunch law guards it, not FERPA. The other items are enough for tutoring.", ("meal",), "items"))  # fmt: skip
    things = "1 thing is" if len(steps) == 1 else f"{len(steps)} things are"
    says = f"You can share these records with the community group once {things} done."
    layers = {
        "ferpa": LayerLine(
            "ferpa", "FERPA", "needs-steps" if not signed else "does-not-object", "no", "Once step 1 is done."
        ),
        "other_federal": LayerLine(
            "other_federal",
            "Other federal law",
            "objects-in-part" if meal else "does-not-object",
            "sole",
            "Meal status: school lunch law.",
        ),
        "state": LayerLine("state", "State law", "not-covered", "no", "No state rules are installed. Ask."),
        "district": LayerLine(
            "district", "District policy", "does-not-object", "no", "The group is on the vendor list."
        ),
        "practical": LayerLine("practical", "Practical", "does-not-object", "no", "Nothing stands in the way."),
    }
    items = tuple(
        ItemLine(id, ITEMS[id].label, ITEMS[id].content, id != "meal", ("other_federal",) if id == "meal" else (), "so")
        for id in answers.get("items", ())
    )
    out = BasisLine(
        "studies",
        "Studies for the school",
        "",
        "34 CFR 99.31(a)(6)",
        "ruled-out",
        "You said it is for tutoring, not research.",
        "purpose",
        (),
        (),
    )
    consent = BasisLine(
        "consent", "Consent from the parent", "", "34 CFR 99.30", "route", "No consent is signed yet.", "", (), ()
    )
    return Determination(
        verdict="after-steps" if steps else "may-share",
        label=f"FERPA allows this, after {len(steps)} step{'' if len(steps) == 1 else 's'}" if steps else "FERPA allows this",
        says=says if steps else "You can share these records with the community group now.",
        basis=basis, bases=(basis, consent, out), layers=layers, items=items, steps=tuple(steps),
        duties=(
            DutyLine("ask", "before", "Ask who knows your state’s law on student records", "The privacy officer", "", 0),
            DutyLine("log", "after", "You do not need to log this", "", "34 CFR 99.32(d)(2)", 0),
            DutyLine("need", "after", "Let only the tutors who need the records see them", "The tutoring lead", "34 CFR 99.31(a)(1)(ii)", 0),
            DutyLine("end", "after", "End access when the agreement ends", "The registrar", cite, 30),
        ),
        routes=(
            RouteLine("consent", "Ask parents to consent", 2, ("Covers all items, meal status too.", "Use a form with date and signature."), "34 CFR 99.30", "The registrar", "a few days", "consent-form"),
            RouteLine("less", "Share directory information only", 1, ("Covers name and grade only. Skip families who opted out.",), "34 CFR 99.37", "The front office", "today", ""),
        ),
        unknown=(UnknownLine("control", "Does your school control how the group uses these records?", "you can share.", "ask the parents."),) if status == "unknown" else (),
        advice=(AdviceLine("a1", "A written agreement makes the limits plain to everyone.", "Guidance of the Department of Education"),),
        myths=(MythLine("m1", "FERPA forbids sharing with community groups.", "It does not. A group that does a job for the school can be a school official.", cite),),
        judge=None, unchecked=("state",), law_note="No lawyer has reviewed these rules yet.",
        pack={"id": "ferpa", "version": "2026.1", "sha256": "0" * 64, "law_as_of": "2026-05-23"},
    )  # fmt: skip


class FakeDesk:
    """Drafts and records in memory."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.pack = SimpleNamespace(
            id="ferpa", version="2026.1", law_as_of="2026-05-23", sha256="ab" * 32,
            review="No lawyer has reviewed these rules yet.", items=ITEMS, groups=GROUPS,
            sections=[SimpleNamespace(id=id, title=title) for id, title in SECTIONS],
            layers=[SimpleNamespace(id=id, title=title) for id, title in LAYERS],
        )  # fmt: skip
        self.quick_starts = [QuickStart("danger", "Someone is in danger", {"who": "group"})] + [
            QuickStart(label.casefold(), label, {"who": "press"})
            for label in (
                "Parent asks",
                "Transfer",
                "Police or court",
                "Vendor or app",
                "Researcher",
                "Press",
                "Caseworker",
            )
        ]
        self.requests: dict[str, FakeRequest] = {}
        self.bin: dict[str, FakeRequest] = {}
        self.sealed: list[Sealed] = []
        self.troubles: list[str] = []

    def new(self, answers: Mapping[str, Any] | None = None) -> FakeRequest:
        request = FakeRequest(self, f"d{len(self.requests)}", dict(answers or {}))
        self.requests[request.id] = request
        return request

    def open_draft(self, draft: str) -> FakeRequest:
        return self.requests[draft]

    def drafts(self) -> list[DraftRow]:
        return [
            DraftRow(one.id, one.title, "Result ready" if one.ask is None else f"Question {len(one.answers) + 1}", NOW)
            for one in self.requests.values()
        ]

    def recent(self, limit: int = 5) -> list[RecordRow]:
        rows = [
            RecordRow(
                one.number,
                _body(one, "request", "title"),
                _body(one, "decision", "choice"),
                _body(one, "decision", "label"),
                "after-steps",
                "",
                one.at,
            )
            for one in self.sealed
        ]
        return rows[::-1][:limit]

    def discard(self, draft: str) -> None:
        self.bin[draft] = self.requests.pop(draft)

    def restore(self, draft: str) -> None:
        self.requests[draft] = self.bin.pop(draft)

    def problems(self) -> list[str]:
        return self.troubles

    def record(self, number: str) -> Sealed:
        return next(one for one in self.sealed if one.number == number)

    def verify(self) -> SimpleNamespace:
        return SimpleNamespace(ok=True, says=f"All {len(self.sealed)} records match.", count=len(self.sealed))

    def export(self, path: Path, kind: str) -> int:
        path.write_text(kind, encoding="utf-8")
        return len(self.sealed)

    def seal(self, request: FakeRequest, decision: Any) -> Sealed:
        found = request.determination
        label = next(one.label for one in request.choices() if one.id == decision.choice)
        body: dict[str, object] = {
            "request": {"title": request.title, "reference": request.reference, "words": ""},
            "determination": found.as_json() if found else {},
            "items": [{"id": one.id, "label": one.label, "share": one.share, "stopped_by": list(one.stopped_by)} for one in (found.items if found else ())],
            "answers": [{"text": row.text, "label": row.label} for section in request.check_rows() for row in section.rows],
            "decision": {"choice": decision.choice, "label": label, "reasons": list(decision.reasons), "words": decision.words,
                         "differs": False, "correction": request.correction(decision.choice, decision.reasons),
                         "by": {"name": decision.by_name, "role": decision.by_role}},
        }  # fmt: skip
        sealed = Sealed(f"2026-{len(self.sealed) + 1:04}", "9f3ac1d2" * 8, replace_time(len(self.sealed)), body)
        self.sealed.append(sealed)
        self.requests.pop(request.id, None)
        return sealed


def replace_time(number: int) -> datetime:
    return NOW.replace(day=1 + number % 24)


def _body(sealed: Sealed, part: str, name: str) -> str:
    inner = sealed.body[part]
    return str(inner[name]) if isinstance(inner, dict) else ""
