"""The question set keeps its promises: size, halves, and answers that are where it says."""

from collections import Counter
from collections.abc import Mapping

import pytest

from fujia import load_profile
from fujia.expert.documents.markdown import read_markdown
from fujia.expert.documents.text import read_text
from fujia.expert.library import HANDBOOK, LANGUAGES, handbook
from fujia.expert.section import Document, Language, Section
from tests.bench.manual_questions import MANUALS, Question, load

QUESTIONS = [*load("worked with"), *load("held out")]
NEAR = load("near")
_READERS = {".txt": read_text, ".md": read_markdown}


@pytest.fixture(scope="module")
def sections() -> Mapping[tuple[str, str, Language], Mapping[str, Section]]:
    """By manual, vehicle and language: the sections by id (handbook) or heading."""
    found: dict[tuple[str, str, Language], dict[str, Section]] = {}
    for vehicle in {question.vehicle for question in QUESTIONS}:
        for language in LANGUAGES:
            document = handbook(language, load_profile(vehicle).equipment)
            named = {section.id: section for section in document.sections}
            found["handbook", vehicle, language] = named
    for name, file in MANUALS.items():
        document: Document = _READERS[file.suffix](file.read_bytes(), name, "")
        named = {section.title: section for section in document.sections}
        found |= {(name, "i5", language): named for language in LANGUAGES}
    return found


def test_there_are_enough_of_each_kind() -> None:
    asked = [question for question in QUESTIONS if question.manual == "handbook"]
    assert len(asked) >= 240
    assert sum(not question.answerable for question in asked) >= 60
    assert {question.language for question in asked} == set(LANGUAGES)
    for name in MANUALS:
        few = [question for question in QUESTIONS if question.manual == name]
        assert {question.answerable for question in few} == {True, False}
        assert len(few) >= 12


def test_half_is_set_aside_in_its_own_file() -> None:
    halves = Counter(question.held_out for question in QUESTIONS)
    assert abs(halves[True] - halves[False]) <= 2
    assert all(question.held_out for question in load("held out"))
    assert not any(question.held_out for question in load("worked with"))


def test_no_question_stands_twice() -> None:
    every = [*QUESTIONS, *NEAR]
    assert len({question.id for question in every}) == len(every)
    assert len({question.question for question in every}) == len(every)


def test_half_of_the_near_questions_have_no_answer_in_either_language() -> None:
    kinds = Counter((question.language, question.answerable) for question in NEAR)
    assert set(kinds.values()) == {25}
    assert len(kinds) == 4


def test_the_sections_of_the_near_questions_are_there(
    sections: Mapping[tuple[str, str, Language], Mapping[str, Section]],
) -> None:
    for question in NEAR:
        named = sections["handbook", question.vehicle, question.language]
        assert set(question.sections) <= set(named), question.id
        assert bool(question.sections) == question.answerable, question.id


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.answerable], ids=lambda q: q.id)
def test_the_answer_stands_where_it_says(
    question: Question,
    sections: Mapping[tuple[str, str, Language], Mapping[str, Section]],
) -> None:
    named = sections[question.manual, question.vehicle, question.language]
    assert question.sections and question.keywords
    texts = [named[section].text for section in question.sections]
    for keyword in question.keywords:
        assert any(keyword in text for text in texts), keyword


def test_the_handbook_has_not_a_word_on_what_it_cannot_answer() -> None:
    files = {
        language: "".join(
            file.read_text(encoding="utf-8").casefold()
            for file in sorted((HANDBOOK / language).glob("*.md"))
        )
        for language in LANGUAGES
    }
    for question in QUESTIONS:
        if question.manual == "handbook" and not question.answerable:
            assert question.absent, question.id
            present = [
                word for word in question.absent if word.casefold() in files[question.language]
            ]
            assert not present, question.id
