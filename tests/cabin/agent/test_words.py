from typing import get_args

from fujia.cabin.agent.words import Phrase, fill, load_prompts, phrase, source_words


def test_every_phrase_is_there_in_both_languages():
    parts = {"names": "N", "sources": "S", "value": "V"}
    for name in get_args(Phrase):
        assert phrase(name, "zh", **parts) != phrase(name, "en", **parts)
        assert "{" not in phrase(name, "zh", **parts) + phrase(name, "en", **parts)


def test_sources_are_named_once_and_unknown_ones_in_general():
    assert source_words(["message.read", "message.other", "calendar.read"], "zh") == "短信和日历"
    assert source_words(["fax.read"], "en") == "text from outside"


def test_a_prompt_is_filled_and_braces_of_what_is_filled_in_stay():
    assert fill("a {x} {y} }", x="{y}") == "a {y} {y} }"
    prompt = load_prompts().plan
    filled = fill(prompt, seat="driver", language="English", remembered="nothing", tools="T")
    assert "T" in filled and "{seat}" not in filled
