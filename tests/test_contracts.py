"""What others rely on: one test for each sentence of the contracts, through ``fujia batch``."""

import json
from pathlib import Path
from typing import Any

import pytest

from fujia import SKILLS
from fujia.__main__ import run
from fujia.batch import run_lines
from fujia.garage import Garage

GARAGE = Garage()
CABIN = "Vehicle.Cabin."
HVAC = CABIN + "HVAC."
MEDIA = CABIN + "Infotainment.Media."
NAVIGATION = CABIN + "Infotainment.Navigation."
LIGHTS = "Vehicle.Body.Lights."
SEAT = CABIN + "Seat.{}.HeatingCooling"
WINDOW = CABIN + "Door.{}.Window.Position"
DRIVER, PASSENGER = "Row1.DriverSide", "Row1.PassengerSide"
REAR_LEFT, REAR_RIGHT = "Row2.DriverSide", "Row2.PassengerSide"
DOORS = (DRIVER, PASSENGER, REAR_LEFT, REAR_RIGHT)


def case(*turns: str, **fields: Any) -> dict[str, Any]:
    """The result of one case."""
    text = json.dumps({"id": "c", "turns": turns} | fields, ensure_ascii=False)
    (result,) = run_lines([text.encode()], GARAGE)
    return result


def turn(said: str, **fields: Any) -> dict[str, Any]:
    """The only turn of one case."""
    (told,) = case(said, **fields)["turns"]
    return told


def action(said: str, **fields: Any) -> dict[str, Any]:
    """The first command of one case's only turn."""
    return turn(said, **fields)["actions"][0]


def changes(said: str, **fields: Any) -> dict[str, Any]:
    """The signals that one utterance changes."""
    return case(said, **fields)["signals"]


# Contracts: cases and results


def test_say_as_json_prints_one_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["say", "把空调调到22度，再放点周杰伦", "--json", "--vehicle", "i5"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["id", "turns", "signals"]
    (told,) = result["turns"]
    assert list(told) == ["said", "actions", "outcome", "reply", "route", "ms"]
    assert [one["skill"] for one in told["actions"]] == ["climate.temperature", "media.play"]
    assert all(list(one) == ["skill", "args", "outcome", "reason"] for one in told["actions"])


def test_batch_keeps_the_order_of_its_cases(tmp_path: Path) -> None:
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    lines = [{"id": f"x{number}", "turns": ["你好"]} for number in range(5)]
    cases.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert run(["batch", str(cases), "--out", str(out)]) == 0
    results = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [result["id"] for result in results] == ["x0", "x1", "x2", "x3", "x4"]


def test_only_id_and_turns_are_required_the_rest_has_defaults() -> None:
    assert changes("打开座椅加热") == {SEAT.format(DRIVER): 33}
    assert changes("打开座椅加热", seat="passenger") == {SEAT.format(PASSENGER): 33}
    assert action("打开座椅通风", vehicle="generic-ev")["outcome"] == "unavailable"


def test_state_may_set_any_leaf_sensors_included() -> None:
    state = {"Vehicle.Speed": 80, WINDOW.format(DRIVER): 50, "Vehicle.Exterior.AirTemperature": -5}
    assert "-5" in turn("外面几度", state=state)["reply"]
    assert action("打开后备箱", state=state)["outcome"] == "refused"
    assert changes("关上主驾车窗", state=state)[WINDOW.format(DRIVER)] == 0


def test_signals_holds_what_differs_after_the_car_has_settled() -> None:
    found = changes("打开主驾车窗")
    assert found[WINDOW.format(DRIVER)] == 100
    assert case("打开主驾车窗", "关上主驾车窗")["signals"] == {}


def test_actions_has_one_entry_for_each_command_in_order() -> None:
    told = turn("打开主驾座椅加热，挂倒挡，再把音量调到40")
    assert [one["skill"] for one in told["actions"]] == [
        "seat.heating", "drive.gear", "volume.media",
    ]  # fmt: skip
    assert [one["outcome"] for one in told["actions"]] == ["done", "refused", "done"]


def test_seats_named_singly_are_commands_of_their_own_and_a_group_is_one() -> None:
    singly = turn("主驾和副驾座椅加热开二档")["actions"]
    assert [one["args"]["zone"] for one in singly] == ["driver", "passenger"]
    (group,) = turn("前排座椅加热开二档")["actions"]
    assert group["args"]["zone"] == "front"


def test_a_companion_stands_among_the_actions() -> None:
    shade, roof = turn("打开天窗")["actions"]
    assert (shade["skill"], shade["companion"]) == ("sunroof.shade", True)
    assert "companion" not in roof


@pytest.mark.parametrize(
    ("said", "state", "outcome"),
    [
        ("打开主驾座椅加热", {}, "done"),
        ("打开尾门", {"Vehicle.Speed": 60, "Vehicle.Powertrain.Transmission.CurrentGear": 1},
         "refused"),
        ("挂倒挡", {}, "refused"),
        ("打开弹射座椅", {}, "unavailable"),
        ("添加途经点", {}, "question"),
        ("打开天窗", {"Vehicle.Body.Raindetection.Intensity": 60}, "needs_confirmation"),
        ("电量还有多少", {}, "answered"),
        ("你好", {}, "answered"),
    ],
)  # fmt: skip
def test_outcomes(said: str, state: dict[str, Any], outcome: str) -> None:
    result = case(said, state=state)
    assert result["turns"][0]["outcome"] == outcome
    if outcome != "done":
        assert result["signals"] == {}
    if outcome in ("refused", "unavailable", "needs_confirmation"):
        assert result["turns"][0]["actions"][0]["reason"]


def test_a_function_that_no_skill_covers_is_unknown_and_never_a_question() -> None:
    found = action("打开弹射座椅")
    assert found["skill"] == "unknown.function"
    assert "弹射座椅" in found["args"]["text"]
    assert found["outcome"] == "unavailable"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("打开座椅加热，挂倒挡", "refused"),
        ("打开弹射座椅，挂倒挡", "refused"),
        ("打开座椅加热，打开咖啡机", "unavailable"),
        ("打开座椅加热，附近有什么充电站", "done"),
    ],
)
def test_the_worst_action_is_the_outcome_of_the_turn(said: str, outcome: str) -> None:
    assert turn(said)["outcome"] == outcome


