"""What a cabin tells of a turn, as events."""

from datetime import UTC, datetime

from fujia.cabin.turn import Turn
from fujia.serve.event import Event, TurnRecord
from fujia.serve.teller import Teller, turn_of_change
from fujia.serve.turns import Asked


def teller(asked: Asked, events: list[Event]) -> Teller:
    def keep(turn: Turn, turn_id: str, _: Asked) -> TurnRecord:
        return TurnRecord(turn_id, "s", "i5", datetime.now(UTC), turn)

    return Teller(asked, "a", keep, events.append, lambda: events.append(BEGUN))


BEGUN = Event("heard", "begun", 0.0)


def replied(said: str) -> dict[str, object]:
    return {"ms": 2.0, "turn": Turn(said, "driver", "zh", (), "好的。", "device", 2.0)}


def test_all_events_of_a_turn_have_its_id_and_the_seat_that_spoke():
    events: list[Event] = []
    tell = teller(("打开天窗", "passenger"), events)
    tell("heard", {"ms": 0.5, "detail": "打开天窗"})
    tell("understood", {"ms": 1.0, "detail": {}})
    tell("words", {"ms": 1.5, "text": "好的"})
    assert tell.record is None
    tell("replied", replied("打开天窗"))
    told = [event for event in events if event is not BEGUN]
    assert [event.kind for event in told] == ["heard", "understood", "words", "replied"]
    assert {event.turn_id for event in told} == {"a"}
    assert told[0].data == {"said": "打开天窗", "seat": "passenger"}
    assert tell.record is not None and tell.record.id == "a"


def test_a_turn_has_its_place_once_it_was_understood():
    events: list[Event] = []
    tell = teller(("打开天窗", "driver"), events)
    tell("heard", {"ms": 0.5, "detail": "打开天窗"})
    assert BEGUN not in events
    tell("understood", {"ms": 1.0, "detail": {}})
    assert events[-1] is BEGUN


def test_each_turn_that_nobody_asked_for_has_an_id_of_its_own():
    events: list[Event] = []
    tell = teller(("", "driver"), events)
    tell("replied", replied(""))
    tell("replied", replied(""))
    assert len({event.turn_id for event in events}) == 2


def test_what_a_thread_changes_belongs_to_the_turn_that_it_works_for():
    tell = teller(("打开天窗", "driver"), [])
    assert turn_of_change() is None
    with tell.causes():
        assert turn_of_change() == "a"
    assert turn_of_change() is None
