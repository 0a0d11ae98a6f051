"""The parts of the justification record that say what the rules found."""

from __future__ import annotations

from collections.abc import Mapping

from ferpa_wizard.core.layers import told_as
from ferpa_wizard.core.model import MARKS
from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents import words
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.document import (
    Block,
    Callout,
    Cell,
    Checklist,
    Heading,
    Paragraph,
    Table,
    Task,
    Tone,
)
from ferpa_wizard.documents.record_entry import entry_says, is_entry
from ferpa_wizard.documents.told import Told

_NOT_ASKED = "Not asked"
_WAITS = {
    "after-steps": "Steps that are left",
    "missing-fact": "A fact that is open",
    "judgement": "A judgement that is open",
}
_SHARER = "whoever shares it"
_KEPT = {"not-now": "Stays for now", "do-not-share": "Stays", "ask-officer": "Not decided yet"}


def verdict(body: Fields) -> tuple[Block, ...]:
    result = group(body, "determination")
    basis = group(result, "basis")
    source = " · ".join(filter(None, (text(basis, "title"), text(basis, "cite"))))
    return (
        Callout(
            tone=words.VERDICT_TONES.get(text(result, "verdict"), Tone.ASK),
            label=text(result, "label"),
            text=text(result, "says"),
            note=f"Basis: {source}" if source else _no_basis(result),
            lead=True,
        ),
        *_challenge(group(result, "challenge")),
        *_judge(group(result, "judge")),
    )


def _no_basis(result: Fields) -> str:
    """Why there is none; where FERPA stops it, with the condition that failed."""
    consent = next((row for row in rows(result, "bases") if text(row, "id") == "ferpa-consent"), {})
    if text(result, "verdict") == "not-as-asked":
        asks = (
            f"FERPA asks for written consent ({text(consent, 'cite')}). {text(consent, 'because')}" if consent else ""
        )
        return f"Basis: no way to share fits the request as asked. {asks}".strip()
    return "Basis: the rules name none for this request."


def _challenge(challenge: Fields) -> tuple[Block, ...]:
    if not challenge:
        return ()
    tone = {"no": Tone.YES, "yes": Tone.NO}.get(text(challenge, "stands"), Tone.ASK)
    return (Callout(tone, "The reason that was given for a no", text(challenge, "says")),)


def _judge(judge: Fields) -> tuple[Block, ...]:
    if not judge:
        return ()
    return (Callout(Tone.ASK, f"Who must decide: {text(judge, 'role')}", f"Whether {text(judge, 'test')}."),)


def layers(body: Fields) -> tuple[Block, ...]:
    layers = group(group(body, "determination"), "layers")
    table = Table(
        ("Who", "State", "What that means here"),
        tuple(_layer(title, group(layers, layer)) for layer, title in words.LAYERS.items()),
        widths=(4, 4, 10),
    )
    return (Heading(2, "Who says no?"), table)


def _layer(title: str, layer: Fields) -> tuple[Cell, ...]:
    told = told_as(text(layer, "state"), text(layer, "binding"))
    state, tone = words.LAYER_STATES.get(told, ("Not checked", Tone.NA))
    binding = words.BINDING.get(text(layer, "binding"), "")
    note = " ".join(filter(None, (binding, words.mark_sentence(text(layer, "mark")))))
    return (Cell(title), Cell(state, tone=tone), Cell(text(layer, "says"), note=note))


def steps(body: Fields) -> tuple[Block, ...]:
    steps = rows(group(body, "determination"), "steps")
    tasks = tuple(Task(text(step, "do"), _step_source(step), "To do") for step in steps)
    return (Heading(2, "Steps still to do"), Checklist(tasks)) if tasks else ()


def _step_source(step: Fields) -> str:
    """The provision; where it is not FERPA's, whose it is and how far it was checked."""
    layer = text(step, "layer")
    whose = words.LAYERS.get(layer, "") if layer != "ferpa" else ""
    return ", ".join(filter(None, (text(step, "cite"), whose, MARKS.get(text(step, "mark"), ""))))


def unknown(body: Fields) -> tuple[Block, ...]:
    facts = rows(group(body, "determination"), "unknown")
    found = tuple(
        (Cell(text(fact, "text") or text(fact, "question")), Cell(text(fact, "if_yes")), Cell(text(fact, "if_no")))
        for fact in facts
    )
    header = ("Fact", "One answer", "Another answer")
    return (Heading(2, "Facts to find out"), Table(header, found, (6, 5, 5))) if found else ()


