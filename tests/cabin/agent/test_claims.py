from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from fujia.cabin.agent.claims import claims, sentences, without_claims
from fujia.datafile import load_yaml


class Examples(BaseModel):
    model_config = ConfigDict(extra="forbid")

    claims: list[str]
    harmless: list[str]


EXAMPLES = load_yaml(Path(__file__).parent / "data" / "claims.yaml", Examples)


def test_there_are_sixty_of_each_in_both_languages():
    for many in (EXAMPLES.claims, EXAMPLES.harmless):
        english = [one for one in many if one.isascii() or "’" in one]
        assert len(set(many)) == len(many) >= 60
        assert 25 <= len(english) <= len(many) - 25


@pytest.mark.parametrize("said", EXAMPLES.claims)
def test_what_says_that_something_was_done_is_a_claim(said: str):
    assert claims(said)


@pytest.mark.parametrize("said", EXAMPLES.harmless)
def test_what_says_nothing_of_the_kind_is_none(said: str):
    assert not claims(said)


def test_how_a_thing_stands_may_be_said_by_whoever_looked():
    assert claims("The window is open.")
    assert claims("看起来车里的温度也跟蒸笼一样高。")
    assert not claims("车里的温度可以调低一点。")
    assert not claims("The window is open.", looked=True)
    assert claims("I have opened it.", looked=True)


def test_a_promise_that_nobody_keeps_is_a_claim():
    assert claims("好的，我会关闭尾气阀门。", looked=True)
    assert not claims("如果您愿意，我可以陪您聊天。")


def test_only_the_claiming_sentences_go():
    text = "Hello! I have opened the window. It will rain at 3.5 degrees."
    assert without_claims(text) == "Hello! It will rain at 3.5 degrees."
    assert without_claims("好了。车窗已打开！") == ""
    assert sentences("一。二？three. four") == ["一。", "二？", "three.", "four"]
