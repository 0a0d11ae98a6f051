"""A few questions and ways to share, worded for the tests of the window; the law in it is made up."""

from __future__ import annotations

import json

from ferpa_wizard.core.cross_check import AGREED, PHRASES
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import LAYERS, STATES, VERDICTS, Pack
from ferpa_wizard.core.read_pack import pack_of

TUTORING: dict[str, Answer] = {
    "requester": "group",
    "works": "yes",
    "students": "few",
    "items": ("name", "grades", "meal"),
    "purpose": "tutoring",
}
DONE: dict[str, Answer] = {**TUTORING, "control": "spoken", "papers-provider": ("p.n", "p.l")}
MARKUP = "A researcher <b>bold</b> & more"

_TITLES = ("FERPA", "Other federal law", "State law", "District policy", "Practical")
_STATES = ", ".join(f'{state}: "In words."' for state in STATES)
PACK = "\n".join(
    [
        "id: sample",
        'version: "1"',
        'law_as_of: "2026-05-23"',
        'review: "No lawyer has reviewed these rules."',
        "sections:",
        '  - {id: who, title: "Who is asking"}',
        '  - {id: what, title: "What they want"}',
        '  - {id: why, title: "Why"}',
        '  - {id: conditions, title: "Conditions"}',
        'unsure: {label: "I am not sure", hint: "You can go on."}',
        "layers:",
        *(
            f'  - {{id: {layer}, title: "{title}", says: {{{_STATES}}}}}'
            for layer, title in zip(LAYERS, _TITLES, strict=True)
        ),
    ]
)
WHO = f"""
tree:
  - id: requester
    section: who
    by-agreement: yes
    ask: "Who wants the records?"
    hint: "Pick the one who will get the data."
    why: "It decides which way to share fits."
    find_out: "Ask the person who brought it."
    options:
      - {{id: group, label: "A community group", name: "the community group"}}
      - {{id: press, label: "The press", name: "the press"}}
      - {{id: research, label: "{MARKUP}", name: "the researcher"}}
  - id: works
    section: who
    when: {{requester: group}}
    ask: "Does it work for the school?"
    why: "w"
    find_out: "f"
    options: [{{id: "yes", label: "Yes, it gives a service"}}, {{id: "no", label: "No"}}]
"""
WHAT = """
tree:
  - id: students
    section: what
    ask: "Which students is this about?"
    why: "w"
    find_out: "f"
    options:
      - {id: one, label: "One student"}
      - {id: few, label: "A few named students"}
      - {id: none, label: "Numbers only, with no names"}
  - id: items
    section: what
    when: {not: {students: none}}
    ask: "Which data do they need for this task?"
    hint: "Tick only what the task needs."
    why: "w"
    find_out: "f"
    options: items
"""
WHY = """
tree:
  - id: purpose
    section: why
    by-agreement: yes
    ask: "What is it for?"
    why: "w"
    find_out: "f"
    options:
      - {id: tutoring, label: "After-school tutoring"}
      - {id: research, label: "Research"}
      - {id: news, label: "A news story"}
  - id: until
    section: why
    when: {purpose: research}
    kind: date
    ask: "Until when do they need the records?"
    why: "w"
    find_out: "f"
"""
FACTS = """
facts:
  - id: control
    by-agreement: yes
    ask: "Does your school control how the group uses these records?"
    hint: "Control means your school sets the rules for the records and can make the group stop using them."
    why: "A group that the school controls can act for it."
    cite: "34 CFR 99.31(a)(1)(i)(B)(2)"
    find_out: "Look for a contract or a data sharing form."
    options:
      - {id: writing, label: "Yes, in a signed agreement", hint: "For example, a contract."}
      - {id: spoken, label: "Yes, but not in writing", hint: "Your school sets the rules, and nothing is signed."}
      - {id: none, label: "No, the group decides for itself"}
  - id: consent
    ask: "Did the parents sign a consent?"
    why: "w"
    find_out: "f"
    presume: "no"
    options: [{id: "no", label: "No"}, {id: signed, label: "Yes, all of them"}]
"""
PROVIDER = """
id: provider
title: "School official: outside provider"
says: "It acts for the school."
cite: "34 CFR 99.31(a)(1)(i)(B)"
effect: permits
rank: 3
by-agreement: yes
who-and-why:
  - id: p.g
    says: "It is a group"
    no: "It is not a group"
    cite: "34 CFR 99.31(a)(1)(i)(B)"
    holds: {requester: group}
  - id: p.t
    says: "It is for a job of the school"
    no: "It is not for a job of the school"
    cite: "34 CFR 99.31(a)(1)(i)(B)(1)"
    holds: {purpose: tutoring}
facts:
  - id: p.c
    says: "The school has control of the records"
    cite: "34 CFR 99.31(a)(1)(i)(B)(2)"
    holds: {control: writing}
    cure: {from: {control: spoken}, kind: sign, do: "Put your school’s control in writing.", by: "the principal"}
paperwork:
  page: "Which of these is in place?"
  why: "w"
  find_out: "f"
  rows:
    - id: p.n
      says: "Your annual notice to parents covers outside providers"
      cite: "34 CFR 99.7(a)(3)(iii)"
      cure: {kind: reissue, do: "Send a new notice"}
    - id: p.l
      says: "They know the limits: only this job, not passed on"
      cite: "34 CFR 99.33(a)(1)"
      cure: {kind: notify, do: "Tell them the limits"}
advice:
  - {id: p.a, says: "A signed agreement is the plain way.", when: {control: spoken}}
duties: [log, inform]
myths:
  - {id: m, people-say: "FERPA forbids sharing with groups.", answer: "No.", cite: "34 CFR 99.31(a)(1)(i)(B)"}
"""
CONSENT = """
id: consent-basis
title: "Consent from the parent"
says: "The family agrees."
cite: "34 CFR 99.30"
effect: permits
rank: 9
anyone: yes
facts:
  - id: c.s
    says: "The parents signed"
    cite: "34 CFR 99.30(a)"
    holds: {consent: signed}
    cure: {from: {consent: "no"}, kind: get-consent, do: "Ask the parents"}
"""
STUDIES = """
id: studies
title: "Studies"
says: "A study for the school."
cite: "34 CFR 99.31(a)(6)"
effect: permits
rank: 4
who-and-why:
  - id: s.p
    says: "It is for research"
    no: "You said it is not for research"
    cite: "34 CFR 99.31(a)(6)(i)"
    holds: {purpose: research}
facts:
  - id: s.u
    says: "The study ends"
    cite: "34 CFR 99.31(a)(6)(iii)"
    holds: {until: {after: 2026-12-31}}
    cure: {kind: record, do: "Write down the end"}
"""
OTHERS = {
    f"bases/press-{number}.yaml": f"""
id: press-{number}
title: "Way {number} for the press"
says: "s"
cite: "34 CFR 99.37"
effect: permits
rank: {20 + number}
may-stand: yes
who-and-why:
  - id: x.{number}
    says: "The press asks"
    no: "It is not the press that asks"
    cite: "34 CFR 99.37"
    holds: {{requester: press}}
"""
    for number in range(1, 5)
}
MEALS = """
id: meals
title: "School lunch law"
layer: other_federal
cite: "42 USC 1758(b)(6)"
says: "School lunch law guards meal status, not FERPA."
leave-out: "Take meal status off the list."
stops: {tag: meal}
"""
ITEMS = """
groups: [{id: basic, title: "Basic"}, {id: learning, title: "Learning"}, {id: support, title: "Support"}]
items:
  - {id: name, label: "Name", group: basic, shows: identifies, directory: yes}
  - {id: photo, label: "Photo", group: basic, directory: yes}
  - {id: address, label: "Home address", group: basic, directory: yes}
  - {id: grades, label: "Grades", group: learning, name: grades}
  - {id: attendance, label: "Attendance", group: learning}
  - {id: plan, label: "Section 504 plan", group: support, tags: [sensitive]}
  - {id: meal, label: "Meal status", group: support, name: "meal status", tags: [meal, sensitive]}
packets:
  - {id: packet-report, label: "Report card", items: [name, grades, attendance]}
"""
_SAYS = {
    "after-steps": '{label: "FERPA allows this, after {steps}",'
    ' says: "You can share {what} with {who} once {things} done."}',
    "may-share": '{label: "FERPA allows this", says: "FERPA lets you share {what} with {who}."}',
}
_PHRASES = {
    "title": "{who} asks for {what}",
    "title-open": "{who} asks for student data",
    "title-new": "New request",
    "because": "You said: {answer}",
    "and": "and",
    "one-step": "1 step",
    "many-steps": "{n} steps",
    "one-thing": "1 thing is",
    "many-things": "{n} things are",
    "unchecked": "Not checked here: {list}.",
    "correction": "FERPA does not stop this.",
}
WORDS = "\n".join(
    [
        "verdicts:",
        *(f"  {name}: {_SAYS.get(name, '{label: ' + name + ', says: ' + name + '}')}" for name in VERDICTS),
        "phrases:",
        *(f'  {name}: "{_PHRASES.get(name, name)}"' for name in (*PHRASES, AGREED)),
    ]
)
REST = {
    "beyond.yaml": "beyond: []",
    "principles.yaml": """
principles:
  - {id: action, title: "Act on it", says: "Each item has a use."}
prompts:
  - {id: change, principle: action, ask: "What will change?"}
when: {requester: group}
""",
    "routes.yaml": """
routes:
  - id: ask-consent
    title: "Ask parents to consent"
    steps: ["Send the form"]
    by: "the registrar"
    takes: "a week"
    cite: "34 CFR 99.30"
    mends: [consent-basis]
  - {id: ask-officer, title: "Ask the privacy officer", steps: ["Ask"], last: yes}
""",
    "duties.yaml": """
duties:
  - {id: log, when: after, do: "Write down who got what", by: "the registrar", cite: "34 CFR 99.32", days: 5}
  - {id: inform, when: at, do: "Tell them the limits", cite: "34 CFR 99.33(d)"}
  - {id: check-layers, when: before, do: "Check state law", unchecked: [state, district]}
""",
    "papers.yaml": "marks: []\nentry: []\n",
    "sources.yaml": 'sources: [{cite: "42 USC 1758(b)(6)", title: "School lunch law", mark: P}]',
    "paragraphs.json": json.dumps(
        {
            "paragraphs": {
                "99.7": ["99.7(a)(3)(iii)"],
                "99.30": ["99.30(a)"],
                "99.31": [
                    "99.31(a)(1)(i)(B)", "99.31(a)(1)(i)(B)(1)", "99.31(a)(1)(i)(B)(2)",
                    "99.31(a)(6)", "99.31(a)(6)(i)", "99.31(a)(6)(iii)",
                ],
                "99.32": [],
                "99.33": ["99.33(a)(1)", "99.33(d)"],
                "99.37": [],
            },
            "terms": [],
        }
    ),
}  # fmt: skip


SHARED = ("requester", "works", "students", "items")  # who and what, each on one page


def sample_pack(*, shared: bool = False) -> Pack:
    """The pack, read as any other; with `shared` some questions stand on one page."""
    files = {
        "pack.yaml": PACK, "tree/who.yaml": WHO, "tree/what.yaml": WHAT, "tree/why.yaml": WHY, "facts/all.yaml": FACTS,
        "bases/provider.yaml": PROVIDER, "bases/consent.yaml": CONSENT, "bases/studies.yaml": STUDIES, **OTHERS,
        "barriers/meals.yaml": MEALS, "items.yaml": ITEMS, "words.yaml": WORDS, **REST,
    }  # fmt: skip
    if shared:
        for name, page in zip(SHARED, ("who", "who", "what", "what"), strict=True):
            file = f"tree/{page}.yaml"
            files[file] = files[file].replace(f"- id: {name}\n", f"- id: {name}\n    on-page: {page}\n")
    return pack_of({name: text.encode() for name, text in files.items()})
