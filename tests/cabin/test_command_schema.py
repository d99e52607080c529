import json

import pytest

from fujia.cabin.command_schema import alike, command_forms, definitions, without_null
from fujia.cabin.skills import SKILLS
from fujia.llm.checked import validate

pytest.importorskip("jsonschema_rs", reason="the extra 'llm' is not installed")
PARAMETERS = {name: one.arguments.model_json_schema() for name, one in SKILLS.items()}
SCHEMA = {"anyOf": command_forms(PARAMETERS), "$defs": definitions()}


@pytest.mark.parametrize(
    "command",
    [
        {"skill": "media.control", "args": {"action": "pause"}},
        {"skill": "media.play", "args": {"title": "晴天"}},
        {"skill": "charging.timer", "args": {"time": "07:30"}},
        {"skill": "light.all", "args": {}, "condition": {"fact": "rain", "comparison": "is"}},
    ],
)
def test_a_skill_takes_its_own_arguments(command: object):
    assert validate(command, SCHEMA) is None


@pytest.mark.parametrize(
    "command",
    [
        {"skill": "media.control", "args": {"action": "play", "station": "FM 103.9"}},
        {"skill": "media.control", "args": {}},
        {"skill": "window.position", "args": {"position": 50, "zone": None}},
        {"skill": "charging.timer", "args": {"time": "half past seven"}},
        {"skill": "no.such", "args": {}},
        {"skill": "light.all", "args": {}, "condition": {"fact": "mood"}},
    ],
)
def test_it_takes_no_others(command: object):
    assert validate(command, SCHEMA) is not None


def test_skills_that_take_the_same_share_a_form_and_every_skill_has_one():
    groups = alike(PARAMETERS)
    assert sorted(name for _, names in groups for name in names) == sorted(SKILLS)
    assert len(groups) < len(SKILLS) / 2
    assert len({json.dumps(arguments, sort_keys=True) for arguments, _ in groups}) == len(groups)


def test_what_was_not_said_is_left_out_of_a_schema():
    given = {"anyOf": [{"anyOf": [{"type": "number"}, {"enum": ["max"]}]}, {"type": "null"}]}
    assert without_null(given) == {"anyOf": [{"type": "number"}, {"enum": ["max"]}]}
    assert without_null({"anyOf": [{"type": "string"}, {"type": "null"}]}) == {"type": "string"}
