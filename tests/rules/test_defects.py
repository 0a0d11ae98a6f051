"""Fifty wrongs sown into the rules, one at a time: each is found, and told at its line."""

from __future__ import annotations

import re

import pytest

from ferpa_wizard.core.errors import Mistake
from tests.rules.seeding import Defect, Files, proven, real_files, said, small_files

OUTSOURCED = "bases/school-official-outsourced.yaml"
DIRECTORY = "bases/directory-information.yaml"
CONSENT = "bases/consent.yaml"

# In the shipped rules as they are written.
WORDS = [
    Defect("unknown fact", OUTSOURCED, "holds: {staff-job: yes}", "holds: {staf-job: yes}", "no question or fact “staf-job”", at="- id: soo.2"),
    Defect("unknown answer", OUTSOURCED, "holds: {staff-job: yes}", "holds: {staff-job: yess}", "no answer of “staff-job” called “yess”", at="- id: soo.2"),
    Defect("unknown key", OUTSOURCED, 'title: "School official', 'titel: "School official', "key “titel” is not known"),
    Defect("unknown effect", OUTSOURCED, "effect: permits", "effect: permitz", "“permitz” is not a effect"),
    Defect("unknown duty", DIRECTORY, "no-log-directory", "no-log-directori", "no duty called “no-log-directori”"),
    Defect("unknown data item", "bases/ex-alumni.yaml", "{item: alumni-data", "{item: alumni-dada", "no data item called “alumni-dada”"),
    Defect("unknown tag", DIRECTORY, "holds: {tag: directory}", "holds: {tag: direktory}", "no tag of a data item called “direktory”"),
    Defect("unknown list", DIRECTORY, "holds: {listed-in: directory-items}", "holds: {listed-in: directory-item}", "no question or fact “directory-item”", at="- id: di.1"),
    Defect("unknown item of a packet", "items.yaml", "items: [name, email, grade-level, schedule]", "items: [name, emial, grade-level, schedule]", "no data item called “emial”", at="- {id: packet-roster"),
    Defect("packet without items", "items.yaml", ", items: [name, email, grade-level, schedule]", "", "packet “packet-roster” has no items", at="- {id: packet-roster"),
    Defect("unknown key of a packet", "items.yaml", 'label: "Roster for an app"', 'lable: "Roster for an app"', "key “lable” is not known", at="- {id: packet-roster"),
    Defect("stands and is decided each time", CONSENT, "each-time:", "may-stand: yes\neach-time:", "What may stand is not decided each time", at="each-time:"),
    Defect("unknown paragraph", "bases/deidentified.yaml", 'cite: "34 CFR 99.31(b)(1)"', 'cite: "34 CFR 99.31(b)(9)"', "“34 CFR 99.31(b)(9)” is not in", at="id: ferpa-de"),
    Defect("unknown source", "barriers/school-lunch.yaml", 'cite: "42 USC 1758(b)(6)(A)"', 'cite: "42 USC 1758(z)"', "“42 USC 1758(z)” is not in", at="id: nsla"),
    Defect("route to nowhere", "routes.yaml", "mends: [soo.3]", "mends: [soo.33]", "called “soo.33”"),
    Defect("mark of no way", "papers.yaml", "right-to-see, bases: [th-access-request]", "right-to-see, bases: [th-access]", "no basis called “th-access”", at="- {id: right-to-see"),
    Defect("mark of no condition", "papers.yaml", "open: rh.3", "open: rh.33", "no condition called “rh.33”", at="- {id: paper-unread"),
    Defect("mark that never says when", "papers.yaml", "{id: custody-doubt, when: {custody-paper: yes}}", "{id: custody-doubt}", "A mark has to say when it holds"),
    Defect("same id again", "bases/ex-alumni.yaml", "id: ex-alumni", "id: ex-employment", "“ex-employment” is taken", other="bases/ex-employment.yaml"),
    Defect("no why", "tree/who.yaml", '    why: "Some agencies have', '    wy: "Some agencies have', "key “wy” is not known"),
    Defect("no way to find out", "facts/sharing.yaml", '    find_out: "Ask your principal: whose job', '    findout: "Ask your principal: whose job', "key “findout”"),
    Defect("no citation", "facts/sharing.yaml", '    cite: "34 CFR 99.31(a)(1)(i)(B)(1)"\n', '    cite: ""\n', "“staff-job” has no citation", at="- id: staff-job"),
    Defect("row without a step", OUTSOURCED, "cure: {kind: notify,", "cure: {kind: get-consent,", "row needs a cure of a kind that is a step"),
    Defect("two rows of one name", OUTSOURCED, "{id: soo.9,", "{id: soo.4,", "“soo.4” stands twice", at="id: ferpa-school"),
    Defect("circle", "tree/who.yaml", "when: {level: k12, family-who: [parent", "when: {adult: no, family-who: [parent", "“adult” hangs on itself"),
    Defect("dead question", "tree/who.yaml", "when: {requester: provider}", "when: {requester: provider, family-who: parent}", "“provider-who” can never be asked"),
    Defect("dead option", "tree/why.yaml", "when: {provider-who: health-provider}}", "when: {provider-who: health-provider, requester: school}}", "option “care” can never be offered"),
    Defect("useless question", OUTSOURCED, "holds: {staff-job: yes}", "holds: {purpose: school-service}", "“staff-job” decides nothing", other="facts/sharing.yaml", at="- id: staff-job"),
    Defect("useless fact", "facts/family.yaml", "  - id: release\n", "  - id: nobody-uses-it\n    is: {x: {paper: nothing}}\n  - id: release\n", "Nothing uses the fact “nobody-uses-it”"),
    Defect("fact that never is", "facts/family.yaml", "      parent: {all: [{level: k12}, {adult: no}]}", "      parent: {all: [{level: college}, {adult: no}]}", "can never be “parent”", at="- id: rights-holder"),
    Defect("who-and-why of nobody", OUTSOURCED, "holds: {purpose: school-service}", "holds: {purpose: school-service, students: none}", "No request fits", at="id: ferpa-school"),
    Defect("basis never met", OUTSOURCED, "holds: {staff-job: yes}", "holds: {staff-job: yes, family-who: parent}", "“ferpa-school-official-outsourced” can never be met", at="id: ferpa-school"),
    Defect("condition never met", OUTSOURCED, "holds: {staff-job: yes}", "holds: {staff-job: yes, requester: colleague}", "“soo.2” can never be met"),
    Defect("condition never applies", DIRECTORY, "when: {directory-limit: yes}\n    holds", "when: {directory-limit: yes, family-wants: see, purpose: publish}\n    holds", "never applies"),
    Defect("cure of the met", OUTSOURCED, "from: {school-control: none}", "from: {school-control: in-writing}", "meets “soo.3” already"),
    Defect("cure on no answer", OUTSOURCED, "from: {school-control: none}", "from: {school-control: non}", "no answer of “school-control” called “non”", at="- id: soo.3"),
    Defect("cure on what cannot be", OUTSOURCED, "from: {school-control: none}", "from: {school-control: none, family-who: parent}", "No answer leads to this cure of “soo.3”"),
    Defect("no reason for a no", OUTSOURCED, 'no: "You did not say that they do a job for your school.", ', "", "“soo.1” does not say why the basis is out", at="- {id: soo.1"),
    Defect("duty that nothing asks for", "duties.yaml", "duties:\n", 'duties:\n  - {id: nobody-owes-it, when: after, do: "Do it."}\n', "Nothing asks for the duty “nobody-owes-it”", at="- {id: nobody-owes-it"),
    Defect("duty that never falls due", DIRECTORY, "{id: stay-inside-limit, when: {directory-limit: yes}}", "{id: stay-inside-limit, when: {students: none}}", "duty “stay-inside-limit” can never fall due"),
    Defect("advice that never fits", "bases/access-request.yaml", "when: {level: college, asks-for: {item: parent-finances}}", "when: {requester: public, asks-for: {item: parent-finances}}", "advice “acc.7a” never fits"),
    Defect("route never offered", "routes.yaml", "when: {provider-who: volunteer}", "when: {provider-who: volunteer, requester: public}", "route “fix-volunteer” can never be offered"),
    Defect("gap that nobody falls into", "beyond.yaml", "when: {family-wants: other-wish", "when: {requester: public, family-wants: other-wish", "No request is “b-family-other”"),
    Defect("barrier that stops nobody", "barriers/school-lunch.yaml", "when: {not:", "when: {students: none, requester: family, not:", "“nsla” never stops anything"),
    Defect("law without its layer", CONSENT, "    layer: other_federal\n", "", "FERPA is its layer", at="- id: con.9"),
    Defect("law on who and why", OUTSOURCED, "{id: soo.1,", '{id: soo.1, law: "Some law",', "“law” is not known"),
    Defect("FERPA made to command", DIRECTORY, "effect: permits", "effect: requires", "FERPA requires only access"),
    Defect("danger after the rest", "bases/health-safety-emergency.yaml", "rank: 1\n", "rank: 70\n", "has to come before all others"),
    Defect("consent before the rest", CONSENT, "rank: 60\n", "rank: 10\n", "serves anyone"),
    Defect("no last route", "routes.yaml", "last: yes", "last: no", "No route is offered where nothing else fits", at="# Ways"),
]  # fmt: skip

