"""A bundle: the chains of a home in one file that anybody can check without this program.

It is a .zip without compression: README.txt, one file of JSON Lines for each chain, the rules that the texts in it
name, a manifest with the SHA-256 of each file, and the program that checks all this. The same log makes the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from ferpa_wizard.core.entry import GENESIS, time_text
from ferpa_wizard.ledger.columns import Row, dig
from ferpa_wizard.ledger.export import Form, Part
from ferpa_wizard.ledger.ledger import Ledger
from ferpa_wizard.ledger.lossless import line_of

FORMAT = 1
README, MANIFEST, VERIFIER = "README.txt", "manifest.json", "verify_bundle.py"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that the form knows
_MODE = 0o600 << 16
_README = """\
A bundle of the decision log of FERPA Wizard
============================================

What is in it

  chains/     One file for each desk. Each line is one entry of its log, oldest first, as JSON: "header" and "body" are
              what was sealed, "seal" is the SHA-256 of the header. A body that is null was left out, or was purged.
  rules/      The rules that the decisions here were made under, named by their SHA-256.
  manifest.json
              What was asked for, how many entries each desk has, its last seal, and the SHA-256 of every other file.
  verify_bundle.py
              Checks all of this. It needs Python 3.8 or newer and nothing else.

How to check it

  python verify_bundle.py THIS-FILE.zip

Take verify_bundle.py from a place that you trust, not from a bundle that a stranger gave you. To find out if the end of
a log was cut off before the bundle was made, give a seal that you kept from a paper or a checkpoint:

  python verify_bundle.py THIS-FILE.zip --head SEAL

What it proves

No entry in a chain was changed, added, dropped or moved since it was sealed. A bundle of a search holds the headers of
all entries, so that the chain can be checked, and the texts of those that were looked for.

Keep it safe: it holds what people wrote about requests for student data.
"""


@dataclass
class _Chain:
    """One chain as the manifest tells of it; `withheld` texts were left out by this export."""

    installation: str
    file: str
    entries: int = 0
    first: int | None = None
    last: int | None = None
    head: str = GENESIS
    texts: int = 0
    withheld: int = 0


def as_bundle(ledgers: Mapping[str, Ledger], told: Mapping[str, object], verifier: bytes, at: datetime) -> Form:
    """`ledgers` are in the order of the rows; `told` says in the manifest which program made it, and of what."""
    frame = {"format": FORMAT, **told, "made": time_text(at)}
    return lambda file, stack: _Bundle(file, stack, ledgers, frame, verifier)


class _Bundle:
    def __init__(
        self,
        file: IO[bytes],
        stack: ExitStack,
        ledgers: Mapping[str, Ledger],
        frame: Mapping[str, object],
        verifier: bytes,
    ) -> None:
        self._zip = stack.enter_context(ZipFile(file, "w", ZIP_STORED))
        self._ledgers, self._frame, self._verifier = ledgers, frame, verifier
        self._waiting = list(ledgers)
        self._chains: list[_Chain] = []
        self._rules: dict[str, str] = {}
        self._members = {README: hashlib.sha256(_README.encode()).hexdigest()}
        self._member: IO[bytes] | None = None
        self._hash = hashlib.sha256()
        stack.callback(self._end_chain)  # before the zip, which does not end while a file in it is open
        self._put(README, _README.encode())

    def add(self, row: Row) -> None:
        while not self._chains or self._chains[-1].installation != row.desk:
            self._begin_chain()
        chain, data = self._chains[-1], line_of(row.entry)
        chain.entries += 1
        chain.first = chain.first or row.entry.sequence
        chain.last, chain.head = row.entry.sequence, row.entry.seal
        chain.withheld += row.withheld
        chain.texts += row.entry.text is not None
        if row.entry.kind == "decision" and isinstance(sha256 := dig(row.entry.body, "pack", "sha256"), str):
            self._rules.setdefault(sha256, row.desk)
        self._write(data)

    def close(self, _: dict[str, Part]) -> Sequence[str]:
        while self._waiting:
            self._begin_chain()
        self._end_chain()
        rules = {sha256: pack for sha256 in sorted(self._rules) if (pack := self._pack(sha256)) is not None}
        self._members |= {f"rules/{sha256}.json": sha256 for sha256 in rules}
        self._members[VERIFIER] = hashlib.sha256(self._verifier).hexdigest()
        missing = sorted(self._rules.keys() - rules.keys())
        self._put(MANIFEST, self._manifest(missing))
        for sha256, pack in rules.items():
            self._put(f"rules/{sha256}.json", pack)
        self._put(VERIFIER, self._verifier)
        return [f"{len(missing)} of the rules that decisions name are not in the log."] if missing else []

    def _manifest(self, missing: Sequence[str]) -> bytes:
        chains = [asdict(chain) for chain in self._chains]
        manifest = {**self._frame, "chains": chains, "members": self._members, "rules_missing": missing}
        return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"

    def _pack(self, sha256: str) -> bytes | None:
        return self._ledgers[self._rules[sha256]].pack(sha256)

    def _begin_chain(self) -> None:
        self._end_chain()
        desk = self._waiting.pop(0)
        self._chains.append(_Chain(desk, f"chains/{desk}.jsonl"))
        self._hash = hashlib.sha256()
        self._member = self._zip.open(_info(self._chains[-1].file), "w", force_zip64=True)

    def _write(self, data: bytes) -> None:
        if self._member is not None:
            self._member.write(data)
            self._hash.update(data)

    def _end_chain(self) -> None:
        if self._member is not None:
            self._member.close()
            self._member = None
            self._members[self._chains[-1].file] = self._hash.hexdigest()

    def _put(self, name: str, data: bytes) -> None:
        self._zip.writestr(_info(name), data)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _LONG_AGO)
    info.create_system, info.external_attr = 3, _MODE  # as on one system, whatever this one is
    return info
