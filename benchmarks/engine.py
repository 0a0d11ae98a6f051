"""The engine on every prefix of every worked example, and the check of the rules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice

from benchmarks.measure import Row, quantile, seconds
from ferpa_wizard import paths
from ferpa_wizard.core.determine import beside, determine
from ferpa_wizard.core.examples import Example, read_examples
from ferpa_wizard.core.facts import Answers
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile, read_profile
from ferpa_wizard.core.read_pack import read_pack
from ferpa_wizard.core.walk import walk

ROUNDS = 3


def rows() -> Iterator[Row]:
    root = paths.data() / "rules"
    pack = read_pack(root / "ferpa")
    reading = quantile([seconds(lambda: read_pack(root / "ferpa")) for _ in range(ROUNDS)], 0.5)
    yield Row("Read the rules", f"{reading * 1000:.0f} ms", "", reading * 1000, None, "ms")
    files = {file.name: file.read_bytes() for file in (root / "examples").glob("*.yaml")}
    files.pop("first-run.yaml")
    profiles = {
        file.stem: read_profile(file.read_bytes(), file.name, pack) for file in (root / "profiles").glob("*.yaml")
    }
    yield _deciding(pack, read_examples(files, pack), profiles)
    check = seconds(lambda: _rules("check"))
    yield Row("rules check", f"{check:.1f} s", "", check, 60, "s", "every state of docs/decisions/0005")


def _deciding(pack: Pack, examples: list[Example], profiles: dict[str, Profile]) -> Row:
    """Each state of each example is timed some times; its quickest time stands for it."""
    taken = []
    for example in examples:
        profile = profiles.get(example.profile, NO_PROFILE)
        for count in range(len(example.answers) + 1):
            answers = dict(islice(example.answers.items(), count))

            def once(answers: Answers = answers, profile: Profile = profile, on: str = example.on) -> None:
                found = walk(pack, answers, profile, on)
                # As the window does: what stands beside a question, the whole at the end.
                (beside if found.ask else determine)(found.facts)

            taken.append(min(seconds(once) for _ in range(ROUNDS)) * 1000)
    p50, p99 = quantile(taken, 0.5), quantile(taken, 0.99)
    note = f"{len(taken)} states of {len(examples)} examples, median {p50:.2f} ms; beside a question, its panel only"
    return Row("walk plus determine, p99", f"{p99:.2f} ms", "", p99, 1, "ms", note)


def _rules(what: str) -> None:
    subprocess.run([sys.executable, "-m", "ferpa_wizard", "rules", what], stdout=subprocess.DEVNULL, check=True)
