from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujia.cabin.skills import SKILLS
from fujia.cabin.suggestions.facts import Moment
from fujia.cabin.suggestions.rules import RULES_FILE, SignalTest, load_rules
from fujia.errors import DataError

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANGLE = "Vehicle.Chassis.SteeringWheel.Angle"


def moment(**state: Any) -> Moment:
    return Moment({ANGLE: state["angle"]} if state else {}, NOON)


@pytest.mark.parametrize(
    ("test", "holds", "fails"),
    [({"is": True}, True, False), ({"is_not": "OFF"}, "ON", "OFF"), ({"above": 5}, 5.1, 5),
     ({"below": 5}, 4, 5), ({"beyond": 8}, -9, 8), ({"above": 5}, 6, "many"),
     ({"above": 0}, 1, True)],
)  # fmt: skip
def test_a_signal_is_compared(test: dict[str, Any], holds: Any, fails: Any):
    one = SignalTest.model_validate({"signal": ANGLE, **test})
    assert one.holds(moment(angle=holds))
    assert not one.holds(moment(angle=fails))
    assert not one.holds(moment()), "a signal that the car does not know never fulfils it"


def test_every_suggestion_offers_what_skills_can_do_in_both_languages():
    for rule in load_rules().rules:
        for command in rule.commands:
            SKILLS[command.skill].arguments.model_validate(dict(command.args))
        assert rule.words("zh").offer != rule.words("en").offer
        assert rule.words("zh").offer.endswith("吗")


def broken(folder: Path, change: dict[str, Any], *, of_a_rule: bool = False) -> Path:
    content = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    (content["rules"][0] if of_a_rule else content).update(change)
    file = folder / "suggestions.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def test_a_wrong_rule_is_named_when_the_file_is_read(tmp_path: Path):
    for change, of_a_rule, words in (
        ({"when": ["full moon"]}, True, "full moon"),
        ({"begins": "parked"}, True, "begins"),
        ({"when": [{"signal": ANGLE, "above": 1, "below": 2}]}, True, "when"),
        ({"pause_min": 3}, False, "pause_min"),
        ({"busy": ["yawning"]}, False, "yawning"),
    ):
        with pytest.raises(DataError, match=words):
            load_rules(broken(tmp_path, change, of_a_rule=of_a_rule))
            load_rules.cache_clear()
        load_rules.cache_clear()


def test_two_rules_of_one_name_are_refused(tmp_path: Path):
    second = load_rules().rules[1].id
    with pytest.raises(DataError, match="same id"):
        load_rules(broken(tmp_path, {"id": second}, of_a_rule=True))
    load_rules.cache_clear()
