"""Rewards by what a plan does, and the steps that follow them."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from fujia.foundry.examples import Example
from fujia.foundry.reinforce import Reinforcement, Rewarder, RewardWeights, reinforce
from fujia.foundry.verify import ProvingGround
from fujia.understanding.plan import Argument, Command, Plan
from fujia.understanding.student.tokens import Tokenizer
from fujia.vehicle.profiles import load_profile
from tests.students import micro_parts

REWARDER = Rewarder(ProvingGround([load_profile("i5")]), RewardWeights())
HOW = Reinforcement(steps=4, utterances=4, plans=32, rate=1e-3, seed=6)


def plan(*commands: tuple[str, dict[str, Argument]]) -> Plan:
    return Plan(commands=tuple(Command(skill=skill, args=args) for skill, args in commands))


OPEN = plan(("window.position", {"zone": "driver", "position": 100}))
MORE = plan(("window.position", {"zone": "driver", "position": 100}), ("climate.ac", {"on": False}))


def reward(made: Plan | None, wanted: Plan = OPEN) -> float:
    return REWARDER.reward(made, wanted, "driver")


def test_what_leads_to_the_same_end_is_right() -> None:
    assert reward(OPEN) == 1.0
    assert reward(OPEN.model_copy(update={"confidence": 0.3})) == 1.0
    assert reward(plan(("window.position", {"position": "max"}))) == 1.0, "the driver's own window"


def test_the_further_the_worse() -> None:
    less = plan(("window.position", {"zone": "driver", "position": 50}))
    everything = plan(("window.position", {"zone": "all", "position": 50}))
    assert 1.0 > reward(less) > reward(everything) >= -1.0
    assert reward(MORE) < 1.0, "a needless action costs"
    assert reward(OPEN, MORE) < 1.0, "and so does a missing one"


@pytest.mark.parametrize("bad", [None, Plan(act="undo")])
def test_no_plan_and_another_act_are_worst(bad: Plan | None) -> None:
    assert reward(bad) == -1.0


def go(folder: Path, how: Reinforcement, stop: int | None = None) -> tuple[int, torch.nn.Module]:
    network, schema, pieces = micro_parts()
    examples = [Example(id=text, text=text, plan=OPEN, language="zh", source="frames", family="x")
                for text in ("打开车窗", "把窗开开")]  # fmt: skip
    done: list[int] = []

    def report(step: int, mean: float, divergence: float) -> None:
        assert -1.0 <= mean <= 1.0
        assert divergence >= -1e-6
        done.append(step)
        if step == stop:
            raise KeyboardInterrupt

    steps = reinforce(network, schema, Tokenizer(pieces), examples, REWARDER, how,
                      folder / "c.pt", report)  # fmt: skip
    return steps, network


def test_it_moves_the_student_and_leaves_a_checkpoint(tmp_path: Path) -> None:
    before = copy.deepcopy(micro_parts()[0])
    steps, network = go(tmp_path, HOW)
    assert steps == 4
    after = network.state_dict()
    assert any(not torch.equal(value, after[name]) for name, value in before.state_dict().items())
    assert (tmp_path / "c.pt").exists()


def test_a_finished_run_stays_as_it_is(tmp_path: Path) -> None:
    _, once = go(tmp_path, HOW)
    steps, again = go(tmp_path, HOW)
    assert steps == 4
    for name, value in once.state_dict().items():
        assert torch.equal(value, again.state_dict()[name])


def test_more_steps_go_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, whole = go(tmp_path / "a", HOW)
    go(tmp_path / "b", replace(HOW, steps=2))
    _, resumed = go(tmp_path / "b", HOW)
    for (name, one), other in zip(
        whole.state_dict().items(), resumed.state_dict().values(), strict=True
    ):
        assert torch.allclose(one, other, atol=1e-6), name
