"""The interview in a terminal: for people by numbers, for programs one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TextIO

from ferpa_wizard.cli import codes
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.model import LAYERS, MARKS
from ferpa_wizard.core.record import Decision
from ferpa_wizard.core.walk import Ask, Choice
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.errors import RequestsError
from ferpa_wizard.requests.request import Request
from ferpa_wizard.requests.sealed import Sealed

MAX_LINE = 1_000_000


class Talk(Protocol):
    """How a page is put and an answer heard."""

    def hear(self, ask: Ask) -> dict[str, object]:
        """One of {"answer": …}, {"back": true}, {"change": id}. Raises EOFError when the person left."""

    def complain(self, code: str, says: str) -> None: ...

    def tell(self, determination: Determination) -> None:
        """Show the result before a decision is asked for."""

    def end(self, found: dict[str, object], determination: Determination) -> None: ...


def interview(args: argparse.Namespace) -> int:
    desk = Desk.open(args.home, profile=args.profile, policy=args.policy)
    if args.seal and (misplaced := desk.misplaced):
        raise misplaced
    hold(desk.unsaved(), talk_for(as_json=args.json), seal=args.seal)
    return codes.FINE


def hold(request: Request, talk: Talk, *, seal: bool) -> None:
    """Ask until the result is due, then for the decision if `seal`. Raises EOFError when the person left."""
    while (ask := request.ask) is not None:
        _one(request, talk, talk.hear(ask))
    determination = request.so_far
    found: dict[str, object] = {"determination": determination.as_json(), "answers": _answers(request)}
    if seal:
        talk.tell(determination)
        sealed = _decide(request, talk)
        found["record"] = {"number": sealed.number, "seal": sealed.seal}
    talk.end(found, determination)


def _answers(request: Request) -> dict[str, object]:
    answers = request.walk.facts.answers
    return {name: list(answer) if isinstance(answer, tuple) else answer for name, answer in answers.items()}


def _one(request: Request, talk: Talk, said: dict[str, object]) -> None:
    if said.get("back"):
        if not request.back():
            talk.complain("first-question", "This is the first question.")
    elif "change" in said:
        _edit(request, talk, said["change"])
    else:
        try:
            request.answer(_plain(said.get("answer")))
        except AnswerError as error:
            talk.complain("not-offered", str(error))


def _plain(answer: object) -> str | list[str]:
    if isinstance(answer, int) and not isinstance(answer, bool):
        return str(answer)
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list) and all(isinstance(one, str) for one in answer):
        return answer
    raise AnswerError("The answer has to be a text or a list of texts.")


def _edit(request: Request, talk: Talk, question: object) -> None:
    known = [given.ask.id for given in (*request.walk.trail, *request.walk.assumed)]
    if question in known:
        request.edit(str(question))
    else:
        talk.complain("not-answered", f"There is no answer to change called “{str(question)[:60]}”.")


def _decide(request: Request, talk: Talk) -> Sealed:
    while True:
        decision = _decision(request, talk)
        try:
            return request.decide(decision)
        except RequestsError as error:
            talk.complain("decision", str(error))


def _decision(request: Request, talk: Talk) -> Decision:
    choice = str(
        _put(talk, "decision", "What did you decide?", [Choice(one.id, one.label) for one in request.choices()])
    )
    reasons: Sequence[str] = ()
    if choice in ("not-now", "do-not-share"):
        titles = {layer.id: layer.title for layer in request.so_far.layers.values()}
        layers = [Choice(layer, titles[layer]) for layer in LAYERS]
        reasons = tuple(_put(talk, "reasons", "What is the real reason?", layers, kind="many"))
        if line := request.correction(choice, reasons):
            talk.complain("correction", line)
    fits = {one.id: one.fits for one in request.choices()}
    words = "" if fits[choice] else str(_put(talk, "words", "Say why in your own words.", [], kind="text"))
    name = str(_put(talk, "by", "Who decided? Write name and role.", [], kind="text"))
    second = _second(request, talk, choice)
    return Decision(choice, tuple(reasons), words, *_name_and_role(name), second_name=second[0], second_role=second[1])


def _second(request: Request, talk: Talk, choice: str) -> tuple[str, str]:
    """Name and role of who else agreed, where the school wants somebody to."""
    why = request.second_for(choice)
    if not why:
        return "", ""
    return _name_and_role(str(_put(talk, "second", "Who agreed? Write name and role.", [], kind="text", hint=why)))


def _name_and_role(text: str) -> tuple[str, str]:
    name, _, role = text.partition(",")
    return name.strip(), role.strip()


def _put(
    talk: Talk, name: str, text: str, options: Sequence[Choice], *, kind: str = "one", hint: str = ""
) -> str | list[str]:
    ask = Ask(name, "decision", text, hint, "The record keeps it.", "", "", kind, tuple(options), "question", name)
    known = [option.id for option in options]
    while True:
        said = talk.hear(ask).get("answer")
        if kind == "text" and isinstance(said, str) and said.strip():
            return said
        if kind == "one" and said in known:
            return str(said)
        if kind == "many" and isinstance(said, list) and set(map(str, said)) <= set(known):
            return [str(one) for one in said]
        talk.complain("not-offered", f"Give one of: {', '.join(known)}." if known else "Write a few words.")


class JsonTalk:
    """One JSON object a line, both ways."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source, self._target = source, target

    def _write(self, found: dict[str, object]) -> None:
        self._target.write(json.dumps(found, ensure_ascii=False) + "\n")
        self._target.flush()

    def hear(self, ask: Ask) -> dict[str, object]:
        while True:
            self._write({"ask": ask.as_json()})
            line = self._source.readline(MAX_LINE)
            if not line:
                raise EOFError
            said = self._read(line)
            if said is not None:
                return said
            self.complain("not-read", 'Write one line like {"answer": "id"}, {"back": true} or {"change": "question"}.')

    @staticmethod
    def _read(line: str) -> dict[str, object] | None:
        try:
            said = json.loads(line)
            json.dumps(said, ensure_ascii=False).encode()  # half a character has no place in a record
        except (ValueError, RecursionError):
            return None
        good = isinstance(said, dict) and ("answer" in said or said.get("back") is True or "change" in said)
        return said if good and _sound(said.get("answer", "")) else None

    def complain(self, code: str, says: str) -> None:
        self._write({"error": {"code": code, "says": says}})

    def tell(self, determination: Determination) -> None:
        self._write({"result": determination.as_json()})

    def end(self, found: dict[str, object], determination: Determination) -> None:
        self._write(found)


