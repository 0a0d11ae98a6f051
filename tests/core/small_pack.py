"""A pack small enough to read at a glance, for tests of the engine that must not hang on the real law."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ferpa_wizard.core.cross_check import PHRASES
from ferpa_wizard.core.model import LAYERS, STATES, VERDICTS, Pack
from ferpa_wizard.core.read_pack import pack_of

PACK = "\n".join(
    [
        "id: small",
        'version: "1"',
        'law_as_of: "2026-01-01"',
        'review: "Nobody reviewed this."',
        "sections:",
        *(f"  - {{id: {name}, title: {name}}}" for name in ("who", "what", "why", "conditions")),
        'unsure: {label: "Not sure"}',
        "layers:",
        *(
            f"  - {{id: {layer}, title: {layer}, lacks: [{'secret' if layer == 'other_federal' else ''}], says: {{"
            + ", ".join(f'{state}: "{layer} {state} {{items}}"' for state in STATES)
            + "}}"
            for layer in LAYERS
        ),
    ]
).replace("lacks: [], ", "")

TREE_WHO = """
tree:
  - id: requester
    section: who
    ask: "Who asks?"
    why: "w"
    find_out: "f"
    options:
      - {id: family, label: "Family", name: "the family"}
      - {id: group, label: "A group", name: "this group"}
      - {id: court, label: "A court"}
  - id: adult
    section: who
    when: {requester: family}
    ask: "18 or older?"
    why: "w"
    find_out: "f"
    options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
"""
TREE_WHAT = """
tree:
  - {id: items, section: what, ask: "Which data?", why: "w", find_out: "f", options: items}
"""
TREE_WHY = """
tree:
  - id: purpose
    section: why
    when: {requester: group}
    ask: "Why?"
    why: "w"
    find_out: "f"
    options:
      - {id: service, label: "A job for us"}
      - {id: own, label: "Their own program"}
"""
FACTS = """
facts:
  - id: control
    ask: "Do you control it?"
    why: "w"
    find_out: "f"
    options:
      - {id: written, label: "In writing"}
      - {id: unwritten, label: "Not in writing"}
      - {id: none, label: "No"}
  - id: consent
    ask: "Signed?"
    why: "w"
    find_out: "f"
    presume: "no"
    options: [{id: "no", label: "No"}, {id: signed, label: "Signed"}, {id: refused, label: "Refused"}]
  - id: listed
    standing: yes
    kind: many
    ask: "What is listed?"
    why: "w"
    find_out: "f"
    options: [{id: name, label: "Name"}, {id: photo, label: "Photo"}]
  - id: runs-meals
    ask: "Do they run a meal program?"
    why: "w"
    find_out: "f"
    options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
  - id: holder
    is:
      student: {adult: "yes"}
      parent: {adult: "no"}
"""
PROVIDER = """
id: provider
title: "Provider"
says: "s"
cite: "34 CFR 99.31"
effect: permits
rank: 5
who-and-why:
  - {id: p.0, says: "They do a job for us", no: "It is not a job for us", cite: "34 CFR 99.31", holds: {purpose: service}}
facts:
  - id: p.1
    says: "You control it"
    cite: "34 CFR 99.31"
    holds: {control: [written, unwritten]}
    cure: {from: {control: none}, kind: designate, do: "Take control", by: officer}
paperwork:
  page: "Which is in place?"
  why: "w"
  find_out: "f"
  rows:
    - {id: p.2, says: "Told", cite: "34 CFR 99.31", cure: {kind: notify, do: "Tell them"}}
    - {id: p.3, says: "In the notice", cite: "34 CFR 99.31", standing: yes, cure: {kind: reissue, do: "Send the notice"}}
advice:
  - {id: p.g, says: "Sign an agreement", when: {control: unwritten}}
duties: [log]
"""
ACCESS = """
id: access
title: "Access"
says: "s"
cite: "34 CFR 99.10"
effect: requires
rank: 2
who-and-why:
  - {id: a.0, says: "The family asks", cite: "34 CFR 99.10", holds: {requester: family}}
facts:
  - id: a.1
    says: "They hold the rights"
    cite: "34 CFR 99.10"
    holds: {holder: [parent, student]}
    judge: {role: "The principal", test: "who holds the rights"}
