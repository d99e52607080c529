"""The equipment items hold what VSS says, and names in both languages."""

from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.vehicle.catalogue import vss_6
from fujia.vehicle.equipment import Item, SignalEntry, load_equipment, packaged_equipment
from fujia.vehicle.signal import Signal

NAME_ONLY = "lamp:\n  zh: 灯\n  en: lamp\n  signals:\n"


def built_signals() -> list[Signal]:
    """Every signal that any packaged item brings, for all seats that it may be for."""
    items = packaged_equipment().values()
    return [signal for item in items for signal in item.expand("LEFT", None, {})]


def assert_agrees_with_vss(signal: Signal, official: Signal) -> None:
    facts = (signal.kind, signal.datatype, signal.unit)
    assert facts == (official.kind, official.datatype, official.unit), signal.path
    if official.allowed:
        assert signal.allowed == official.allowed, signal.path
    if official.minimum is not None:
        assert signal.minimum is not None and signal.minimum >= official.minimum, signal.path
    if official.maximum is not None:
        assert signal.maximum is not None and signal.maximum <= official.maximum, signal.path


def test_vss_signals_agree_with_vss() -> None:
    standard = [signal for signal in built_signals() if signal.origin == "vss"]
    assert len(standard) > 250
    for signal in standard:
        assert_agrees_with_vss(signal, vss_6()[signal.path])


def test_overlay_signals_are_not_in_vss() -> None:
    overlays = {signal.path for signal in built_signals() if signal.origin == "overlay"}
    assert "Vehicle.Cabin.HVAC.IsOn" in overlays
    assert not overlays & vss_6().keys()


def test_every_signal_has_a_name_in_both_languages() -> None:
    for signal in built_signals():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in signal.zh), signal.path
        assert signal.en.isascii() and signal.en, signal.path
        assert "{" not in signal.zh + signal.en + signal.path


@pytest.mark.parametrize(
    ("path", "safety"),
    [
        ("Vehicle.Powertrain.Transmission.SelectedGear", "never"),
        ("Vehicle.Chassis.ParkingBrake.IsEngaged", "never"),
        ("Vehicle.ADAS.ESC.IsEnabled", "never"),
        ("Vehicle.Body.Lights.LightSwitch", "view"),
        ("Vehicle.Cabin.Infotainment.Media.Video", "view"),
        ("Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", "access"),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Position", "driving"),
        ("Vehicle.Cabin.Seat.Row1.PassengerSide.Position", "comfort"),
        ("Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature", "comfort"),
    ],
)
def test_safety_classes(path: str, safety: str) -> None:
    classes = {signal.path: signal.safety for signal in built_signals()}
    assert classes[path] == safety


def test_a_seat_can_differ() -> None:
    entry = SignalEntry.model_validate(
        {"datatype": "string", "zh": "{zone}座", "en": "{zone} seat", "initial": "EMPTY",
         "by_seat": {"driver": {"initial": "OCCUPIED"}}}
    )  # fmt: skip
    assert entry.build("Vehicle.A", "driver", {}).initial == "OCCUPIED"
    rear = entry.build("Vehicle.B", "rear_left", {"maximum": 5})
    assert (rear.initial, rear.zh, rear.en, rear.maximum) == (
        "EMPTY",
        "左后座",
        "rear left seat",
        5,
    )


def test_an_item_finds_its_templates_by_their_end() -> None:
    item = packaged_equipment()["climate_zones"]
    assert item.templates("FanSpeed") == ["Vehicle.Cabin.HVAC.Station.{station}.FanSpeed"]
    assert item.templates("Speed") == []
    assert isinstance(item, Item)


def test_broken_equipment_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "lamp.yaml").write_text(
        NAME_ONLY + "    Vehicle.Lamp:\n      {datatype: boolean, zh: 灯, en: lamp, colour: red}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"lamp\.yaml:6: .*colour"):
        load_equipment(tmp_path)
