"""The proof of a check: one page of text, for an auditor or for the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard import __version__
from ferpa_wizard.ledger.errors import ExportFailed, translated
from ferpa_wizard.ledger.own_files import OWN_FILE, is_own_file
from ferpa_wizard.ledger.replacing import replacing
from ferpa_wizard.ledger.verify import DIFFERS, MATCHES, UNREADABLE
from ferpa_wizard.requests.checking import ChainCheck, Checked
from ferpa_wizard.requests.issued import CHANGED, ISSUED, UNKNOWN, Paper

_WORDS = {MATCHES: "matches", DIFFERS: "DOES NOT MATCH", UNREADABLE: "CANNOT BE READ"}
_SHOWN = """\
What this shows: in a chain that matches, every entry is as it was sealed, and none is missing in between.
What only a checkpoint shows: that nothing was cut off the end, and that the chain is the one of then.
What it does not show: that what people typed was true."""


def report(checked: Checked) -> str:
    """What was checked, when, by which version, against what, and what was found."""
    whole = "all matches" if checked.ok else "SOMETHING DOES NOT MATCH, see below"
    lines = [
        "Check of the decision log",
        "",
        f"Checked:  {checked.at.isoformat(timespec='seconds')}",
        f"By:       FERPA Wizard {__version__}, each entry recomputed",
        f"Result:   {whole}",
    ]
    for chain in checked.chains:
        lines += ["", *_chain(chain, checked.head)]
    if checked.papers:
        lines += ["", *_papers(checked.papers)]
    return "\n".join([*lines, "", _SHOWN, ""])


def write_report(checked: Checked, out: Path, *, home: Path) -> None:
    """Write it, all or nothing. Raises ExportFailed, DiskFull."""
    if is_own_file(out, home):
        raise ExportFailed(out, OWN_FILE)
    with translated(out, otherwise=ExportFailed), replacing(out) as file:
        file.write(report(checked).encode("utf-8", "replace"))


def _chain(chain: ChainCheck, head: str) -> Iterator[str]:
    verdict, kept = chain.verdict, chain.checkpoint
    yield chain.name
    yield f"  Installation:   {verdict.installation or chain.desk or 'not known'}"
    yield f"  Result:         {_WORDS[verdict.outcome]}"
    if verdict.entry is not None:
        yield f"  First to fail:  entry {verdict.entry} ({verdict.fault})"
    yield f"  Entries:        {verdict.count}"
    yield f"  Head:           {verdict.head}"
    if kept is not None:
        yield f"  Held against:   the checkpoint of {kept.time}: {kept.count} entries, up to {kept.number}"
        yield f"                  {kept.head}"
    if head and not chain.desk:
        yield f"  Held against:   the seal {head}"
    if kept is None and not (head and not chain.desk):
        yield "  Held against:   nothing that was kept elsewhere"
    yield from (f"  {says}" for says in (*verdict.problems, *verdict.notes))


def _papers(papers: tuple[Paper, ...]) -> Iterator[str]:
    counts = Counter(paper.state for paper in papers)
    yield "Papers: " + ", ".join(f"{counts[state]} {state}" for state in (ISSUED, CHANGED, UNKNOWN))
    for paper in papers:
        yield f"  {paper.state:<8}  {paper.path}  {paper.says}"