def conditions(body: Fields) -> tuple[Block, ...]:
    result = group(body, "determination")
    chosen = text(group(result, "basis"), "id")
    found = [
        row
        for basis in rows(result, "bases")
        if chosen and text(basis, "id") == chosen
        for row in rows(basis, "conditions")
    ]
    if not found:
        return ()
    steps = [text(step, "do") for step in rows(result, "steps")]
    general = [text(row, "id") for row in found if _only_in_general(body, row)]
    told = tuple(_condition(row, steps, general=text(row, "id") in general) for row in found)
    met = sum(text(row, "status") == "met" and text(row, "id") not in general for row in found)
    return (
        Heading(2, f"Conditions of this basis: {met} of {len(found)} met"),
        Table(("Condition", "State", "Source"), told, widths=(11, 3, 5)),
    )


def _only_in_general(body: Fields, row: Fields) -> bool:
    """Is it about who this person is (34 CFR 99.31(c)), and nobody noted how that was checked for this request?"""
    kept = [text(one, "id") for one in rows(group(body, "profile"), "kept")]
    noted = text(group(body, "request"), "identity")
    return text(row, "cite") == "34 CFR 99.31(c)" and text(row, "id") in kept and not noted


def _condition(row: Fields, steps: list[str], *, general: bool) -> tuple[Cell, ...]:
    state, tone = words.CONDITION_STATES.get(text(row, "status"), ("Find out", Tone.ASK))
    if general:
        state, tone = "In general; check it here", Tone.ASK
    cure = text(group(row, "cure"), "do") if text(row, "status") != "met" else ""
    note = "\n".join(filter(None, (text(row, "because"), "" if cure in steps else cure)))
    return (
        Cell(text(row, "says"), note=note),
        Cell(state, tone=tone),
        _source(row),
    )


def items(body: Fields) -> tuple[Block, ...]:
    result = group(body, "determination")
    chosen = text(group(result, "basis"), "id")
    others = {
        text(basis, "id"): f"By another way: {text(basis, 'title')}"
        for basis in rows(result, "bases")
        if text(basis, "id") != chosen
    }
    told = Told(body, "")
    found = tuple(
        (*_item(told, item, others, nobody=_nobody(result, item)), _decided(told, item)) for item in rows(body, "items")
    )
    header = ("Data", "Can it be shared?", "Who stops it", "Decided here")
    if not found:
        return ()
    return (Heading(2, "Data that was asked for"), Table(header, found, (8, 5, 5, 4)))


def _nobody(result: Fields, item: Fields) -> str:
    """Who stops an item that no layer stops for good: what it waits for, or nobody of those who were asked."""
    if item.get("share") is not True and text(result, "verdict") in _WAITS:
        return _WAITS[text(result, "verdict")]
    return "None that was checked" if names(result, "unchecked") else "Nobody"


def _decided(told: Told, item: Fields) -> Cell:
    if not told.shares:
        return Cell(_KEPT.get(told.choice, ""))
    if item not in told.shown:
        return Cell("Stays")
    if not told.carried and told.verdict != "consent":
        return Cell("Waits for a lawful way")
    if told.goes_further:
        return Cell("Waits for the consent")
    return Cell("Goes" if told.choice == "share" else "Goes after the steps")


def _item(told: Told, item: Fields, others: dict[str, str], *, nobody: str) -> tuple[Cell, ...]:
    """One item; `nobody` names who stops it where no layer does, for one that was not looked at may yet."""
    stopped = names(item, "stopped_by")
    state, tone = _item_state(told, item)
    stoppers = ", ".join(words.LAYERS.get(layer, layer) for layer in stopped)
    way = "" if stopped else others.get(text(item, "basis"), "")
    return (
        Cell(text(item, "label") or text(item, "id"), note=way),
        Cell(state, tone=tone),
        Cell(stoppers or nobody),
    )


def _item_state(told: Told, item: Fields) -> tuple[str, Tone]:
    stopped = names(item, "stopped_by")
    if item.get("share") is True:
        return "Yes", Tone.YES
    opens = told.verdict == "consent" and stopped and not told.guards(item)  # records that do not say it themselves
    if item.get("with_consent") is True or opens:
        return "With consent", Tone.CONSENT
    if stopped:
        return "No", Tone.NO
    return ("After the steps", Tone.STEPS) if told.verdict == "after-steps" else ("Not yet", Tone.ASK)


