import time
from pathlib import Path

import pytest

from fujia.errors import DataError, UnknownVehicle
from fujia.vehicle import Profile, list_profiles, load_profile
from fujia.vehicle.catalogue import load_release, vss_6
from fujia.vehicle.equipment import packaged_equipment
from fujia.vehicle.profiles import _packaged  # pyright: ignore[reportPrivateUsage]

from .test_equipment import assert_agrees_with_vss

NAMES = ["5-series-lwb", "generic-ev", "i5", "x3-lwb"]
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.{station}.Temperature"
HEATING = "Vehicle.Cabin.Seat.{seat}.HeatingCooling"
MASSAGE = "Vehicle.Cabin.Seat.{seat}.Massage.Level"
MINE = """\
id: mine
zh: 我的车
en: mine
energy: electric
equipment:
  climate_zones:
    seats: [driver]
    signals: {Temperature: {minimum: 18}}
  drive:
"""


@pytest.fixture(params=NAMES)
def profile(request: pytest.FixtureRequest) -> Profile:
    return load_profile(str(request.param))


def test_the_packaged_profiles() -> None:
    assert list_profiles() == NAMES


def test_the_i5_has_at_least_220_signals() -> None:
    assert len(load_profile("i5").signals) >= 220


def test_profile_signals_agree_with_vss(profile: Profile) -> None:
    for path, signal in profile.signals.items():
        assert signal.path == path
        if signal.origin == "vss":
            assert_agrees_with_vss(signal, vss_6()[path])
        else:
            assert path not in vss_6()


def test_profile_signals_agree_with_the_official_release(fujia_shared: Path) -> None:
    official = load_release(fujia_shared / "data" / "vss" / "vss_release_6.0.json")
    for name in NAMES:
        for path, signal in load_profile(name).signals.items():
            assert (path in official) == (signal.origin == "vss"), path
            if path in official:
                assert_agrees_with_vss(signal, official[path])


def test_every_initial_value_is_one_that_the_signal_may_have(profile: Profile) -> None:
    for signal in profile.signals.values():
        assert signal.initial is not None, signal.path
        assert signal.check(signal.initial) == signal.initial, signal.path


def test_a_profile_is_called_like_its_file() -> None:
    for name in NAMES:
        profile = load_profile(name)
        assert profile.id == name
        assert profile.zh and profile.en and profile.equipment


def test_facts_say_where_they_come_from(profile: Profile) -> None:
    assert profile.facts["range"].unit == "km"
    for fact in profile.facts.values():
        assert fact.source and not fact.measured


def test_start_state_of_every_profile(profile: Profile) -> None:
    start = {path: signal.initial for path, signal in profile.signals.items()}
    expected = {
        "Vehicle.Speed": 0.0,
        "Vehicle.Powertrain.Transmission.SelectedGear": 126,
        "Vehicle.LowVoltageSystemState": "ON",
        "Vehicle.Exterior.AirTemperature": 22.0,
        "Vehicle.Cabin.HVAC.IsOn": True,
        "Vehicle.Cabin.HVAC.IsAirConditioningActive": True,
        "Vehicle.Cabin.HVAC.IsAutoModeActive": False,
        "Vehicle.Body.Lights.LightSwitch": "AUTO",
        "Vehicle.Cabin.Infotainment.Media.Volume": 30,
        "Vehicle.Cabin.Infotainment.Media.IsMuted": False,
        "Vehicle.Powertrain.Transmission.PerformanceMode": "NORMAL",
    }
    assert {path: start[path] for path in expected} == expected
    fan = "Vehicle.Cabin.HVAC.Station.{station}.FanSpeed"
    for template, value in ((TEMPERATURE, 22.0), (HEATING, 0), (MASSAGE, 0), (fan, 40)):
        assert all(start[path] == value for path in profile.paths(template)), template


def test_what_the_i5_has() -> None:
    i5 = load_profile("i5")
    assert len(i5.paths(TEMPERATURE)) == 4
    temperature = i5.signal(i5.paths(TEMPERATURE)[0])
    assert (temperature.minimum, temperature.maximum, temperature.step) == (16, 28, 0.5)
    assert all(i5.signal(path).minimum == -100 for path in i5.paths(HEATING))
    assert len(i5.paths(HEATING)) == 4
    assert len(i5.paths(MASSAGE, "front")) == 2 and not i5.paths(MASSAGE, "rear")
    assert len(i5.paths("Vehicle.Cabin.Light.AmbientLight.{seat}.IsLightOn")) == 4
    assert i5.has("Vehicle.Cabin.Sunroof.Switch") and i5.has("Vehicle.Cabin.Sunroof.Shade.Position")
    assert i5.has("Vehicle.Body.Trunk.Front.IsOpen") and i5.has("Vehicle.Body.Hood.IsOpen")
    assert not i5.has("Vehicle.Cabin.Infotainment.RearScreen.IsOn")
    assert not i5.has("Vehicle.Powertrain.FuelSystem.RelativeLevel")
    assert not i5.has("Vehicle.Body.Windshield.Rear.Wiping.Mode")


