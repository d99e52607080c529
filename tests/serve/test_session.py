"""A session's people and their memories, and what is said in it that nobody asked for."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from fujia.cabin.memory import Fact, Memories
from fujia.cabin.models import use_models
from fujia.errors import InputError
from fujia.garage import Garage
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.serve.sessions import Event, Session, Sessions
from fujia.understanding.plan import Command, Condition, Plan
from fujia.understanding.understander import ScriptedUnderstander
from fujia.vehicle.signal import Value
from tests.cabin.fusion.talking import HangingModel, called, gateway
from tests.cabin.talk import ACTS, command

DOOR = "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen"
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
LEFT_OPEN: dict[str, Value] = {"Vehicle.LowVoltageSystemState": "OFF", DOOR: True, WINDOW: 60}
TYRE = "Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.IsPressureLow"


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class House:
    """Sessions whose people are remembered, and whose clock the test owns."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.memories = Memories(folder, self.clock)
        garage = Garage(memory_folder=folder, driver="Anna", suggests=True, clock=self.clock)
        self.sessions = Sessions(garage)

    def pass_time(self, session: Session, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.now += timedelta(seconds=1)
            session.pass_time(1.0)


@pytest.fixture
def house(tmp_path: Path) -> Generator[House]:
    made = House(tmp_path / "memory")
    yield made
    made.sessions.close_all()


def listening(session: Session) -> list[Event]:
    events: list[Event] = []
    session.subscribe(lambda event: events.append(event) if event.kind != "signal" else None)
    return events


def test_people_of_a_session_are_guests_until_somebody_says_who_they_are(house: House):
    session = house.sessions.create()
    session.say("我喜欢21度")
    session.say("好")
    assert house.memories.people() == ()
    session.cabin.seat("driver", "Anna")
    session.say("我喜欢21度")
    session.say("好")
    assert [fact.value for fact in house.memories.person("Anna").facts()] == [21]


def test_the_car_that_all_share_has_the_driver_of_the_settings(house: House):
    assert house.sessions.shared("i5").memory("driver").name == "Anna"


def test_without_a_folder_nobody_is_remembered():
    session = Sessions().create()
    with pytest.raises(InputError, match="remembers nobody"):
        session.memory("driver")
    with pytest.raises(InputError, match="no folder"):
        session.cabin.seat("driver", "Anna")


def test_a_yes_is_never_that_of_the_next_person(house: House):
    session = house.sessions.create(driver="Anna")
    assert session.say("我喜欢21度").outcome == "needs_confirmation"
    session.cabin.seat("driver", "Bo")
    session.say("好")
    assert house.memories.people() == ()


def test_a_suggestion_is_an_event_with_its_reason_and_a_turn_that_takes_a_yes(house: House):
    session = house.sessions.create(state=LEFT_OPEN)
    events = listening(session)
    house.pass_time(session, 4)
    kinds = [event.kind for event in events]
    assert kinds == ["suggested", "replied"]
    suggested, replied = (event.data for event in events)
    assert suggested["suggestion"] == "left-open"
    assert suggested["reason"] in replied["reply"]
    assert (replied["said"], replied["outcome"]) == ("", "needs_confirmation")
    assert len({event.turn_id for event in events}) == 1
    assert session.say("好").outcome == "done"
    assert session.car.read(WINDOW) == 0


def test_nothing_is_suggested_to_an_empty_room(house: House):
    session = house.sessions.create(state=LEFT_OPEN)
    house.pass_time(session, 30)
    assert session.turns == []
    events = listening(session)
    house.pass_time(session, 4)
    assert [event.kind for event in events] == ["suggested", "replied"]


def test_a_suggestion_that_was_refused_for_good_never_comes_again(house: House):
    def suggested() -> list[Event]:
        session = house.sessions.create(state=LEFT_OPEN, driver="Anna")
        events = listening(session)
        house.pass_time(session, 5)
        if events:
            assert session.say("别再提醒这个").outcome == "done"
        return events

    assert suggested()
    assert house.memories.person("Anna").is_silenced("left-open")
    assert suggested() == []


def test_a_lamp_that_comes_on_is_announced(house: House):
    session = house.sessions.create()
    house.pass_time(session, 1)
    events = listening(session)
    session.simulated().set(TYRE, True)
    house.pass_time(session, 1)
    kinds = [event.kind for event in events]
    assert kinds == ["announced", "replied"]
    assert events[0].data["seat"] == "driver"
    assert events[1].data["actions"][0]["args"]["telltale"] == events[0].data["telltale"]


def test_what_is_suggested_is_not_kept_without_consent(house: House):
    from fujia.serve.store.privacy import turn_without_words

    trip = Fact(what="trip", value="西湖国宾馆", name="", time="08:10", days=(1,))
    house.memories.person("Anna").remember(trip)
    session = house.sessions.create(driver="Anna")
    events = listening(session)
    house.pass_time(session, 15)
    assert "西湖国宾馆" in events[-1].data["reply"]
    [record] = session.turns
    actions = [
        {**one.as_json(), "rule": one.rule, "reply": one.reply} for one in record.turn.actions
    ]
    assert "西湖国宾馆" not in str(turn_without_words({**record.as_json(), "actions": actions}))


# With a language model.


def test_a_models_words_are_heard_while_it_speaks(tmp_path: Path):
    model = ScriptedModel({"讲个笑话": ["从前有座山，山里有座庙。"]})
    models = Gateway(load_config(), models={"deepseek-chat": model})
    sessions = Sessions(Garage(memory_folder=tmp_path, models=lambda: models))
    session = sessions.create()
    events: list[Event] = []
    session.subscribe(events.append)
    turn = session.say("讲个笑话")
    words = [event for event in events if event.kind == "words"]
    assert turn.route == "llm"
    assert "".join(str(event.data["text"]) for event in words) == turn.reply
    assert {event.turn_id for event in words} == {events[-1].turn_id}
    assert events[-1].kind == "replied"
    sessions.close_all()


class Thinking:
    """A session in which a turn waits for a model that says nothing until it is let go."""

    def __init__(self, folder: Path, answer: Scripted = "从前有座山。") -> None:
        self.model = HangingModel(answer)
        self.kept: list[tuple[str, str]] = []
        models = gateway(self.model)
        self.sessions = Sessions(
            Garage(memory_folder=folder, models=lambda: models),
            keeper=lambda _, record: self.kept.append((record.id, record.turn.said)),
        )
        self.session = self.sessions.create()
        self.events = listening(self.session)
        self._thread = Thread(target=self.session.take, args=("讲个笑话", "driver", "slow"))
        self._thread.start()
        assert self.model.asked.wait(10)

    def finish(self) -> None:
        """Let the model answer, and wait for the turn."""
        self.model.go.set()
        self._thread.join(10)
        assert not self._thread.is_alive()

    def order(self) -> list[str | None]:
        """The turns in the order in which they were answered."""
        return [event.turn_id for event in self.events if event.kind == "replied"]


@pytest.fixture
def think(tmp_path: Path) -> Generator[Callable[..., Thinking]]:
    made: list[Thinking] = []

    def begin(*given: Scripted) -> Thinking:
        made.append(Thinking(tmp_path, *given))
        return made[-1]

    yield begin
    for one in made:
        one.finish()
        one.sessions.close_all()


def test_a_command_is_answered_while_a_model_thinks_about_another_turn(
    think: Callable[..., Thinking],
):
    one = think()
    quick = one.session.take("打开主驾车窗", "passenger", "quick")
    assert (quick.turn.outcome, one.session.car.read(WINDOW)) == ("done", 100)
    assert one.order() == ["quick"]
    one.finish()
    assert one.order() == ["quick", "slow"]
    assert [record.id for record in one.session.turns] == ["quick", "slow"]
    assert one.kept == [("quick", "打开主驾车窗"), ("slow", "讲个笑话")]
    for event in one.events:
        if event.kind == "heard":
            said = "讲个笑话" if event.turn_id == "slow" else "打开主驾车窗"
            assert event.data["said"] == said
    acted = [event.turn_id for event in one.events if event.kind in ("judged", "acted")]
    assert set(acted) == {"quick"}


def test_taking_back_what_a_model_thinks_about_cuts_it(think: Callable[..., Thinking]):
    opens = called(command("window.position", zone="driver", position=50))
    one = think(opens)
    one.session.say("算了")
    one.finish()
    assert one.session.car.read(WINDOW) == 0
    assert [record.turn.said for record in one.session.turns] == ["算了", "讲个笑话"]


def test_an_emergency_phrase_is_answered_while_a_model_thinks(think: Callable[..., Thinking]):
    one = think()
    assert one.session.say("停！").said == "停！"
    assert "slow" not in one.order()


def test_time_passes_while_a_model_thinks(think: Callable[..., Thinking]):
    one = think()
    before = one.session.simulated().now
    one.session.pass_time(1.0)
    assert one.session.simulated().now == pytest.approx(before + 1.0)


def test_a_session_that_is_closed_lets_a_thinking_turn_end(think: Callable[..., Thinking]):
    one = think()
    closer = Thread(target=one.sessions.close_all)
    closer.start()
    closer.join(0.05)
    assert closer.is_alive()
    one.finish()
    closer.join(10)
    assert not closer.is_alive()
    assert one.kept[-1] == ("slow", "讲个笑话")


RAIN = "Vehicle.Body.Raindetection.Intensity"


def test_the_clock_looks_up_what_was_watched_for_and_holds_up_nobody(tmp_path: Path):
    rain = Condition(fact="rain")
    ask = Command(skill="manual.ask", args={"question": "雨刮怎么用"}, condition=rain)
    opens = command("window.position", zone="driver", position=50)
    plans = {"下雨了告诉我雨刮怎么用": Plan(commands=(ask,)), "开窗": Plan(commands=(opens,))}
    model = HangingModel("雨刮在右边的拨杆上。[1]")
    models = gateway(model)
    use_models(lambda: models)
    understander = ScriptedUnderstander({**ACTS, **plans})
    sessions = Sessions(Garage(memory_folder=tmp_path), understander=understander)
    session, other = sessions.create(), sessions.create()
    events = listening(session)
    try:
        session.say("下雨了告诉我雨刮怎么用")
        session.say("是的")
        session.simulated().set(RAIN, 60)
        before = other.simulated().now
        sessions.pass_time(1.0)
        assert model.asked.wait(10)
        assert session.say("开窗").outcome == "done", "the car is free while a model thinks"
        sessions.pass_time(1.0)
        assert other.simulated().now == pytest.approx(before + 2.0)
        model.go.set()
        sessions.close_all()
    finally:
        use_models(None)
    told = [event.data for event in events if event.kind == "replied" and not event.data["said"]]
    assert [turn["actions"][0]["skill"] for turn in told] == ["manual.ask"]
