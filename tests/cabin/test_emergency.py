"""Emergency phrases stop what moves, and nothing else is taken for one."""

from collections.abc import Callable

import pytest

from fujia import Cabin, SimulatedCar, Turn, load_profile
from fujia.cabin.emergency import emergency
from fujia.vehicle.fault import Fault
from fujia.vehicle.signal import Value

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
SUNROOF = "Vehicle.Cabin.Sunroof.Position"


def interrupted(car: SimulatedCar, path: str, at: float, said: str, ask: str) -> tuple[Turn, Turn]:
    """Two turns: ``ask``, and ``said`` in the middle of it, when ``path`` has passed ``at``."""
    cabin = Cabin(car=car)
    stops: list[Turn] = []

    def watch(changed: str, value: Value) -> None:
        if changed == path and not stops and isinstance(value, (int, float)) and value >= at:
            stops.append(cabin.say(said))

    end: Callable[[], None] = car.subscribe(watch)
    asked = cabin.say(ask)
    end()
    return asked, stops[0]


@pytest.mark.parametrize(("said", "word"), [("停", "正在做"), ("stop", "doing nothing")])
def test_where_nothing_moves_it_says_so(said: str, word: str) -> None:
    assert word in Cabin("i5").say(said).reply


@pytest.mark.parametrize(("said", "reply"), [("停！", "停下了。"), ("Stop", "Stopped.")])
def test_a_window_stops_where_it_is(said: str, reply: str) -> None:
    car = SimulatedCar(load_profile("i5"))
    asked, stop = interrupted(car, WINDOW, 40, said, "打开车窗")
    assert (stop.reply, stop.outcome) == (reply, "done")
    assert asked.outcome == "failed"
    assert "还在" in asked.reply
    car.advance(10)
    assert 40 <= float(str(car.read(WINDOW))) < 60


def test_a_held_switch_is_let_go() -> None:
    car = SimulatedCar(load_profile("i5"))
    _, stop = interrupted(car, SUNROOF, 30, "别动", "打开天窗")
    assert stop.outcome == "done"
    car.advance(10)
    assert 30 <= float(str(car.read(SUNROOF))) < 60


def test_what_cannot_be_stopped_is_told() -> None:
    car = SimulatedCar(load_profile("i5"))

    def refuse(path: str, _: Value) -> None:
        if path == WINDOW:
            car.inject(Fault(WINDOW, "refuses"))

    car.subscribe(refuse)
    asked, stop = interrupted(car, WINDOW, 10, "停", "打开车窗")
    assert stop.outcome == "failed"
    assert "请用按键" in stop.reply
    assert asked.outcome == "done"


def test_where_nothing_moves_it_cancels_what_waits() -> None:
    cabin = Cabin("i5")
    assert cabin.say("打开车窗").outcome == "done"
    before = cabin.car.snapshot()
    assert cabin.say("停").actions == ()
    assert cabin.say("如果下雨就关车窗").outcome == "needs_confirmation"
    assert "取消" in cabin.say("停").reply
    assert cabin.say("好").outcome == "answered"
    assert cabin.car.snapshot() == before


@pytest.mark.parametrize("said", ["停车场", "停下音乐", "别动我的座椅", "stop the music", "", "。"])
def test_a_longer_utterance_is_none(said: str) -> None:
    assert emergency(said) is None
