"""One request being worked on: answers in, the page to show out; saved as a draft at each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from ferpa_wizard.core import identifiers, intake
from ferpa_wizard.core import record as rec
from ferpa_wizard.core.agreement import Agreement, advised
from ferpa_wizard.core.change import Change, change
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import beside, determine, verdict_of
from ferpa_wizard.core.errors import AnswerError
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.intake import Intake
from ferpa_wizard.core.model import UNSURE
from ferpa_wizard.core.principles import prompts
from ferpa_wizard.core.profile import Profile
from ferpa_wizard.core.prompts import Prompt
from ferpa_wizard.core.sentences import is_restricted, phrase, request_named
from ferpa_wizard.core.values import take
from ferpa_wizard.core.walk import Ask, Walk, ask_of, on_pages, walk
from ferpa_wizard.requests import views
from ferpa_wizard.requests.draft import Draft
from ferpa_wizard.requests.errors import DecisionError, DraftError
from ferpa_wizard.requests.room import Room, account
from ferpa_wizard.requests.sealed import Sealed
from ferpa_wizard.requests.under_agreement import asked_again, marked, with_next

_Step = tuple[Draft, Room, str]  # how things stood before a change, and what it was


class Request:
    """Asks, keeps, and decides nothing; `ask` is the question in view, None when the result is due."""

    def __init__(self, room: Room, draft: Draft, *, on: str | None = None) -> None:
        self._room, self._draft, self._on = room, draft, on
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._view: str | None = None  # an earlier page in view; None is the newest
        self._stepping = False  # it was reached by back()
        self._sealed = False
        self.saved_at: datetime | None = draft.saved
        self.save_problem: str | None = None
        self._replay()

    def _replay(self) -> None:
        self._day = self._on or self._room.now().date().isoformat()
        self.walk: Walk = walk(self._room.pack, self._draft.answers, self._room.profile, self._day)
        self._so_far: Determination | None = None

    @property
    def id(self) -> str:
        return self._draft.id

    @property
    def title(self) -> str:
        """The request's name for people, made from its answers; no student is named, and a restricted one has none."""
        if self.restricted:
            return phrase(self._room.pack, "title-restricted")
        return request_named(self.walk.facts)

    @property
    def restricted(self) -> bool:
        """Is it a request of which lists, search and ordinary exports show nothing?"""
        return is_restricted(self.walk.facts) or self._draft.intake.keep_out

    @property
    def draft(self) -> Draft:
        """The request as it is kept."""
        return self._draft

    @property
    def profile(self) -> Profile:
        return self._room.profile

    @property
    def intake(self) -> Intake:
        return self._draft.intake

    @property
    def determination(self) -> Determination | None:
        """The result, once nothing is left to ask."""
        return None if self.walk.ask is not None else self.so_far

    @property
    def verdict(self) -> str:
        """That of `so_far`, which takes some time to work out, alone."""
        return self._so_far.verdict if self._so_far else verdict_of(self.walk.facts)

    @property
    def so_far(self) -> Determination:
        """What the answers so far mean; worked out once."""
        if self._so_far is None:
            # What would change if an unknown fact were found is for the result page, and takes most of the time.
            found = determine(self.walk.facts, what_if=self.walk.ask is None)
            self._so_far = advised(found, self.agreement, self.walk.facts, on=self._day)
        return self._so_far

    @property
    def agreement(self) -> Agreement | None:
        """The one that it is made under, also when that has ended."""
        return self._room.profile.agreement

    def asked_again(self, question: str) -> str:
        """Why a question that the agreement was to settle is put all the same; empty for any other."""
        return asked_again(question, self.agreement, self.walk.facts, on=self._day, lost=self._room.lost)

    @property
    def ask(self) -> Ask | None:
        if self._view is None:
            return self.walk.ask
        bound = self.walk.ask.at_most_more if self.walk.ask else 0
        for given in (*self.walk.trail, *self.walk.assumed):
            if given.ask.id == self._view:
                return replace(given.ask, at_most_more=bound)
        return self.walk.ask

    def page(self, answers: Mapping[str, Answer] | None = None) -> list[Ask]:
        """The questions on the page in view, as they are or would be with these answers to it; none at the result."""
        found = self._walked(answers) if answers else self.walk
        asks = with_next(found)
        head = self._head()
        at = next((place for place, ask in enumerate(asks) if ask.id == head), None)
        if at is None:  # a presumed or standing fact, which stands alone
            return [self.ask] if self.ask else []
        bound = self.walk.ask.at_most_more if self.walk.ask else 0
        shown = on_pages(asks[at:])[0]
        # After a change an answer may put its question elsewhere in the walk. It stays on the page where it was given:
        # a question that vanishes as it is answered would come up again and again.
        order = list(answers or ())
        given = sorted((ask for ask in asks if ask.id in order), key=lambda ask: order.index(ask.id))
        rest = [ask for ask in shown if ask.id not in order]
        put = (marked(ask, self.agreement, on=self._day) for ask in (*given, *rest))
        return [replace(ask, at_most_more=bound) for ask in put]

    def _head(self) -> str:
        """The first question on the page in view: the one that was turned to, else that of the newest page."""
        if self._view is not None or self.walk.ask is None:
            return self._view or ""
        return next(page[0].id for page in on_pages(with_next(self.walk)) if self.walk.ask in page)

    def given(self, question: str) -> Answer | None:
        """The answer that is already there; one that was set aside comes back."""
        return self._draft.answers.get(question, self._standing(question))

    def _standing(self, page: str) -> Answer | None:
        known = (*self.walk.trail, *self.walk.assumed)
        return next((given.answer for given in known if given.ask.id == page), None)

    # Answers

    def answer(self, value: str | Sequence[str]) -> None:
        """Take the answer to the question in view and save. Raises AnswerError and changes nothing."""
        if self.ask is None:
            raise AnswerError("Every question is answered. See the result.")
        self.answer_page({self.ask.id: value})

    def answer_page(self, values: Mapping[str, str | Sequence[str]]) -> None:
        """Take the answers to a page, by its questions in their order; it is undone as one. Raises as `answer` does."""
        taken = self._taken(values)
        # What the agreement says and a person leaves as it is stays the agreement's answer.
        agreed = {given.ask.id: given.answer for given in self.walk.trail if given.source == "agreement"}
        said = {**agreed, **self._draft.answers}
        changed = [name for name, value in taken.items() if said.get(name) != value]
        if changed:
            text = ask_of(changed[0], self._walked(taken).facts).text
            answers = {**self._draft.answers, **{name: taken[name] for name in changed}}
            self._change(answers, (self._draft, self._room, f"Answer to “{text}”"))
        self._note_changed(changed)
        self._move_on(list(taken)[-1])

    def _taken(self, values: Mapping[str, str | Sequence[str]]) -> dict[str, Answer]:
        """The values as answers, each where those before it hold."""
        taken: dict[str, Answer] = {}
        for name, value in values.items():
            facts = self._walked(taken).facts if taken else self.walk.facts
            taken[name] = take(value, name, facts)
        return taken

    def _walked(self, answers: Mapping[str, Answer]) -> Walk:
        """The request as it would be with these answers."""
        return walk(self._room.pack, {**self._draft.answers, **answers}, self._room.profile, self._day)

    def put_under(self, agreement: Agreement) -> None:
        """Go on under an agreement: what it settles goes before what was answered so far."""
        before = (self._draft, self._room, f"Known partner {agreement.party}")
        self._room = replace(self._room, profile=replace(self._room.profile, agreement=agreement), lost="")
        settled = agreement.settles(self._room.pack, self._draft.answers, self._day)
        changed = [one.ask.id for one in self.walk.trail if settled.get(one.ask.id, one.answer) != one.answer]
        answers = {name: answer for name, answer in self._draft.answers.items() if name not in settled}
        self._draft = replace(self._draft, agreement=agreement.id)
        self._view = None
        self._change(answers, before)
        self._note_changed(changed)

    def preview(self, values: Mapping[str, str | Sequence[str]]) -> Change:
        """What answering a page so would do to the other answers; nothing is applied."""
        new = self._taken(values)
        return change(self._room.pack, self._draft.answers, new, profile=self._room.profile, on=self._day)

    def remove_items(self, items: Sequence[str]) -> None:
        """Take data items off the request: the step that a barrier asks for."""
        if not items:
            return
        left = tuple(item.id for item in self.walk.facts.items if item.id not in items)
        self._change({**self._draft.answers, "items": left}, (self._draft, self._room, "Data items"))
        self._note_changed(["items"])

    def note(self, found: Intake) -> list[tuple[str, str]]:
        """Keep what is known of the request as it came in; field and sentence of each thing to mend, if any."""
        wrong = intake.problems(found)
        if not wrong:
            self._draft = replace(self._draft, intake=found)
            self._save()
        return wrong

    def see_result(self) -> None:
        """The result was shown; answers changed from now on are noted for the reviewer."""
        if not self._draft.result_seen:
            self._draft = replace(self._draft, result_seen=True)
            self._save()

    def _note_changed(self, pages: Sequence[str]) -> None:
        before = self._draft.changed_after_result
        if self._draft.result_seen and not set(pages) <= set(before):
            self._draft = replace(self._draft, changed_after_result=tuple(dict.fromkeys((*before, *pages))))
            self._save()

    def _change(self, answers: dict[str, Answer], before: _Step) -> None:
        self._undo.append(before)
        self._redo.clear()
        self._set(answers)

    def _set(self, answers: dict[str, Answer]) -> None:
        self._draft = replace(self._draft, answers=answers)
        self._replay()
        self._save()

    def _save(self) -> None:
        if self._sealed:
            return  # the record stands; a draft of it would only mislead
        title = "" if self.restricted else self.title
        self._draft = replace(self._draft, saved=self._room.now(), title=title, says=self._progress())
        try:
            self._room.save(self._draft)
        except DraftError as error:
            self.save_problem = str(error)
            return
        self.save_problem, self.saved_at = None, self._draft.saved

    def _progress(self) -> str:
        if self.walk.ask is None:
            return "Decision filled in" if self._draft.waiting else "Result ready"
        return f"Question {len(on_pages([*(given.ask for given in self.walk.trail), self.walk.ask]))}"

    # Moving about: nothing is changed

    def back(self) -> bool:
        """Show the question before the one in view; False at the first."""
        return self._step_back(self._asked(), self._view)

    def page_back(self) -> bool:
        """Show the page before the one in view; False at the first. What an agreement answered was never seen."""
        seen = {given.ask.id for given in self.walk.trail if given.source != "agreement"}
        pages = on_pages(given.ask for given in self.walk.trail)
        heads = [page[0].id for page in pages if any(ask.id in seen for ask in page)]
        return self._step_back(heads, self._head())

    def _step_back(self, stops: list[str], here: str | None) -> bool:
        asked = self._asked()
        at = asked.index(here) if here in asked else len(asked)
        before = [stop for stop in stops if asked.index(stop) < at]
        if not before:
            return False
        self._view, self._stepping = before[-1], True
        return True

    def edit(self, question: str) -> None:
        """Show a question again, its answer filled in; after its page the newest one follows."""
        self._view, self._stepping = question, False

    def forward(self) -> None:
        """Show the newest page: the question that is due, else the result."""
        self._view = None

    def _asked(self) -> list[str]:
        return [given.ask.id for given in self.walk.trail]

    def _move_on(self, question: str) -> None:
        # Who walked back to look walks forward again page by page; who came by edit() goes to the newest page.
        asked = self._asked()
        after = asked[asked.index(question) + 1 :] if question in asked else []
        self._view = after[0] if self._stepping and after else None

    def undo(self) -> str | None:
        """Take back the last change; a sentence for the status line, or None if there is none."""
        return self._swap(self._undo, self._redo, "Undone")

    def redo(self) -> str | None:
        return self._swap(self._redo, self._undo, "Done again")

    def _swap(self, source: list[_Step], target: list[_Step], said: str) -> str | None:
        if not source:
            return None
        draft, room, what = source.pop()
        before, answers = self._draft.answers, draft.answers
        target.append((self._draft, self._room, what))
        self._room, self._view = room, None
        self._draft = replace(self._draft, agreement=draft.agreement)
        self._set(answers)
        self._note_changed([name for name in {**before, **answers} if before.get(name) != answers.get(name)])
        return f"{said}: {what}."

    # What to show beside the page

    def rail(self) -> list[views.RailSection]:
        return views.rail(self.walk, self.agreement, now=[ask.id for ask in self.page()])

    def check_rows(self) -> list[views.RailSection]:
        return views.check_rows(self.walk, self.agreement)

    def panel(self) -> views.Panel:
        return views.panel(self.walk, *beside(self.walk.facts))

    def unsure(self) -> list[str]:
        """The questions that were answered with "I am not sure"."""
        return [given.ask.text for given in self.walk.trail if given.answer == UNSURE]

    # Deciding

    def prompts(self) -> tuple[Prompt, ...]:
        """The short questions on effective sharing that this request gets with its decision."""
        return prompts(self.walk.facts)

    def choices(self) -> tuple[rec.DecisionChoice, ...]:
        return rec.choices(self.so_far)

    def correction(self, choice: str, reasons: Sequence[str]) -> str:
        """The line that corrects FERPA as the reason where it does not bind; else an empty text."""
        return rec.correction(self._room.pack, self.so_far, rec.Decision(choice, tuple(reasons)))

    def questions(self, decision: rec.Decision) -> list[tuple[str, str]]:
        """Field and sentence for each text that seems to name a student; asked once, and never in the way."""
        roles = {"role": decision.by_role, "second-role": decision.second_role}
        return identifiers.questions({"words": decision.words, **roles, **decision.notes})

    def questions_of(self, found: Intake) -> list[tuple[str, str]]:
        """The same for what is noted of the request as it came in."""
        return identifiers.questions({"words": found.words, "identity": found.identity})

    def second_for(self, choice: str) -> str:
        """Why the school wants a second person to agree to this choice; empty where it does not."""
        return rec.second_for(self.so_far, choice, self.profile)

    def problems(self, decision: rec.Decision) -> list[tuple[str, str]]:
        return rec.problems(self.so_far, decision, self.profile)

    def keep_waiting(self, waiting: Mapping[str, Any]) -> None:
        """Keep a decision that waits with the draft. Raises DraftError, and keeps it in memory then."""
        self._draft = replace(self._draft, waiting=waiting)
        self._save()
        if self.save_problem is not None:
            raise DraftError(self.save_problem)

    def decide(self, decision: rec.Decision) -> Sealed:
        """Seal the decision in the ledger. Raises DecisionError with what is lacking, or the ledger's own sentence."""
        if self._sealed:
            raise DecisionError(
                [("", "This request has its record already. Start a new request for another decision.")]
            )
        lacking = self.problems(decision)
        if self.walk.ask is not None:
            lacking.append(("", f"One question is still open: {self.walk.ask.text}"))
        if lacking:
            raise DecisionError(lacking)
        at = self._room.now()
        body = rec.seal(
            self.walk,
            self.so_far,
            replace(decision, account=account()),
            intake=self._draft.intake,
            profile=self._room.profile,
            on=self._day,
            at=at,
            history=rec.History(self._draft.changed_after_result, self._draft.replaces),
        )
        sealed = self._room.append(body, at)
        self._sealed = True
        self._room.finish(self.id)
        return sealed

    def leave_without_record(self) -> None:
        """Forget the request: the ledger only counts that an answer was given. Raises the ledger's own sentence."""
        self._room.count(self._room.now())
        self._sealed = True
        self._room.finish(self.id)
