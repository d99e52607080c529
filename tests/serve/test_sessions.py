"""Sessions: turns with ids, events in order, and nothing done twice."""

from threading import Barrier, Thread
from threading import Event as Flag
from threading import enumerate as enumerate_threads

import pytest

from fujia.errors import InputError, NotWritable, TooMuch, TurnConflict, UnknownSession
from fujia.garage import Garage
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.scripted import ScriptedModel
from fujia.serve import turns
from fujia.serve.sessions import Event, Session, Sessions
from fujia.vehicle.car import Car
from fujia.vehicle.fault import Fault

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
SUNROOF = "打开天窗"


class RealCar(Car):
    """A car that is not simulated, as far as anybody can tell."""

    def __init__(self, behind: Car) -> None:
        self.profile = behind.profile
        self.snapshot = behind.snapshot
        self.actuate = behind.actuate
        self.wait_for = behind.wait_for
        self.subscribe = behind.subscribe

    snapshot = actuate = wait_for = subscribe = None  # type: ignore[assignment]


@pytest.fixture
def house() -> Sessions:
    return Sessions()


def watched(session: Session) -> list[Event]:
    events: list[Event] = []
    session.subscribe(events.append)
    return events


def test_a_turn_tells_its_steps_in_order(house: Sessions):
    session = house.create()
    events = watched(session)
    turn = session.say("把主驾车窗打开一半")
    kinds = [event.kind for event in events if event.kind != "signal"]
    assert kinds == ["heard", "understood", "judged", "acted", "read_back", "replied"]
    heard, understood, judged, acted, read_back, replied = (
        event.data for event in events if event.kind != "signal"
    )
    assert heard == {"said": "把主驾车窗打开一半", "seat": "driver"}
    assert understood["plan"]["commands"][0]["skill"] == "window.position"
    assert judged == {"skill": "window.position", "verdict": "allow", "rule": None}
    assert acted == {"writes": {WINDOW: 50}}
    assert read_back == {"values": {WINDOW: 50}}
    assert replied["reply"] == turn.reply
    assert replied["outcome"] == "done"
    assert len({event.turn_id for event in events}) == 1
    times = [event.ms for event in events if event.kind != "signal"]
    assert times == sorted(times)


def test_signals_are_told_as_the_car_moves(house: Sessions):
    session = house.create()
    events = watched(session)
    session.say("把主驾车窗打开一半")
    positions = [each.data["value"] for each in events if each.data.get("path") == WINDOW]
    assert positions == sorted(positions)
    assert positions[-1] == 50
    assert len(positions) > 3


def test_a_signal_outside_of_a_turn_belongs_to_none(house: Sessions):
    session = house.create()
    events = watched(session)
    session.set("Vehicle.Speed", 50)
    speeds = [event for event in events if event.data["path"] == "Vehicle.Speed"]
    assert [(event.turn_id, event.data["value"]) for event in speeds] == [(None, 50.0)]


def test_who_stopped_listening_hears_nothing(house: Sessions):
    session = house.create()
    events: list[Event] = []
    end = session.subscribe(events.append)
    assert session.is_watched
    end()
    end()
    session.say(SUNROOF)
    assert events == []
    assert not session.is_watched


def test_a_listener_that_fails_harms_nobody(house: Sessions):
    session = house.create()

    def broken(_: Event) -> None:
        raise RuntimeError("not my day")

    session.subscribe(broken)
    events = watched(session)
    assert session.say(SUNROOF).outcome == "done"
    assert events[-1].kind == "replied"


def test_the_same_id_is_the_same_turn(house: Sessions):
    session = house.create()
    first = session.take("音量调大一点", turn_id="a")
    again = session.take("音量调大一点", turn_id="a")
    assert again is first
    assert session.car.read("Vehicle.Cabin.Infotainment.Media.Volume") == 40
    assert [record.id for record in session.turns] == ["a"]


def test_an_id_does_not_stand_for_other_words_or_another_seat(house: Sessions):
    session = house.create()
    session.take(SUNROOF, turn_id="a")
    with pytest.raises(TurnConflict):
        session.take("关闭天窗", turn_id="a")
    with pytest.raises(TurnConflict):
        session.take(SUNROOF, "passenger", turn_id="a")
    assert len(session.turns) == 1


def test_old_ids_are_forgotten(house: Sessions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "KNOWN_TURNS", 2)
    session = house.create()
    for number in range(4):
        session.take("你好", turn_id=str(number))
    assert [record.id for record in session.turns] == ["2", "3"]


def test_words_that_cannot_be_used_leave_the_id_free(house: Sessions):
    session = house.create()
    with pytest.raises(InputError):
        session.take("a" * 1001, turn_id="a")
    assert session.take(SUNROOF, turn_id="a").turn.outcome == "done"


def test_two_threads_with_one_id_do_it_once(house: Sessions):
    session = house.create()
    start = Barrier(4)

    def ask() -> None:
        start.wait()
        session.take("音量调大一点", turn_id="a")

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.car.read("Vehicle.Cabin.Infotainment.Media.Volume") == 40


def test_too_many_waiting_turns_are_refused(house: Sessions, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "WAITING_TURNS", 1)
    session = house.create()
    begun, go_on = Flag(), Flag()

    def wait(event: Event) -> None:
        if event.kind == "heard":
            begun.set()
            go_on.wait(10)

    session.subscribe(wait)
    thread = Thread(target=session.say, args=(SUNROOF,))
    thread.start()
    assert begun.wait(10)
    with pytest.raises(TooMuch, match="try again"):
        session.say("关闭天窗")
    go_on.set()
    thread.join()
    assert session.say("关闭天窗").outcome == "done"


