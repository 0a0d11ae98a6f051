"""Every screen reads at grade 8 or lower, in short sentences and plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from ferpa_wizard.core.readability import HARDEST, WordList, avoided, grade, long_sentences, read_words
from ferpa_wizard.requests.desk import Desk
from tests import real
from tests.desktop.driving import Driver
from tests.desktop.pages import PAGES, show
from tests.desktop.sample_pack import MARKUP

SEAL = re.compile(r"(?:[0-9a-f]{8} ){7}[0-9a-f]{8}\.? ?")
FILE = real.RULES / "wordlist.yaml"


def words() -> WordList:
    return read_words(FILE.read_bytes(), FILE.name)[0]


def shown(drive: Driver) -> Iterator[str]:
    """What can be read on the screen, but for the digits of a seal."""
    for label in drive.all(QLabel):
        yield SEAL.sub("", label.text())
    for button in drive.all(QAbstractButton):
        yield button.text().replace("&&", "&") or button.accessibleName()


@pytest.mark.parametrize("page", PAGES)
def test_every_screen_is_easy_to_read(drive: Driver, desk: Desk, page: str) -> None:
    show(drive, desk, page)
    texts = [text for text in shown(drive) if MARKUP not in text]
    plain = words()
    assert grade(texts, plain.terms) <= HARDEST
    assert [(text, count) for text in texts for count in long_sentences(text)] == []
    assert [(text, word) for text in texts for word, _ in avoided(text, plain)] == []
