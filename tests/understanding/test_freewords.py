import pytest

from fujia.understanding.freewords import load_freewords, music, trim, weather
from fujia.understanding.grammar import GrammarUnderstander
from fujia.understanding.understander import Context
from tests.understanding.reading import understand


def test_idle_words_around_free_words_go() -> None:
    assert trim("一首海阔天空吧", load_freewords("zh")) == "海阔天空"


def test_what_stands_before_the_weather_is_place_and_day() -> None:
    known = load_freewords("zh")
    assert weather("上海明天", known) == {"place": "上海", "date": "明天"}
    assert weather("这里", known) == {}


def test_singer_song_and_kind_are_told_apart() -> None:
    known = load_freewords("zh")
    assert music("周杰伦的稻香", known, "zh") == {"artist": "周杰伦", "title": "稻香"}
    assert music("爵士音乐", known, "zh") == {"genre": "爵士"}


@pytest.mark.parametrize(
    ("said", "args"),
    [
        ("播周杰倫嘅歌", {"artist": "周杰倫"}),
        ("去宜家點行", {"destination": "宜家"}),
        ("导航到阿拉屋里向火锅店", {"destination": "阿拉屋里向火锅店"}),
        ("打電話俾陳大文", {"contact": "陳大文"}),
    ],
)
def test_names_stay_as_they_were_spoken(said: str, args: dict[str, str]) -> None:
    plan = GrammarUnderstander().understand(said, Context())
    assert [dict(command.args) for command in plan.commands] == [args]


def test_days_and_kinds_are_read_in_mandarin() -> None:
    understander = GrammarUnderstander()
    rain = understander.understand("听日广州会唔会落雨", Context()).commands[0]
    assert rain.args == {"place": "广州", "date": "明天"}
    fuel = understander.understand("附近有冇油站", Context()).commands[0]
    assert fuel.args == {"category": "加油站"}


def test_a_sentence_may_imply_what_was_said() -> None:
    (command,) = understand("调到中央人民广播电台音乐之声").commands
    assert command.args == {"station": "中央人民广播电台音乐之声"}
