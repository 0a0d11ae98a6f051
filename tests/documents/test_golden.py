"""The golden papers: what the shipped rules and sentences make of eleven ordinary requests under each decision."""

from __future__ import annotations

import pytest

from ferpa_wizard.core.choices import CHOICES
from tests.documents.golden import EXAMPLES, GOLDEN, files, golden
from tests.documents.samples import VERDICTS


def test_there_is_a_request_for_each_verdict_and_it_still_ends_there() -> None:
    assert set(EXAMPLES) == set(VERDICTS)
    found = {verdict: golden(verdict, "ask-officer").body["determination"] for verdict in EXAMPLES}
    assert {verdict: result["verdict"] for verdict, result in found.items()} == {v: v for v in EXAMPLES}  # type: ignore[index]


def test_every_paper_reads_as_it_was_read() -> None:
    found = files()
    assert len(found) == len(EXAMPLES) * len(CHOICES)
    kept = {file: file.read_text(encoding="utf-8") for file in GOLDEN.rglob("*.txt")}
    other = sorted(file for file in found.keys() | kept.keys() if found.get(file) != kept.get(file))
    if other:
        names = "\n".join(f"  {file.relative_to(GOLDEN)}" for file in other)
        pytest.fail(
            f"{len(other)} golden papers differ:\n{names}\n"
            "Run `make golden`, then read what changed (git diff tests/documents/golden) as a parent, as the person who "
            "asked, as an auditor. Keep it only if each still reads well.",
            pytrace=False,
        )
