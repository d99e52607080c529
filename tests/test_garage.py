import sys
from pathlib import Path

import pytest

from fujia import SimulatedCar
from fujia.errors import InputError, MissingExtra, UnknownVehicle
from fujia.garage import Broker, Garage
from fujia.settings import load_settings

OWN = """\
id: my-ev
zh: 我的车
en: my car
energy: electric
equipment: {windows: , doors: , drive: }
"""


def test_vehicles_of_ones_own_lie_in_the_data_folder(clean_environment: Path):
    folder = clean_environment / "data" / "fujia" / "profiles"
    folder.mkdir(parents=True)
    (folder / "my-ev.yaml").write_text(OWN, encoding="utf-8")
    garage = Garage.of(load_settings().settings)
    assert garage.names() == ["5-series-lwb", "generic-ev", "i5", "my-ev", "x3-lwb"]
    assert garage.profile("my-ev").en == "my car"


def test_an_unknown_vehicle_is_an_error_that_lists_the_known():
    with pytest.raises(UnknownVehicle, match="generic-ev, i5"):
        Garage().profile("i6")


def test_a_car_has_come_to_rest_in_its_start_state():
    garage = Garage()
    car = garage.car(garage.profile("i5"), {"Vehicle.Speed": 80})
    assert car.read("Vehicle.IsMoving") is True


def test_an_unknown_persona_is_an_error():
    garage = Garage(persona="nobody")
    with pytest.raises(InputError, match="nobody"):
        garage.cabin(garage.car(garage.profile("i5")))


def test_scenes_of_ones_own_replace_packaged_ones(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("fujia.cabin.scenes._folders", ())
    folder = clean_environment / "data" / "fujia" / "scenes"
    folder.mkdir(parents=True)
    page = Path(__file__).parent.parent / "docs" / "adding-a-scene.md"
    example = page.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    nap = example.replace("id: morning_coffee", "id: nap")
    (folder / "nap.yaml").write_text(nap, encoding="utf-8")
    garage = Garage.of(load_settings().settings)
    car = garage.car(garage.profile("i5"))
    assert garage.cabin(car).say("打开午睡模式").outcome == "done"
    assert car.read("Vehicle.Cabin.Infotainment.Media.Volume") == 20


def test_without_a_broker_a_car_is_simulated():
    garage = Garage()
    assert isinstance(garage.open_car(garage.profile("i5")), SimulatedCar)


def test_a_broker_comes_from_the_settings_or_from_the_caller(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FUJIA_KUKSA_BROKER", "car.example:55555")
    monkeypatch.setenv("FUJIA_KUKSA_SERVER_NAME", "Server")
    settings = load_settings().settings
    assert Garage.of(settings).broker == Broker("car.example:55555", server_name="Server")
    other = Garage.of(settings, "127.0.0.1:1").broker
    assert other is not None
    assert other.address == "127.0.0.1:1"


def test_the_state_of_a_car_behind_a_broker_cannot_be_chosen():
    garage = Garage(broker=Broker("127.0.0.1:1"))
    with pytest.raises(InputError, match="behind a broker cannot be chosen"):
        garage.open_car(garage.profile("i5"), {"Vehicle.Speed": 5})


def test_a_broker_needs_an_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "fujia.vehicle.kuksa.car", None)
    garage = Garage(broker=Broker("127.0.0.1:1"))
    with pytest.raises(MissingExtra, match=r"pip install 'fujia\[kuksa\]'"):
        garage.open_car(garage.profile("i5"))


def test_a_cabin_remembers_where_it_is_told_to(clean_environment: Path):
    settings = load_settings().settings
    garage = Garage.of(settings)
    car = garage.car(garage.profile("i5"))
    assert garage.cabin(car).memories is None
    memories = garage.cabin(car, remembers=True).memories
    assert memories is not None
    assert memories.of("driver").name == "owner"
    assert not settings.memory_dir.exists()
    assert Garage().memories() is None


def test_a_driver_without_a_name_is_a_guest(
    clean_environment: Path, monkeypatch: pytest.MonkeyPatch
):
    file = clean_environment / "config" / "fujia" / "settings.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("driver: ''\n", encoding="utf-8")
    memories = Garage.of(load_settings().settings).memories()
    assert memories is not None
    assert not memories.of("driver").keeps
