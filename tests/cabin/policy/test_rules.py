"""Every rule of policy: when it fires, and what it spares (``cases.yaml``)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from fujia.cabin.policy import Note, Proposal, Verdict, judge
from fujia.cabin.policy.rules import RuleBook, load_rules
from fujia.cabin.policy.special import SPECIAL_VERDICTS
from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.vehicle import SimulatedCar, load_profile
from fujia.vehicle.car import Write

TABLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)
NAMES: dict[str, str] = TABLE["names"]
VERDICTS = {rule.id: rule.verdict for rule in load_rules()} | SPECIAL_VERDICTS


def _cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule, cases in TABLE["rules"].items()
        for number, case in enumerate(cases[kind])
    ]


def verdict_on(case: dict[str, Any]) -> Verdict:
    """The verdict over one case of the table, on a settled i5."""
    state = {NAMES[name]: value for name, value in case.get("state", {}).items()}
    car = SimulatedCar(load_profile("i5"), state)
    writes = tuple(Write(NAMES[name], value) for name, value in case["write"].items())
    return judge(
        Proposal(
            writes,
            car.snapshot(),
            car.profile,
            case.get("seat", "driver"),
            case.get("confirmed", False),
            frozenset(NAMES[name] for name in case.get("opened", ())),
            Note(case["asks"], case["asks"]) if "asks" in case else None,
        )
    )


@pytest.mark.parametrize(("rule", "case"), _cases("fires"))
def test_a_rule_fires(rule: str, case: dict[str, Any]) -> None:
    verdict = verdict_on(case)
    assert verdict.rule == rule
    assert verdict.kind == case.get("verdict", VERDICTS[rule])
    if "companions" in case:
        assert [one.command.skill for one in verdict.companions] == case["companions"]
    assert len(verdict.notes) == case.get("notes", 0)
    if verdict.kind in ("refuse", "confirm"):
        assert verdict.why("zh")
        assert verdict.why("en")


@pytest.mark.parametrize(("rule", "case"), _cases("spares"))
def test_a_rule_spares_what_it_is_not_about(rule: str, case: dict[str, Any]) -> None:
    verdict = verdict_on(case)
    assert verdict.rule != rule
    expected = case.get("verdict")
    assert verdict.kind == expected if expected else verdict.kind in ("allow", "amend")


def test_every_rule_has_both_kinds_of_cases() -> None:
    assert set(TABLE["rules"]) == set(VERDICTS)
    assert all(cases["fires"] and cases["spares"] for cases in TABLE["rules"].values())


def test_signals_of_the_rules_exist() -> None:
    paths = {path for name in ("i5", "5-series-lwb", "x3-lwb") for path in _known(name)}
    for rule in load_rules():
        known = [path for path in rule.signals if "*" in path or path in paths]
        assert known, f"{rule.id} is about signals that no vehicle has"


def test_a_rule_with_an_unknown_fact_is_an_error_with_a_line(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(
        "rules:\n  - id: x\n    signals: [Vehicle.Speed]\n    when: [fool_moon]\n"
        "    verdict: refuse\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"policy\.yaml:4: .*fool_moon"):
        load_yaml(file, RuleBook)


def _known(name: str) -> set[str]:
    from fujia.vehicle.catalogue import vss_6

    return {*load_profile(name).signals, *vss_6()}
