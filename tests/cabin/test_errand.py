"""Errands, one floor below the cabin: commands in, actions out."""

from dataclasses import replace

from fujia.cabin.conversation import Task
from fujia.cabin.errand import CONDITION, Errand, opened_windows
from fujia.cabin.skill import Scene
from fujia.cabin.tracer import Tracer
from fujia.understanding.plan import Command, Condition
from fujia.vehicle import Fault, SimulatedCar, Value, load_profile
from tests.cabin.talk import HEATING, RAIN, SPEED, WINDOW, command

HEAT = command("seat.heating", zone="driver", level=1)
OPEN = command("window.position", zone="driver", position=50)


def errand(**state: Value) -> Errand:
    paths = {"speed": SPEED, "rain": RAIN}
    car = SimulatedCar(load_profile("i5"), {paths[name]: value for name, value in state.items()})
    return Errand(car, "driver", "zh", Tracer())


FOG, HIGH = "Vehicle.Body.Lights.Fog.Front.IsOn", "Vehicle.Body.Lights.Beam.High.IsOn"


def tasks(*commands: Command) -> list[Task]:
    return [Task(one) for one in commands]


def test_actions_stand_in_the_order_of_the_tasks_with_resolved_arguments() -> None:
    one = errand()
    actions = one.run(tasks(HEAT, command("climate.temperature", temperature="+1")))
    assert [action.outcome for action in actions] == ["done", "done"]
    assert actions[1].args["temperature"] == 23
    assert one.car.read(HEATING) == 33
    assert [deed.command.skill for deed in one.deeds] == ["seat.heating", "climate.temperature"]
    assert one.deeds[0].before[HEATING] == 0


def test_what_waits_for_a_yes_is_kept_and_nothing_is_done() -> None:
    one = errand(rain=50)
    (action,) = one.run(tasks(command("sunroof.position", position=100)))
    assert (action.outcome, action.rule) == ("needs_confirmation", "sunroof-in-rain")
    assert [task.command.skill for task in one.confirm] == ["sunroof.position"]
    assert one.deeds == []
    one.confirmed = True
    assert {action.outcome for action in one.run(one.confirm)} == {"done"}


def test_a_condition_that_does_not_hold_is_offered_to_be_watched() -> None:
    wish = command("seat.heating", Condition(fact="rain"), zone="driver", level=1)
    one = errand()
    (action,) = one.run(tasks(wish))
    assert (action.outcome, action.rule, action.reason) == (
        "needs_confirmation", CONDITION, "下雨了",
    )  # fmt: skip
    assert len(one.watch) == 1
    assert errand(rain=50).run(tasks(wish))[0].outcome == "done"


def test_after_a_car_that_stops_answering_nothing_is_tried() -> None:
    one = errand()
    assert isinstance(one.car, SimulatedCar)
    one.car.inject(Fault("Vehicle.*", "offline", 0.5))
    actions = one.run(tasks(OPEN, HEAT))
    assert [action.outcome for action in actions] == ["failed", "failed"]
    assert actions[1].reason == "车辆没有响应，没有尝试"
    assert one.lost
    assert {asked.path for asked in one.car.actuations} == {WINDOW}


def test_windows_that_an_utterance_opens_are_known_before_it_acts() -> None:
    one = errand()
    scene = Scene(one.car.profile, one.car.snapshot(), "driver", "zh")
    close = command("window.position", zone="passenger", position=0)
    assert list(opened_windows(tasks(OPEN, HEAT, close), scene)) == [WINDOW]
    assert one.car.read(WINDOW) == 0


def test_a_companion_that_this_car_lacks_is_named_and_the_wish_is_done_without_it() -> None:
    whole = load_profile("i5")
    left = {path: one for path, one in whole.signals.items() if "AirDistribution" not in path}
    one = Errand(SimulatedCar(replace(whole, signals=left)), "driver", "zh", Tracer())
    actions = {
        each.skill: each for each in one.run(tasks(command("climate.front_defrost", on=True)))
    }
    assert actions["climate.front_defrost"].outcome == "done"
    air = actions["climate.airflow"]
    assert (air.outcome, air.companion) == ("unavailable", True) and air.reason


def test_a_wish_whose_companion_is_switched_off_stays_undone_and_says_why() -> None:
    lights = {"Vehicle.Body.Lights.LightSwitch": "BEAM", HIGH: True}
    car = SimulatedCar(load_profile("i5"), lights)
    one = Errand(car, "driver", "zh", Tracer(), lacking=frozenset({"light.high_beam"}))
    beam, fog = one.run(tasks(command("light.front_fog", on=True)))
    assert (beam.outcome, beam.reason) == ("unavailable", "远光灯")
    assert fog.outcome == "refused" and fog.reason
    assert car.read(FOG) is False and car.read(HIGH) is True


def test_an_argument_that_is_switched_off_holds_for_companions_too() -> None:
    fans = {f"Vehicle.Cabin.HVAC.Station.{row}.{side}.FanSpeed": 0
            for row in ("Row1", "Row2") for side in ("Driver", "Passenger")}  # fmt: skip
    car = SimulatedCar(
        load_profile("i5"), {**fans, "Vehicle.Cabin.HVAC.IsAirConditioningActive": False}
    )
    one = Errand(car, "driver", "zh", Tracer(), lacking=frozenset({"climate.fan.level"}))
    cooling, fan = one.run(tasks(command("climate.ac", on=True)))
    assert (cooling.outcome, fan.outcome) == ("done", "unavailable")
    assert all(car.read(path) == 0 for path in fans)
