from fujia import Seat, SimulatedCar, Value, load_profile
from fujia.serve.cockpit.limits import Limit, held_back, limits_html
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.cockpit.world import load_world

I5 = load_profile("i5")
PROBES = load_world().probes
DRIVING: dict[str, Value] = {
    "Vehicle.Speed": 80, "Vehicle.Powertrain.Transmission.SelectedGear": 127,
}  # fmt: skip


def limits(seat: Seat = "driver", **more: Value) -> list[Limit]:
    state = {name.replace("_", "."): value for name, value in more.items()}
    car = SimulatedCar(I5, state)
    return held_back(PROBES, I5, car.snapshot(), seat, "en")


def wishes(found: list[Limit]) -> dict[str, str]:
    return {wish: each.kind for each in found for wish in each.wishes}


def test_a_parked_car_holds_back_only_what_is_never_done_by_voice():
    held = wishes(limits())
    assert held["change gear"] == "refuse"
    assert "open the tailgate" not in held


def test_a_moving_car_holds_back_more_and_says_why():
    moving = {name.replace(".", "_"): value for name, value in DRIVING.items()}
    found = limits(**moving)
    held = wishes(found)
    assert held["open the tailgate"] == held["open a door"] == "refuse"
    reason = next(each.reason for each in found if "open the tailgate" in each.wishes)
    assert reason == "the car is not in park"


def test_rain_asks_first():
    held = wishes(limits(Vehicle_Body_Raindetection_Intensity=40))
    assert held["open the sunroof"] == "confirm"


def test_the_seat_matters():
    held = wishes(limits("rear_left"))
    assert held["open the driver's window"] == "refuse"


def test_asking_changes_nothing():
    car = SimulatedCar(I5)
    before = car.snapshot()
    held_back(PROBES, I5, before, "driver", "zh")
    assert car.snapshot() == before
    assert car.actuations == []


def test_refusals_come_first_and_reasons_are_shown():
    texts = load_texts("en")
    moving = {name.replace(".", "_"): value for name, value in DRIVING.items()}
    found = limits(Vehicle_Body_Raindetection_Intensity=40, **moving)
    kinds = [each.kind for each in found]
    assert kinds == sorted(kinds, key=lambda kind: kind != "refuse")
    html = limits_html(found, texts)
    assert html.count("<li") == len(found)
    assert all(each.reason.split("'")[0] in html for each in found)
    assert texts.word("all_clear") in limits_html([], texts)
