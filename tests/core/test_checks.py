"""The parts of the checker: what can hold together, how hard a text is, where things stand, how long requests take."""

from __future__ import annotations

import pytest

from ferpa_wizard.core import expressions as ex
from ferpa_wizard.core import laws
from ferpa_wizard.core.budgets import Budgets, Taken, budget_table, over_budget, read_budgets
from ferpa_wizard.core.checks import circles, static_checks
from ferpa_wizard.core.errors import Mistake
from ferpa_wizard.core.expressions import All, Any, FactIs, ItemIs, Not
from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.places import Places
from ferpa_wizard.core.proof import prove
from ferpa_wizard.core.prose import check_prose
from ferpa_wizard.core.readability import WordList, avoided, grade, long_sentences, read_words, syllables
from ferpa_wizard.core.satisfy import Together
from ferpa_wizard.core.states import Scope
from tests import real
from tests.core.small_pack import FACTS, MEALS, TREE_WHO, TREE_WHY, small_pack

SMALL = small_pack()
BARRIER = 'id: odd\ntitle: "Odd"\nlayer: state\ncite: "42 USC 1"\nsays: "s"\nleave-out: "l"\n'


def _is(fact: str, *values: str) -> ex.Test:
    return FactIs(fact, values)


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        (All((_is("requester", "family"), _is("adult", "yes"))), True),
        (All((_is("requester", "group"), _is("adult", "yes"))), False),  # nobody asks a group for its age
        (All((_is("requester", "group"), Not(_is("adult", "yes")))), True),
        (All((Not(_is("requester", "family")), Not(_is("requester", "group", "court")))), False),
        (All((_is("requester", "family", "court"), _is("requester", "court", "group"))), True),
        (All((Any((_is("purpose", "own"), _is("purpose", "service"))), _is("requester", "court"))), False),
        (All((_is("holder", "student"), _is("adult", "no"))), False),
        (All((_is("holder", "none"), _is("requester", "family"), _is("adult", "yes", "no"))), False),
        (All((_is("listed", "name"), Not(_is("listed", "photo")))), True),
        (All((ItemIs(("name",)), Not(ItemIs(("name",))))), True),  # data items may come as they like
        (Any(()), False),
    ],
)
def test_what_can_hold_together(test: ex.Test, holds: bool) -> None:
    assert Together(SMALL).may_hold(test) is holds


def test_what_can_part() -> None:
    together = Together(SMALL)
    assert together.may_part(_is("requester", "family"), _is("requester", "family", "court"))
    assert not together.may_part(_is("requester", "family", "court"), _is("requester", "family"))


def test_a_hidden_option_takes_what_shows_it() -> None:
    shown = FACTS.replace(
        '{id: unwritten, label: "Not in writing"}', '{id: unwritten, label: "N", when: {adult: "yes"}}'
    )
    together = Together(small_pack(**{"facts/all.yaml": shown}))
    assert together.may_hold(_is("control", "unwritten"), _is("requester", "family"))
    assert not together.may_hold(_is("control", "unwritten"), _is("requester", "group"))
    assert together.may_hold(_is("control", "unwritten", "none"), _is("requester", "group"))


