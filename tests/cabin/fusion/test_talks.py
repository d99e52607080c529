from fujia.cabin.fusion.talks import Talks
from tests.llm.asking import Clock


def test_the_last_exchanges_of_each_seat_are_kept_for_themselves() -> None:
    talks = Talks(2, 60, Clock())
    for number in range(3):
        talks.add("driver", f"问{number}", f"答{number}")
    talks.add("passenger", "我呢", "您也好")
    assert talks.lines("driver") == [
        ("person", "问1"), ("fujia", "答1"), ("person", "问2"), ("fujia", "答2"),
    ]  # fmt: skip
    assert talks.messages("passenger")[0] == {"role": "user", "content": "我呢"}
    assert talks.messages("rear_left") == ()


def test_an_old_conversation_is_forgotten() -> None:
    clock = Clock()
    talks = Talks(2, 60, clock)
    talks.add("driver", "问", "答")
    clock.sleep(59)
    assert talks.lines("driver")
    talks.add("driver", "再问", "再答")
    clock.sleep(61)
    assert talks.lines("driver") == []
