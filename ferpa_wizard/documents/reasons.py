"""Who says no, in a letter: the true layer, FERPA only where the record shows it.

FERPA is named as the reason only when it binds in the determination and the decision names it too. What the letter says
about FERPA itself follows from the computed state alone.
"""

from __future__ import annotations

from ferpa_wizard.core.choices import ALL_YES, DECLINES
from ferpa_wizard.core.letters import raised
from ferpa_wizard.documents.body import Fields, group, names, rows, text
from ferpa_wizard.documents.paper import Voice
from ferpa_wizard.documents.told import Told, in_our_voice

_ASKS_SOMEBODY = ("judgement", "missing-fact")
_FREE = ("does-not-object", "needs-steps")
_OTHERS = ("other_federal", "state", "district", "practical")


def ferpa_is_named(told: Told) -> bool:
    """May the letter name FERPA as the reason?"""
    return told.choice in DECLINES and "ferpa" in told.reasons and told.binds("ferpa")


def shows_steps(told: Told) -> bool:
    """Does the letter list the steps? Also a plain yes may have some, such as families to take out."""
    listed = told.choice == "share-after-steps" or told.verdict in (*ALL_YES, "after-steps")
    return listed and bool(rows(told.found, "steps"))


def about_ferpa(voice: Voice) -> str:
    """The one sentence on FERPA itself, from the computed state of that layer."""
    told, say = voice.told, voice.sheet("letter")
    state, _ = told.layer("ferpa")
    if told.binds("ferpa"):
        stopped = voice.items_named(told.stopped_by("ferpa"))
        opens = "ferpa-opens" if told.status("ferpa-consent") != "ruled-out" else "ferpa-unsigned"
        return _binding(voice) if ferpa_is_named(told) else say(opens, items=stopped)
    if told.verdict == "must-share" and "right-to-see" in told.marks:
        return say("ferpa-gives", cite=text(told.basis, "cite"))
    if state == "does-not-object":
        return say("ferpa-free")
    if state == "needs-steps":
        return say("ferpa-free-steps" if shows_steps(told) else "ferpa-free-ask")
    return say("ferpa-open" if state == "depends" else "ferpa-unheard")


def _binding(voice: Voice) -> str:
    say, stopped = voice.sheet("letter"), voice.told.stopped_by("ferpa")
    if 0 < len(stopped) < len(voice.told.items):
        return say("ferpa-stops-part", items=voice.items_named(stopped))
    return say("ferpa-stops")


def why(voice: Voice) -> list[str]:
    """Where the limit comes from: what people gave as the reason, without FERPA where it is none.

    If nothing is left of it, the layers that do stop something, or that the school chose so.
    """
    told = voice.told
    given = [layer for layer in _OTHERS if layer in told.reasons] if told.choice in DECLINES else []
    found = [voice.sheet("letter")("chose-against-duty")] if _owed(told) else []
    found += [_reason(voice, layer) for layer in given]
    unsaid = [layer for layer in _OTHERS if layer not in given]
    found += [_stops(voice, layer) for layer in unsaid if told.objects(layer)]
    if not found and told.choice in DECLINES and not ferpa_is_named(told):
        found = [_chosen(voice)]
    if told.to_change:
        return found
    found += [says for layer in unsaid if not told.gives_all and (says := _asks(voice, layer))]
    rest = [*_rest(voice), *_not_looked_at(voice)]
    return [*found, about_ferpa(voice), *rest] if ferpa_is_named(told) else [*found, *rest, about_ferpa(voice)]


def _rest(voice: Voice) -> list[str]:
    """What is held back although nothing that is named stops it, is the school's own choice."""
    told = voice.told
    rest, say = told.held_back_freely, voice.sheet("letter")
    covers_all = any(not told.binds(layer) for layer in told.reasons if layer != "ferpa")
    if told.choice in DECLINES and told.waits_for_steps and not covers_all:
        return [say("chose-no-steps", items=voice.items_named(told.waits_for_steps))]
    return [] if covers_all or not rest else [say("chose-rest", items=voice.items_named(rest))]


def _not_looked_at(voice: Voice) -> list[str]:
    """What FERPA does not stop and nobody looked up yet: basic facts beside records that need consent."""
    told = voice.told
    items = [item for item in told.items if not names(item, "stopped_by") and item.get("share") is not True]
    if told.verdict not in ("consent", "not-as-asked") or not items or len(items) == len(told.items):
        return []
    return [voice.sheet("letter")("rest-open", items=voice.items_named(items))]


def _owed(told: Told) -> bool:
    """Is it refused although the law asks for it? No policy and no lack of time undoes that."""
    return told.verdict == "must-share" and told.choice in DECLINES


def _chosen(voice: Voice) -> str:
    told, say = voice.told, voice.sheet("letter")
    if told.to_change:
        return say(f"chose-{told.to_change}")
    if told.rights_in_doubt:
        return say("chose-doubt")
    state = told.layer("ferpa")[0]
    if state not in _FREE or told.binding_layers or told.verdict in _ASKS_SOMEBODY:
        return say("school-chose-open")
    if "court-paper" in told.marks:
        return say("chose-court")
    return say("school-chose-steps" if state == "needs-steps" or shows_steps(told) else "school-chose")


def _reason(voice: Voice, layer: str) -> str:
    told, say = voice.told, voice.sheet("letter")
    if says := _stops(voice, layer) if told.objects(layer) else _asks(voice, layer):
        return says
    # Where the record itself shows no such limit, the letter says that this wants a check.
    free = say("reason-free") if told.layer(layer)[0] == "does-not-object" and layer != "practical" else ""
    unsettled = layer == "practical" and told.layer("ferpa")[0] not in _FREE
    return " ".join(filter(None, (say(f"reason-{layer}{'-open' if unsettled else ''}"), free)))


def _asks(voice: Voice, layer: str) -> str:
    """That a layer asks for a step, or is open; empty where it does neither."""
    state = voice.told.layer(layer)[0]
    if state == "needs-steps":
        return text(group(group(voice.told.found, "layers"), layer), "says")
    return voice.sheet("letter")("reason-depends", layer=voice.layers_named([layer])) if state == "depends" else ""


def _stops(voice: Voice, layer: str) -> str:
    """The rule by its own name, unless that sentence says more of FERPA than is settled."""
    says = text(group(group(voice.told.found, "layers"), layer), "says")
    # It shuts one way alone where it does not object by itself.
    shut = "-way" if voice.told.layer(layer)[0] == "does-not-object" else ""
    if says and not shut and ("FERPA" not in says or voice.told.layer("ferpa")[0] in _FREE):
        return says
    name = voice.names(f"layer-{layer}")
    items = voice.items_named(voice.told.stopped_by(layer))
    return voice.sheet("letter")(f"reason-bound{shut}", layer=raised(name), items=items)


def basis_line(voice: Voice, basis: Fields) -> str:
    """The way to share with its citation; empty where the record names none."""
    title, cite = in_our_voice(text(basis, "title")), text(basis, "cite")
    return voice.sheet("letter")("law-basis", title=title, cite=cite) if title and cite else ""
