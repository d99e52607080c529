import re
from pathlib import Path
from typing import get_args

import pytest

from fujia.cabin.turn import Outcome, Route, StepName
from fujia.serve.cockpit import texts
from fujia.serve.cockpit.texts import TEXTS_FILE, load_texts

FOLDER = Path(texts.__file__).parent


def test_every_text_is_there_in_both_languages():
    zh, en = load_texts("zh"), load_texts("en")
    assert zh.words.keys() == en.words.keys()
    assert all(zh.words.values())
    assert all(en.words.values())
    assert zh.word("not_now") != en.word("not_now")


def test_a_text_of_another_name_is_an_error():
    with pytest.raises(KeyError):
        load_texts("en").word("no such text")


def test_every_word_that_the_code_names_exists_and_no_other_does():
    code = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.py"))
    named = set(re.findall(r"word\(\s*['\"](\w+)", code)) | set(re.findall(r'"(say_\w+)"', code))
    # Views, verdicts, controls, answers and what is said unasked name theirs in data.
    world = (TEXTS_FILE.parent / "world.yaml").read_text(encoding="utf-8")
    named |= set(re.findall(r"word: (\w+)", world))
    named |= {"talk", "car", "world", "refuse", "confirm"}
    named |= {"nobody", "guest", "yes", "no", "never", "say_never", "suggested", "announced"}
    assert named == set(load_texts("zh").words)


def test_every_outcome_step_and_route_of_a_turn_has_a_word():
    texts = load_texts("en")
    assert set(texts.outcomes) == set(get_args(Outcome))
    assert set(texts.steps) == set(get_args(StepName))
    assert set(texts.routes) == set(get_args(Route))
