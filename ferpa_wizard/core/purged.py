"""What a purge takes: the entries whose texts may be missing."""

from __future__ import annotations

from ferpa_wizard.core.entry import EntryError, Header, Stored, read_entry, text_hash
from ferpa_wizard.core.retention import PURGE, named_in


def named_by(purge: Stored) -> list[int]:
    """The earlier entries that a purge names; none where its own text is not the one that was sealed.

    Where it stands in the file does not matter here: the chain finds a purge that was moved.
    """
    try:
        header = Header.decoded(purge.header)
    except EntryError:
        return []
    if header.kind != PURGE or text_hash(purge) != header.body:
        return []
    return [n for n in named_in(read_entry(purge).body or {}) if 0 < n < header.sequence]
