"""Acts that make something out of the log: exports in five forms, the index; and taking the rules of the district."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ferpa_wizard.core.log_search import Search
from ferpa_wizard.ledger import log_tables
from ferpa_wizard.ledger.replacing import PART
from ferpa_wizard.requests.desk import Desk
from ferpa_wizard.requests.exporting import SUFFIXES, Format, Wanted
from ferpa_wizard.requests.kept import in_use, load_state
from ferpa_wizard.requests.rules import read_rules
from ferpa_wizard.requests.steps import whole
from ferpa_wizard.requests.taking import take_newest
from tests.requests.releases import AT, FILES, lay, sealed, source
from tests.stress import worlds
from tests.stress.forks import Ack, told
from tests.stress.kills import weak
from tests.stress.kills.act import BAD, LOST, Act, Checked, bad

_TWO_DAYS = 2 * 86_400

# Exporting: over the file before it, again and again


def export(desk: Desk, out: Path, form: Format) -> int:
    """Write every entry, or for a PDF every decision; how many."""
    return whole(desk.exports.exporting(Wanted(form), out)).count


def prepare_export(form: Format, at: Path) -> None:
    """A desk with some records, the file that stands where the export goes, and the whole export to compare with."""
    worlds.make(at, 6)
    (at / "whole").mkdir()
    told(lambda: _exported(at, at / "whole" / "log", form))  # PDFs leave threads behind, which no fork would have
    (at / "out" / _name(form)).write_bytes(worlds.BEFORE)


def _exported(at: Path, out: Path, form: Format) -> list[str]:
    with worlds.at_desk(at) as desk:
        export(desk, out, form)
    return []


def _name(form: Format) -> str:
    return f"log{SUFFIXES[form]}"


def _export(form: Format, at: Path, ack: Ack) -> None:
    out, spare = at / "out" / _name(form), at / "spare"
    with worlds.at_desk(at) as desk:
        while True:
            export(desk, out, form)
            ack("")
            spare.write_bytes(worlds.BEFORE)
            spare.replace(out)


def _check_export(form: Format, at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    out, wanted = at / "out" / _name(form), (at / "whole" / "log").read_bytes()
    if not out.exists():
        yield LOST, f"{out.name} is gone"
    elif out.read_bytes() not in (worlds.BEFORE, wanted):
        yield BAD, f"{out.name} holds {out.stat().st_size} bytes, and the whole export has {len(wanted)}"
    yield from bad(worlds.strays(out.parent, out.name))
    # Two days later the next export takes away what killed ones left.
    for part in out.parent.glob(f".*{PART}"):
        os.utime(part, (part.stat().st_mtime - _TWO_DAYS,) * 2)
    with worlds.at_desk(at) as desk:
        export(desk, out, form)
    if out.read_bytes() != wanted:
        yield BAD, f"the next export to {out.name} is another one"
    if left := [path.name for path in out.parent.iterdir() if path.name.endswith(PART)]:
        yield BAD, f"the next export left {left[0]}"
    out.write_bytes(worlds.BEFORE)


EXPORTING = tuple(
    Act(f"exporting {form}", partial(prepare_export, form), partial(_export, form), partial(_check_export, form),
        weak.files_in_place)
    for form in SUFFIXES
)  # fmt: skip


# The index of the log, made anew again and again

_RECORDS = 20


def _prepare_index(at: Path) -> None:
    worlds.make(at, _RECORDS)


def _index(at: Path, ack: Ack) -> None:
    with worlds.at_desk(at) as desk:
        while True:
            desk.book.catch_up()
            ack(str(desk.book.count(Search())))
            desk.book.close()
            log_tables.remove(at / "home")


def _check_index(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    with worlds.at_desk(at) as desk:
        desk.book.catch_up()
        listed = {row.number for row in desk.book.page(Search())}
        found = {row.number for row in desk.book.page(Search(words=("words",)))}
        wanted = {row.number for row in desk.recent(_RECORDS + 1)}
    if listed != wanted or found != wanted:
        yield BAD, f"the index lists {len(listed)} and finds {len(found)} of {len(wanted)} decisions"


INDEXING = Act("reading the log into its index", _prepare_index, _index, _check_index, weak.index_at_once, rounds=1)


# Taking the rules that the district sends

_FIRST, _RELEASES = 5, 8


def _prepare_rules(at: Path) -> None:
    worlds.make(at, 0)
    for release in range(_FIRST, _FIRST + _RELEASES):
        profile = FILES["profile.yaml"]
        if release % 2:
            profile = profile.replace(b"directory-limit: no", b"directory-limit: yes")
        lay(at / f"rules-{release}", sealed({**FILES, "profile.yaml": profile}, release=release))
    take_newest(at / "home", source(at / f"rules-{_FIRST}"), AT)


def _take(at: Path, ack: Ack) -> None:
    for release in range(load_state(at / "home").release + 1, _FIRST + _RELEASES):
        if take_newest(at / "home", source(at / f"rules-{release}"), AT).release != release:
            raise RuntimeError(f"release {release} was not taken")
        ack(str(release))


def _check_rules(at: Path, acks: Sequence[str]) -> Checked:
    yield from bad(worlds.asked_by(at / "home"))
    home, acknowledged = at / "home", max(map(int, acks), default=_FIRST)
    found, state = in_use(home), load_state(home)
    if found is None or found.release != state.release or state.release < acknowledged:
        yield LOST, f"release {acknowledged} was taken, and {found.release if found else 'none'} is in use"
        return
    answer = read_rules(home, None)[1].answers.get("directory-limit")
    if answer != ("yes" if found.release % 2 else "no"):
        yield BAD, f"release {found.release} is in use and another one is read"
    again = take_newest(home, source(at / f"rules-{found.release}"), AT)
    kept = sorted(path.name for path in (home / "central").iterdir())
    if again.refused or kept != [str(found.release)]:
        yield BAD, f"the next look leaves {kept}; {again.refused}"


RULES = Act("taking the district's rules", _prepare_rules, _take, _check_rules, weak.named_first, kills=4)