def test_start_states_are_settled_and_signals_shows_only_what_the_turns_caused() -> None:
    state = {"Vehicle.Speed": 80, LIGHTS + "LightSwitch": "BEAM"}
    assert changes("你好", state=state) == {}


def test_the_world_stands_still() -> None:
    battery = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
    state = {"Vehicle.Speed": 120, battery: 50}
    assert changes("把所有车窗打开一点", state=state).keys().isdisjoint({"Vehicle.Speed", battery})


def test_free_text_keeps_the_speaker_s_words() -> None:
    assert action("给Jack妈妈打电话")["args"] == {"contact": "Jack妈妈"}
    assert action("导航去Starbucks")["args"]["destination"] == "Starbucks"
    assert action("navigate to the airport")["args"]["destination"] == "the airport"


def test_route_and_time_are_told() -> None:
    told = turn("打开座椅加热")
    assert told["route"] == "device"
    assert told["ms"] > 0
    assert turn("。。。")["route"] == "none"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("colour", "red", "colour"),
        ("state", {"Vehicle.Sped": 1}, "Vehicle.Sped"),
        ("state", {SEAT.format(DRIVER): 300}, "is not within"),
        ("vehicle", "i6", "i6"),
        ("seat", "boot", "seat"),
    ],
)
def test_a_bad_case_is_an_error_line_and_the_rest_still_run(
    field: str, value: object, words: str, tmp_path: Path
) -> None:
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    bad = {"id": "bad", "turns": ["你好"], field: value}
    good = {"id": "good", "turns": ["打开座椅加热"]}
    cases.write_text(f"{json.dumps(bad)}\n{json.dumps(good)}\n", encoding="utf-8")
    assert run(["batch", str(cases), "--out", str(out)]) == 1
    first, second = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert first.keys() == {"id", "error"}
    assert first["id"] == "bad"
    assert words in first["error"]
    assert second["turns"][0]["outcome"] == "done"


def test_the_fixed_skills_and_their_arguments_exist() -> None:
    fixed = {
        "navigation.start": {"destination"}, "navigation.add_stop": {"place"},
        "navigation.cancel": set(), "place.search": {"category", "near"},
        "media.play": {"title", "artist", "album", "genre", "query"}, "media.control": {"action"},
        "phone.call": {"contact"}, "weather.query": {"place", "date"},
        "manual.ask": {"question"}, "chat.reply": set(), "unknown.function": {"text"},
    }  # fmt: skip
    for name, arguments in fixed.items():
        assert SKILLS[name].arguments.model_fields.keys() == arguments, name
    assert "destination" in SKILLS["travel.plan"].arguments.model_fields
    actions = SKILLS["media.control"].schema()["parameters"]["properties"]["action"]["enum"]
    assert actions == ["play", "pause", "next", "previous", "mute", "unmute"]


