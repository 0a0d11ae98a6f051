"""Canonical bytes, headers and the chain, without a database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferpa_wizard.core.entry import (
    GENESIS,
    KINDS,
    MAX_DEPTH,
    CanonicalError,
    ChainError,
    EntryError,
    Header,
    Link,
    Stored,
    body_hash,
    canonical,
    follow,
    number,
    parse,
    parse_time,
    seal_of,
    time_text,
)

AT = datetime(2026, 11, 24, 10, 52, 0, 7, tzinfo=UTC)
INSTALLATION = "0123456789abcdef" * 2
SALT = bytes(range(32))

quick = settings(max_examples=60, deadline=None)
# Named characters and not all of Unicode, whose tables take seconds to load.
ascii_ = "".join(map(chr, range(128)))
texts = st.text(ascii_ + "\x80\xa0éß€\u2028\ufeff\ud7ff\ue000\uffff\U0001f600\U0010ffff")
keys = st.text(ascii_)
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20)


@quick
@given(values)
def test_canonical_bytes_come_back_as_the_same_value(value: object) -> None:
    data = canonical(value)
    assert parse(data) == value
    assert json.loads(data) == value
    assert data == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@quick
@given(st.dictionaries(keys, scalars))
def test_canonical_bytes_do_not_depend_on_the_order_of_keys(value: dict[str, object]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@quick
@given(st.dictionaries(keys, scalars, min_size=1))
def test_keys_are_sorted_by_utf_16_units_as_rfc_8785_asks(value: dict[str, object]) -> None:
    written = list(json.loads(canonical(value)))
    assert written == sorted(value, key=lambda key: key.encode("utf-16-be"))


def test_strings_are_escaped_as_rfc_8785_asks() -> None:
    # Section 3.2.2.2: two-character escapes where there are such, else lower-case \u00hh, all else as it is.
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f\u007f\u2028\U0001f600\b\f\r\t"
    assert canonical(text) == ('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028\U0001f600\\b\\f\\r\\t"'.encode())


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    BIG = 2


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.0, "the top"),
        ({"a": {"b": [1, float("nan")]}}, "a.b[1]"),
        ({"a": 2**53}, "a"),
        ([-(2**53)], "[0]"),
        ({"a": 10**5000}, "a"),
        ({"a": "\ud800"}, "a"),
        ({"é": 1}, "the top"),
        ({1: "a"}, "the top"),
        ({"a": {None: 1}}, "a"),
        (b"bytes", "the top"),
        ({"a": {1, 2}}, "a"),
        ({"a": AT}, "a"),
        ({"a": Colour.RED}, "a"),
        ({"a": Size.BIG}, "a"),
    ],
)
def test_what_has_no_canonical_bytes_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical(value)
    assert f"at {place} " in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_depth_has_a_limit_and_a_cycle_reaches_it() -> None:
    nested: list[Any] = []
    for _ in range(MAX_DEPTH - 1):
        nested = [nested]
    assert parse(canonical(nested)) == nested
    with pytest.raises(CanonicalError, match="deep"):
        canonical([nested])
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(CanonicalError, match="deep"):
        canonical(cycle)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":1}\n',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b"\xff",
        b"\xef\xbb\xbf1",
        b"-0",
        b"9007199254740992",
        b"[" * 100_000,
    ],
)
def test_bytes_in_any_other_form_are_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        parse(data)


def header(**changes: Any) -> Header:
    fields: dict[str, Any] = {
        "installation": INSTALLATION,
        "sequence": 1,
        "kind": "decision",
        "time": time_text(AT),
        "previous": GENESIS,
        "body": body_hash(SALT, b"{}"),
    }
    return Header(**(fields | changes))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sequence", [1, 9999, 2**53 - 1])
def test_a_header_is_written_as_canonical_json(kind: str, sequence: int) -> None:
    made = header(kind=kind, sequence=sequence)
    assert made.encoded() == canonical(asdict(made))
    assert Header.decoded(made.encoded()) == made


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 0},
        {"sequence": True},
        {"sequence": 2**53},
        {"kind": 'decision","x":"'},
        {"kind": "Decision"},
        {"time": "2026-11-24T10:52:00Z"},
        {"time": "2026-02-30T10:52:00.000000Z"},
        {"time": "2026-11-24T24:00:00.000000Z"},
        {"time": "2026-11-24T10:52:00.000000+00:00"},
        {"previous": "0" * 63},
        {"body": "A" * 64},
        {"installation": ""},
    ],
)
def test_a_header_with_a_malformed_field_cannot_be_made(changes: dict[str, Any]) -> None:
    with pytest.raises(EntryError):
        header(**changes)


def test_header_bytes_have_one_form_only() -> None:
    data = header().encoded()
    for other in (data + b" ", b" " + data, data.replace(b",", b", ", 1), data[:-1], b"{}", b"", "text"):
        with pytest.raises(EntryError):
            Header.decoded(other)


@quick
@given(st.binary(max_size=8), st.integers(0, 400))
def test_no_changed_header_is_taken_for_another_form_of_itself(noise: bytes, place: int) -> None:
    data = header().encoded()
    changed = data[:place] + noise + data[place + len(noise) :]
    try:
        decoded = Header.decoded(changed)
    except EntryError:
        return
    assert decoded.encoded() == changed


def test_seal_and_body_hash_are_what_the_contract_says() -> None:
    made = header()
    assert made.body == hashlib.sha256(SALT + b"{}").hexdigest()
    assert seal_of(made.encoded()) == hashlib.sha256(made.encoded()).hexdigest()


@quick
@given(st.datetimes(timezones=st.just(UTC)))
def test_times_come_back_as_they_were(at: datetime) -> None:
    assert parse_time(time_text(at)) == at


def test_a_time_is_stored_in_utc_and_needs_its_zone() -> None:
    eastern = timezone(timedelta(hours=-5))
    assert time_text(datetime(2026, 12, 31, 20, 0, tzinfo=eastern)) == "2027-01-01T01:00:00.000000Z"
    with pytest.raises(EntryError):
        time_text(datetime(2026, 12, 31, 20, 0))  # noqa: DTZ001  the missing zone is the point


def test_numbers_have_four_digits_at_least() -> None:
    assert number(AT, 7) == "2026-0007"
    assert number(AT, 12345) == "2026-12345"


def chain(count: int) -> list[Stored]:
    rows, previous = [], GENESIS
    for sequence in range(1, count + 1):
        body = canonical({"n": sequence})
        made = header(sequence=sequence, previous=previous, body=body_hash(SALT, body))
        rows.append(Stored(sequence, made.kind, made.time, made.encoded(), SALT, body))
        previous = seal_of(made.encoded())
    return rows


def run(rows: list[Stored], *, purged: frozenset[int] = frozenset()) -> Link:
    link = Link.before_all(INSTALLATION)
    for row in rows:
        link = follow(link, row, purged=purged.__contains__)
    return link


def test_a_chain_is_followed_to_its_head() -> None:
    rows = chain(4)
    assert isinstance(rows[-1].header, bytes)
    assert run(rows) == Link(INSTALLATION, 4, seal_of(rows[-1].header))


def test_a_missing_text_needs_a_purge() -> None:
    rows = chain(4)
    rows[1] = rows[1]._replace(salt=None, body=None)
    assert run(rows, purged=frozenset({2})).sequence == 4
    with pytest.raises(ChainError) as caught:
        run(rows)
    assert (caught.value.sequence, caught.value.fault) == (2, "missing-text")


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        ("text", {"body": b'{"n":20}'}),
        ("text", {"salt": bytes(32)}),
        ("text", {"body": None}),
        ("text", {"salt": None}),
        ("text", {"body": "text"}),
        # Bytes moved between salt and text leave the hash as it was.
        ("text", {"salt": SALT + b"{", "body": b'"n":2}'}),
        ("text", {"salt": SALT[:-1], "body": SALT[-1:] + b'{"n":2}'}),
        ("columns", {"kind": "note"}),
        ("columns", {"kind": None}),
        ("columns", {"time": time_text(AT + timedelta(1))}),
        ("columns", {"time": "yesterday"}),
        ("header", {"header": b""}),
        ("header", {"header": "text"}),
        ("header", {"header": None}),
        ("columns", {"header": header(sequence=3).encoded()}),
        ("previous", {"header": header(sequence=2).encoded()}),
        ("installation", {"header": header(sequence=2, installation="f" * 32).encoded()}),
        ("gap", {"sequence": 3}),
        ("gap", {"sequence": None}),
        ("gap", {"sequence": "2"}),
    ],
)
def test_the_entry_that_does_not_fit_is_named_with_its_fault(fault: str, changes: dict[str, Any]) -> None:
    rows = chain(4)
    rows[1] = rows[1]._replace(**changes)
    with pytest.raises(ChainError) as caught:
        run(rows)
    assert (caught.value.sequence, caught.value.fault) == (2, fault)


def test_a_kind_cannot_smuggle_fields_into_a_header() -> None:
    rows = chain(1)
    kind = 'note","kind":"decision'
    forged = str(rows[0].header, "ascii").replace('"kind":"decision"', f'"kind":"{kind}"')  # type: ignore[call-overload]
    with pytest.raises(ChainError):
        run([rows[0]._replace(kind=kind, header=forged.encode())])


@pytest.mark.parametrize("installation", [None, b"0", "", 'x","y":"', INSTALLATION.upper()])
def test_a_chain_needs_a_proper_installation(installation: object) -> None:
    with pytest.raises(EntryError):
        Link.before_all(installation)
