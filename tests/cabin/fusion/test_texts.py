from pathlib import Path
from string import Formatter

import pytest

from fujia.cabin.fusion.texts import FUSION_FILE, load_texts
from fujia.errors import DataError


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_what_a_model_is_told_has_every_gap_that_is_filled_and_no_other():
    texts = load_texts()
    assert names(texts.plan) == {"seat", "language", "skills"}
    assert names(texts.talk) == {"persona", "seat", "language", "tool", "remembered", "skills"}
    assert names(texts.remembered) == {"facts"}


def test_people_hear_something_before_any_model_is_given_up():
    times = dict(load_texts().time_s)
    assert times.pop("filler") < min(times.values())


def test_a_file_with_a_word_too_many_is_refused(tmp_path: Path):
    file = tmp_path / "fusion.yaml"
    file.write_text(FUSION_FILE.read_text(encoding="utf-8") + "\nsecret: 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="secret"):
        load_texts(file)
