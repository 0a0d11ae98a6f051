"""Each kind of paper as a web page, looked at by axe-core, an accessibility linter that is not ours.

It runs in jsdom, which lays nothing out. So what hangs on colours is left out there; tests/documents/test_contrast.py has it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ferpa_wizard.documents.html import to_html
from tests.documents.every_paper import every_paper

AXE = Path(__file__).parent / "axe"
LEAST_NODE = 18
# What it cannot tell without a layout; tests/documents/test_html.py and this file count them.
UNSEEN = {"landmark-one-main", "page-has-heading-one"}


def _why_not() -> str:
    node = shutil.which("node")
    if node is None:
        return "node is not installed (Debian: apt install nodejs npm)"
    version = subprocess.run([node, "--version"], capture_output=True, check=True, text=True).stdout
    if int(version.lstrip("v").split(".")[0]) < LEAST_NODE:
        return f"node {version.strip()} is too old, {LEAST_NODE} is needed"
    if not (AXE / "node_modules").is_dir():
        return "axe-core is not installed: npm ci --ignore-scripts in tests/documents/axe"
    return ""


WHY_NOT = _why_not()
pytestmark = [pytest.mark.long, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]


def looked(*files: Path) -> list[dict[str, Any]]:
    """What axe-core finds in each file."""
    command = ["node", str(AXE / "run.cjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    assert [Path(one["file"]) for one in found] == list(files)
    return found


def test_no_paper_has_a_violation(tmp_path: Path) -> None:
    files = []
    for name, paper in every_paper().items():
        page = to_html(paper)
        assert (page.count("<main>"), page.count("<h1>")) == (1, 1)
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(page, encoding="utf-8")
    for one in looked(*files):
        assert one["violations"] == [], one["file"]
        assert {"document-title", "html-has-lang", "heading-order", "region"} <= set(one["passes"])
        assert {rule["id"] for rule in one["incomplete"]} <= UNSEEN


def test_what_is_wrong_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    whole = to_html(next(iter(every_paper().values())))
    page.write_text(whole.replace(' lang="en"', "").replace("<h2>", "<h4>"), encoding="utf-8")
    (found,) = looked(page)
    assert {"html-has-lang", "heading-order"} <= {rule["id"] for rule in found["violations"]}
