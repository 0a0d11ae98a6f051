"""The papers of a sealed decision: which there are, and writing them to a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ferpa_wizard import paths
from ferpa_wizard.core.use import Logged
from ferpa_wizard.documents import notices
from ferpa_wizard.documents.agreements import agreement_paper
from ferpa_wizard.documents.calendar import dates, to_ics
from ferpa_wizard.documents.consent_form import consent_form
from ferpa_wizard.documents.counsel import counsel_question
from ferpa_wizard.documents.document import Document
from ferpa_wizard.documents.entries import COLUMNS, entries, entry_rows
from ferpa_wizard.documents.entry_due import entry_due
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.letter import letter
from ferpa_wizard.documents.offered import offers
from ferpa_wizard.documents.paper import Voice
from ferpa_wizard.documents.pdf import PaperSize
from ferpa_wizard.documents.record_paper import record_paper
from ferpa_wizard.documents.told import Told
from ferpa_wizard.documents.write import write
from ferpa_wizard.ledger.columns import cell
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.requests.sealed import Sealed
from ferpa_wizard.requests.targets import target
from ferpa_wizard.requests.wording import school_wording

FORMATS = ("pdf", "html", "docx", "txt")
ROWS = "csv"
ENTRY = "entry"
DATES, CALENDAR = "dates", "ics"
_USUAL = ("pdf", "html")
_PRACTICE: Mapping[str, str] = {"en": "PRACTICE. Not a record.", "es": "PRÁCTICA. No es un registro."}
_AGREEMENT = "agreement-"
_LABELS: Mapping[str, str] = {
    "letter": "Letter to the person who asked",
    "consent-form": "Consent form",
    "consent-form-es": "Consent form in Spanish",
    "agreement-studies": "Study agreement: checklist and outline",
    "agreement-audit": "Audit or evaluation agreement: checklist and outline",
    "agreement-provider": "Outside provider: checklist and outline",
    "redisclosure": "Limits notice that goes with the records",
    "subpoena-notice": "Letter to the family before a court paper is obeyed",
    "handover": "Hand-over slip",
    "counsel": "Question for counsel",
}


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`suggested` is needed next; `takes_files` prints a slip for each file number that is given with it."""

    id: str
    label: str
    suggested: bool = True
    takes_files: bool = False
    formats: tuple[str, ...] = FORMATS


def papers(sealed: Sealed) -> list[PaperKind]:
    """The papers that this decision has, the record first. Of practice there are only papers with pages."""
    told = Told(sealed.body, sealed.number)
    found = [_kind(told, offer.id, suggested=offer.suggested) for offer in offers(told)]
    if sealed.practice:
        return [replace(kind, formats=FORMATS) for kind in found]
    if dates(sealed.body, sealed.todos):
        found.append(PaperKind(DATES, "Dates for a calendar", suggested=False, formats=(CALENDAR,)))
    return found


def _kind(told: Told, name: str, *, suggested: bool) -> PaperKind:
    if name == ENTRY:
        return _entry_kind(told, suggested=suggested)
    label = f"Decision record {told.number}" if name == "record" else _LABELS[name]
    return PaperKind(name, label, suggested)


def _entry_kind(told: Told, *, suggested: bool) -> PaperKind:
    due = entry_due(told)
    if due.none:
        return PaperKind(ENTRY, "Why no entry is due in the student’s file", suggested)
    label = "Entry for the student’s file"
    label = f"{label}: what was shared in danger" if due.emergency else label
    formats = FORMATS if due.hold else (*FORMATS, ROWS)
    return PaperKind(ENTRY, label, suggested, takes_files=True, formats=formats)


def write_papers(
    sealed: Sealed,
    folder: Path,
    formats: Sequence[str] = _USUAL,
    *,
    kinds: Sequence[str] | None = None,
    files: Sequence[str] = (),
    home: Path | None = None,
) -> list[Path]:
    """Write each paper in each format that it has; the files written. Raises DocumentError with a sentence.

    `kinds` are ids of `papers`, all by default. `files` are the file numbers for the entries; they are kept nowhere
    else. `home` holds the school's own wording.
    """
    making = _making(sealed, files, home)
    return [file for kind in _chosen(sealed, kinds) for file in making.write(kind, folder, formats)]


def why_no_entry(sealed: Sealed, home: Path | None = None) -> str:
    """Why no entry in the students' files is due; empty where one is. Raises DocumentError as `paper_size` does."""
    voice = _making(sealed, (), home).voice
    return voice.sheet("entries")(none) if (none := entry_due(voice.told).none) else ""


def write_entries(
    sealed: Sealed, uses: Sequence[Logged], folder: Path, formats: Sequence[str], *, home: Path | None = None
) -> list[Path]:
    """The entries for these uses of a standing decision, in each format; the files written. Raises DocumentError."""
    making = replace(_making(sealed, (), home), uses=tuple(uses))
    return making.write(_entry_kind(making.voice.told, suggested=True), folder, formats)


