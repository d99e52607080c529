import json

import pytest

from fujia.cabin.fusion.answer import read_answer, read_plan
from fujia.errors import ModelError
from tests.cabin.fusion.talking import OPEN, planned
from tests.cabin.talk import command

SAID = "主驾车窗开到50"


def test_a_plan_is_read_and_held_against_what_was_said() -> None:
    found = read_plan(planned(OPEN, reply="好"), SAID, "driver")
    assert ([one.command for one in found.held], found.reply, found.problem) == ([OPEN], "好", "")


def test_what_stands_in_the_wrong_place_is_told_in_words() -> None:
    wrong = command("media.control", action="play", station="音乐之声")
    found = read_plan(planned(wrong), "播放音乐之声", "driver")
    assert found.problem == "media.control has no argument 'station'"
    assert not read_plan(planned(wrong), "播放", "driver").problem


@pytest.mark.parametrize(
    "text",
    ["没听懂", json.dumps({"commands": [{"skill": 3}]}), planned(command("rocket.start")),
     planned(OPEN, command("seat.heating", level="hot")), planned(*[OPEN] * 13)],
)  # fmt: skip
def test_one_command_that_is_none_spoils_the_plan(text: str) -> None:
    with pytest.raises(ModelError):
        read_plan(text, SAID, "driver")


def test_nulls_stand_for_what_was_not_said() -> None:
    given = {"commands": [{"skill": OPEN.skill, "args": {"position": 50, "zone": None}}]}
    assert read_answer(given).commands == (command(OPEN.skill, position=50),)
