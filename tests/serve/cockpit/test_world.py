import pytest

from fujia import SimulatedCar, list_profiles, load_profile
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.cockpit.world import load_world, possible

WORLD = load_world()


@pytest.mark.parametrize("name", list_profiles())
def test_everything_that_can_be_set_can_be_set_in_every_car(name: str):
    profile = load_profile(name)
    car = SimulatedCar(profile)
    world = WORLD.only(profile)
    assert world.ranges
    for each in world.ranges:
        for value in (each.minimum, each.maximum):
            for path, wanted in possible(each.writes(value), profile).items():
                car.set(path, wanted)
            assert car.read(each.signal) == value
    for choice in world.choices:
        for position, option in enumerate(choice.options):
            for path, wanted in possible(choice.writes(position), profile).items():
                car.set(path, wanted)
            assert car.read(choice.signal) == option.value


def test_driving_off_puts_the_car_into_gear():
    speed = next(each for each in WORLD.ranges if each.word == "speed")
    assert list(speed.writes(50).values()) == [127, 50]
    assert list(speed.writes(0).values()) == [0]


def test_a_slider_keeps_to_its_limits():
    speed = next(each for each in WORLD.ranges if each.word == "speed")
    assert speed.writes(10_000)["Vehicle.Speed"] == speed.maximum
    assert speed.writes(-5)["Vehicle.Speed"] == speed.minimum


def test_controls_and_faults_have_names():
    for language in ("zh", "en"):
        words = load_texts(language).words
        assert {each.word for each in (*WORLD.ranges, *WORLD.choices)} <= words.keys()
        assert all(fault.name(language) for fault in WORLD.faults)


def test_faults_strike_signals_of_the_car():
    paths = load_profile("i5").signals
    for data in WORLD.faults:
        fault = data.fault()
        assert any(fault.strikes(path) for path in paths)
