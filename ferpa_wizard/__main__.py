"""python -m ferpa_wizard: the same as the command ferpa-wizard."""

import sys

from ferpa_wizard.cli import main

if __name__ == "__main__":
    sys.exit(main())
