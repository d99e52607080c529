"""Sentences as people say them: each follows the schema and means something on some car."""

from collections import Counter
from pathlib import Path

import pytest

from fujia.errors import DataError
from fujia.foundry.natural import load_natural
from fujia.foundry.verify import ProvingGround
from fujia.understanding.plan import Command
from fujia.vehicle.profiles import list_profiles, load_profile

BLUE = "sentences:\n  - said: 蓝色\n    commands: [{skill: light.ambient_color, args: {color: blue}}]\n"


def test_every_plan_resolves_on_a_car() -> None:
    ground = ProvingGround([load_profile(name) for name in list_profiles()])
    problems = {
        example.id: found
        for example in load_natural()
        if (found := ground.problems(example.plan, example.text, example.seat))
    }
    assert problems == {}
