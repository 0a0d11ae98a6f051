"""The readers of rules, profiles, answers, agreements and all that is written in the same strict YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ferpa_wizard.cli.decide import decision_from
from ferpa_wizard.core.agreements import read_agreements
from ferpa_wizard.core.budgets import read_budgets
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.district import read_district
from ferpa_wizard.core.errors import AgreementsError, ProfileError, RulesError
from ferpa_wizard.core.examples import read_examples
from ferpa_wizard.core.facts import Answer
from ferpa_wizard.core.model import Pack
from ferpa_wizard.core.profile import NO_PROFILE, overlay_names, read_profile
from ferpa_wizard.core.read_coverage import ids_in, read_measure
from ferpa_wizard.core.read_pack import pack_from_bytes, pack_of
from ferpa_wizard.core.readability import read_words
from ferpa_wizard.core.walk import walk
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.wording import read_wording
from ferpa_wizard.requests.agreements_csv import from_csv, to_csv
from ferpa_wizard.requests.answers_file import AnswersError, read_answers
from ferpa_wizard.requests.practice import _groups
from tests import real
from tests.core import small_pack as small
from tests.core import test_hostile_files as good
from tests.requests.releases import PROFILE as DISTRICT
from tests.stress.spoiled.guard import Makers, Reader

_DAY = "2026-11-24"
OVERLAY = b"""\
id: zz
title: "State"
name: "state law"
layer: district
law_as_of: "2026-01-01"
review: "nobody"
mark: P
sources:
  - {cite: "ZZ 1", title: "t", mark: P}
barriers:
  - id: zz.1
    title: "A limit"
    cite: "ZZ 1"
    says: "It stops grades."
    leave-out: "Leave grades out."
    stops: {tag: meal}
    when: {requester: group}
    unless:
      - {id: zz.1u, says: "They run meals", cite: "ZZ 1", holds: {runs-meals: yes}}
duties:
  - {id: zz-log, basis: all, when: after, do: "Write it down.", cite: "ZZ 1"}
"""
_MEASURE = b"""\
law:
  - {id: p.1, cite: "34 CFR 99.31(a)(1)"}
paragraphs:
  - {cite: ["34 CFR 99.1(a)"], reason: "It says whom the law binds."}
propositions:
  - {id: p.2, as: [p.1], reason: "The same."}
"""
_BUDGETS = b"""\
filled: [example]
records: [grades]
scenarios:
  - {id: family, title: "The family asks", when: {requester: family}, most: 9}