PROSE = [
    Defect("hard to read", "facts/sharing.yaml", 'ask: "Would your own staff do this work if they did not?"', 'ask: "Would institutional personnel ordinarily accomplish comparable administrative responsibilities notwithstanding contractual externalization?"', "written for grade", at="- id: staff-job"),
    Defect("long sentence", DIRECTORY, 'says: "Basic facts that your school has announced may go to anyone, unless the family said no."', f'says: "You may {"share it and " * 9}go on with it."', "has 33 words"),
    Defect("word to avoid", DIRECTORY, 'says: "Your public notice lists it"', 'says: "Your public notice discloses it"', "“discloses” stands in"),
]  # fmt: skip


@pytest.mark.parametrize("defect", WORDS, ids=lambda defect: defect.name)
def test_a_wrong_as_it_is_written_is_found_at_its_line(defect: Defect) -> None:
    files = defect.sown(real_files())
    _is_told(defect, files, said(files))


@pytest.mark.parametrize("defect", PROSE, ids=lambda defect: defect.name)
def test_words_that_are_hard_to_read_are_found_at_their_line(defect: Defect) -> None:
    files = defect.sown(real_files())
    _is_told(defect, files, said(files, prose=True))


PROVIDER, FACTS, MEALS = "bases/provider.yaml", "facts/all.yaml", "barriers/meals.yaml"
NO_MEALS = "stops: {all: [{tag: meal}, {tag: directory}]}"
EXTRA = """  - id: extra
    ask: "Which?"
    why: "w"
    cite: "34 CFR 99.31"
    find_out: "f"
    no-unsure: "n"
    options: [{id: a, label: "A"}, {id: b, label: "B"}]
  - id: control
"""
# What only the states show, in the rules of a pack that is small enough to walk each time.
STATES = [
    Defect("question without effect", FACTS, "  - id: control\n", EXTRA, "Whatever is answered to “extra”", also=(PROVIDER, "facts:\n", 'facts:\n  - {id: p.x, says: "s", cite: "34 CFR 99.31", holds: {extra: [a, b]}}\n')),
    Defect("condition that never fails", PROVIDER, "holds: {control: [written, unwritten]}", "holds: {control: [written, unwritten, none]}", "“p.1” never fails", at="- id: p.1"),
    Defect("cure that never comes up", PROVIDER, "cure: {from: {control: none}, kind", "cure: {from: {control: none, listed: photo}, kind", "“designate” of “p.1” never comes up", also=(FACTS, "  - id: listed\n", "  - id: listed\n    when: {purpose: own}\n")),
    Defect("dead end", "routes.yaml", "mends: [consent-basis]}", "mends: [consent-basis], when: {requester: family}}", "“ask-consent” never comes out"),
    Defect("barrier that stops nothing", MEALS, "stops: {tag: meal}", NO_MEALS, "“meals” never comes out", at="id: meals"),
    Defect("question nobody comes to", MEALS, "stops: {tag: meal}", NO_MEALS, "“runs-meals” is never asked", other=FACTS, at="- id: runs-meals"),
    Defect("condition nobody comes to", MEALS, "stops: {tag: meal}", NO_MEALS, "“m.1” is never looked at", at="- {id: m.1"),
    Defect("gap behind a gap", "beyond.yaml", 'cite: "34 CFR 99.31"}]', 'cite: "34 CFR 99.31"},\n  {id: again, when: {requester: court}, title: "t", says: "s", cite: "34 CFR 99.31"}]', "“again” never comes out", at="  {id: again"),
    Defect("verdict out of reach", MEALS, "layer: other_federal", "layer: practical", "verdict “other-rule” is never reached", other="words.yaml", at="  other-rule", also=(MEALS, "stops: {tag: meal}", NO_MEALS)),
    Defect("layer that nobody checks", "duties.yaml", ", unchecked: [state, district]", ", unchecked: [practical]", "no duty asks for it", other="bases/access.yaml", at="id: access"),
    Defect("advice that never comes out", PROVIDER, "when: {control: unwritten}", "when: {control: unwritten, listed: photo}", "“p.g” never comes out", at="- {id: p.g", also=(FACTS, "  - id: listed\n", "  - id: listed\n    when: {purpose: own}\n")),
    Defect("option nobody is offered", "tree/why.yaml", "{id: own, label", '{id: own, when: {listed: photo}, label', "option “own” is never offered", also=(FACTS, "  - id: listed\n", "  - id: listed\n    when: {requester: family}\n")),
]  # fmt: skip


@pytest.mark.parametrize("defect", STATES, ids=lambda defect: defect.name)
def test_a_wrong_in_the_states_is_found_at_its_line(defect: Defect) -> None:
    files = defect.sown(small_files())
    _is_told(defect, files, proven(files))


def _is_told(defect: Defect, files: Files, found: list[Mistake]) -> None:
    told = [(one.file, one.line) for one in found if re.search(re.escape(defect.says), one.what)]
    assert (defect.other or defect.file, defect.line(files)) in told, told or found


def test_the_rules_before_any_wrong_are_in_order() -> None:
    assert said(small_files()) == []
    unreached = {"The verdict “may-share-emergency” is never reached.", "The verdict “not-ferpa” is never reached."}
    assert {one.what for one in proven(small_files())} == unreached


def test_there_are_fifty() -> None:
    assert len({defect.name for defect in (*WORDS, *PROSE, *STATES)}) >= 50