def duties(body: Fields) -> tuple[Block, ...]:
    """What sharing asks of people. The entry in the student's file follows from the decision, as its own paper says."""
    duties = [duty for duty in rows(group(body, "determination"), "duties") if not is_entry(duty)]
    days = {text(row, "duty"): sealed.day(text(row, "day")) for row in rows(body, "due")}
    found = tuple(
        (_when(duty, title, days), Cell(text(duty, "do")), _source(duty))
        for when, title in words.DUTY_TIMES.items()
        for duty in duties
        if text(duty, "when") == when
    )
    told = Told(body, "")
    title = "What sharing asks of you" if told.shares else "What sharing would ask of you"
    if not told.shares and told.clock:
        title = "What the law asks of you, whatever was decided"
    table = Table(("When and who", "What to do", "Source"), (*found, _entry(body)), widths=(4, 10, 5))
    return (Heading(2, title), table)


def _when(duty: Fields, title: str, days: Mapping[str, str]) -> Cell:
    day = days.get(text(duty, "id"), "")
    by = text(duty, "by")
    return Cell(f"By {day}" if day else title, note=_SHARER if by == "you" else by)


def _entry(body: Fields) -> tuple[Cell, ...]:
    says, cite = entry_says(body)
    return (Cell("Student’s file", note="records office"), Cell(says), Cell(cite))


def _cites(row: Fields) -> str:
    """The citations of a row, one a line."""
    return text(row, "cite").replace("; ", "\n")


def _source(row: Fields) -> Cell:
    """Its citations, and how far a rule of state law or policy was checked."""
    return Cell(_cites(row), note=words.mark_sentence(text(row, "mark")))


def advice(body: Fields) -> tuple[Block, ...]:
    advice = rows(group(body, "determination"), "advice")
    found = tuple((Cell(text(one, "says")), _source(one)) for one in advice)
    if not found:
        return ()
    return (
        Heading(2, "Good to know"),
        Paragraph("None of this is a condition of the way that was chosen."),
        Table(("What helps", "Source"), found, (14, 5)),
    )


def routes(body: Fields) -> tuple[Block, ...]:
    routes = rows(group(body, "determination"), "routes")
    found = tuple(
        (Cell(text(route, "title"), note=" ".join(names(route, "steps_text"))), _effort(route)) for route in routes
    )
    header = ("Way", "What it takes")
    return (Heading(2, "Other ways to share"), Table(header, found, (14, 5))) if found else ()


def _effort(route: Fields) -> Cell:
    steps = route.get("steps")
    count = "1 step" if steps == 1 else f"{steps} steps"
    return Cell(count if isinstance(steps, int) else "", note=_cites(route))


def others(body: Fields) -> tuple[Block, ...]:
    result = group(body, "determination")
    chosen = text(group(result, "basis"), "id")
    ways: dict[tuple[str, str], list[str]] = {}
    for basis in rows(result, "bases"):
        if text(basis, "id") != chosen:
            standing = text(basis, "status"), _why_not(basis)
            ways.setdefault(standing, []).append(_way(basis))
    order = [*words.BASIS_STATES, *(status for status, _ in ways)]
    found = tuple(
        _other(*standing, ways=ways[standing])
        for standing in sorted(ways, key=lambda standing: order.index(standing[0]))
    )
    table = Table(("Way to share", "State", "Why"), found, widths=(10, 4, 11), dense=True)
    return (Heading(2, "Every other way that was checked"), table) if found else ()


def _why_not(basis: Fields) -> str:
    """Why it is not the way; a condition stands for its opposite there, or was not asked about."""
    because = text(basis, "because")
    row = next((row for row in rows(basis, "conditions") if text(row, "says") == because), None)
    if row is not None:
        open_yet = "Not known" if text(row, "because") else _NOT_ASKED
        return f"{'Not so' if text(row, 'status') == 'not-met' else open_yet}: {because}."
    return because or ("The answers do not lead to it." if text(basis, "status") == "ruled-out" else "")


def _way(basis: Fields) -> str:
    """Its title, with the provision where it may still become the way."""
    title, cite = text(basis, "title"), text(basis, "cite")
    return f"{title}, {cite}" if cite and text(basis, "status") != "ruled-out" else title


def _other(status: str, because: str, *, ways: list[str]) -> tuple[Cell, ...]:
    asked = not because.startswith(_NOT_ASKED)
    state, tone = words.BASIS_STATES.get(status if asked else "", ("Not settled", Tone.ASK))
    return (Cell("; ".join(ways)), Cell(state, tone=tone), Cell(because))
