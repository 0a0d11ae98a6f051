"""Some of the inputs, put to the commands that read such files: they end with a code that docs/commands.md names."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from ferpa_wizard.cli.main import main
from ferpa_wizard.requests import managed
from tests import real
from tests.requests.releases import PUBLIC
from tests.stress.kept import ROOT
from tests.stress.spoiled import seeds
from tests.stress.spoiled.guard import Guard, Makers, Reader
from tests.stress.spoiled.make import inputs_of

MARK = "command "
_SECONDS = 20.0  # a command reads the shipped rules, and some walk requests through them
Arguments = Callable[[Path], list[str]]
COMMANDS: Mapping[str, tuple[str, str, Arguments]] = {
    "decide": ("answers", "a.yaml", lambda file: ["decide", str(file)]),
    "decide --seal": ("decision", "d.yaml", lambda file: ["decide", str(real.RULES / "examples" / "first-run.yaml"), "--seal", str(file)]),
    "rules check": ("overlay", "zz.yaml", lambda file: ["rules", "check", "--overlay", str(file)]),
    "agreements import": ("agreements-csv", "a.csv", lambda file: ["agreements", "import", str(file)]),
    "agreements list": ("agreements", "home/agreements.yaml", lambda _: ["agreements", "list"]),
    "log verify --bundle": ("bundle", "b.zip", lambda file: ["log", "verify", "--bundle", str(file)]),
    "log verify --checkpoint": ("checkpoint", "c.json", lambda file: ["log", "verify", "--checkpoint", str(file)]),
    "log verify": ("ledger", "home/ledger.sqlite", lambda _: ["log", "verify"]),
    "log list": ("index", "home/log-index.sqlite", lambda _: ["log", "list", "--where", ""]),
    "rules verify": ("release", "r.zip", lambda file: ["rules", "verify", str(file), "--key", PUBLIC]),
    "rules pack": ("key", "key", lambda file: ["rules", "pack", str(file.parent / "none"), "--key", str(file), "--release", "1", "--out", "x"]),
    "settings": ("policy", "policy.json", lambda _: ["settings", "--json"]),
    "about": ("central-note", "home/central.json", lambda _: ["about", "--json"]),
    "decide --profile": ("district", "p.yaml", lambda file: ["decide", str(real.RULES / "examples" / "first-run.yaml"), "--profile", str(file)]),
}  # fmt: skip
"""By name: whose inputs they take, where the file lies, and the words of the command."""


def codes() -> set[int]:
    """The exit codes that are documented."""
    page = (
        (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").partition("## Exit codes")[2].partition("\n## ")[0]
    )
    return {int(found) for found in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}


def reader_of(command: str, folder: Path) -> Reader:
    """What puts one input to a command; anything but a documented end is an error that was not declared."""
    _, name, arguments = COMMANDS[command]
    known, home, file = codes(), folder / "at" / "home", folder / "at" / name
    kept = seeds.ledger_in(folder / "kept")

    def read(data: bytes) -> None:
        shutil.rmtree(folder / "at", ignore_errors=True)
        shutil.copytree(kept, home)
        file.write_bytes(data)
        file.chmod(0o644)
        code, told = _ended(["--home", str(home), *arguments(file)])
        assert code in known, f"It ended with {code}."
        assert "Traceback" not in told and (not code or told.strip()), told

    return Reader(command, read, (), (), seconds=_SECONDS)


def _ended(argv: list[str]) -> tuple[int, str]:
    """The exit code, and what was said on the way."""
    out, errors = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors):
        try:
            code = main(argv)
        except SystemExit as end:
            code = int(end.code or 0)
    return code, errors.getvalue() + (out.getvalue() if code else "")


def run(readers: Makers, command: str, guard: Guard, folder: Path, *, job: str, count: int) -> None:
    """So many inputs through one command, which reads the shipped rules once and the policy in its own folder."""
    of = COMMANDS[command][0]
    (folder / "make").mkdir()
    make, reader = inputs_of(readers[of](folder / "make"), job), reader_of(command, folder)
    policy = folder / "at" / "policy.json"
    with patch("ferpa_wizard.requests.rules.read_pack", real.read_once), patch.object(managed, "place", lambda: policy):
        for number in range(count):
            guard.run(reader, make(number), number)
