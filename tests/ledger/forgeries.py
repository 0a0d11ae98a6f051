"""Every forgery that we can name, with the first entry that must be told for it, and what happened to it."""

from __future__ import annotations

from typing import NamedTuple

from ferpa_wizard.ledger.schema import _GUARDS
from tests.ledger import attacks as do
from tests.ledger import attacks_on_files as file
from tests.ledger.attacks_on_files import Attack, in_the_schema, replaced_in_bytes, statements, unguarded, written_over

DIFFERS, UNREADABLE = "does-not-match", "cannot-read"


class Forgery(NamedTuple):
    act: Attack
    entry: int | None = None
    fault: str = ""
    outcome: str = DIFFERS
    told: str = ""  # a name that the sentences hold


ENTRIES = {
    attack.__name__: Forgery(unguarded(attack), entry, fault)
    for attack, entry, fault in (
        # texts
        (do.edit_text, 4, "text"),
        (do.edit_one_byte, 4, "text"),
        (do.edit_first_text, 1, "text"),
        (do.edit_last_text, 9, "text"),
        (do.add_a_space_to_a_text, 4, "text"),
        (do.move_bytes_into_the_salt, 4, "text"),
        (do.change_the_salt, 4, "text"),
        (do.text_of_another_type, 4, "text"),
        (do.half_a_text, 4, "text"),
        (do.copy_a_text_over_another, 4, "text"),
        (do.swap_texts, 4, "text"),
        (do.drop_text, 4, "missing-text"),
        (do.a_text_without_entry, 10, "gap"),
        (do.a_text_before_all, 10, "gap"),
        # headers
        (do.edit_time_in_header, 5, "previous"),
        (do.edit_kind_in_header, 5, "previous"),
        (do.edit_header_space, 4, "header"),
        (do.garble_header, 4, "header"),
        (do.repeat_key_in_header, 4, "header"),
        (do.hash_in_capitals, 4, "header"),
        (do.header_of_another_type, 4, "header"),
        (do.swap_headers, 4, "previous"),
        # columns that lists are made from
        (do.edit_listed_kind, 4, "columns"),
        (do.edit_listed_time, 4, "columns"),
        (do.garble_listed_kind, 4, "columns"),
        (do.list_kind_as_bytes, 4, "columns"),
        (do.swap_listed_times, 4, "columns"),
        # whole entries
        (do.drop_first, 1, "gap"),
        (do.drop_first_three, 1, "gap"),
        (do.drop_first_and_close_the_gap, 1, "columns"),
        (do.drop_middle, 4, "gap"),
        (do.drop_middle_and_close_the_gap, 4, "columns"),
        (do.drop_last_but_its_text, 9, "gap"),
        (do.open_a_gap, 5, "gap"),
        (do.swap_entries, 4, "columns"),
        (do.duplicate, 5, "columns"),
        (do.insert_well_made, 5, "columns"),
        (do.insert_before_all, 1, "gap"),
        (do.insert_far_away, 10, "gap"),
        (do.append_copy_of_last, 10, "columns"),
        # chains that were made to fit again, but for one place
        (do.reseal_one_and_forget_the_rest, 5, "previous"),
        (do.rechain_from_the_middle_but_forget_one, 9, "previous"),
        # other desks
        (do.take_from_another_ledger, 4, "installation"),
        (do.rename_installation, 1, "installation"),
        # purges
        (do.widen_the_purge, 3, "missing-text"),
        (do.purge_named_a_later_entry, 8, "missing-text"),
        (do.purge_by_a_forged_row, 4, "missing-text"),
        (do.a_note_listed_as_a_purge, 4, "missing-text"),
        (do.drop_the_purge_and_close_the_gap, 3, "missing-text"),
        (do.drop_the_text_of_the_purge, 3, "missing-text"),
        (do.put_another_text_where_one_was_purged, 3, "text"),
        (do.cut_half, 3, "missing-text"),
    )
}

