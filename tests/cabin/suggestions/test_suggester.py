from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fujia.cabin.assistant import Cabin
from fujia.cabin.memory import Fact, Memories
from fujia.cabin.suggestions import Suggester
from fujia.cabin.turn import Turn
from fujia.understanding.plan import Command
from fujia.vehicle import SimulatedCar, Value, load_profile

RAIN = "Vehicle.Body.Raindetection.Intensity"
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
ROOF = "Vehicle.Cabin.Sunroof.Position"
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
SPEED = "Vehicle.Speed"
LEFT = "Vehicle.Body.Lights.DirectionIndicator.Left.IsSignaling"
DRIVING: dict[str, Value] = {SPEED: 60.0, GEAR: 127, "Vehicle.IsMoving": True}
MONDAY = datetime(2026, 3, 2, 7, 50, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Drive:
    """A cabin that suggests, with a clock that only moves when it is told to."""

    def __init__(self, folder: Path, state: dict[str, Value] | None = None) -> None:
        self.clock = Clock()
        self.memories = Memories(folder / "memory", self.clock)
        self.memory = self.memories.seat("driver", "王")
        self.car = SimulatedCar(load_profile("i5"), state)
        self.cabin = Cabin(car=self.car, memories=self.memories, suggests=True, clock=self.clock)

    def wait(self, seconds: int = 60) -> Turn | None:
        """Look once a second; the first suggestion, if there is one."""
        for _ in range(seconds):
            self.clock.pass_(1)
            turn = self.cabin.suggest()
            if turn is not None:
                return turn
        return None


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    yield Drive(tmp_path, {**DRIVING, WINDOW: 60})


def rain_comes(drive: Drive) -> Turn:
    assert drive.wait(15) is None
    drive.car.set(RAIN, 40)
    turn = drive.wait()
    assert turn is not None
    return turn


def test_a_suggestion_gives_its_reason_and_does_nothing_by_itself(drive: Drive) -> None:
    turn = rain_comes(drive)
    assert turn.reply == "下雨了，车窗还开着。要关上车窗吗？"
    assert (turn.outcome, turn.said) == ("needs_confirmation", "")
    assert turn.actions[0].rule == "suggestion windows-in-the-rain"
    assert drive.car.read(WINDOW) == 60
    assert drive.cabin.history[-1] is turn


def test_a_yes_carries_it_out(drive: Drive) -> None:
    rain_comes(drive)
    turn = drive.cabin.say("好")
    assert turn.outcome == "done"
    assert drive.car.read(WINDOW) == 0


def test_a_no_leaves_it_and_it_is_not_repeated_that_day(drive: Drive) -> None:
    rain_comes(drive)
    drive.cabin.say("不用")
    assert drive.car.read(WINDOW) == 60
    drive.clock.pass_(6 * 3600)
    assert drive.wait() is None


def test_a_suggestion_that_nobody_answers_is_not_repeated_either(drive: Drive) -> None:
    rain_comes(drive)
    drive.clock.pass_(3600)
    assert drive.wait() is None


def test_it_is_spoken_in_the_language_of_the_conversation(drive: Drive) -> None:
    drive.cabin.say("what is the weather")
    assert rain_comes(drive).reply == "It rains and a window is open. Shall I close the windows?"


def test_never_again_is_kept_for_that_person(drive: Drive, tmp_path: Path) -> None:
    rain_comes(drive)
    turn = drive.cabin.say("别再提醒这个")
    assert (turn.outcome, turn.reply) == ("done", "好，以后不再提醒这个。")
    assert Memories(tmp_path / "memory").person("王").is_silenced("windows-in-the-rain")
    assert drive.cabin.say("好").actions == ()
    drive.clock.pass_(30 * 24 * 3600)
    assert drive.wait() is None
    assert drive.car.read(WINDOW) == 60


def test_a_guest_stops_it_too_and_leaves_no_trace(drive: Drive, tmp_path: Path) -> None:
    drive.memories.seat("driver")
    rain_comes(drive)
    drive.cabin.say("别再提醒这个")
    drive.clock.pass_(24 * 3600)
    assert drive.wait() is None
    assert not (tmp_path / "memory").exists()


def test_nothing_to_stop_is_said(drive: Drive) -> None:
    assert drive.cabin.say("别再提醒这个").reply == "刚才没有提醒什么。"


def test_never_two_within_ten_minutes(drive: Drive) -> None:
    drive.car.set("Vehicle.Driver.FatigueLevel", 90.0)
    first = drive.wait(400)
    assert first is not None
    assert first.actions[0].skill == "place.search"
    drive.cabin.say("不用")
    drive.car.set(RAIN, 40)
    assert drive.wait(590) is None
    second = drive.wait(30)
    assert second is not None
    assert second.actions[0].skill == "window.position"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (LEFT, True),
        ("Vehicle.Chassis.SteeringWheel.Angle", -40),
        ("Vehicle.Acceleration.Lateral", 2.0),
        ("Vehicle.Chassis.Brake.PedalPosition", 30),
        ("Vehicle.Cabin.Infotainment.Phone.CallState", "RINGING"),
        (SPEED, 8.0),
    ],
)
def test_never_while_the_driver_is_busy(drive: Drive, path: str, value: Value) -> None:
    drive.wait(15)
    before = drive.car.read(path) if path in drive.car.snapshot() else 0
    drive.car.set(path, value)
    drive.car.set(RAIN, 40)
    assert drive.wait(120) is None
    drive.car.set(path, before)
    assert drive.wait(8) is None  # calm has to last
    assert drive.wait() is not None


