"""The rules as a picture: everything is in it, nothing overlaps, links lead right, and keys reach every part."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.leads import leads
from ferpa_wizard.core.profile import NO_PROFILE
from ferpa_wizard.core.walk import walk
from ferpa_wizard.requests.rule_book import rule_book
from ferpa_wizard.requests.rule_layout import Layout, Rect, lay_out, texts, words_room
from ferpa_wizard.requests.rule_picture import Path, Picture, basis_picture, path_of, tree_picture
from tests import real

EXAMPLES = {example.id: example for example in real.examples()}


class Ruler:
    """Letters of one width, at a text size in percent."""

    def __init__(self, percent: int) -> None:
        self._percent = percent

    def px(self, size: float) -> int:
        return round(size * self._percent / 100)

    def height(self, text: str, style: str, width: int) -> int:
        lines = math.ceil(len(text) * self.px(7) / width)
        return lines * self.px(16 if style == "caption" else 18)


def pictures() -> list[Picture]:
    pack = real.pack()
    return [tree_picture(pack), *(basis_picture(pack, basis) for basis in pack.bases)]


def path(name: str) -> Path:
    example = EXAMPLES[name]
    walked = walk(real.pack(), example.answers, real.profiles().get(example.profile, NO_PROFILE), example.on)
    return path_of(walked, determine(walked.facts))


def overlap(one: Rect, other: Rect) -> bool:
    beside = one.right <= other.x or other.right <= one.x
    return not (beside or one.bottom <= other.y or other.bottom <= one.y)


def crossed(layout: Layout) -> list[str]:
    """Links of which some stretch runs through a card."""
    found = []
    for link, points in layout.routes:
        for (x, y), (right, down) in pairwise(points):
            line = Rect(min(x, right), min(y, down), abs(right - x), abs(down - y))
            inside = [
                card for card in layout.cards if overlap(Rect(card.x + 1, card.y, card.width - 2, card.height), line)
            ]
            found += [f"{link.source} to {link.target}"] if inside else []
    return found


def reached(layout: Layout, first: str) -> set[str]:
    """The parts that arrow keys lead to from one of them."""
    seen, waiting = {first}, [first]
    while waiting:
        at = waiting.pop()
        new = {layout.step(at, way) for way in ("up", "down", "left", "right")} - seen
        seen |= new
        waiting += new
    return seen


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_overlaps_and_every_link_leads_right_past_the_cards(percent: int) -> None:
    for picture in pictures():
        layout = lay_out(picture, Ruler(percent))
        assert not [pair for pair in combinations(layout.cards, 2) if overlap(*pair)], picture.title
        for link, points in layout.routes:
            assert points[0] == (layout.places[link.source].rect.right, layout.places[link.source].rect.middle)
            assert points[-1] == (layout.places[link.target].rect.x, layout.places[link.target].rect.middle)
            assert all(x <= right for (x, _), (right, _) in pairwise(points)), "a link turns back"
        assert crossed(layout) == []
        assert all(rect.right <= layout.size[0] and rect.bottom <= layout.size[1] for rect in layout.cards)


@pytest.mark.parametrize("percent", [100, 200])
def test_every_part_has_room_for_its_words(percent: int) -> None:
    ruler = Ruler(percent)
    for place in lay_out(tree_picture(real.pack(), path("tutoring-in-order")), ruler).places.values():
        need = sum(ruler.height(text, style, words_room(place.part, ruler)) for text, style in texts(place.part))
        assert need < place.rect.height


def test_arrow_keys_reach_every_part() -> None:
    for picture in pictures():
        layout = lay_out(picture, Ruler(100))
        assert reached(layout, next(picture.parts()).id) == set(layout.places)


def test_the_tree_holds_every_question_answer_and_way_and_what_each_answer_brings_up() -> None:
    pack, picture = real.pack(), tree_picture(real.pack())
    parts = {part.id: part for part in picture.parts()}
    for question in pack.tree:
        assert question.text in parts[question.id].text
        assert [parts[f"{question.id}/{option.id}"].text for option in question.options] == [
            option.label for option in question.options
        ]
    assert all(basis.title in parts[f"way/{basis.id}"].text for basis in pack.bases)
    wanted = {(f"{q}/{o}", one.id) for (q, o), brought in leads(pack).items() for one in brought.questions}
    assert {(link.source, link.target) for link in picture.links} == wanted


def test_a_way_to_share_holds_each_condition_and_cure_under_what_they_belong_to() -> None:
    for basis in real.pack().bases:
        picture = basis_picture(real.pack(), basis)
        held = " ".join(part.text for part in picture.parts())
        waiting = [*basis.whole, *basis.covers]
        for condition in waiting:
            waiting += condition.members
            assert condition.says in held
            assert all(cure.do in held for cure in condition.cures)
        assert len(picture.links) == len(list(picture.parts())) - 1, "each but the first hangs on one other"


def test_every_part_leads_to_an_entry_of_the_outline() -> None:
    entries = {node.id for node in rule_book(real.pack()).all()}
    assert {part.entry for picture in pictures() for part in picture.parts()} <= entries


@pytest.mark.parametrize("name", sorted(EXAMPLES)[::25])
def test_what_is_lit_is_what_the_request_walked(name: str) -> None:
    pack, way = real.pack(), path(name)
    picture = tree_picture(pack, way)
    given = {one.ask.id: one for one in way.given}
    answered = {question.id for question in pack.tree if question.id in given}
    lit = {part.id for part in picture.parts() if part.state == "answered"}
    assert {part for part in lit if "/" not in part} == answered
    chosen = {
        f"{question.id}/{option.id}"
        for question in pack.tree
        if question.id in given
        for option in question.options
        if option.id == given[question.id].answer or option.id in tuple(given[question.id].answer)
    }
    assert {part for part in lit if "/" in part} == chosen
    carrying = [part.id for part in picture.parts() if part.state == "chosen"]
    assert carrying == ([f"way/{way.basis}"] if way.basis else [])
    assert all(part.mark for part in picture.parts() if part.state), "never by colour alone"
    assert {link.source for link in picture.links if link.lit} <= chosen


def test_the_conditions_of_a_way_stand_as_they_were_rated() -> None:
    way = path("tutoring-control-unwritten")
    assert way.found
    basis = next(one for one in real.pack().bases if one.id == way.basis)
    rated = next(one for one in way.found.bases if one.id == way.basis)
    parts = {part.id: part for part in basis_picture(real.pack(), basis, way).parts()}
    assert rated.conditions
    for condition in rated.conditions:
        assert parts[f"way/{basis.id}/{condition.id}"].state == condition.status


def test_a_part_says_where_it_leads() -> None:
    layout = lay_out(tree_picture(real.pack()), Ruler(100))
    question = real.pack().questions["family-who"].text
    assert any(question in words for words in layout.words("requester/family"))
