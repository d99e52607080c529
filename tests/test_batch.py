import json
from pathlib import Path
from typing import Any

import pytest

from fujia import batch
from fujia.batch import Case, Tally, dump, run_case, run_file, run_lines
from fujia.errors import InputError
from fujia.garage import Garage

GARAGE = Garage()
GOOD: dict[str, Any] = {"id": "good", "turns": ["打开主驾座椅加热"]}
HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def line(**case: Any) -> bytes:
    return json.dumps(case, ensure_ascii=False).encode()


def run(*lines: bytes) -> list[dict[str, Any]]:
    return list(run_lines([each + b"\n" for each in lines], GARAGE))


def error_of(text: bytes) -> str:
    """The error that one bad line leads to, between two good ones that must still run."""
    before, bad, after = run(line(**GOOD), text, line(**GOOD))
    assert before["signals"] == after["signals"] == {HEATING: 33}
    assert bad.keys() == {"id", "error"}
    return bad["error"]


def test_a_result_follows_the_contract():
    (result,) = run(line(**GOOD))
    ms = result["turns"][0].pop("ms")
    reply = result["turns"][0].pop("reply")
    assert result == {
        "id": "good",
        "turns": [
            {
                "said": "打开主驾座椅加热",
                "actions": [
                    {
                        "skill": "seat.heating",
                        "args": {"zone": "driver", "level": 1},
                        "outcome": "done",
                        "reason": None,
                    }
                ],
                "outcome": "done",
                "route": "device",
            }
        ],
        "signals": {HEATING: 33},
    }
    assert reply
    assert ms > 0


def test_turns_of_a_case_share_one_car_and_cases_do_not():
    first, second = run(
        line(id=1, turns=["打开主驾座椅加热", "副驾也一样"]), line(id=2, turns=["把音量调到40"])
    )
    assert first["id"] == 1
    assert sorted(first["signals"].values()) == [33, 33]
    assert second["signals"] == {"Vehicle.Cabin.Infotainment.Media.Volume": 40}


def test_signals_show_only_what_the_turns_caused():
    (result,) = run(line(id="x", state={"Vehicle.Speed": 80, WINDOW: 50}, turns=["把音量调到40"]))
    assert result["signals"] == {"Vehicle.Cabin.Infotainment.Media.Volume": 40}


def test_movements_have_ended_when_signals_are_read():
    (result,) = run(line(id="x", state={WINDOW: 50}, turns=["关上主驾车窗"]))
    assert result["signals"][WINDOW] == 0


def test_state_may_set_sensors_and_signals_outside_the_profile():
    state = {"Vehicle.Exterior.AirTemperature": -5.5, "Vehicle.Cargo.Bay1.Load": 3.0}
    (known, unknown) = run(
        line(id="x", state={"Vehicle.Exterior.AirTemperature": -5.5}, turns=[]),
        line(id="y", state=state, turns=[]),
    )
    assert known == {"id": "x", "turns": [], "signals": {}}
    assert "Vehicle.Cargo.Bay1.Load" in unknown["error"]


def test_a_case_may_name_vehicle_and_seat():
    (result,) = run(line(id="x", vehicle="generic-ev", seat="passenger", turns=["打开座椅加热"]))
    assert list(result["signals"]) == ["Vehicle.Cabin.Seat.Row1.PassengerSide.HeatingCooling"]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"turns": []}, "id: Field required"),
        ({"id": "x"}, "turns: Field required"),
        ({"id": None, "turns": []}, "id"),
        ({"id": True, "turns": []}, "id"),
        ({"id": "x", "turns": "打开空调"}, "turns: Input should be a valid list"),
        ({"id": "x", "turns": ["a", 3]}, "turns.1: Input should be a valid string"),
        ({"id": "x", "turns": [], "vehcile": "i5"}, "vehcile: unknown field"),
        ({"id": "x", "turns": [], "seat": "boot"}, "seat"),
        ({"id": "x", "turns": [], "seat": "rear"}, "seat"),
        ({"id": "x", "turns": [], "vehicle": "i6"}, "'i6'"),
        ({"id": "x", "turns": [], "state": []}, "state: Input should be a valid dictionary"),
        ({"id": "x", "turns": [], "state": {"Vehicle.Sped": 1}}, "Vehicle.Sped"),
        ({"id": "x", "turns": [], "state": {WINDOW: 101}}, "is not within 0"),
        ({"id": "x", "turns": [], "state": {WINDOW: -1}}, "is not within 0"),
        ({"id": "x", "turns": [], "state": {WINDOW: "50"}}, "is not a uint8"),
        ({"id": "x", "turns": [], "state": {WINDOW: None}}, "is not a uint8"),
        ({"id": "x", "turns": [], "state": {"Vehicle.IsMoving": 1}}, "is not a boolean"),
        ({"id": "x", "turns": [], "state": {"Vehicle.Body.Lights.LightSwitch": "ON"}}, "'ON'"),
        ({"id": "x", "turns": ["好" * 10_000]}, "has 10000 characters"),
    ],
)
def test_a_bad_case_is_an_error_and_the_rest_still_run(case: dict[str, Any], words: str):
    assert words in error_of(line(**case))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "line 2: not JSON"),
        (b"[1]", "line 2: a case is a JSON object"),
        (b'"x"', "line 2: a case is a JSON object"),
        (b'{"id": "x", "turns": []} {}', "line 2: not JSON"),
        (b'{"id": "x", "turns": ["\xff\xfe"]}', "line 2: not UTF-8 text (byte 24 of the line)"),
        (b'{"id": "x", "turns": [], "state": {"Vehicle.Speed": NaN}}', "line 2: not JSON: NaN"),
        (b"[" * 100_000, "line 2: not JSON"),
        (b'{"id": ' + b"9" * 5_000 + b', "turns": []}', "line 2: not JSON"),
    ],
)
def test_a_line_that_is_no_case_is_an_error_with_its_number(text: bytes, words: str):
    assert words in error_of(text)