def test_one_blink_between_two_looks_counts(drive: Drive) -> None:
    drive.car.set(RAIN, 40)
    drive.wait(5)
    drive.clock.pass_(30)
    drive.car.set(LEFT, True)
    drive.car.set(LEFT, False)
    assert drive.cabin.suggest() is None


def test_a_window_that_was_opened_in_the_rain_is_meant(tmp_path: Path) -> None:
    drive = Drive(tmp_path, {**DRIVING, RAIN: 40})
    drive.wait(15)
    drive.cabin.say("打开我的车窗")
    assert drive.wait(300) is None


def test_it_waits_until_a_question_is_answered(drive: Drive) -> None:
    drive.wait(15)
    drive.car.set(RAIN, 40)
    drive.cabin.say("我喜欢21度")
    assert drive.wait(50) is None
    drive.cabin.say("好")
    assert drive.wait() is not None


def test_a_yes_to_a_suggestion_does_not_lift_what_policy_asks(tmp_path: Path) -> None:
    drive = Drive(tmp_path, {WINDOW: 60})
    drive.memory.remember(Fact(what="home", value="望京"))
    drive.cabin._dialog.memory.wait((), (), "driver", "zh")
    from fujia.cabin.conversation import Task

    task = Task(Command(skill="sunroof.position", args={"position": 100}))
    drive.car.set(RAIN, 40)
    drive.cabin._dialog.memory.wait((task,), (), "driver", "zh", "roof")
    turn = drive.cabin.say("好")
    assert turn.outcome == "needs_confirmation"
    assert drive.car.read(ROOF) == 0
    assert drive.cabin.say("好").outcome == "done"


def test_a_routine_offers_its_route_before_it_begins(tmp_path: Path) -> None:
    drive = Drive(tmp_path)
    drive.memory.remember(Fact(what="trip", value="公司", time="08:00", days=(1, 2, 3, 4, 5)))
    drive.memory.remember(Fact(what="work", value="国贸三期"))
    turn = drive.wait()
    assert turn is not None
    assert turn.reply == "您工作日08:00去公司。要导航去公司吗？"
    drive.cabin.say("好")
    assert drive.car.read("Vehicle.Cabin.Infotainment.Navigation.Destination") == "国贸三期"


@pytest.mark.parametrize("days", [(6, 7), (2,)])
def test_a_routine_of_another_day_is_silent(tmp_path: Path, days: tuple[int, ...]) -> None:
    drive = Drive(tmp_path)
    drive.memory.remember(Fact(what="trip", value="公司", time="08:00", days=days))
    assert drive.wait(300) is None


def test_little_charge_before_a_trip(tmp_path: Path) -> None:
    drive = Drive(tmp_path, {"Vehicle.Powertrain.TractionBattery.StateOfCharge.Current": 5.0})
    drive.memory.remember(Fact(what="trip", value="公司", time="08:00", days=(1,)))
    turn = drive.wait()
    assert turn is not None
    assert turn.reply == "您每周一08:00去公司，电量可能不够。要找附近的充电站吗？"
    assert drive.cabin.say("好").outcome == "answered"


def test_the_usual_temperature_is_offered(tmp_path: Path) -> None:
    drive = Drive(tmp_path)
    drive.memory.remember(Fact(what="temperature", value=25))
    turn = drive.wait()
    assert turn is not None
    assert turn.reply == "您喜欢25度。要调过去吗？"
    drive.cabin.say("好")
    assert drive.car.read("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature") == 25


def test_damp_and_cold_offers_the_defroster(tmp_path: Path) -> None:
    cold: dict[str, Value] = {
        "Vehicle.Exterior.AirTemperature": 1.0,
        "Vehicle.Exterior.Humidity": 95.0,
        "Vehicle.Cabin.HVAC.IsRecirculationActive": True,
    }
    drive = Drive(tmp_path, {**DRIVING, **cold})
    assert drive.wait(800) is None
    turn = drive.wait(100)
    assert turn is not None
    assert turn.actions[0].skill == "climate.front_defrost"


def test_what_the_car_lacks_or_has_done_is_not_suggested(tmp_path: Path) -> None:
    drive = Drive(tmp_path, {RAIN: 0, ROOF: 0})
    state = {**drive.car.snapshot(), RAIN: 40, WINDOW: 60}
    suggester = Suggester(lambda: None, drive.clock)
    asked: list[Command] = []

    def impossible(command: Command) -> bool:
        asked.append(command)
        return False

    suggester.consider({**state, RAIN: 0}, impossible)
    for _ in range(40):
        drive.clock.pass_(1)
        assert suggester.consider(state, impossible) is None
    assert asked


def test_a_cabin_that_does_not_suggest_is_silent(tmp_path: Path) -> None:
    car = SimulatedCar(load_profile("i5"), {**DRIVING, RAIN: 40, WINDOW: 60})
    assert Cabin(car=car).suggest() is None


def test_a_damaged_memory_silences_suggestions(drive: Drive, tmp_path: Path) -> None:
    drive.memory.remember(Fact(what="temperature", value=21))
    (file,) = (tmp_path / "memory").glob("*.vault")
    file.write_bytes(b"nothing of use")
    drive.wait(15)
    drive.car.set(RAIN, 40)
    assert drive.wait() is None
