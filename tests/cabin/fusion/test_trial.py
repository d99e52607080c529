import pytest

from fujia.cabin.fusion.trial import agree, change
from fujia.understanding.plan import Command, Condition, Plan
from fujia.vehicle import SimulatedCar, load_profile
from tests.cabin.fusion.talking import HEAT, OPEN, WINDOW
from tests.cabin.talk import command, plan

PROFILE = load_profile("i5")


def same(one: Plan, other: Plan, **state: int) -> bool:
    car = SimulatedCar(PROFILE, {WINDOW: state["window"]} if state else {})
    return agree(one, other, PROFILE, car.snapshot(), "driver")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OPEN, command("window.position", position="50%")),
        (command("window.position", position=100), command("window.position", position="max")),
        (command("seat.heating"), command("seat.heating", zone="driver", level=1)),
        (command("chat.reply"), command("weather.query")),
    ],
)
def test_different_words_for_one_end_agree(one: Command, other: Command) -> None:
    assert same(plan(one), plan(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OPEN, HEAT),
        (OPEN, command("window.position", position=60)),
        (OPEN, command("chat.reply")),
        (command("sunroof.position", position=100), command("sunroof.position", position=0)),
        (command("media.play", artist="周杰伦"), command("media.play", artist="邓丽君")),
    ],
)
def test_different_ends_do_not(one: Command, other: Command) -> None:
    assert not same(plan(one), plan(other))


def test_it_depends_on_how_the_car_stands() -> None:
    close = command("window.position", zone="driver", position=0)
    assert same(plan(close), plan(command("chat.reply")))
    assert not same(plan(close), plan(command("chat.reply")), window=40)


def test_a_command_that_waits_is_not_one_that_acts() -> None:
    rain = Condition(fact="rain")
    assert not same(plan(OPEN), plan(OPEN.model_copy(update={"condition": rain})))


def test_the_car_itself_is_not_touched() -> None:
    car = SimulatedCar(PROFILE)
    found = change(plan(OPEN), PROFILE, car.snapshot(), "driver")
    assert (WINDOW, "50") in found.signals
    assert car.actuations == []
    assert car.read(WINDOW) == 0


def test_what_a_real_car_reports_and_no_simulated_one_takes_is_no_hindrance() -> None:
    assert change(plan(OPEN), PROFILE, {"Vehicle.Unheard.Of": 1}, "driver").signals