@pytest.mark.parametrize(
    ("said", "path", "value"),
    [
        ("导航去外滩", NAVIGATION + "Destination", "外滩"),
        ("放周杰伦的晴天", MEDIA + "Played.Artist", "周杰伦"),
        ("给妈妈打电话", CABIN + "Infotainment.Phone.Call", "妈妈"),
    ],
)
def test_the_head_unit_records_what_is_spoken(said: str, path: str, value: str) -> None:
    result = case(said)
    assert result["turns"][0]["outcome"] == "done"
    assert result["signals"][path] == value


def test_a_stop_without_a_route_starts_one() -> None:
    found = changes("添加途经点加油站")
    assert found[NAVIGATION + "IsRouteActive"] is True


@pytest.mark.parametrize("said", ["上海明天天气怎么样", "附近有什么充电站"])
def test_the_small_world_says_that_it_is_simulated(said: str) -> None:
    told = turn(said)
    assert told["outcome"] == "answered"
    assert "模拟" in told["reply"]


# Signals


@pytest.mark.parametrize(
    ("said", "path", "value"),
    [
        ("主驾座椅加热开一档", SEAT.format(DRIVER), 33),
        ("主驾座椅加热开二档", SEAT.format(DRIVER), 67),
        ("主驾座椅加热开到最大", SEAT.format(DRIVER), 100),
        ("主驾座椅通风开二档", SEAT.format(DRIVER), -67),
        ("主驾风量调到四档", HVAC + "Station.Row1.Driver.FanSpeed", 57),
        ("主驾温度高一点", HVAC + "Station.Row1.Driver.Temperature", 23.0),
        ("音量大一点", MEDIA + "Volume", 40),
        ("天窗打开", CABIN + "Sunroof.Position", 100),
        ("主驾车窗打开", WINDOW.format(DRIVER), 100),
    ],
)
def test_levels_steps_and_ends(said: str, path: str, value: float) -> None:
    assert changes(said)[path] == value


def test_a_bit_of_a_stepped_thing_is_one_level() -> None:
    state = {SEAT.format(DRIVER): 33}
    assert changes("主驾座椅加热再高一点", state=state)[SEAT.format(DRIVER)] == 67


def test_a_tilted_sunroof_is_below_zero_and_moves_by_its_switch() -> None:
    result = case("天窗翘起来")
    assert result["signals"][CABIN + "Sunroof.Position"] < 0
    assert result["turns"][0]["actions"][-1]["skill"] == "sunroof.tilt"


def test_headlights_on_are_beam_and_a_lit_low_beam() -> None:
    found = changes("打开大灯", state={LIGHTS + "LightSwitch": "OFF"})
    assert found[LIGHTS + "LightSwitch"] == "BEAM"
    assert found[LIGHTS + "Beam.Low.IsOn"] is True


def test_auto_lights_the_low_beam_in_the_dark() -> None:
    dark = {"Vehicle.Exterior.LightIntensity": 2, LIGHTS + "LightSwitch": "OFF"}
    found = changes("大灯自动", state=dark)
    assert found[LIGHTS + "LightSwitch"] == "AUTO"
    assert found[LIGHTS + "Beam.Low.IsOn"] is True


def test_a_speaker_without_a_zone_means_their_own() -> None:
    assert action("打开座椅加热", seat="rear_right")["args"]["zone"] == "rear_right"
    assert action("温度调到24度", seat="passenger")["args"]["zone"] == "passenger"
    assert action("打开车窗", seat="rear_left")["args"]["zone"] == "rear_left"


def test_a_plural_means_all() -> None:
    assert {changes("车窗都打开")[WINDOW.format(door)] for door in DOORS} == {100}


def test_closing_for_noise_or_rain_means_every_open_window() -> None:
    state = {WINDOW.format(DRIVER): 40, WINDOW.format(REAR_LEFT): 60}
    for said in ("下雨了关窗", "外面太吵了，把窗关上"):
        found = changes(said, state=state)
        assert found[WINDOW.format(DRIVER)] == found[WINDOW.format(REAR_LEFT)] == 0


