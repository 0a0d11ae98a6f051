"""Composes sentences from the words of the pack; placeholders are filled as plain text and never evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ferpa_wizard.core.facts import Facts
from ferpa_wizard.core.items import Item
from ferpa_wizard.core.letters import raised
from ferpa_wizard.core.model import Option, Pack

_PLACE = re.compile(r"\{([a-z_]+)\}")
_NAMED_AT_MOST = 3


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each {name} replaced; a name that is not given stays as it stands."""
    return _PLACE.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def places(text: str) -> set[str]:
    """The names of the placeholders in a text."""
    return set(_PLACE.findall(text))


LATER: Mapping[str, str] = {
    "because-asked": "", "because-ticked": "", "because-ticked-one": "", "because-unticked": "", "because-kept": "",
    "because-kept-not": "", "because-nothing": "", "ferpa-asks": "",
    "correction-steps": "correction", "correction-owed": "correction", "challenge-steps": "challenge-no",
}  # fmt: skip
"""Phrases that rules sealed by an older program lack, each with the one that stands in for it, if any does."""


def phrase(pack: Pack, key: str, **values: str) -> str:
    """A named phrase of the pack, filled; empty for one that came later and has nothing to stand in for it."""
    phrases = pack.wording.phrases
    text = phrases.get(key) if key in LATER else phrases[key]
    return fill(phrases.get(LATER[key], "") if text is None else text, values)


def listing(pack: Pack, names: Sequence[str]) -> str:
    """The names as a sentence lists them: one, two joined, or more with commas."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {pack.wording.phrases['and']} {names[-1]}"


def items_named(pack: Pack, items: Iterable[Item]) -> str:
    """The items in a sentence, what was really asked for first, the rest counted; a name that is a list comes last."""
    names = [item.name for item in sorted(items, key=lambda item: (not item.content, "directory" in item.tags))]
    if not names:
        return pack.wording.phrases["nothing-named"]
    if len(names) > _NAMED_AT_MOST:
        more = phrase(pack, "more", n=str(len(names) - _NAMED_AT_MOST + 1))
        return listing(pack, [*names[: _NAMED_AT_MOST - 1], more])
    several = f" {pack.wording.phrases['and']} "
    return listing(pack, sorted(names, key=lambda name: several in name))


def requester_named(facts: Facts) -> str:
    """Who asks, in words that fit inside a sentence: the most exact answer given."""
    names = [option.name for option in _about_who(facts) if option.name]
    return names[-1] if names else facts.pack.wording.phrases["somebody"]


def is_restricted(facts: Facts) -> bool:
    """Is it a request of which lists and ordinary exports show nothing?"""
    return facts.pack.restricted is not None and facts.pack.restricted.truth(facts) is True


def request_named(facts: Facts) -> str:
    """A name for the request; no student is named in it."""
    pack = facts.pack
    if is_restricted(facts):
        return pack.wording.phrases["title-restricted"]
    who, what = requester_named(facts), items_named(pack, facts.items)
    titles = [option.title for option in _about_who(facts) if option.title]
    if titles:
        title = fill(titles[-1], {"what": what})
    elif isinstance(facts.value("items"), tuple):
        title = phrase(pack, "title", who=who, what=what)
    elif who != pack.wording.phrases["somebody"]:
        title = phrase(pack, "title-open", who=who)
    else:
        title = phrase(pack, "title-new")
    return raised(title)


def _about_who(facts: Facts) -> Iterator[Option]:
    """The options chosen in the first section, in the order of the tree."""
    for question in facts.pack.tree:
        if question.section == facts.pack.sections[0].id:
            value = facts.value(question.id)
            yield from (option for option in question.options if option.id == value)


def signer_named(facts: Facts) -> str:
    """Who holds the rights, so whose signature counts."""
    value = facts.value("rights-holder")
    return facts.pack.wording.phrases[f"signer-{value if value in ('parent', 'student') else 'either'}"]


def counted(pack: Pack, one: str, many: str, *, n: int) -> str:
    return phrase(pack, one if n == 1 else many, n=str(n))
