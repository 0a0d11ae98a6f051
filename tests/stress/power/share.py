"""A look at a share after a power cut: what was pushed can be pulled, and the next push mends the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ferpa_wizard.core.entry import GENESIS
from ferpa_wizard.ledger.errors import LedgerError
from ferpa_wizard.ledger.file import NAME
from ferpa_wizard.ledger.installations import DESKS
from ferpa_wizard.ledger.pull import pull
from ferpa_wizard.ledger.push import push
from ferpa_wizard.ledger.share import Card
from ferpa_wizard.ledger.verify import verify
from tests.ledger.samples import NOW
from tests.stress.power import state


def looked_at_share(root: Path, pushed: state.Chain, *, still: bool) -> Iterator[str]:
    """A sentence for each thing that is wrong. `pushed` was acknowledged; `still` says that no push was going on."""
    share, home = root / state.SHARE, root / state.HOME
    try:
        yield from _pulled(root / "late", share, pushed, still=still)
        if (home / NAME).exists():
            push(home, share, Card("north", "", 0, GENESIS), now=NOW)
            yield from _pulled(root / "later", share, state.chain_of(home), still=True)
    except LedgerError as error:
        yield str(error)


def _pulled(officer: Path, share: Path, chain: state.Chain, *, still: bool) -> Iterator[str]:
    found = pull(officer, share, now=NOW)
    if still:
        yield from (fault.says for one in found for fault in one.faults)
    copies = [officer / DESKS / one.installation for one in found if one.count]
    if not copies:
        if chain:
            yield f"Nothing to pull of {len(chain)} entries that were pushed."
        return
    verdict = verify(copies[0])
    if not verdict.holds:
        yield verdict.says
    there = {one.rstrip("-") for one in state.chain_of(copies[0])}
    lost = sum(one.rstrip("-") not in there for one in chain)
    if lost:
        yield f"{lost} of {len(chain)} entries that were pushed cannot be pulled."
