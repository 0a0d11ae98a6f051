"""Where the packaged program begins."""

import sys

from ferpa_wizard.cli import main

if __name__ == "__main__":
    sys.exit(main())
