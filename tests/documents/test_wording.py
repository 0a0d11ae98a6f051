"""The sentences of the papers: ours are sound, a district's own are read strictly and stand in their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferpa_wizard.core.sentences import places
from ferpa_wizard.documents.errors import DocumentError
from ferpa_wizard.documents.wording import ALWAYS, WordingError, claims_ferpa, read_wording
from tests import real
from tests.documents.voices import ROOT, cited, ours, paragraphs

LONGEST_SENTENCE = 25
GRADE = 8.0
AVOIDED = re.compile(
    r"\b(?:please|shall|pursuant|herein|thereof|disclose\w*|compliant|violation|illegal|PII|the Act|and/or)\b", re.I
)


def own(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name.replace('__', '.').replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(WordingError) as caught:
        read_wording(folder)
    return [str(mistake) for mistake in caught.value.mistakes]


# Ours


def english() -> list[tuple[str, str]]:
    return [
        (f"{name}:{key}", text)
        for name, texts in ours().files.items()
        if not name.endswith(".es")
        for key, text in texts.items()
        if text
    ]


@pytest.mark.parametrize("name", sorted(ours().files))
def test_every_paragraph_that_our_sentences_cite_exists(name: str) -> None:
    found = {cite for text in ours().files[name].values() for cite in cited(text)}
    assert found - paragraphs() == set()


def test_every_statute_that_our_sentences_cite_is_a_source() -> None:
    sources = (ROOT / "rules" / "ferpa" / "sources.yaml").read_text(encoding="utf-8")
    found = {cite for _, text in english() for cite in re.findall(r"\d+ USC \d+\w*(?:\(\w+\))*", text)}
    assert found
    assert [cite for cite in found if f'"{cite}"' not in sources] == []


def test_only_the_sentence_for_it_says_that_ferpa_forbids_something() -> None:
    claiming = [place for place, text in english() if claims_ferpa(text)]
    assert claiming == ["letter:ferpa-stops", "letter:ferpa-stops-part"]


def test_sentences_are_short_and_plain() -> None:
    long = [
        (place, sentence)
        for place, text in english()
        for sentence in _sentences(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []
    assert [(place, text) for place, text in english() if AVOIDED.search(text)] == []


@pytest.mark.parametrize("name", sorted(name for name in ours().files if not name.endswith(".es")))
def test_each_sheet_reads_at_grade_eight_or_lower(name: str) -> None:
    sentences = [s for text in ours().files[name].values() for s in _sentences(text) if len(s.split()) > 3]
    if sentences:
        assert _grade(sentences) <= GRADE


def _sentences(text: str) -> list[str]:
    bare = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*(?:CFR|USC)[^()]*(?:\([^()]*\)[^()]*)*\)|\{\w+\}", " it ", text)
    return [part for part in re.split(r"(?<=[.?:;])\s+", bare) if part.strip()]


def _grade(sentences: list[str]) -> float:
    letters = [re.sub(r"[^a-z]", "", word.lower()) for sentence in sentences for word in sentence.split()]
    counted = [word for word in letters if word]
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word)))) for word in counted)
    return 0.39 * len(counted) / len(sentences) + 11.8 * syllables / len(counted) - 15.59


def test_the_spanish_form_says_all_that_the_english_one_says() -> None:
    one, other = ours().files["consent-form"], ours().files["consent-form.es"]
    assert one.keys() == other.keys()
    for key in one:
        assert places(one[key]) == places(other[key]), key
        assert cited(one[key]) == cited(other[key]), key


def test_every_item_that_a_form_may_list_has_a_spanish_name() -> None:
    names = ours().files["names.es"]
    pack = real.pack()
    items = [item.id for item in pack.items.values() if not item.tags & {"outside", "received"}]
    missing = [item for item in items if f"item-{item}" not in names]
    assert missing == [], "add a line for each to resources/papers/wording/names.es.yaml"


def test_every_way_to_yes_has_words_for_the_person_who_asked() -> None:
    missing = [route.id for route in real.pack().routes if route.id not in ours().files["routes"]]
    assert missing == [], "add a line for each to resources/papers/wording/routes.yaml"


# A district's own


def test_own_sentences_stand_in_place_of_ours_and_the_rest_stays(tmp_path: Path) -> None:
    found = read_wording(
        own(tmp_path, letter='regards: "Yours truly,"', letterhead='school: "Lincoln #1 {"'.replace(" {", ""))
    )
    assert found.sheet("letter")("regards") == "Yours truly,"
    assert found.sheet("letter")("title") == ours().sheet("letter")("title")
    assert found.sheet("letterhead")("school") == "Lincoln #1"


def test_no_folder_is_no_mistake(tmp_path: Path) -> None:
    assert read_wording(tmp_path / "nowhere").files == ours().files
    assert read_wording().files == ours().files


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = own(tmp_path)
    (folder / "notes.txt").write_text("regards: :", encoding="utf-8")
    assert read_wording(folder).files == ours().files


def test_every_mistake_is_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    found = refused(
        own(
            tmp_path,
            letter='regrads: "x"\ndear: "Dear {nobody}:"\nregards: "{"\nthanks: ["a"]\nasked: ["a"]\nwhy: ""\n',
            entries="title: *x\n",
            lettre='title: "x"\n',
        )
    )
    assert [line.split(": ")[0] for line in found] == [
        "papers/entries.yaml:1",
        "papers/letter.yaml:1",
        "papers/letter.yaml:2",
        "papers/letter.yaml:3",
        "papers/letter.yaml:4",
        "papers/letter.yaml:5",
        "papers/letter.yaml:6",
        "papers/lettre.yaml:1",
    ]
    assert "regards" in found[1]
    assert "{nobody}" in found[2]
    assert "“letter”" in found[-1]


@pytest.mark.parametrize(
    "text",
    [
        "FERPA prohibits this.", "Because of FERPA we say no.", "FERPA does not allow it.", "This is not allowed under FERPA.",
        "FERPA itself forbids it", "FERPA blocks us.", "ferpa does prohibit it", "Due to FERPA, no.", "It is prohibited by FERPA.",
    ],
)  # fmt: skip
def test_no_own_sentence_may_blame_it_on_ferpa(text: str, tmp_path: Path) -> None:
    assert len(refused(own(tmp_path, letter=f'not-now: "{text}"'))) == 1


@pytest.mark.parametrize(
    "text", ["FERPA itself does not prohibit this.", "FERPA lets us share it.", "FERPA asks for consent."]
)
def test_what_does_not_blame_it_may_name_ferpa(text: str, tmp_path: Path) -> None:
    assert read_wording(own(tmp_path, letter=f'not-now: "{text}"')).sheet("letter")("not-now") == text


def test_the_sentence_that_prints_from_the_record_may_be_reworded(tmp_path: Path) -> None:
    own_words = "FERPA prohibits this as you asked it."
    assert read_wording(own(tmp_path, letter=f'ferpa-stops: "{own_words}"')).sheet("letter")("ferpa-stops") == own_words


def test_letterhead_lines_may_be_empty_and_name_nothing(tmp_path: Path) -> None:
    assert read_wording(own(tmp_path, letterhead='phone: ""')).sheet("letterhead")("phone") == ""
    (tmp_path / "papers" / "letterhead.yaml").write_text('school: "{school}"', encoding="utf-8")
    assert len(refused(tmp_path / "papers")) == 1


@pytest.mark.parametrize(("named", "size"), [("letter", "us-letter"), ("a4", "a4")])
def test_the_letterhead_names_the_size_of_paper(named: str, size: str, tmp_path: Path) -> None:
    assert read_wording(own(tmp_path, letterhead=f"paper: {named}")).paper == size
    assert read_wording().paper == "us-letter"


@pytest.mark.parametrize("named", ["legal", '""', "[a4]", '"{school}"'])
def test_a_size_of_paper_that_nobody_knows_is_told_with_file_and_line(named: str, tmp_path: Path) -> None:
    (mistake,) = refused(own(tmp_path, letterhead=f'phone: "1"\npaper: {named}\n'))
    assert mistake.startswith("papers/letterhead.yaml:2: ")
    assert "paper" in mistake


def test_what_every_sentence_may_name_is_filled_everywhere(tmp_path: Path) -> None:
    every = " ".join(f"{{{name}}}" for name in sorted(ALWAYS))
    assert read_wording(own(tmp_path, letter=f'regards: "{every}"')).sheet("letter").texts["regards"] == every


def test_a_folder_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own(tmp_path, letter='regards: "x"')

    def refuse(_: Path, *__: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "open", refuse)
        with pytest.raises(DocumentError, match="Your record is safe"):
            read_wording(folder)


@given(st.binary(max_size=300))
def test_no_bytes_in_an_own_file_bring_it_down(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        Path(place, "letter.yaml").write_bytes(data)
        try:
            read_wording(Path(place))
        except WordingError as error:
            assert all(mistake.line > 0 for mistake in error.mistakes)


def test_a_value_is_never_filled_again() -> None:
    sheet = ours().sheet("letter", {"number": "{contact}", "contact": "X"})
    assert "{contact}" in sheet("second-look-says")
