import json
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import DataError
from fujia.vehicle.catalogue import load_release, vss_6, write_table


def test_the_packaged_table_holds_every_leaf() -> None:
    assert len(vss_6()) == 1263
    position = vss_6()["Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"]
    assert (position.kind, position.datatype, position.unit) == ("actuator", "uint8", "percent")
    assert (position.minimum, position.maximum) == (0, 100)
    assert vss_6()["Vehicle.Cabin.Sunroof.Position"].kind == "sensor"
    assert "RAIN_SENSOR" in vss_6()["Vehicle.Body.Windshield.Front.Wiping.Mode"].allowed


def test_the_packaged_table_agrees_with_the_official_release(fujia_shared: Path) -> None:
    official = load_release(fujia_shared / "data" / "vss" / "vss_release_6.0.json")
    assert dict(vss_6()) == dict(official)


def test_the_packaged_table_is_what_write_table_makes(fujia_shared: Path, tmp_path: Path) -> None:
    made = tmp_path / "vss-6.0.csv"
    write_table(fujia_shared / "data" / "vss" / "vss_release_6.0.json", made)
    packaged = Path("src/fujia/vehicle/data/vss-6.0.csv")
    root = Path(__file__).parents[2]
    assert made.read_text(encoding="utf-8") == (root / packaged).read_text(encoding="utf-8")


def release(folder: Path, tree: Any) -> Path:
    file = folder / "vss_release.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return file


LEAF = {"type": "actuator", "datatype": "uint8", "unit": "percent", "min": 0, "max": 100}


def test_load_release_reads_a_tree(tmp_path: Path) -> None:
    mode = {"type": "sensor", "datatype": "string", "allowed": ["A", "B"]}
    branch = {"type": "branch", "children": {"Level": LEAF, "Mode": mode}}
    signals = load_release(release(tmp_path, {"Vehicle": branch}))
    assert list(signals) == ["Vehicle.Level", "Vehicle.Mode"]
    assert signals["Vehicle.Level"].maximum == 100
    assert signals["Vehicle.Mode"].allowed == ("A", "B")


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ([], "not a signal tree"),
        ({}, "not a signal tree"),
        ({"Vehicle": 5}, "Vehicle is neither a branch nor a leaf"),
        ({"Vehicle": {"type": "branch", "children": []}}, "children are not an object"),
        ({"Vehicle": {"type": "gadget", "datatype": "uint8"}}, "'gadget'"),
        ({"Vehicle": {"type": "sensor"}}, "datatype None"),
        ({"Vehicle": LEAF | {"min": "low"}}, "min, max or allowed"),
        ({"Vehicle": LEAF | {"allowed": 5}}, "min, max or allowed"),
    ],
)
def test_load_release_says_what_is_wrong(tmp_path: Path, tree: Any, said: str) -> None:
    with pytest.raises(DataError, match=said):
        load_release(release(tmp_path, tree))


def test_load_release_names_file_and_line_of_broken_json(tmp_path: Path) -> None:
    file = tmp_path / "vss_release.json"
    file.write_text('{"Vehicle":\n  {oops}\n}', encoding="utf-8")
    with pytest.raises(DataError, match=r"vss_release\.json:2: is not JSON") as caught:
        load_release(file)
    assert caught.value.line == 2


def test_load_release_needs_a_text_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_release(tmp_path / "missing.json")
    (tmp_path / "latin.json").write_bytes(b'{"V\xff": 1}')
    with pytest.raises(DataError, match="UTF-8"):
        load_release(tmp_path / "latin.json")
