import json
from pathlib import Path
from typing import Any

import pytest

from fujia.cabin.skills import SKILLS
from fujia.datafile import load_yaml
from fujia.foundry.answers import is_acting
from fujia.foundry.asked import AskedUnderstander
from fujia.foundry.scoring.score import Case
from fujia.llm.config import Config, ModelConfig
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import ScriptedUnderstander
from tests.bench import local_model
from tests.bench.local_model import (
    OpenRequest,
    OpenRequests,
    Patient,
    ask_plans,
    examples,
    figures_of,
    run_turns,
    summary,
    tables,
    turn_of,
)
from tests.bench.routing import load_open

pytest.importorskip("jsonschema_rs", reason="the extra 'llm' is not installed")
OPEN = Command(skill="window.position", args={"position": 100})
AIR = "有点闷，帮我透透气"


def models(answer: Any) -> Patient:
    known = ModelConfig(
        model="m", base_url="http://127.0.0.1:1", key_variable=None, structured="json_schema",
        tools=False,
    )  # fmt: skip
    config = Config(
        models={"m": known}, roles={"teacher": ("m",), "fast": ("m",)}, attempts=1, cache_minutes=0
    )
    text = json.dumps(answer, ensure_ascii=False)
    return Patient(config, models={"m": ScriptedModel(lambda _asked, _sample: text)})


def planned(*commands: Command) -> dict[str, Any]:
    return {"commands": [one.model_dump(exclude_defaults=True) for one in commands]}


def test_the_requests_are_open_requests_and_name_skills_there_are() -> None:
    requests = load_yaml(local_model.REQUESTS, OpenRequests).root
    assert {one.said for one in requests} <= {said for said, _, _ in load_open()}
    assert {name for one in requests for name in one.right} <= set(SKILLS)


def test_examples_are_clean_and_of_their_kind() -> None:
    negatives, wishes = examples(6, negative=True), examples(6, negative=False)
    assert len(negatives) == len(wishes) == 6
    assert not any(is_acting(command) for one in negatives for command in one.plan.commands)
    assert {one.source for one in wishes}.isdisjoint({"negative"})
    assert all(one.id.endswith("@clean") for one in (*negatives, *wishes))


def test_plans_are_scored_set_by_set() -> None:
    understander = AskedUnderstander(models(planned(OPEN)))
    cases = [Case("1", "打开车窗", ((OPEN,),), frames=1), Case("2", "你好", (), frames=0)]
    sets = {"cases": cases, "negatives": examples(1, negative=True)}
    found = {name: figures_of(one) for name, one in ask_plans(understander, sets, 60).items()}
    assert (found["cases"]["asked"], found["cases"]["exact_plans"]) == (2, 1)
    assert found["cases"]["false_actuations"] == 1
    assert found["negatives"]["false_actuations"] == 1
    assert found["cases"]["seconds"]["count"] == 2


def test_when_the_time_is_over_nothing_more_is_asked() -> None:
    understander = AskedUnderstander(models(planned(OPEN)))
    sets = {"cases": [Case("1", "打开车窗", ((OPEN,),), frames=1)]}
    found = figures_of(ask_plans(understander, sets, 0)["cases"])
    assert (found["asked"], found["f1"], found["seconds"]) == (0, None, None)
    assert run_turns(models(planned(OPEN)), [OpenRequest(said=AIR, right=())], 0) == []


@pytest.mark.parametrize(("right", "is_right"), [(("window.position",), True), ((), False)])
def test_a_turn_is_right_if_a_right_skill_acted(right: tuple[str, ...], is_right: bool) -> None:
    unknown = Command(skill="unknown.function", args={"text": AIR})
    unsure = Plan(commands=(unknown,), confidence=0.0)
    understander = ScriptedUnderstander({AIR: unsure})
    turn = turn_of(models(planned(OPEN)), OpenRequest(said=AIR, right=right), understander)
    assert (turn["route"], turn["right"], turn["false_claims"]) == ("llm", is_right, [])
    shown = summary([turn, turn])
    assert (shown["asked"], shown["by_the_model"], shown["false_claims"]) == (2, 2, 0)
    assert shown["outcomes"] == {"done": 2}
    assert tables({"turns": shown})[1].row_count == 1


def test_a_bad_file_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "photo.gguf").write_bytes(b"JPEG")
    with pytest.raises(Exception, match=r"photo\.gguf is no language model"):
        local_model.main(["plans", "--model", str(tmp_path / "photo.gguf")])
