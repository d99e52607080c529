from fujia.understanding.plan import Command
from fujia.understanding.reading import CHAT, Reading, is_partial, joined, not_understood
from tests.understanding.reading import clean, tokens


def test_parts_are_joined_in_order_and_as_sure_as_the_least_sure() -> None:
    window, climate = Command(skill="window.position"), Command(skill="climate.power")
    whole = joined(
        [Reading([window], (), 0.9), Reading([CHAT], (), 1.0), Reading([climate], (), 0.4)]
    )
    assert list(whole.commands) == [window, climate]
    assert whole.confidence == 0.4


def test_parts_that_ask_for_nothing_are_talk() -> None:
    assert list(joined([Reading([CHAT], (), 1.0)] * 2).commands) == [CHAT]


def test_what_is_not_understood_is_named_in_the_speakers_words() -> None:
    said = "打开空调，如果股票涨了就打开天窗"
    part = not_understood(clean(said), tokens(said)[3:])
    assert part.commands[0].args == {"text": "如果股票涨了就打开天窗"}
    assert is_partial(part)
    assert not_understood(clean(said)).commands[0].args == {"text": said}