def test_an_error_carries_the_id_where_it_can_be_read():
    known, unknown = run(line(id="x", turns=3), b"oops")
    assert known["id"] == "x"
    assert not known["error"].startswith("line")
    assert unknown["id"] is None


def test_a_defect_costs_one_case_only(monkeypatch: pytest.MonkeyPatch):
    def broken(case: Case, garage: Garage) -> None:
        if case.id == "broken":
            raise RuntimeError("secret words")
        return run_case(case, garage)

    monkeypatch.setattr(batch, "run_case", broken)
    assert error_of(line(id="broken", turns=[])) == "internal error: RuntimeError"


def test_blank_lines_byte_order_mark_and_line_ends_do_not_matter():
    results = run(b"\xef\xbb\xbf" + line(id=1, turns=[]) + b"\r", b"", b"  ", line(id=2, turns=[]))
    assert [result["id"] for result in results] == [1, 2]


@pytest.mark.parametrize("said", ["", "   ", "😀😀", "\x00\x1b[31m", "。。。"])
def test_utterances_without_words_change_nothing(said: str):
    (result,) = run(line(id="x", turns=[said]))
    assert result["signals"] == {}
    assert result["turns"][0]["outcome"] in ("question", "answered")


def test_half_a_surrogate_pair_does_not_break_the_results():
    text = dump({"id": "\ud800", "error": "x"})
    assert json.loads(text.encode()) == {"id": "\ud800", "error": "x"}
    assert dump({"id": "车"}) == '{"id": "车"}'
    (result,) = run(b'{"id": "x", "turns": ["\\ud800"]}')
    assert result["id"] == "x"


def test_a_file_of_cases_becomes_a_file_of_results(tmp_path: Path):
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    cases.write_bytes(b"\n".join([line(**GOOD), b"oops", line(id="z", turns=["打开空调"])]))
    seen: list[int] = []
    tally = run_file(cases, out, GARAGE, lambda tally: seen.append(tally.cases))
    results = [json.loads(text) for text in out.read_text(encoding="utf-8").splitlines()]
    assert [result["id"] for result in results] == ["good", None, "z"]
    assert tally == Tally(cases=3, errors=1)
    assert seen == [1, 2, 3]
    assert [file.name for file in tmp_path.glob("*.part")] == []


def test_results_so_far_are_kept_when_a_run_is_cut_short(tmp_path: Path):
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    cases.write_bytes(line(id=1, turns=[]) + b"\n" + line(id=2, turns=[]) + b"\n")
    out.write_text("older results\n")

    def cut(tally: Tally) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_file(cases, out, GARAGE, cut)
    assert out.read_text() == "older results\n"
    assert json.loads((tmp_path / "results.jsonl.part").read_text())["id"] == 1


def test_an_empty_file_has_no_results(tmp_path: Path):
    cases, out = tmp_path / "cases.jsonl", tmp_path / "results.jsonl"
    cases.write_bytes(b"")
    assert run_file(cases, out, GARAGE) == Tally()
    assert out.read_bytes() == b""


@pytest.mark.parametrize(
    ("cases", "out", "words"),
    [
        ("missing.jsonl", "out.jsonl", r"missing\.jsonl: No such file"),
        ("cases.jsonl", "nowhere/out.jsonl", "No such file"),
        ("cases.jsonl", ".", "a file of their own"),
        ("cases.jsonl", "cases.jsonl", "a file of their own"),
        (".", "out.jsonl", "Is a directory"),
    ],
)
def test_files_that_cannot_be_used_are_errors(tmp_path: Path, cases: str, out: str, words: str):
    (tmp_path / "cases.jsonl").write_bytes(line(**GOOD))
    with pytest.raises(InputError, match=words):
        run_file(tmp_path / cases, tmp_path / out, GARAGE)
    assert (tmp_path / "cases.jsonl").read_bytes() == line(**GOOD)
