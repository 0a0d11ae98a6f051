"""The register of agreements: from its file with every mistake at its line, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ferpa_wizard.core.agreement import Agreement, may_settle
from ferpa_wizard.core.block import Block
from ferpa_wizard.core.errors import AgreementsError, AnswerError, Mistake
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.strict_yaml import parse
from ferpa_wizard.core.typed import LONGEST_LINE, unfit, unfit_day
from ferpa_wizard.core.values import Unhidden, take
from ferpa_wizard.core.yaml_text import quoted, row, scalar

MOST_SCHOOLS = 500
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_HEAD = "# Agreements with partners. FERPA Wizard writes this file anew when one changes, and keeps no comments.\n"


def read_agreements(data: bytes, file: str, pack: Pack) -> tuple[Agreement, ...]:
    """The register from its YAML, the first to end first. Raises AgreementsError holding every mistake."""
    root, mistakes = parse(data, file)
    if root is None:
        raise AgreementsError(mistakes or [Mistake(file, 1, "The register is empty.", "Write `agreements: []`.")])
    block = Block(root, file, mistakes)
    found = agreements_of(block.blocks("agreements"), pack)
    block.finish()
    if mistakes:
        raise AgreementsError(mistakes)
    return by_end(found)


def agreements_of(blocks: Iterable[Block], pack: Pack) -> list[Agreement]:
    """Those in these blocks; each block reports its own mistakes, an id that stands twice among them."""
    found: dict[str, Agreement] = {}
    for block in blocks:
        agreement = _read(block, pack)
        if agreement.id in found:
            block.wrong(f"The agreement “{agreement.id}” stands twice.", "Keep one.", line=block.line_of("id"))
        found[agreement.id] = agreement
    return list(found.values())


def by_end(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    return tuple(sorted(agreements, key=lambda one: (one.ends, one.party.casefold(), one.id)))


def problems(agreement: Agreement) -> list[tuple[str, str]]:
    """What keeps it out of the register: the field and a sentence."""
    found = [] if agreement.party.strip() else [("party", "Write who the partner is.")]
    if not agreement.ends:
        found.append(("ends", "Write the last day of the agreement."))
    days = {"signed": agreement.signed, "ends": agreement.ends, "destroy": agreement.destroy}
    found += [(name, says) for name, day in days.items() if (says := unfit_day(day))]
    if not found and agreement.signed > agreement.ends:
        found.append(("ends", "It ends before it was signed. Look at both days."))
    if len(agreement.schools) > MOST_SCHOOLS:
        found.append(("schools", f"Name {MOST_SCHOOLS} schools at the most, or none for all."))
    texts = (("party", agreement.party), *(("schools", school) for school in agreement.schools))
    return found + [(name, says) for name, text in texts if (says := unfit(text, LONGEST_LINE) or _not_one_line(text))]


def _not_one_line(text: str) -> str:
    return "" if text.isprintable() and text == text.strip() else "Write this on one line, with no space around it."


def free_id(party: str, taken: Iterable[str]) -> str:
    """A short name for the agreement with this party that no other has."""
    plain = re.sub(r"[^a-z0-9]+", "-", party.casefold()).strip("-")[:40].strip("-") or "agreement"
    names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(set(taken)) + 2))
    return next(name for name in names if name not in taken)


# Reading one


def _read(block: Block, pack: Pack) -> Agreement:
    carrying = sorted(basis.id for basis in pack.bases if basis.by_agreement)
    agreement = Agreement(
        id=block.text("id"),
        party=block.text("party"),
        schools=block.texts("schools"),
        basis=block.choice("basis", carrying),
        items=_items(block, pack),
        signed=block.text("signed", ""),
        ends=block.text("ends"),
        destroy=block.text("destroy", ""),
        answers=dict(_answers(block, pack)),
    )
    if agreement.id and not _ID.fullmatch(agreement.id):
        block.wrong(f"“{agreement.id}” cannot be an id.", "Use a to z, 0 to 9 and -.", line=block.line_of("id"))
    for name, says in problems(agreement):
        if getattr(agreement, name):  # what is missing has been told
            block.wrong(f"“{name}”: {says}", line=block.line_of(name))
    block.finish()
    return agreement


def _items(block: Block, pack: Pack) -> tuple[str, ...]:
    items = block.texts("items")
    for strange in [item for item in items if item not in pack.items]:
        block.wrong(f"There is no data item “{strange}”.", line=block.line_of("items"))
    if not items:
        block.wrong("The agreement lists no data.", "Add `items: [name, grades]`.", line=block.line_of("items"))
    return tuple(name for name in pack.items if name in items)


def _answers(block: Block, pack: Pack) -> Iterator[tuple[str, Answer]]:
    inner = block.block("answers")
    known = may_settle(pack)
    for name in inner or ():
        node = inner.node(name) if inner else None
        if node is None or inner is None:
            continue
        if name not in known:
            instead = f"It may settle: {', '.join(sorted(known))}."
            inner.wrong(f"No agreement settles “{name}”.", instead, line=inner.line_of(name))
            continue
        try:
            yield name, take(node.plain(), name, Unhidden(pack, {}))
        except AnswerError as error:
            inner.wrong(f"“{name}”: {error}", line=inner.line_of(name))


# Writing


def agreements_text(agreements: Iterable[Agreement]) -> bytes:
    """The register as YAML; `read_agreements` gives the same back."""
    entries = [_entry(agreement) for agreement in by_end(agreements)]
    body = "agreements:\n" + "".join(entries) if entries else "agreements: []\n"
    return (_HEAD + body).encode()


def _entry(agreement: Agreement) -> str:
    lines = [
        f"- id: {agreement.id}",
        f"  party: {quoted(agreement.party)}",
        f"  schools: {row(agreement.schools)}",
        f"  basis: {scalar(agreement.basis)}",
        f"  items: {row(agreement.items)}",
        *(f"  {name}: {day}" for name, day in _days(agreement).items() if day),
        f"  answers:{'' if agreement.answers else ' {}'}",
        *(f"    {scalar(name)}: {answer_text(answer)}" for name, answer in agreement.answers.items()),
    ]
    return "".join(f"  {line}\n" for line in lines)


def _days(agreement: Agreement) -> Mapping[str, str]:
    return {"signed": agreement.signed, "ends": agreement.ends, "destroy": agreement.destroy}


def answer_text(answer: Answer) -> str:
    """An answer as YAML on one line."""
    return scalar(answer) if isinstance(answer, str) else row(answer)
