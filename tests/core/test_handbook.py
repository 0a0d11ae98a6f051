"""The book of the rules holds all of them, as text, and the shipped one is up to date."""

from __future__ import annotations

import re
from pathlib import Path

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core.handbook import handbook
from ferpa_wizard.core.tests_in_words import answer_in_words, in_words
from tests import real
from tests.core.small_pack import PROVIDER, small_pack

BOOK = Path(__file__).parents[2] / "docs" / "rules.md"


def _book(**changed: str) -> str:
    return "\n".join(handbook(small_pack(**changed)))


def test_the_shipped_book_is_up_to_date() -> None:
    assert BOOK.read_text(encoding="utf-8") == "\n".join(handbook(real.pack())) + "\n", "Run `make handbook`."


def test_every_rule_has_its_place_in_the_shipped_book() -> None:
    book, pack = BOOK.read_text(encoding="utf-8"), real.pack()
    heads = [*(rule.id for rule in pack.bases), *(rule.id for rule in pack.barriers)]
    assert [name for name in heads if f"\n`{name}` · " not in book] == []
    lines = [*(route.id for route in pack.routes), *(gap.id for gap in pack.beyond), *pack.derived]
    lines += [row.id for basis in pack.bases for row in basis.whole]
    assert [name for name in lines if f"**{name}**" not in book] == []


def test_a_basis_stands_on_one_page_with_all_that_it_asks() -> None:
    book = _book()
    page = book[book.index("### Provider") : book.index("### Directory")]
    assert "`provider` · 34 CFR 99.31" in page
    assert "The school may share. It does not have to." in page
    assert "**p.1** You control it *(34 CFR 99.31)*" in page
    assert "Met when “Do you control it?” is answered “In writing” or “Not in writing”." in page
    assert "On “No”, a step (designate): Take control By: officer." in page
    assert "If not, it is out: It is not a job for us" in page
    assert "**Checklist: Which is in place?**" in page
    assert "**After sharing**" in page
    assert "**Good practice, not FERPA**" in page
    order = ["**Who and why**", "**Conditions**", "**Checklist", "**After sharing**", "**Good practice"]
    assert sorted(order, key=page.index) == order


def test_alternatives_are_shown_as_one_of() -> None:
    group = """
  - id: p.7
    says: "You told them"
    any:
      - {id: p.7a, says: "By letter", cite: "34 CFR 99.31", holds: {control: written}}
      - {id: p.7b, says: "By phone", cite: "34 CFR 99.31", holds: {control: unwritten}}
    cure: {kind: notify, do: "Tell them"}
paperwork:"""
    book = _book(**{"bases/provider__yaml": PROVIDER.replace("\npaperwork:", group)})
    page = book[book.index("**p.7**") : book.index("**Checklist")]
    assert page.index("One of these:") < page.index("**p.7a**") < page.index("**p.7b**") < page.index("Tell them")


def test_a_barrier_names_its_layer_and_what_lifts_it() -> None:
    book = _book()
    page = book[book.index("### Meal law") :]
    assert "A rule of other federal law." in page
    assert "It stops an item when the item has the mark meal." in " ".join(page.split())
    assert "**m.1** They run meals *(42 USC 1)*" in page


def test_items_gaps_and_sources_close_the_book() -> None:
    book = _book()
    assert "- Name: shows who it is, directory" in book
    assert "**court** Courts *(34 CFR 99.31)*. s When “Who asks?” is answered “A court”." in " ".join(book.split())
    assert "**P: read in the law's text**" in book
    assert book.rstrip().endswith("- 42 USC 1")


def test_text_of_a_rule_never_becomes_markup() -> None:
    evil = PROVIDER.replace('"You control it"', '"<b>x</b> *y* [z](http)"')
    assert "\\<b\\>x\\</b\\> \\*y\\* \\[z\\](http)" in _book(**{"bases/provider__yaml": evil})


def test_lines_fit_a_page() -> None:
    long = [line for line in _book().splitlines() if len(line) > 120 and not line.startswith(("#", "`"))]
    assert long == []
    assert not re.search(r"^\|", _book(), re.M)


def test_tests_read_as_phrases() -> None:
    pack = small_pack()
    written = ex.FactIs("control", ("written",))
    tests: dict[ex.Test, str] = {
        ex.Not(written): "not so: “Do you control it?” is answered “In writing”",
        ex.All((written, ex.Any((ex.ItemIs(("name",)), ex.ItemTagged(("meal",)))))): (
            "“Do you control it?” is answered “In writing”; and (the item is name; or the item has the mark meal)"
        ),
        ex.FactIs("holder", ("parent",)): "holder is parent",
        ex.FactIs("p.2", ("yes",)): "the row p.2 is ticked",
        ex.FactIs("items", ("name",)): "“Which data?” is answered name",
        ex.ItemListed("listed"): "“What is listed?” is answered with this item",
        ex.FactDated(
            "control", "2026-01-01", before=True
        ): "“Do you control it?” is answered with a day before 2026-01-01",
        ex.AsksFor(ex.ItemIs(("name",))): "something is asked for of which this holds: the item is name",
    }
    assert {in_words(test, pack): says for test, says in tests.items()} == {says: says for says in tests.values()}
    assert answer_in_words(written, pack) == "“In writing”"
    assert answer_in_words(ex.FactIs("holder", ("parent",)), pack) == "holder is parent"
