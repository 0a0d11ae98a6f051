"""One job in this process: `python -m tests.stress.job PART JOB SCALE FOLDER`; what it found is printed as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.stress.all_parts import PARTS
from tests.stress.parts import Tally


def main(part: str, name: str, scale: str, folder: str) -> None:
    (found,) = (one for one in PARTS if one.name == part)
    (job,) = (one for one in found.jobs(scale == "long") if one.name == name)
    tally = Tally()
    job.run(Path(folder), tally)
    sys.stdout.write(json.dumps(tally.as_json()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
