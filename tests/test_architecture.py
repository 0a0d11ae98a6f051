"""The rooms and the arrows between them, as tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ferpa_wizard"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("typst", "jinja2", "PySide6", "xlsxwriter", "docx", "nacl")


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_import_arrows() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_files_and_functions_stay_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in _functions(ast.parse(text))}
    # A constructor call with one keyword a line is long and simple; the bound is on what has to be read.
    assert {name: lines for name, lines in long.items() if lines > 60} == {}


def test_functions_are_short_in_the_median() -> None:
    lengths = sorted(
        (f.end_lineno or 0) - f.lineno + 1
        for file in FILES
        for f in _functions(ast.parse(file.read_text(encoding="utf-8")))
    )
    assert lengths[len(lengths) // 2] <= 9


def test_importing_the_command_line_loads_nothing_heavy_and_makes_no_file(tmp_path: Path) -> None:
    code = f"import sys, ferpa_wizard.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


QT_FREE = [file for file in FILES if "desktop" not in file.relative_to(PACKAGE).parts]


@pytest.mark.parametrize("file", QT_FREE, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_only_the_desktop_names_qt(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = {name for name in names if name.split(".")[0] in ("PySide6", "shiboken6")}
    # `make run` has to try whether Qt can be loaded, to say in words what is missing.
    allowed = {"PySide6.QtWidgets"} if file == PACKAGE / "cli" / "start.py" else set()
    assert named <= allowed


def test_every_module_imports_without_a_home_folder_and_makes_no_file(tmp_path: Path) -> None:
    modules = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in QT_FREE]
    code = f"import importlib\nfor name in {modules!r}: importlib.import_module(name)"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"HOME": str(tmp_path / "none"), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert list(tmp_path.iterdir()) == []


def test_no_function_ends_in_an_assertion_or_catches_everything() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and _catches_all(node))
    ]
    assert found == []


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException")
    )
