from pathlib import Path

import pytest

from fujia.cabin.folders import use_data_folder
from fujia.cabin.skill import Answer, Unavailable
from fujia.cabin.skills import SKILLS
from tests.cabin.skills.examples import scene


@pytest.fixture
def manuals(tmp_path: Path) -> Path:
    use_data_folder(tmp_path)
    return tmp_path


def test_the_manual_is_not_guessed(manuals: Path) -> None:
    answer = SKILLS["manual.ask"](scene(), {"question": "今天股市怎么样"})
    assert isinstance(answer, Answer)
    assert "手册里没有写到" in answer.text
    assert answer.args == {"question": "今天股市怎么样"}


def test_a_trip_is_not_promised() -> None:
    answer = SKILLS["travel.plan"](scene(), {"destination": "黄山", "days": 3})
    assert isinstance(answer, Answer)
    assert "不会规划行程" in answer.text
    assert answer.args == {"destination": "黄山", "days": 3}


def test_an_unknown_function_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="这个功能"):
        SKILLS["unknown.function"](scene(), {"text": "打开咖啡机"})


def test_what_is_asked_for_later_is_named_as_such() -> None:
    with pytest.raises(Unavailable, match="到点"):
        SKILLS["unknown.function"](scene(), {"text": "五分钟后关掉"})
