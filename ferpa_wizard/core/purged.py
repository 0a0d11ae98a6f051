"""What a purge takes: the entries whose texts may be missing."""

from __future__ import annotations

from ferpa_wizard.core.entry import EntryError, Header, Stored, read_entry, text_hash


def named_by(purge: Stored) -> list[int]:
    """The earlier entries that a purge names; none where its own text is not the one that was sealed.

    Where it stands in the file does not matter here: the chain finds a purge that was moved.
    """
    try:
        header = Header.decoded(purge.header)
    except EntryError:
        return []
    if header.kind != "purge" or text_hash(purge) != header.body:
        return []
    named = (read_entry(purge).body or {}).get("entries")
    return [n for n in named if type(n) is int and 0 < n < header.sequence] if isinstance(named, list) else []