@pytest.mark.parametrize(
    ("word", "count"),
    [("school", 1), ("records", 2), ("agreement", 3), ("people", 2), ("shared", 1), ("needed", 2), ("18", 1),
     ("eligible", 4), ("someone", 2), ("little", 2), ("evaluation", 5), ("opt-out", 2), ("student's", 2), ("area", 3)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_grade_grows_with_words_and_sentences_and_leaves_terms_out() -> None:
    plain = ["Ask the office. They can look in the file for you."]
    hard = ["Administrative personnel must authenticate educational documentation before dissemination."]
    assert grade(plain) < 3
    assert grade(hard) > 8
    assert grade([]) == grade(["Yes", "No, none"]) == 0.0  # labels are no sentences
    long_term = ["It is administrative documentation of the office."]
    assert grade(long_term, ("administrative documentation",)) < grade(long_term)


def test_sentences_are_counted_one_by_one() -> None:
    assert list(long_sentences("word " * 26 + ". " + "word " * 25 + ".")) == [26]
    assert list(long_sentences("{who} asks.")) == []


def test_words_to_avoid_stand_alone_and_terms_are_left_alone() -> None:
    words = WordList(
        ("special education records",), (("education records", "school records"), ("breach*", "no"), ("e.g.", "like"))
    )
    assert [word for word, _ in avoided("All education records, e.g. grades: a breaching act.", words)] == [
        "education records", "breach*", "e.g.",
    ]  # fmt: skip
    assert list(avoided("Special education records of breakers.", words)) == []


def test_the_word_list_tells_its_own_mistakes() -> None:
    words, mistakes = read_words(b'terms: ["a"]\navoid: [{words: ["b"], use: "c"}, {word: "d"}]\n', "wordlist.yaml")
    assert words.terms == ("a",)
    assert ("b", "c") in words.avoid
    assert all(mistake.file == "wordlist.yaml" and mistake.line == 2 for mistake in mistakes)
    assert mistakes


def test_the_shipped_word_list_has_no_mistakes() -> None:
    words, mistakes = read_words((real.RULES / "wordlist.yaml").read_bytes(), "wordlist.yaml")
    assert mistakes == []
    assert check_prose(Places(real.pack()), words) == []


def test_the_shipped_rules_as_they_are_written_are_in_order() -> None:
    assert static_checks(real.pack(), Places(real.pack())) == []


def test_places() -> None:
    places, provider = Places(SMALL), SMALL.bases[1]
    assert provider.id == "provider"
    assert places.of("provider") == ("bases/provider.yaml", 2)
    assert places.within("provider", "rank")[1] == 7
    assert places.line(provider.conditions[0]) == ("bases/provider.yaml", 11)
    assert places.cure(provider.conditions[0], 0)[1] == 15
    assert places.of("papers-provider")[1] == 16
    assert places.option("requester", "court") == ("tree/who.yaml", 11)
    assert places.of("may-share")[0] == "words.yaml"
    assert places.of("nobody") == ("pack.yaml", 1)


def test_a_circle_stops_all_else() -> None:
    hung = FACTS.replace("  - id: control\n", '  - id: control\n    when: {runs-meals: "yes"}\n').replace(
        "  - id: runs-meals\n", "  - id: runs-meals\n    when: {control: written}\n"
    )
    pack = small_pack(**{"facts/all.yaml": hung})
    found = circles(pack, Places(pack))
    assert [mistake.what for mistake in found] == ["“control” hangs on itself.", "“runs-meals” hangs on itself."]
    assert static_checks(pack, Places(pack)) == found


BUDGETS = b"""
filled: [listed]
records: [name, grades]
scenarios:
  - {id: group, title: "A group", most: 3, when: {requester: group}}
  - {id: nobody, title: "Nobody", most: 3, when: {requester: group, adult: "yes"}}
"""


def _budgets() -> Budgets:
    budgets, mistakes = read_budgets(BUDGETS, "budgets.yaml", SMALL)
    assert mistakes == []
    return budgets


def test_budgets_hold_the_longest_path_of_the_records_they_name() -> None:
    budgets = _budgets()
    found = prove(SMALL, Scope("listed", {"listed": ("name",)}, pairs=True), budgets)
    pages, answers = found.longest_of["listed"]["group"]
    assert pages == 5
    assert answers.startswith("requester: group, items: [name, grades], purpose: service, control: ")
    assert found.longest == 6  # with meals, which are not among the records
    told = list(over_budget(budgets, found.longest_of))
    assert [(mistake.line, mistake.what) for mistake in told] == [
        (5, "“A group” takes 5 questions under the profile “listed”; 3 are allowed."),
        (6, "No request is “Nobody”."),
    ]


@pytest.mark.parametrize(("page", "pages"), [("purpose", 4), ("requester", 5)])
def test_questions_that_follow_each_other_on_one_page_count_once(page: str, pages: int) -> None:
    """The purpose comes right before the control; between it and who asks stand the items."""
    marked = {
        "tree/who.yaml": TREE_WHO.replace("  - id: requester\n", "  - id: requester\n    on-page: requester\n"),
        "tree/why.yaml": TREE_WHY.replace("  - id: purpose\n", "  - id: purpose\n    on-page: purpose\n"),
        "facts/all.yaml": FACTS.replace("  - id: control\n", f"  - id: control\n    on-page: {page}\n"),
    }
    pack = small_pack(**marked)
    found = prove(pack, Scope("listed", {"listed": ("name",)}, pairs=True), _budgets())
    assert found.longest_of["listed"]["group"][0] == pages
    assert found.longest == 6


def test_a_page_with_nothing_else_on_it_is_a_mistake() -> None:
    pack = small_pack(
        **{"tree/why.yaml": TREE_WHY.replace("  - id: purpose\n", "  - id: purpose\n    on-page: alone\n")}
    )
    told = [mistake for mistake in static_checks(pack, Places(pack)) if "“alone”" in mistake.what]
    assert [(mistake.file, mistake.what) for mistake in told] == [
        ("tree/why.yaml", "Nothing else stands on the page “alone”.")
    ]


def test_the_table_of_budgets() -> None:
    facts = Facts(SMALL, {"requester": "group"})
    taken = [Taken(facts, "listed", 4), Taken(facts, "listed", 5), Taken(facts, "none", 6)]
    rows = list(budget_table(_budgets(), {"listed": {"group": (5, "")}, "none": {"group": (6, "")}}, taken))
    assert rows[1] == ("A group", "4.5", "5", "3", "6", "6")
    assert rows[2] == ("Nobody", "-", "-", "3", "-", "-")
    assert rows[3] == ("All worked examples", "4.5", "5", "", "6", "6")


def test_budgets_tell_names_that_the_rules_do_not_have() -> None:
    wrong = BUDGETS.replace(b"requester: group}}", b"requestor: group}}")
    _, mistakes = read_budgets(wrong, "budgets.yaml", SMALL)
    assert mistakes == [
        Mistake("budgets.yaml", 5, "group: There is no question or fact “requestor”.", "Did you mean “requester”?")
    ]


def test_the_shipped_budgets_know_the_rules() -> None:
    budgets, mistakes = read_budgets((real.RULES / "budgets.yaml").read_bytes(), "budgets.yaml", real.pack())
    assert mistakes == []
    assert set(budgets.filled) <= set(real.profiles())
    assert {item for one in budgets.scenarios for item in one.records} <= set(real.pack().items)


def _broken(pack: Pack, scope: Scope) -> set[str]:
    return {one.what for one in prove(pack, scope).broken.values()}


def test_consent_that_makes_worse_is_found() -> None:
    barrier = (
        BARRIER
        + 'stops: {item: grades}\nwhen: {any: [{consent: signed}, {purpose: own}]}\nunless:\n  - {id: o.1, says: "s", cite: "42 USC 1", holds: {runs-meals: "yes"}}\n'
    )
    pack = small_pack(**{"barriers/odd.yaml": barrier})
    assert [(one.question, one.answer) for one in laws.consents(pack)] == [("consent", "signed")]
    assert "“consent: signed” makes grades worse." in _broken(pack, Scope("all", {}))


def test_an_item_that_is_worse_off_alone_is_found() -> None:
    barrier = (
        BARRIER
        + 'stops: {all: [{item: grades}, {not: {asks-for: {item: secret}}}]}\nunless:\n  - {id: o.1, says: "s", cite: "42 USC 1", holds: {runs-meals: "yes"}}\n'
    )
    pack = small_pack(**{"barriers/odd.yaml": barrier})
    assert "Asked for alone, grades is worse off." in _broken(pack, Scope("all", {}, pairs=True))


def test_a_yes_that_an_answer_takes_back_is_told() -> None:
    unsure = Facts(SMALL, {"requester": "group", "items": ("grades",), "purpose": "service", "control": "unsure"})
    yes = laws.fates_of(Facts(SMALL, {**unsure.answers, "control": "written", "papers-provider": ("p.2", "p.3")}))
    told = list(laws.less_known_is_firmer(unsure, yes))
    assert told[0] == "“control: written” takes back the yes to grades, “not sure” gave it."


def test_the_laws_hold_in_the_small_pack() -> None:
    changed = ({"consent": "signed"}, {"consent": "refused"})
    assert _broken(SMALL, Scope("all", {}, pairs=True, starts=({}, *changed))) == set()
    assert (
        _broken(small_pack(**{"barriers/meals.yaml": MEALS.replace("other_federal", "state")}), Scope("all", {}))
        == set()
    )
