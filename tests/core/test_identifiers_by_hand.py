"""The same measurement on sentences that no generator made: recall and false alarms."""

from __future__ import annotations

from ferpa_wizard.core.identifiers import looks_like
from tests.core.sentences_by_hand import HARMLESS, NAMING


def test_notes_that_name_a_student_are_noticed() -> None:
    assert len(set(NAMING)) >= 150
    missed = [text for text in NAMING if not looks_like(text)]
    assert len(missed) <= len(NAMING) * 0.05, missed


def test_harmless_notes_are_left_alone() -> None:
    assert len(set(HARMLESS)) >= 150
    alarms = [text for text in HARMLESS if looks_like(text)]
    assert len(alarms) <= len(HARMLESS) * 0.05, alarms
