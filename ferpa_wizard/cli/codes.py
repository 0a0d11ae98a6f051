"""Exit codes. They are documented in docs/commands.md and do not change their meaning."""

FINE = 0
MISMATCH = 1  # a check, test or verification found something
USAGE = 2  # argparse
UNANSWERED = 3  # decide: answers are missing
INPUT = 4  # a file or answer that cannot be used
LEDGER = 5  # the ledger cannot be opened or written
DISK = 6  # a file cannot be read or written
PERSON = 7  # log pull, log push: a desk and the share do not fit together, or a desk is silent
POLICY = 8  # the policy of the organization cannot be used, or does not agree with what was asked for
REFUSED = 9  # rules verify: no desk takes this release: not signed by that key, changed, or with mistakes
STOPPED = 130
