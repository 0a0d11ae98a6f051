"""What the tests of the package work on: the built folder, or a small one of its shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.package.packaged import FOLDER, ROOT


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder that `make package` built."""
    if not (FOLDER / "ferpa-wizard").exists():
        pytest.skip("no packaged program is there: make package")
    return FOLDER


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The scripts in packaging/, which import each other by plain names."""
    place = ROOT / "packaging"
    monkeypatch.syspath_prepend(str(place))
    return place


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    """A folder of the packaged program's shape, in small."""
    files = {
        "ferpa-wizard": "#!/bin/sh\n",
        "ferpa-wizard.exe": "MZ",
        "ferpa-wizard-window.exe": "MZ",
        "_internal/rules/pack.yaml": "id: x\n",
        "_internal/PySide6/Qt6Core.dll": "MZ",
        "licences/LICENSE": "Apache-2.0\n",
        "licences/a name with spaces & é.txt": "text\n",
    }
    folder = tmp_path / "stand-in"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "ferpa-wizard").chmod(0o755)
    return folder