FILES = {
    "put_back_a_purged_text": Forgery(file.put_back_a_purged_text, 5, "put-back"),
    "take_the_entries_of_another_desk": Forgery(file.take_the_entries_of_another_desk, 4, "installation"),
    "take_all_entries_of_another_desk": Forgery(file.take_all_entries_of_another_desk, 1, "installation"),
    "leave_a_wal_beside_it": Forgery(file.leave_a_wal_beside_it, 4, "text"),
    "leave_a_journal_beside_it": Forgery(file.leave_a_journal_beside_it, 4, "text"),
    "hide_an_entry_from_lists": Forgery(file.hide_an_entry_from_lists),
    "empty_the_file": Forgery(file.empty_the_file, outcome=UNREADABLE),
    "cut_the_file_short": Forgery(file.cut_the_file_short, outcome=UNREADABLE),
    "delete_the_file": Forgery(file.delete_the_file, outcome=UNREADABLE),
    "put_a_text_in_its_place": Forgery(file.put_a_text_in_its_place, outcome=UNREADABLE),
    "put_a_folder_in_its_place": Forgery(file.put_a_folder_in_its_place, outcome=UNREADABLE),
    "put_another_database_in_its_place": Forgery(file.put_another_database_in_its_place, outcome=UNREADABLE),
    "say_that_it_is_no_ledger": Forgery(written_over(68, b"\0\0\0\0"), outcome=UNREADABLE),
    "say_that_a_newer_program_wrote_it": Forgery(statements("PRAGMA user_version = 2"), outcome=UNREADABLE),
    "say_that_it_has_no_format": Forgery(statements("PRAGMA user_version = 0"), outcome=UNREADABLE),
    "remove_a_guard": Forgery(statements("DROP TRIGGER entries_stay"), told="entries_stay"),
    "remove_another_guard": Forgery(statements("DROP TRIGGER bodies_once"), told="bodies_once"),
    "remove_all_guards": Forgery(statements(*(f"DROP TRIGGER {name}" for name in _GUARDS))),
    "replace_a_guard": Forgery(
        statements(
            "DROP TRIGGER entries_keep",
            "CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT 1; END",
        )
    ),
    "rename_a_guard": Forgery(replaced_in_bytes(b"triggerpacks_keep", b"triggerpacks_kee_"), outcome=UNREADABLE),
    "unname_a_guard": Forgery(in_the_schema("DELETE FROM sqlite_schema WHERE name = 'packs_keep'")),
    "add_a_trigger": Forgery(
        statements("CREATE TRIGGER late AFTER INSERT ON entries BEGIN DELETE FROM packs; END"), told="late"
    ),
    "add_a_view": Forgery(statements("CREATE VIEW decisions AS SELECT * FROM entries"), told="decisions"),
    "add_a_table": Forgery(statements("CREATE TABLE extra (a)"), told="extra"),
    "add_an_index": Forgery(statements("CREATE UNIQUE INDEX only_one ON entries (time)"), told="only_one"),
    "remove_the_index": Forgery(statements("DROP INDEX entries_by_kind"), told="entries_by_kind"),
    "replace_the_index": Forgery(
        statements("DROP INDEX entries_by_kind", "CREATE INDEX entries_by_kind ON entries (kind)")
    ),
    "put_a_view_in_place_of_a_table": Forgery(
        statements("ALTER TABLE entries RENAME TO old", "CREATE VIEW entries AS SELECT * FROM old")
    ),
    "add_a_column": Forgery(statements("ALTER TABLE bodies ADD COLUMN note TEXT"), told="bodies"),
    "remove_the_table_of_rules": Forgery(statements("DROP TABLE packs"), told="packs"),
    "change_the_rules": Forgery(
        statements("DROP TRIGGER packs_keep", "UPDATE packs SET content = x'00'", _GUARDS["packs_keep"])
    ),
    "name_the_rules_otherwise": Forgery(
        statements(
            "DROP TRIGGER packs_keep", "UPDATE packs SET sha256 = 'f' || substr(sha256, 2)", _GUARDS["packs_keep"]
        )
    ),
    "add_rules_under_a_wrong_name": Forgery(statements("INSERT INTO packs VALUES ('0', x'00')")),
    "take_the_installation_away": Forgery(
        statements("DROP TRIGGER meta_stay", "DELETE FROM meta WHERE name = 'installation'", _GUARDS["meta_stay"])
    ),
    "name_another_format": Forgery(
        statements("DROP TRIGGER meta_keep", "UPDATE meta SET value = '2' WHERE name = 'schema'", _GUARDS["meta_keep"])
    ),
    "names_in_meta_that_are_no_text": Forgery(file.meta_of_another_type("name")),
    "values_in_meta_that_are_no_text": Forgery(file.meta_of_another_type("value")),
}

FORGERIES = ENTRIES | FILES

KEPT_ELSEWHERE = {
    "cut_the_last": Forgery(unguarded(do.cut_last), 9, "rewound"),
    "rechain_from_the_middle": Forgery(unguarded(do.rechain_from_the_middle), 9, "forked"),
    "rechain_the_last_only": Forgery(unguarded(do.rechain_the_last_only), 9, "forked"),
    "rechain_without_the_first": Forgery(unguarded(do.rechain_without_the_first), 9, "rewound"),
    "rechain_all_with_other_times": Forgery(unguarded(do.rechain_all_with_other_times), 9, "forked"),
    "rechain_as_another_desk": Forgery(unguarded(do.rechain_as_another_desk), None, "other-desk"),
    "put_an_older_copy_in_its_place": Forgery(file.put_an_older_copy_in_its_place, 9, "rewound"),
    "put_an_empty_ledger_in_its_place": Forgery(file.put_an_empty_ledger_in_its_place, None, "other-desk"),
    "put_the_ledger_of_another_desk_in_its_place": Forgery(
        file.put_the_ledger_of_another_desk_in_its_place, None, "other-desk"
    ),
    "go_back_and_write_on": Forgery(file.go_back_and_write_on, 9, "forked"),
}
