"""The register of agreements of one home folder: read, kept, taken from a decision, listed for the public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ferpa_wizard.core.agreement import Agreement, Body, agreement_in
from ferpa_wizard.core.agreements import agreements_text, free_id, problems, read_agreements
from ferpa_wizard.core.errors import AgreementsError
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.strict_yaml import file_content
from ferpa_wizard.core.walk import given, label_in
from ferpa_wizard.documents.body import day
from ferpa_wizard.documents.public_list import Listed, public_list
from ferpa_wizard.documents.write import write
from ferpa_wizard.ledger.errors import FileNotSaved, translated
from ferpa_wizard.ledger.file import turn_in
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.paths import private_folder
from ferpa_wizard.requests.agreements_csv import from_csv, to_csv
from ferpa_wizard.requests.errors import DecisionError
from ferpa_wizard.requests.targets import target

FILE = "agreements.yaml"
SOON = 60
"""So many days before its end an agreement stands on Home."""
_TWICE = "An agreement with this partner and the same terms is kept already. Change that one instead."
_WHY = "why"  # the section whose answers say what the data is for


class Agreements:
    """`pack` gives the rules when they are needed, `now` the clock."""

    def __init__(self, home: Path, pack: Callable[[], Pack], now: Callable[[], datetime]) -> None:
        self.file, self._home = home / FILE, home
        self._pack, self._now = pack, now

    @property
    def exists(self) -> bool:
        """Is there a register? Asking reads no rules."""
        return self.file.is_file()

    def all(self) -> tuple[Agreement, ...]:
        """The first to end first. Raises AgreementsError with every mistake, OSError, and what reading rules raises."""
        if not self.exists:
            return ()
        return read_agreements(file_content(self.file), str(self.file), self._pack())

    def partners(self) -> list[Agreement]:
        """Those under which a request can be made today, by the name of the partner. Raises as `all` does."""
        held = [one for one in self.all() if not one.has_ended(self._today)]
        return sorted(held, key=lambda one: one.party.casefold())

    def ending(self) -> list[Agreement]:
        """Those that have ended or end soon. Raises as `all` does."""
        return [one for one in self.all() if one.days_left(self._today) <= SOON]

    def find(self, name: str) -> Agreement | None:
        """The one with this id. Raises as `all` does."""
        return next((one for one in self.all() if one.id == name), None)

    def of_draft(self, name: str) -> tuple[Agreement | None, str]:
        """The one that a draft names, or else a sentence on why it cannot be had; neither where it names none."""
        try:
            found = self.find(name) if name else None
        except (AgreementsError, OSError):
            return None, "The register of agreements cannot be read. So we ask all questions."
        gone = bool(name) and found is None
        return found, "This request was under an agreement that is gone. So we ask all questions." if gone else ""

    def terms(self, agreement: Agreement) -> list[tuple[str, str]]:
        """What it is about, each with its name: schools, way to share, data and days."""
        pack = self._pack()
        basis = next(one for one in pack.bases if one.id == agreement.basis)
        days = (("Signed", agreement.signed), ("Last day", agreement.ends), ("Data destroyed by", agreement.destroy))
        return [
            ("Schools", ", ".join(agreement.schools) or "All our schools"),
            ("Way to share", f"{basis.title}. {basis.cite}"),
            ("Data", ", ".join(pack.items[item].label for item in agreement.items)),
            *((name, day(when)) for name, when in days if when),
        ]

    def settled(self, agreement: Agreement) -> list[tuple[str, str]]:
        """The questions that it answers, each with the answer in words."""
        told = (given(page, Facts(self._pack(), agreement.answers)) for page in agreement.answers)
        return [(one.ask.text, one.label) for one in told]

    def keep(self, agreement: Agreement) -> Agreement:
        """Put it into the register, in place of the one with its id; without an id it gets one.

        Raises DecisionError with what to mend, FileNotSaved, LedgerLocked, and as `all` does.
        """
        if wrong := problems(agreement):
            raise DecisionError(wrong)
        with self._changing() as kept:
            if not agreement.id and any(_is_same(agreement, one, self._today) for one in kept.values()):
                raise DecisionError([("party", _TWICE)])
            named = agreement if agreement.id else replace(agreement, id=free_id(agreement.party, kept))
            kept[named.id] = named
        return named

    def remove(self, name: str) -> None:
        """Take it out of the register. Raises FileNotSaved, LedgerLocked, and as `all` does."""
        with self._changing() as kept:
            kept.pop(name, None)

    # Files

    def import_csv(self, file: Path) -> int:
        """Take over all rows of a file, or none; how many. One with a known id takes the place of that one.

        Raises AgreementsError with file and line of every mistake, FileNotSaved, LedgerLocked, OSError.
        """
        found = from_csv(file_content(file), file.name, self._pack())
        with self._changing() as kept:
            kept.update({one.id: one for one in found})
        return len(found)

    def export_csv(self, out: Path) -> int:
        """Write the whole register as a table; how many. Raises DocumentError, FileNotSaved, and as `all` does."""
        found = self.all()
        self._put(target(out, self._home), to_csv(found, self._pack()))
        return len(found)

    def publish(self, out: Path, *, school: str) -> Path:
        """Write the agreements that hold today as a web page for families. Raises DocumentError, and as `all` does."""
        page = target(out, self._home).with_suffix(".html")
        rows = [self._listed(agreement) for agreement in self.partners()]
        return write(public_list(rows, school=school, at=self._now()), page)

    def _listed(self, agreement: Agreement) -> Listed:
        pack = self._pack()
        reasons = [question for name in agreement.answers if (question := pack.questions.get(name))]
        said = [label_in(pack, one, agreement.answers[one.id]) for one in reasons if one.section == _WHY]
        return Listed(
            party=agreement.party,
            schools=agreement.schools,
            what_for="; ".join(said) or next(one.title for one in pack.bases if one.id == agreement.basis),
            data=tuple(pack.items[item].label for item in agreement.items),
            ends=agreement.ends,
        )

    def from_record(self, body: Body) -> Agreement | None:
        """The agreement that a sealed decision could become, if any: people fill in the party and the days."""
        return agreement_in(body, self._pack())

    @property
    def _today(self) -> str:
        return self._now().date().isoformat()

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Agreement]]:
        """What the register holds, by id, to change; no other program changes it meanwhile, or the last one would win.

        It is written as the block leaves it.
        """
        with translated(self.file, otherwise=FileNotSaved):
            private_folder(self._home)
            with turn_in(self._home):
                kept = {one.id: one for one in self.all()}
                yield kept
                self._put(self.file, agreements_text(kept.values()))

    @staticmethod
    def _put(out: Path, data: bytes) -> None:
        with translated(out, otherwise=FileNotSaved), replacing(out) as file:
            file.write(data)


def _is_same(new: Agreement, kept: Agreement, on: str) -> bool:
    """Does one that still holds say the same of this partner already, but for its days?"""
    terms = replace(kept, id="", party=new.party, signed=new.signed, ends=new.ends, destroy=new.destroy)
    return not kept.has_ended(on) and kept.party.casefold() == new.party.casefold() and terms == new
