"""The derived tasks, on a small task of our own in the shape of theirs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import InputError
from fujia.foundry.car_bench.adapter import load_adapter
from fujia.foundry.car_bench.judge import Trial, missing_problems, policy_problems
from fujia.foundry.car_bench.play import by_temper, evaluate, play
from fujia.foundry.car_bench.tasks import Task, load_tasks, of_each
from fujia.foundry.car_bench.tempers import scripted, without_companions
from fujia.llm.scripted import ScriptedModel

CONFIG: dict[str, Any] = {
    "current_location": {"id": "here"},
    "current_datetime": {"hour": 9, "minute": 30},
    "user_preferences": {"vehicle_settings": {"climate": ["likes it warm"]}},
    "sunroof_position": 0, "sunshade_position": 0, "trunk_door_position": "closed",
    "window_driver_position": 50, "window_passenger_position": 0,
    "window_driver_rear_position": 0, "window_passenger_rear_position": 0,
    "fog_lights": False, "head_lights_low_beams": False, "head_lights_high_beams": False,
    "climate_temperature_driver": 22, "climate_temperature_passenger": 22,
    "steering_wheel_heating": 0, "seat_heating_driver": 0, "seat_heating_passenger": 0,
    "fan_speed": 0, "window_front_defrost": False, "window_rear_defrost": False,
    "fan_airflow_direction": "FEET", "air_conditioning": False, "air_circulation": "RECIRCULATION",
}  # fmt: skip


def gold(name: str, **kwargs: Any) -> dict[str, Any]:
    return {"name": name, "kwargs": kwargs}


COOL = [
    gold("open_close_window", window="ALL", percentage=0),
    gold("set_air_conditioning", on=True),
    gold("set_fan_speed", level=1),
]
SEATS = [gold("set_seat_heating", level=2, seat_zone="ALL_ZONES")]
ROWS = [
    {"task_id": "a", "task_type": "base", "actions": COOL},
    {"task_id": "b", "task_type": "hallucination_missing_tool", "actions": SEATS,
     "removed_part": ["set_seat_heating"]},
    {"task_id": "c", "task_type": "disambiguation_user", "actions": SEATS},
    {"task_id": "d", "task_type": "base", "actions": [gold("send_email")]},
    {"task_id": "e", "task_type": "hallucination_missing_tool_parameter", "actions": SEATS,
     "removed_part": ["set_seat_heating.seat_zone"]},
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{**row, "context_init_config": CONFIG} for row in ROWS]
    slot = {"start_time": "09:00", "end_time": "12:00", "condition": "rainy", "temperature_c": 3}
    files = {
        "tasks": rows,
        "weather": [{"location_id": "here", "weather": [slot]}],
        "user_turns": [{"task_id": "a", "trials_user_turns": [["Cool it", "###STOP###"]]}],
    }
    for name, content in files.items():
        text = "".join(json.dumps(row) + "\n" for row in content)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_only_tasks_whose_tools_have_a_match_are_covered(folder: Path):
    tasks, total = load_tasks(folder)
    assert [task.id for task in tasks] == ["a", "b", "c", "e"] and total == 5
    first = tasks[0]
    assert first.turns == (("Cool it",),)
    assert first.preferences == ("likes it warm",)
    assert first.start["Vehicle.Body.Raindetection.Intensity"] == 50
    assert [one.id for one in of_each(tasks, 1)] == ["a", "b", "c"]


def test_without_the_data_it_says_where_they_belong(tmp_path: Path):
    with pytest.raises(InputError, match="FUJIA_BENCH_DATA"):
        load_tasks(tmp_path)


def test_every_temper_passes_because_the_code_makes_up_for_it(folder: Path):
    tasks, _ = load_tasks(folder)
    figures = evaluate(by_temper, tasks)
    assert figures["kinds"]["base"]["pass^3"] == 1.0
    assert figures["kinds"]["missing"]["pass^3"] == 1.0
    assert figures["kinds"]["ambiguous_user"]["pass^3"] == 1.0
    assert figures["policy_violations"] == 0


def test_a_model_that_does_nothing_fails(folder: Path):
    tasks, _ = load_tasks(folder)
    idle = json.dumps({"steps": [], "say": "Hello."})

    def idles(_task: Task, _number: int, _asks: bool) -> ScriptedModel:
        return ScriptedModel(lambda _asked, _sample: idle)

    figures = evaluate(idles, tasks)
    assert all(one["pass^1"] == 0.0 for one in figures["kinds"].values())
    assert "fan_speed is 0, not 1" in figures["kinds"]["base"]["problems"]["a"]


def test_a_hasty_model_forgets_what_the_policy_then_adds(folder: Path):
    task = load_tasks(folder)[0][0]
    assert [one.skill for one in without_companions(task.commands)] == ["climate.ac"]
    trial = play(task, scripted(task, "hasty"))
    assert trial.after["window_driver"] == 0 and trial.after["fan_speed"] == 1


def test_a_missing_parameter_is_said(folder: Path):
    task = load_tasks(folder)[0][3]
    trial = play(task, scripted(task, "careful"))
    assert trial.after == trial.before
    assert "seat heating (zone)" in trial.reply


def test_what_a_forgetful_model_leaves_out_is_said_to_be_missing(folder: Path):
    row = replace(load_tasks(folder)[0][0], kind="missing", removed=("set_fan_speed",))
    trial = play(row, scripted(row, "hasty"))
    assert trial.after["air_conditioning"] and trial.after["fan_speed"] == 0
    assert "This car has no fans" in trial.reply
    assert missing_problems(trial, trial.after) == []


def test_policies_are_judged_by_the_end_state():
    before = load_adapter().view({signal.path: 0 for signal in load_adapter().signals.values()})
    good = {**before, "sunroof_position": 50, "sunshade_position": 100}
    assert policy_problems(Trial((), (), "", before, good)) == []
    bad = {**before, "sunroof_position": 50, "air_conditioning": True, "fog_lights": True}
    found = [one[:3] for one in policy_problems(Trial((), (), "", before, bad))]
    assert found == ["005", "011", "013"]


def test_a_way_around_what_is_missing_is_a_fault():
    trial = Trial((), (), "Hm.", {"fan_speed": 0, "low_beams": 0}, {"fan_speed": 3, "low_beams": 0})
    found = missing_problems(trial, {"fan_speed": 0, "low_beams": 0})
    assert len(found) == 2
