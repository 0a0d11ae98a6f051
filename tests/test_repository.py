"""The repository speaks of itself alone, and its documents name what exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MADE = {"build", "dist", "htmlcov", "__pycache__", "node_modules"}
TEXT = {".py", ".md", ".yaml", ".toml", ".txt", ".sh", ".spec", ".json", ""}
# With single-letter classes, so that this file does not hold what it looks for.
BANNED = re.compile(
    r"pyp[i]\.org|pythonhoste[d]\.org|registry\.npmj[s]|deb\.debia[n]\.org"  # package indexes
    r"|/(?:wor[k]|far[m]|roo[t])/|/tmp/see[d]"  # places of one machine
    r"|\b(?:subagen[t]|chatgp[t]|language mode[l]|this sessio[n])\b",
    re.IGNORECASE,
)
LEFT_BEHIND = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")


def _texts(root: Path) -> list[Path]:
    every = (file for file in root.rglob("*") if file.suffix in TEXT and file.is_file())
    return [file for file in every if not any(map(_made, file.relative_to(root).parts[:-1]))]


def _made(folder: str) -> bool:
    return folder in MADE or (folder.startswith(".") and folder not in {".ci", ".github"})


def _found(pattern: re.Pattern[str]) -> list[str]:
    lines = (
        (file, number, line)
        for file in _texts(ROOT)
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
    )
    return [f"{file.relative_to(ROOT)}:{number}" for file, number, line in lines if pattern.search(line)]


@pytest.mark.parametrize("pattern", [BANNED, LEFT_BEHIND], ids=["banned", "left-behind"])
def test_no_file_names_a_machine_an_index_or_work_left_over(pattern: re.Pattern[str]) -> None:
    assert _found(pattern) == []


def test_every_dependency_has_an_exact_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(line for name in ("test", "lint", "package") for line in extras[name])]
    pinned = {_plain(line.split("==")[0]) for line in _pins()}
    assert {_plain(re.split(r"[\[<>=!;~]", line)[0]) for line in wanted} - pinned == set()


def test_every_pin_is_exact() -> None:
    assert [line for line in _pins() if not re.fullmatch(r"[\w.-]+==[\w.]+(; .+)?", line)] == []


def _pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_constraints_hold_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "://" in line or line.startswith("-")] == []


def test_every_make_target_named_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for name in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"\bmake ([a-z]+)\b(?=[`\s])", (ROOT / name).read_text(encoding="utf-8")))
        commands = {word for word in named if f"`make {word}" in (ROOT / name).read_text(encoding="utf-8")}
        assert commands <= targets


def test_pictures_and_pages_linked_from_the_readme_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_test_that_the_acceptance_table_names_exists() -> None:
    told = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "acceptance.md").read_text(encoding="utf-8")))
    tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    assert told - set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE)) == set()