def test_what_the_long_saloon_has() -> None:
    saloon = load_profile("5-series-lwb")
    assert saloon.energy == "petrol"
    assert saloon.has("Vehicle.Powertrain.FuelSystem.RelativeLevel")
    assert not any("TractionBattery" in path for path in saloon.signals)
    assert not saloon.has("Vehicle.Body.Trunk.Front.IsOpen")
    assert not saloon.has("Vehicle.Powertrain.EnergyRecovery.IsOnePedalActive")
    assert saloon.has("Vehicle.Cabin.Infotainment.RearScreen.IsOn")
    assert len(saloon.paths(MASSAGE)) == 4
    assert len(saloon.paths("Vehicle.Cabin.Seat.{seat}.LegRest.Position", "rear")) == 2
    assert len(saloon.paths(TEMPERATURE)) == 4


def test_what_the_x3_has() -> None:
    x3 = load_profile("x3-lwb")
    assert x3.energy == "petrol"
    assert x3.has("Vehicle.Body.Windshield.Rear.Wiping.Mode")
    assert x3.has("Vehicle.Cabin.Sunroof.Shade.Position")
    assert not x3.has("Vehicle.Cabin.Sunroof.Switch")
    assert not x3.paths(MASSAGE) and not x3.has("Vehicle.Cabin.Fragrance.IsActive")
    assert len(x3.paths(TEMPERATURE)) == 2
    assert [x3.signal(path).minimum for path in x3.paths(HEATING)] == [-100, -100, 0, 0]


def test_what_the_generic_car_has() -> None:
    plain = load_profile("generic-ev")
    assert plain.energy == "electric"
    temperature = plain.signal(plain.paths(TEMPERATURE, "driver")[0])
    assert (temperature.minimum, temperature.maximum, temperature.step) == (17, 32, 1)
    assert plain.signal("Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed").levels == 10
    assert len(plain.paths(TEMPERATURE)) == 2 and len(plain.paths(HEATING)) == 2
    assert plain.has("Vehicle.Chassis.Suspension.HeightMode")
    assert not any("Sunroof" in path or "HeadUpDisplay" in path for path in plain.signals)


def test_an_unknown_vehicle_lists_the_known_ones() -> None:
    with pytest.raises(UnknownVehicle, match="'z9'; known are 5-series-lwb, generic-ev, i5, x3"):
        load_profile("z9")


def test_packaged_profiles_are_kept() -> None:
    assert load_profile("i5") is load_profile("i5")


def test_loading_the_i5_is_quick() -> None:
    best = 1.0
    for _ in range(3):
        packaged_equipment.cache_clear()
        _packaged.cache_clear()
        begin = time.process_time()
        load_profile("i5")
        best = min(best, time.process_time() - begin)
    # Measured at 0.02 s; the limit leaves room for a slow machine.
    assert best < 0.06


def test_users_add_vehicles_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    assert "mine" in list_profiles([tmp_path])
    mine = load_profile("mine", [tmp_path])
    assert mine.paths(TEMPERATURE) == ("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature",)
    assert mine.signal(mine.paths(TEMPERATURE)[0]).minimum == 18
    assert load_profile(tmp_path / "mine.yaml").id == "mine"
    assert load_profile(str(tmp_path / "mine.yaml")).id == "mine"


def test_an_own_folder_wins_over_the_package(tmp_path: Path) -> None:
    (tmp_path / "i5.yaml").write_text(MINE, encoding="utf-8")
    assert load_profile("i5", [tmp_path]).id == "mine"
    assert load_profile("i5").id == "i5"


def test_users_add_equipment_beside_their_vehicles(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINE + "  fridge:\n", encoding="utf-8")
    (tmp_path / "equipment").mkdir()
    (tmp_path / "equipment" / "fridge.yaml").write_text(
        "fridge:\n  zh: 冰箱\n  en: fridge\n  signals:\n    Vehicle.Cabin.Fridge.IsOn:\n"
        "      {origin: overlay, datatype: boolean, zh: 冰箱, en: fridge}\n",
        encoding="utf-8",
    )
    fridge = load_profile("mine", [tmp_path]).signal("Vehicle.Cabin.Fridge.IsOn")
    assert (fridge.zh, fridge.initial, fridge.kind) == ("冰箱", False, "actuator")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (MINE + "  jacuzzi:\n", 10, "there is no equipment 'jacuzzi'"),
        (MINE.replace("Temperature", "Humidity"), 8, "no signal that ends with 'Humidity'"),
        (MINE.replace("minimum: 18", "minimum: 25"), 6, "22.0 is not within 25 to 28"),
        (MINE.replace("[driver]", "[pilot]"), 7, "seats"),
        (MINE.replace("energy: electric", "energy: steam"), 4, "energy"),
        (MINE + "wings: 2\n", 10, "wings"),
        (MINE + " :\n:", 10, "expected key"),
        ("", 1, "valid dictionary"),
    ],
)
def test_a_broken_profile_names_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        load_profile("mine", [tmp_path])
    assert caught.value.file == file
    assert caught.value.line == line


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_profile(tmp_path / "gone.yaml")