def test_feeling_cold_acts_on_the_temperature_of_that_zone() -> None:
    assert changes("我有点冷") == {HVAC + "Station.Row1.Driver.Temperature": 23.0}
    assert changes("I feel a bit cold") == {HVAC + "Station.Row1.Driver.Temperature": 23.0}


@pytest.mark.parametrize("vehicle", ["i5", "5-series-lwb", "x3-lwb", "generic-ev"])
def test_the_start_state_of_every_profile(vehicle: str) -> None:
    wanted = {
        "Vehicle.Speed": 0.0, "Vehicle.LowVoltageSystemState": "ON",
        "Vehicle.Powertrain.Transmission.SelectedGear": 126,
        "Vehicle.Exterior.AirTemperature": 22.0, "Vehicle.Body.Raindetection.Intensity": 0,
        HVAC + "IsOn": True, HVAC + "IsAirConditioningActive": True,
        HVAC + "IsAutoModeActive": False, HVAC + "IsRecirculationActive": False,
        LIGHTS + "LightSwitch": "AUTO", MEDIA + "Volume": 30, MEDIA + "IsMuted": False,
        "Vehicle.Powertrain.Transmission.PerformanceMode": "NORMAL",
        CABIN + "Light.IsDomeOn": False, "Vehicle.Body.Trunk.Rear.IsOpen": False,
        "Vehicle.Body.Windshield.Front.Wiping.Mode": "OFF",
    }  # fmt: skip
    car = GARAGE.car(GARAGE.profile(vehicle))
    state = car.snapshot()
    assert {path: state.get(path) for path in wanted} == wanted
    for path, value in state.items():
        if path.endswith((".Window.Position", ".HeatingCooling")):
            assert value == 0, path
        if ".Station." in path and path.endswith(".Temperature"):
            assert value == 22.0, path
        if ".Door." in path and path.endswith((".IsLocked", "Side.IsOpen")):
            assert value is False, path


def test_what_the_i5_has() -> None:
    profile = GARAGE.profile("i5")
    temperatures = profile.paths(HVAC + "Station.{station}.Temperature")
    assert len(temperatures) == 4
    signal = profile.signal(temperatures[0])
    assert (signal.minimum, signal.maximum) == (16, 28)
    assert changes("主驾温度调到二十三度半")[temperatures[0]] == 23.5
    assert [profile.signal(SEAT.format(seat)).minimum for seat in DOORS] == [-100] * 4
    assert len(profile.paths(CABIN + "Seat.{seat}.Massage.Level")) == 2
    for path in (
        CABIN + "Sunroof.Shade.Position", "Vehicle.Chassis.SteeringWheel.HeatingCooling",
        CABIN + "Fragrance.IsActive", HVAC + "IsFrontDefrosterActive",
        HVAC + "IsRearDefrosterActive", "Vehicle.Body.Mirrors.DriverSide.IsHeatingOn",
        "Vehicle.Body.Trunk.Front.IsOpen", "Vehicle.Body.Hood.IsOpen",
        NAVIGATION + "Volume", NAVIGATION + "Mute",
        "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit",
        CABIN + "Seat.Row1.DriverSide.OccupancyStatus",
        CABIN + "Infotainment.HMI.Brightness", CABIN + "Infotainment.HMI.DayNightMode",
    ):  # fmt: skip
        assert profile.has(path), path
    assert len(profile.paths(CABIN + "Light.Spotlight.{seat}.IsLightOn")) == 4
    assert len(profile.paths(CABIN + "Light.AmbientLight.{seat}.IsLightOn")) == 4
    assert len(profile.signals) >= 220


def test_overlays_are_marked() -> None:
    profile = GARAGE.profile("i5")
    for path in ("IsOn", "IsAutoModeActive", "IsZoneSyncActive"):
        assert profile.signal(HVAC + path).origin == "overlay"
    assert profile.signal(MEDIA + "IsMuted").origin == "overlay"
    assert profile.signal("Vehicle.Speed").origin == "vss"


def test_the_sunroof_s_position_is_a_sensor() -> None:
    profile = GARAGE.profile("i5")
    assert profile.signal(CABIN + "Sunroof.Position").kind == "sensor"
    assert profile.signal(CABIN + "Sunroof.Switch").kind == "actuator"
