"""What every paper has in common: its voice, its head and foot, and lines to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ferpa_wizard.documents import body as sealed
from ferpa_wizard.documents.body import Fields, group, text
from ferpa_wizard.documents.document import Block, Callout, Document, Pair, Pairs, Tone
from ferpa_wizard.documents.told import Told
from ferpa_wizard.documents.wording import LETTERHEAD, Sheet, Wording
from ferpa_wizard.documents.words import NO_LAWYER

BLANK = "_" * 20
SHORT = "_" * 12
WIDE = "_" * 40
SIGNED = f"\n{WIDE}"
"""A line with room above it, to sign on."""
_UNTOLD = ("other", "other-wish", "unsure")
_HEAD = ("address", "city", "phone", "email")


@dataclass(frozen=True)
class Voice:
    """Everything that a paper is made of: the record, and the sentences with its values filled in."""

    told: Told
    wording: Wording

    def sheet(self, name: str) -> Sheet:
        return self.wording.sheet(name, self.values)

    @property
    def common(self) -> Sheet:
        return self.sheet("common")

    @property
    def names(self) -> Sheet:
        return self.sheet("names")

    @property
    def letterhead(self) -> Sheet:
        return self.wording.sheet(LETTERHEAD)

    @property
    def school(self) -> str:
        return self.letterhead("school") or text(group(self.told.body, "profile"), "school")

    @property
    def contact(self) -> str:
        """Whom to call, as far as the letterhead says so."""
        parts = (self.letterhead(key) for key in ("contact", "phone", "email"))
        return ", ".join(filter(None, parts)) or WIDE

    @property
    def values(self) -> dict[str, str]:
        pack = group(self.told.body, "pack")
        return {
            "school": self.school or BLANK,
            "number": self.told.number,
            "reference": text(group(self.told.body, "request"), "reference") or BLANK,
            "contact": self.contact,
            "blank": WIDE,
            "short": SHORT,
            "pack": text(pack, "id"),
            "version": text(pack, "version"),
            "law_as_of": sealed.day(text(pack, "law_as_of")),
            "review": text(pack, "review") or text(self.told.body, "notice"),
        }

    @property
    def unreviewed(self) -> bool:
        """Has no lawyer reviewed the rules?"""
        return self.values["review"].startswith(NO_LAWYER)

    def items_named(self, items: Iterable[Fields], *, most: int = 6) -> str:
        """The items in a sentence; without any, words for "what was asked for"."""
        return self.labels_joined(self.told.labels(items), most=most) or self.common("records-open")

    def labels_joined(self, labels: Sequence[str], *, most: int = 6) -> str:
        """Labels in one line, kept apart where they hold commas themselves; what is beyond `most` is counted."""
        if len(labels) > most:
            labels = [*labels[: most - 1], self.common("more", n=str(len(labels) - most + 1))]
        return "; ".join(labels)

    def layers_named(self, layers: Iterable[str]) -> str:
        names = [self.names.get(f"layer-{layer}", layer) for layer in layers]
        return f" {self.common('and')} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def purpose(self) -> str:
        """What it is for, in words for any reader; empty if nobody said."""
        return named(self.told, self.names)[1]

    def paper(
        self, title: str, blocks: Iterable[Block], *, language: str = "en", footer: str = "", warn: bool = True,
        outside: bool = False,
    ) -> Document:  # fmt: skip
        """The document with the school's head, and the record's number on every page.

        A paper that goes `outside` tells of the review in words for those who did not use the program.

        `warn` puts a word of caution on top where the request rests on a court paper that may be secret.
        """
        return Document(
            title=f"{title} ({self.told.number})",
            language=language,
            at=sealed.moment(text(self.told.decision, "at")),
            masthead=masthead(self.letterhead, self.school),
            footer=footer or self.common("footer-outside" if outside and self.unreviewed else "footer"),
            blocks=(*(_secret(self) if warn else ()), *blocks),
        )


def masthead(letterhead: Sheet, school: str) -> str:
    """The line on top of a paper: the school, and what else its letterhead says."""
    return " · ".join(filter(None, (school, *(letterhead(key) for key in _HEAD))))


def _secret(voice: Voice) -> tuple[Block, ...]:
    if not voice.told.perhaps_secret:
        return ()
    return (Callout(Tone.NO, voice.common("secret"), voice.common("secret-says")),)


def named(told: Told, names: Sheet) -> tuple[str, str]:
    """Who gets the data and what for, by these names where they have one, else as it was sealed."""
    who, label = told.who
    return names.get(f"who-{who}", label), _purpose(told, names)


def _purpose(told: Told, names: Sheet) -> str:
    for question, prefix in (("purpose", "purpose"), ("family-wants", "wants")):
        answer = told.answer(question)
        if answer and answer not in _UNTOLD:
            return names.get(f"{prefix}-{answer}", told.label(question))
    return ""


def pairs(*rows: tuple[str, str]) -> Pairs:
    """Facts with their names; what has no value yet is a line to fill in."""
    return Pairs(tuple(Pair(term, value or WIDE) for term, value in rows))
