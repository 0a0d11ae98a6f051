"""Markup: rules, profile and drafts whose every text would do something if anything took it for more than text; over
every screen and every paper, while the system tells which files are opened and which names are looked up.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.stress.kept import ROOT
from tests.stress.markup.payloads import COUNT, FILE, HOST, MARKER, REFUSED
from tests.stress.parts import Figure, Job, Part, Tally

SHIFTS = (2, COUNT)  # with each another payload stands in each text
_OPENED, _NETWORK, _ALTERED, _TOLD = "files opened", "network", "shown otherwise", "failures told"
_PAPERS = "papers shown otherwise"
_CONTROLS = {"rich": (_OPENED, _ALTERED), "no-escapes": (_PAPERS,), "evaluated": (_PAPERS,)}
_NETWORKED = re.compile(r"AF_INET|/etc/(hosts|resolv\.conf)|" + re.escape(HOST))


def jobs(long: bool) -> list[Job]:
    shifts = [shift * COUNT // SHIFTS[long] for shift in range(SHIFTS[long])]
    return [
        *(Job(f"shift-{shift:02}", partial(_shift, shift)) for shift in shifts),
        *(Job(f"control-{how}", partial(_control, how)) for how in _CONTROLS),
        Job("refused", _refused),
    ]


def _shift(shift: int, folder: Path, tally: Tally) -> None:
    tally.add(_watched(shift, folder, "as-is"))


def _control(how: str, folder: Path, tally: Tally) -> None:
    """Each weakness has to show in all that it ought to show in."""
    found = _watched(7, folder, how)
    for name in _CONTROLS[how]:
        tally.count("weaknesses")
        if found[name]:
            tally.count("weaknesses seen")
        else:
            tally.wrong("weaknesses missed", f"{how} in {name}")


def _watched(shift: int, folder: Path, how: str) -> Tally:
    """What the child shows, and what the system saw it do."""
    Path(FILE).write_bytes(b"")  # it is there, so that nothing is kept from opening it
    trace = folder / "trace"
    command = ["strace", "-f", "-qq", "-s", "400", "-o", str(trace), "-e", "trace=%file,%network"]
    command += [sys.executable, "-m", "tests.stress.markup.child", str(shift), str(folder), how]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the child ended with {done.returncode}: {done.stderr[-2000:]}")
    made = Tally()
    made.add(Tally(**json.loads(done.stdout.splitlines()[-1])))
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        made.count("calls watched")
        if MARKER in line:
            made.wrong(_OPENED, line[:200])
        elif _NETWORKED.search(line):
            made.wrong(_NETWORK, line[:200])
    return made


def _refused(_folder: Path, tally: Tally) -> None:
    """What hides or commands a terminal is not taken from a file of rules or a profile at all."""
    from ferpa_wizard.core.strict_yaml import parse

    for text in REFUSED:
        for file in ("pack.yaml", "profile.yaml"):
            root, mistakes = parse(f'school: "{text}"\n'.encode(), file)
            tally.count("control characters")
            if root is not None or not mistakes:
                tally.wrong("control characters taken", f"{text!r} in {file}")


def figures(total: Tally) -> Iterator[Figure]:
    wrong = sum(total[name] for name in (_OPENED, _NETWORK, _ALTERED, _PAPERS, _TOLD, "control characters taken"))
    yield Figure(
        f"Markup: {COUNT} payloads in {total['texts of rules']:,} texts of rules, and in profile and drafts",
        f"{total[_OPENED]} files opened and {total[_NETWORK]} names looked up in {total['calls watched']:,} calls; "
        f"{total[_ALTERED]} of {total['shown in the window']:,} in the window and {total[_PAPERS]} of "
        f"{total['shown on papers']:,} on {total['papers and exports']} papers shown otherwise",
        f"{total['weaknesses seen']} of {total['weaknesses']} weaknesses seen",
        held=not wrong and total["shown in the window"] > 0 and total["shown on papers"] > 0
        and total["weaknesses seen"] == total["weaknesses"] > 0,
    )  # fmt: skip


MARKUP = Part("markup", jobs, figures, needs=("strace", "pdftotext"))