def _sound(answer: object) -> bool:
    try:
        _plain(answer)
    except AnswerError:
        return False
    return True


class PlainTalk:
    """Numbers for people; a lone ? explains, b goes back."""

    def __init__(self, read: Callable[[str], str], write: Callable[[str], object]) -> None:
        self._read, self._write = read, write

    def hear(self, ask: Ask) -> dict[str, object]:
        self._write("\n".join(_page(ask)))
        while True:
            try:
                line = self._read("> ").strip()
            except EOFError:
                raise EOFError from None
            if line == "?":
                self._write(f"Why we ask: {ask.why}\nHow to find out: {ask.find_out}")
            elif line == "b":
                return {"back": True}
            elif (answer := _by_number(ask, line)) is not None:
                return {"answer": answer}
            else:
                self._write("Type a number from the list. Type ? for help or b to go back.")

    def complain(self, code: str, says: str) -> None:
        self._write(says)

    def tell(self, determination: Determination) -> None:
        self._write("\n".join(result_lines(determination)))

    def end(self, found: dict[str, object], determination: Determination) -> None:
        if "record" not in found:
            self.tell(determination)
            return
        record = found["record"]
        self._write(f"Saved as record {record['number']}." if isinstance(record, dict) else "")


def _page(ask: Ask) -> Iterator[str]:
    yield f"\n{ask.text}"
    if ask.hint:
        yield ask.hint
    for number, option in enumerate(ask.options, 1):
        yield f"  {number:>2}  {option.label}" + (f" ({option.hint})" if option.hint else "")
    for number, packet in enumerate(ask.packets, 1):
        yield f"  p{number}  {packet.label}: {', '.join(packet.items)}"
    if ask.kind == "many":
        yield "Type the numbers that fit, with spaces; Enter alone for none."


def _by_number(ask: Ask, line: str) -> str | list[str] | None:
    if ask.kind in ("text", "date", "number"):
        return line or None
    words = [one for word in line.replace(",", " ").split() for one in _opened(ask, word)]
    if not all(word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= len(ask.options) for word in words):
        return None
    chosen = [ask.options[int(word) - 1].id for word in words]
    if ask.kind == "many":
        return list(dict.fromkeys(chosen))
    return chosen[0] if len(chosen) == 1 else None


def _opened(ask: Ask, word: str) -> list[str]:
    """The numbers of the items in a packet such as p1; any other word as it is."""
    packets = {f"p{number}": packet for number, packet in enumerate(ask.packets, 1)}
    if word not in packets:
        return [word]
    return [str(place) for place, option in enumerate(ask.options, 1) if option.id in packets[word].items]


def result_lines(determination: Determination) -> Iterator[str]:
    """The result as plain lines, in the fixed order of the result page."""
    yield f"\n{determination.label}\n{determination.says}"
    if determination.challenge:
        yield determination.challenge.says
    if determination.basis:
        yield f"Basis: {determination.basis.title}. {determination.basis.cite}"
    yield from _list("Do first", [f"{step.do} ({_source(step.cite, step.mark)})" for step in determination.steps])
    layers = [f"{line.title}: {line.says}{_checked(line.mark)}" for line in determination.layers.values()]
    yield from _list("Who says no", layers)
    duties = [f"{duty.do} {_source(duty.cite, duty.mark)}" for duty in determination.duties]
    yield from _list("After you share, and before", duties)
    yield from _list("Other ways", [f"{route.title}: {' '.join(route.steps_text)}" for route in determination.routes])
    yield f"\n{determination.law_note}"


def _source(cite: str, mark: str) -> str:
    """A citation, and how far a rule of state law or policy was checked."""
    return f"{cite}, {MARKS[mark]}" if mark else cite


def _checked(mark: str) -> str:
    return f" ({MARKS[mark]})" if mark else ""


def _list(title: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield f"\n{title}"
        yield from (f"  - {row}" for row in rows)


def talk_for(*, as_json: bool) -> Talk:
    return JsonTalk(sys.stdin, sys.stdout) if as_json else PlainTalk(input, print)
