"""In place of a file there may be one without end: no more of it is read than shows that."""

from __future__ import annotations

import os
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from ferpa_wizard.requests import rules
from tests import real
from tests.stress.spoiled.hostile_paths import DECLARED, READERS, THINGS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere such a file takes its room on the disk")


@pytest.mark.parametrize("name", READERS)
def test_a_file_without_end_does_not_fill_the_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called, read = READERS[name]
    if name != "policy of a district":  # which has to be read with them
        monkeypatch.setattr(rules, "read_pack", real.read_once)
    real.pack()
    file = tmp_path / called
    file.parent.mkdir(exist_ok=True)
    THINGS["a file without end"](file)
    tracemalloc.start()
    try:
        with suppress(*DECLARED):
            read(file)
        assert tracemalloc.get_traced_memory()[1] < 1 << 28
    finally:
        tracemalloc.stop()