"""
_WORDS = b'terms: ["education record"]\navoid:\n  - {words: [utilize, "leverag*"], use: "use"}\n'
_PRACTICE = b'groups:\n  - title: "A"\n    requests:\n      - {example: one, story: "Somebody asks."}\n'
_DECISION = b'decision: share-after-steps\nreason: [district]\nwords: "Once signed."\nby: "A. B, registrar"\nsecond: {name: "C. D", role: "head"}\n'
_LETTER = b'regards: "Yours, {school}"\n"second-look": "Ask us again"\n'


def _walked(pack: Pack) -> None:
    """A pack that was read has to carry a request as well."""
    answers: Mapping[str, Answer] = {"requester": "group", "items": ("grades", "meals-item"), "purpose": "service"}
    determine(walk(pack, answers, NO_PROFILE, _DAY).facts)


def _files(**changed: bytes) -> dict[str, bytes]:
    return {**{name: text.encode() for name, text in small.FILES.items()}, **changed}


def _rule_files(_: Path) -> Reader:
    """The name of the file stands before its text, so that one reader takes them all."""
    seeds = tuple(f"{name}\n{text}".encode() for name, text in small.FILES.items() if name.endswith(".yaml"))

    def read(data: bytes) -> None:
        name, _, text = data.partition(b"\n")
        known = name.decode("latin-1")
        _walked(pack_of(_files(**{known if known in small.FILES else "pack.yaml": text})))

    return Reader("rule files", read, (RulesError,), seeds, "rules")


def _overlay(_: Path) -> Reader:
    read = lambda data: _walked(pack_of(_files(**{"overlays/zz.yaml": data})))  # noqa: E731
    return Reader("overlay", read, (RulesError,), (OVERLAY,), "yaml")


def _citations(_: Path) -> Reader:
    seed = small.FILES["paragraphs.json"].encode()
    return Reader(
        "citations", lambda data: pack_of(_files(**{"paragraphs.json": data})), (RulesError,), (seed,), "json"
    )


def _stored(_: Path) -> Reader:
    return Reader(
        "stored pack", lambda data: _walked(pack_from_bytes(data)), (RulesError,), (small.small_pack().content,), "json"
    )


def _profile(_: Path) -> Reader:
    pack = small.small_pack()

    def read(data: bytes) -> None:
        overlay_names(data, "profile.yaml")
        profile = read_profile(data, "profile.yaml", pack)
        walk(pack, {}, profile, _DAY)

    return Reader("profile", read, (ProfileError,), (good.PROFILE,), "yaml")


def _district(_: Path) -> Reader:
    pack = real.pack()
    read = lambda data: read_district(data, "profile.yaml", pack).of("Lincoln High")  # noqa: E731
    return Reader("profile of a district", read, (ProfileError,), (DISTRICT,), "yaml")


def _examples(_: Path) -> Reader:
    pack = small.small_pack()
    return Reader(
        "worked examples", lambda data: read_examples({"e.yaml": data}, pack), (RulesError,), (good.EXAMPLES,), "yaml"
    )


def _answers(_: Path) -> Reader:
    pack = small.small_pack()

    def read(data: bytes) -> None:
        determine(walk(pack, read_answers(data, "a.yaml", pack), NO_PROFILE, _DAY).facts)

    whole = b'{"answers": {"requester": "group", "items": ["grades"], "purpose": "own"}, "result": {}}'
    return Reader("answers", read, (AnswersError,), (good.ANSWERS, whole), "yaml")


def _decision(folder: Path) -> Reader:
    file = folder / "decision.yaml"

    def read(data: bytes) -> None:
        file.write_bytes(data)
        decision_from(str(file))

    return Reader("decision", read, (AnswersError,), (_DECISION,), "yaml")


def _agreements(_: Path) -> Reader:
    pack = real.pack()
    return Reader(
        "agreements", lambda data: read_agreements(data, "g.yaml", pack), (AgreementsError,), (good.AGREEMENTS,), "yaml"
    )


def _table(_: Path) -> Reader:
    pack = real.pack()
    seed = to_csv(read_agreements(good.AGREEMENTS, "g.yaml", pack), pack)
    return Reader("agreements as CSV", lambda data: from_csv(data, "g.csv", pack), (AgreementsError,), (seed,))


def _wording(folder: Path) -> Reader:
    papers = folder / "papers"
    papers.mkdir()

    def read(data: bytes) -> None:
        (papers / "letter.yaml").write_bytes(data)
        read_wording(papers).sheet("letter", {"school": "S"})("regards")

    return Reader("templates", read, (DocumentError,), (_LETTER,), "yaml")


def _letterhead(folder: Path) -> Reader:
    papers = folder / "papers"
    papers.mkdir()

    def read(data: bytes) -> None:
        (papers / "letterhead.yaml").write_bytes(data)
        assert read_wording(papers).paper is not None

    seeds = (b'phone: "555-0100"\npaper: a4\n', b'address: "1 Main St"\n')
    return Reader("letterhead", read, (DocumentError,), seeds, "yaml")


def _own(_: Path) -> Reader:
    """The lists beside the rules; the first line says which."""
    pack = small.small_pack()
    one = {example.id: example for example in read_examples({"e.yaml": good.EXAMPLES}, pack)}
    lists: Mapping[bytes, tuple[bytes, Callable[[bytes], object]]] = {
        b"coverage": (_MEASURE, lambda data: (read_measure(data), list(ids_in(data, "x")))),
        b"budgets": (_BUDGETS, lambda data: read_budgets(data, "budgets.yaml", pack)),
        b"words": (_WORDS, partial(read_words, file="wordlist.yaml")),
        b"practice": (_PRACTICE, lambda data: _groups(data, one)),
    }

    def read(data: bytes) -> None:
        name, _, text = data.partition(b"\n")
        lists[name if name in lists else b"coverage"][1](text)

    seeds = tuple(name + b"\n" + seed for name, (seed, _) in lists.items())
    return Reader("lists beside the rules", read, (RulesError,), seeds, "rules")


RULES: Makers = {
    "rule-files": _rule_files,
    "overlay": _overlay,
    "citations": _citations,
    "stored-pack": _stored,
    "profile": _profile,
    "district": _district,
    "examples": _examples,
    "answers": _answers,
    "decision": _decision,
    "agreements": _agreements,
    "agreements-csv": _table,
    "templates": _wording,
    "letterhead": _letterhead,
    "lists": _own,
}