def write_rows(sealed: Sealed, uses: Sequence[Logged], out: Path, *, home: Path | None = None) -> Path:
    """The same as rows for the student system, in this file. Raises DocumentError."""
    return replace(_making(sealed, (), home), uses=tuple(uses)).write_rows(target(out, paths.home(home)))


def paged(
    sealed: Sealed, kinds: Sequence[str], *, files: Sequence[str] = (), home: Path | None = None
) -> list[tuple[PaperKind, Document]]:
    """Those of the papers that have pages, in their order, to look at or print. Raises DocumentError."""
    making = _making(sealed, files, home)
    return [(kind, making.paper(kind.id)) for kind in _chosen(sealed, kinds) if "pdf" in kind.formats]


def paper_size(home: Path | None = None) -> PaperSize:
    """The size of paper that the school uses. Raises DocumentError when its own wording cannot be used."""
    return school_wording(paths.home(home)).paper


def paper(sealed: Sealed, kind: str, *, files: Sequence[str] = (), home: Path | None = None) -> Document:
    """One paper before it has a form, for a preview or the clipboard. Raises DocumentError."""
    return _making(sealed, files, home).paper(kind)


def _chosen(sealed: Sealed, kinds: Sequence[str] | None) -> list[PaperKind]:
    offered = {kind.id: kind for kind in papers(sealed)}
    if unknown := [name for name in kinds or () if name not in offered]:
        raise DocumentError(f"This decision has no such paper: {', '.join(unknown)}. Nothing was written.")
    return [kind for kind in offered.values() if kinds is None or kind.id in kinds]


def _making(sealed: Sealed, files: Sequence[str], home: Path | None) -> _Making:
    wording = school_wording(paths.home(home))
    return _Making(sealed, Voice(Told(sealed.body, sealed.number), wording), tuple(files))


@dataclass(frozen=True)
class _Making:
    """One record, the sentences, and the file numbers or uses that its papers are made of."""

    sealed: Sealed
    voice: Voice
    files: tuple[str, ...]
    uses: tuple[Logged, ...] = ()

    def write(self, kind: PaperKind, folder: Path, formats: Sequence[str]) -> list[Path]:
        """This paper in those of the formats that it has; rows are for the entry alone."""
        if kind.id == DATES:
            return [self._save(folder / f"{DATES}-{self.sealed.number}.{CALENDAR}", self._calendar())]
        written = []
        document = self.paper(kind.id)
        which = f"-uses-{self.uses[0].number}-to-{self.uses[-1].number}" if self.uses else ""
        for suffix in formats:
            out = folder / f"{kind.id}-{self.sealed.number}{which}.{suffix}"
            if suffix in FORMATS:
                written.append(write(document, out, paper=self.voice.wording.paper))
            elif suffix in kind.formats:
                written.append(self.write_rows(out))
        return written

    def paper(self, kind: str) -> Document:
        made = self._paper(kind)
        return replace(made, watermark=_PRACTICE[made.language]) if self.sealed.practice else made

    def _paper(self, kind: str) -> Document:
        if kind.startswith(_AGREEMENT):
            return agreement_paper(self.voice, kind.removeprefix(_AGREEMENT))
        sealed = self.sealed
        makers: Mapping[str, Callable[[Voice], Document]] = {
            "record": lambda _: record_paper(sealed.body, number=sealed.number, seal=sealed.seal),
            "letter": letter,
            "consent-form": consent_form,
            "consent-form-es": lambda voice: consent_form(voice, "es"),
            "redisclosure": notices.redisclosure,
            "subpoena-notice": notices.subpoena_notice,
            "handover": notices.handover,
            "counsel": counsel_question,
            ENTRY: lambda voice: entries(voice, self.files, uses=[one.use for one in self.uses]),
        }
        return makers[kind](self.voice)

    def _calendar(self) -> bytes:
        return to_ics(self.sealed.body, self.sealed.number, self.sealed.todos).encode("utf-8", "replace")

    def write_rows(self, out: Path) -> Path:
        """The entries for the student system; no cell starts a formula."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for row in entry_rows(self.voice, self.files or ("",), uses=[one.use for one in self.uses]):
            rows.writerow([cell(row[column]) for column in COLUMNS])
        return self._save(out, text.getvalue().encode("utf-8-sig", "replace"))

    @staticmethod
    def _save(out: Path, content: bytes) -> Path:
        """Whole or not at all."""
        try:
            with replacing(out) as file:
                file.write(content)
        except OSError as failure:
            raise DocumentError(
                f"“{out.name}” was not saved: {failure.strerror}. Choose another place. The record is safe in the log."
            ) from failure
        return out
