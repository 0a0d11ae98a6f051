"""The program's own window at Home, started the way that the command starts it."""

from __future__ import annotations

import sys
from pathlib import Path

from ferpa_wizard.cli.start import why_no_window
from ferpa_wizard.requests.desk import Desk


def main(home: Path) -> int:
    if hindrance := why_no_window():
        sys.stderr.write(hindrance + "\n")
        return 1
    from benchmarks.painted import report_when_painted
    from ferpa_wizard import paths
    from ferpa_wizard.desktop.app import RESOURCES, application, open_window

    app = application()
    window = open_window(app, Desk.open(home), paths.data() / RESOURCES)
    window.resize(1024, 700)
    report_when_painted(app, window)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