"""
DIRECTORY = """
id: directory
title: "Directory"
says: "s"
cite: "34 CFR 99.37"
effect: permits
rank: 8
anyone: yes
covers:
  - {id: d.1, says: "Harmless", cite: "34 CFR 99.37", holds: {tag: directory}}
  - id: d.2
    says: "Listed"
    cite: "34 CFR 99.37"
    holds: {listed-in: listed}
    cure: {kind: reissue, do: "List it"}
who-and-why:
  - {id: d.0, says: "Somebody outside asks", cite: "34 CFR 99.37", holds: {not: {requester: family}}}
"""
CONSENT = """
id: consent-basis
title: "Consent"
says: "s"
cite: "34 CFR 99.30"
effect: permits
rank: 9
anyone: yes
who-and-why:
  - {id: c.0, says: "Not to the family", cite: "34 CFR 99.30", holds: {not: {requester: family}}}
facts:
  - id: c.1
    says: "Signed"
    cite: "34 CFR 99.30"
    holds: {consent: signed}
    cure: {from: {consent: "no"}, kind: get-consent, do: "Ask"}
"""
MEALS = """
id: meals
title: "Meal law"
layer: other_federal
cite: "42 USC 1"
says: "Meal law guards it."
leave-out: "Leave meals out"
stops: {tag: meal}
unless:
  - {id: m.1, says: "They run meals", cite: "42 USC 1", holds: {runs-meals: "yes"}}
"""
ITEMS = """
groups: [{id: all, title: "All"}]
items:
  - {id: name, label: "Name", group: all, shows: identifies, directory: yes}
  - {id: photo, label: "Photo", group: all, directory: yes}
  - {id: grades, label: "Grades", group: all}
  - {id: meals-item, label: "Meals", group: all, tags: [meal]}
  - {id: secret, label: "Secret", group: all, tags: [secret]}
"""
REST: Mapping[str, str] = {
    "beyond.yaml": 'beyond: [{id: court, when: {requester: court}, title: "Courts", says: "s", cite: "34 CFR 99.31"}]',
    "routes.yaml": """
routes:
  - {id: ask-consent, title: "Ask", steps: ["Ask"], mends: [consent-basis]}
  - {id: ask-officer, title: "Ask the officer", steps: ["Ask"], last: yes}
""",
    "duties.yaml": """
duties:
  - {id: log, when: after, do: "Log it", cite: "34 CFR 99.31"}
  - {id: check-layers, when: before, do: "Check state law", unchecked: [state, district]}
""",
    "papers.yaml": """
marks:
  - {id: court-paper, when: {requester: court}}
entry:
  - {id: e-outside, says: none-outside, verdicts: [not-ferpa], cite: "34 CFR 99.31"}
""",
    "principles.yaml": """
principles:
  - {id: action, title: "Act on it", says: "Each item has a use."}
prompts:
  - {id: change, principle: action, ask: "What will change?"}
when: {requester: group}
""",
    "sources.yaml": 'sources: [{cite: "42 USC 1", title: "t", mark: P}]',
    "words.yaml": "verdicts:\n"
    + "".join(f'  {name}: {{label: "{name}", says: "{name} {{what}} {{who}}"}}\n' for name in VERDICTS)
    + "phrases:\n"
    + "".join(f'  {name}: "{name} {{n}} {{list}} {{answer}}"\n' for name in PHRASES),
    "paragraphs.json": json.dumps({"paragraphs": {"99.31": [], "99.10": [], "99.30": [], "99.37": []}, "terms": []}),
}
FILES: Mapping[str, str] = {
    "pack.yaml": PACK,
    "tree/who.yaml": TREE_WHO,
    "tree/what.yaml": TREE_WHAT,
    "tree/why.yaml": TREE_WHY,
    "facts/all.yaml": FACTS,
    "bases/provider.yaml": PROVIDER,
    "bases/access.yaml": ACCESS,
    "bases/directory.yaml": DIRECTORY,
    "bases/consent.yaml": CONSENT,
    "barriers/meals.yaml": MEALS,
    "items.yaml": ITEMS,
    **REST,
}


def small_pack(**changed: str) -> Pack:
    """The pack, with some files replaced (a dot in a name is written as two underscores, a slash as one after it)."""
    files = {**FILES, **{name.replace("__", "."): text for name, text in changed.items()}}
    return pack_of({name: text.encode() for name, text in files.items()})
