"""Short names for narrow lists."""

from __future__ import annotations

from ferpa_wizard.core.short_names import short_names
from tests import real

LONGEST = 22  # letters that a column of the log shows whole


def test_whatever_the_log_lists_has_a_name_that_its_columns_show_whole() -> None:
    pack = real.pack()
    short = short_names(pack)
    listed = [*(option.label for option in pack.questions["requester"].options), *(one.title for one in pack.bases)]
    assert [name for name in listed if len(short.get(name, name)) > LONGEST] == []
    assert len(set(short.values())) == len(short)