def test_closing_waits_for_the_turn_that_runs(house: Sessions):
    session = house.create()
    begun, go_on = Flag(), Flag()

    def wait(event: Event) -> None:
        if event.kind == "heard":
            begun.set()
            go_on.wait(10)

    session.subscribe(wait)
    said: list[str] = []
    thread = Thread(target=lambda: said.append(session.say(SUNROOF).outcome))
    thread.start()
    assert begun.wait(10)
    closer = Thread(target=house.close_all)
    closer.start()
    closer.join(0.05)
    assert closer.is_alive()
    go_on.set()
    closer.join()
    thread.join()
    assert said == ["done"]
    with pytest.raises(UnknownSession):
        session.say(SUNROOF)
    assert house.all() == []


def test_what_waited_for_the_world_is_done_when_it_comes_true(house: Sessions):
    session = house.create()
    session.say("把车窗都打开")
    session.say("如果下雨就关窗")
    session.say("好")
    events = watched(session)
    session.set("Vehicle.Body.Raindetection.Intensity", 60)
    assert session.car.read(WINDOW) == 0
    replied = [event for event in events if event.kind == "replied"]
    assert len(replied) == 1
    assert replied[0].turn_id == session.turns[-1].id
    assert session.turns[-1].turn.outcome == "done"


def test_time_passes_in_simulated_cars(house: Sessions):
    session = house.create()
    now = session.simulated().now
    house.pass_time(2.0)
    assert session.simulated().now == pytest.approx(now + 2.0)


def test_every_turn_is_kept_before_its_reply_leaves(house: Sessions):
    kept: list[str] = []
    house = Sessions(keeper=lambda session, record: kept.append(f"{session.id} {record.id}"))
    session = house.create()
    session.subscribe(lambda event: kept.append("replied") if event.kind == "replied" else None)
    session.take(SUNROOF, turn_id="a")
    assert kept == [f"{session.id} a", "replied"]


def test_faults_break_the_car(house: Sessions):
    session = house.create()
    session.inject(Fault(WINDOW, "silent"))
    assert session.say("打开主驾车窗").outcome == "failed"


def test_what_is_repaired_leaves_the_other_faults_alone(house: Sessions):
    session = house.create()
    window, seat = Fault(WINDOW, "silent"), Fault("*.HeatingCooling", "silent")
    for fault in (window, seat):
        session.inject(fault)
    session.repair(window)
    assert session.faults == (seat,)
    assert session.say("打开主驾车窗").outcome == "done"
    assert session.say("打开主驾座椅加热").outcome == "failed"
    session.repair()
    assert session.faults == ()
    assert session.say("打开主驾座椅加热").outcome == "done"


def test_the_world_of_a_real_car_is_not_set(house: Sessions):
    session = house.create()
    session.car = RealCar(session.car)
    with pytest.raises(NotWritable, match="real car"):
        session.set("Vehicle.Speed", 3)
    session.pass_time(1.0)
    assert session.car.read("Vehicle.Speed") == 0


def test_a_session_starts_in_a_state_and_a_language(house: Sessions):
    session = house.create("generic-ev", "en", state={"Vehicle.Speed": 80})
    assert session.vehicle == "generic-ev"
    assert session.car.read("Vehicle.Speed") == 80
    assert session.say("???").language == "en"


def test_sessions_are_found_and_closed_by_id(house: Sessions):
    one, two = house.create(), house.create()
    assert house.get(two.id) is two
    assert house.all() == [one, two]
    house.close(one.id)
    with pytest.raises(UnknownSession):
        house.get(one.id)
    with pytest.raises(UnknownSession):
        house.close(one.id)


def test_there_is_a_limit_of_sessions():
    house = Sessions(limit=1)
    first = house.create()
    with pytest.raises(TooMuch):
        house.create()
    house.close(first.id)
    house.create()


def test_the_shared_session_is_one(house: Sessions):
    session = house.shared("i5")
    assert house.shared("i5") is session
    house.close(session.id)
    assert house.shared("i5") is not session


def test_unused_sessions_are_closed_unless_somebody_needs_them(house: Sessions):
    idle, listened, shared = house.create(), house.create(), house.shared("i5")
    listened.subscribe(lambda _: None)
    later = idle.used.replace(year=idle.used.year + 1)
    assert house.close_idle(idle.opened) == 0
    assert house.close_idle(later) == 1
    assert house.all() == [listened, shared]


@pytest.mark.parametrize(("url", "reads"), [("http://127.0.0.1:1/v1", 2), ("https://a.example", 0)])
def test_a_model_on_this_machine_reads_ahead_when_a_session_begins(url: str, reads: int):
    model = ScriptedModel(lambda _asked, _sample: "好")
    known = ModelConfig(model="m", base_url=url, key_variable=None)
    config = Config(models={"m": known}, roles={"fast": ("m",)}, attempts=1)
    gateway = Gateway(config, models={"m": model})
    house = Sessions(Garage(models=lambda: gateway))
    for _ in range(2):
        house.create("i5")
        for thread in enumerate_threads():
            if thread.name == "fujia-warm-up":
                thread.join(20)
    assert len(model.requests) == reads
