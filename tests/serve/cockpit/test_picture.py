import pytest

from fujia import SimulatedCar, Value, load_profile
from fujia.serve.cockpit.picture import Look, Picture, appearance
from fujia.serve.cockpit.texts import load_texts

I5 = load_profile("i5")
ZH, EN = Picture(I5, load_texts("zh")), Picture(I5, load_texts("en"))
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
HEAT = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"


def test_a_changed_signal_changes_one_thing_in_the_picture():
    assert list(ZH.looks({WINDOW: 50})) == [Look("window-driver", "open", "50", "50%")]


def test_a_signal_that_two_parts_show_changes_both():
    looks = list(EN.looks({"Vehicle.Body.Lights.Beam.Low.IsOn": True}))
    assert {look.part for look in looks} == {"headlights", "taillights"}
    assert {look.value for look in looks} == {"on"}


def test_a_signal_that_is_not_drawn_changes_nothing():
    assert list(ZH.looks({"Vehicle.TraveledDistance": 1, "Vehicle.Nothing": 2})) == []


@pytest.mark.parametrize(
    ("path", "value", "style", "zh", "en"),
    [
        (HEAT, 67, "2", "2/3 档", "level 2 of 3"),
        (HEAT, -100, "-3", "-3/3 档", "level -3 of 3"),
        ("Vehicle.Cabin.Sunroof.Position", -30, "-30", "-30%", "-30%"),
        ("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", 22.5, "22.5", "22.5°", "22.5°"),
        ("Vehicle.Speed", 80.0, "80", "80 km/h", "80 km/h"),
        ("Vehicle.Powertrain.Range", 350_400, "3.504e+05", "350.4 km", "350.4 km"),
        ("Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", True, "on", "开", "on"),
        ("Vehicle.Body.Windshield.Front.Wiping.Mode", "FAST", "FAST", "快", "fast"),
        ("Vehicle.Cabin.Infotainment.Navigation.Destination", "", "", "–", "–"),
        ("Vehicle.Cabin.Infotainment.Navigation.Waypoints", ["A", "B"], None, "A, B", "A, B"),
    ],
)
def test_how_a_value_looks_and_reads(path: str, value: Value, style: str | None, zh: str, en: str):
    signal = I5.signals[path]
    if style is not None:
        assert appearance(signal, value) == style
    assert (ZH.text(signal, value), EN.text(signal, value)) == (zh, en)


def test_a_label_says_the_part_and_all_it_shows():
    values = SimulatedCar(I5, {WINDOW: 30}).snapshot()
    part = ZH.parts["window-driver"]
    assert ZH.label(part, values) == "主驾车窗: 主驾车窗 30%"
    assert EN.label(EN.parts["tailgate"], values) == "tailgate: tailgate position 0%"


def test_labels_follow_the_parts_that_show_a_signal():
    labels = EN.labels([HEAT], {HEAT: 33})
    assert list(labels) == ["seat-driver"]
    assert "level 1 of 3" in labels["seat-driver"]


def test_every_value_of_every_signal_can_be_read():
    values = SimulatedCar(I5).snapshot()
    for path, value in values.items():
        assert ZH.text(I5.signals[path], value)
        assert ZH.signal_name(I5.signals[path])
