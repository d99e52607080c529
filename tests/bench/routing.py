"""Who answers: the share handled on the car, its accuracy, and what a model could add.

Run ``python -m tests.bench.routing [--most N | --record]``. Plain commands are MAC-SLU dev where
its data are (``FUJIA_BENCH_DATA``), else the smoke set; open requests are our own
(``data/open_requests.yaml``).

No language model takes part. Where one would be asked, a script answers: right always (the most
that any model could add), or right four times of five. The curve shows what a higher threshold of
confidence sends to the model, and what that would bring.
"""

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import RootModel
from rich.table import Table

from fujia.cabin.skills import SKILLS
from fujia.datafile import load_yaml
from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.canonical import is_harmless, is_nothing
from fujia.foundry.scoring.score import Case, judge
from fujia.understanding.plan import Language, Plan
from fujia.understanding.router import Decision, load_rules, route
from fujia.understanding.student.understander import default_understander
from fujia.understanding.understander import Context, Understander
from tests.bench import smoke
from tests.bench.latency import Times
from tests.bench.record import facts, show, write
from tests.bench.understanding import FLOOR

OPEN_FILE = Path(__file__).parent / "data" / "open_requests.yaml"
OUT = Path("bench/results/f4_routing.json")
COMMAND = "python -m tests.bench.routing"
Wants = Literal["talk", "plan", "agent", "quiet"]
_WRITES = frozenset(name for name, skill in SKILLS.items() if skill.kind == "write")
_RIGHT_OF_FIVE = 4
_ABOVE_ALL = 1.01


class OpenRequests(RootModel[Mapping[Language, Mapping[Wants, tuple[str, ...]]]]):
    """What people say beside plain commands, by language and by who should answer."""


@dataclass(frozen=True)
class Routed:
    """One plain command: how sure the car is, whether its plan is right, who answers."""

    sure: float
    is_right: bool
    decision: Decision
    ms: float


@dataclass(frozen=True)
class Point:
    """One threshold of the curve; shares and rates are between 0 and 1."""

    threshold: float
    cloud_share: float
    car_accuracy: float | None
    with_right_model: float
    with_model_right_4_of_5: float


def load_open(file: Path = OPEN_FILE) -> list[tuple[str, Language, Wants]]:
    """Every open request, its language and who should answer; raises DataError."""
    content = load_yaml(file, OpenRequests).root
    return [
        (said, language, wants)
        for language, groups in content.items()
        for wants, many in groups.items()
        for said in many
    ]


def decide(plan: Plan, said: str) -> Decision:
    """Who answers, if a model is always there."""
    return route(plan, said, _WRITES, lambda: None)


def run_commands(understander: Understander, cases: Sequence[Case]) -> list[Routed]:
    """Read and route plain commands."""
    routed: list[Routed] = []
    for case in cases:
        plan = understander.understand(case.said, Context(seat=case.seat))
        begun = time.perf_counter()
        decision = decide(plan, case.said)
        ms = (time.perf_counter() - begun) * 1000
        routed.append(Routed(plan.confidence, judge(case, plan.commands).is_exact, decision, ms))
    return routed


def figures_of(routed: Sequence[Routed]) -> dict[str, Any]:
    """Shares and accuracy by route, and the time that the decision takes."""
    groups = {where: [one for one in routed if one.decision.route == where]
              for where in ("device", "llm", "both")}  # fmt: skip
    return {
        "utterances": len(routed),
        "routes": {
            where: {
                "share": round(len(group) / len(routed), 4),
                "car_plan_exact": _share([one.is_right for one in group]),
            }
            for where, group in groups.items()
        },
        "reasons": dict(Counter(one.decision.reason for one in routed)),
        "decision_ms": asdict(Times.of([one.ms for one in routed])),
    }


def curve(routed: Sequence[Routed]) -> list[Point]:
    """Accuracy against the share that is sent, by threshold of confidence.

    At the first everything stays on the car, at the last everything is sent; between them is
    every confidence that occurs, to two digits.
    """
    known = {math.floor(100 * one.sure) / 100 for one in routed}
    return [
        _point(threshold, [one for one in routed if one.sure >= threshold], len(routed))
        for threshold in sorted({0.0, *known, _ABOVE_ALL})
    ]


def as_routed(routed: Sequence[Routed]) -> Point:
    """Where the router stands, which looks at more than the confidence."""
    here = [one for one in routed if one.decision.route == "device"]
    return _point(load_rules().sure, here, len(routed))


def _point(threshold: float, here: Sequence[Routed], total: int) -> Point:
    right, sent = sum(one.is_right for one in here), total - len(here)
    # Every fifth that is sent comes back wrong, whatever it was.
    good = sent - sent // 5 * (5 - _RIGHT_OF_FIVE)
    return Point(
        threshold,
        round(sent / total, 4),
        _share([one.is_right for one in here]),
        round((right + sent) / total, 4),
        round((right + good) / total, 4),
    )


def run_open(
    understander: Understander, requests: Sequence[tuple[str, Language, Wants]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Route the open requests; figures by wanted answer, and every miss."""
    seen: dict[str, Counter[str]] = {}
    fine: Counter[str] = Counter()
    misses: list[dict[str, Any]] = []
    for said, language, wants in requests:
        plan = understander.understand(said, Context())
        decision = decide(plan, said)
        group = f"{language} {wants}"
        seen.setdefault(group, Counter())[f"{decision.route} {decision.work}"] += 1
        if is_fine(wants, decision, plan):
            fine[group] += 1
        else:
            plans = [one.model_dump(exclude_defaults=True) for one in plan.commands]
            misses.append({"said": said, "wants": wants, "sure": plan.confidence,
                           "decision": asdict(decision), "plan": plans})  # fmt: skip
    groups = {
        group: {"requests": counts.total(), "right": fine[group], "routes": dict(counts)}
        for group, counts in seen.items()
    }
    total = sum(counts.total() for counts in seen.values())
    return {"requests": total, "right": fine.total(), "groups": groups}, misses


def is_fine(wants: Wants, decision: Decision, plan: Plan) -> bool:
    """Whether those who should answer have a part in it.

    A request that must leave the car quiet is right as long as the car does not act by itself:
    where a model takes part, what only one of the two read is asked about.
    """
    if wants == "quiet":
        return decision.route != "device" or _is_still(plan)
    if wants == "plan":  # the car's own sure reading of a wish is as good
        return decision.route != "device" or not _is_still(plan)
    if wants == "talk":
        return decision.route == "llm"
    return decision.work == wants


def _is_still(plan: Plan) -> bool:
    """Whether a plan changes nothing."""
    return all(is_nothing(one) or is_harmless(one) for one in plan.commands)


def floor_of(understander: Understander) -> dict[str, float]:
    """What routing reaches on the sets that are always there, as a floor for every test run."""
    routes = figures_of(run_commands(understander, smoke.load()))["routes"]
    opened, _ = run_open(understander, load_open())
    return {
        "device_share": routes["device"]["share"],
        "device_plans_exact": routes["device"]["car_plan_exact"] or 0.0,
        "open_right": opened["right"],
    }


def record_floor() -> None:
    """Write what is reached now as the floor of every test run."""
    floors = json.loads(FLOOR.read_text(encoding="utf-8"))
    write(floors | {"routing": floor_of(default_understander())}, FLOOR)


def measure(most: int | None = None) -> dict[str, Any]:
    """Every figure as plain data, with the misses."""
    understander = default_understander()
    with_data = mac_slu.data_file().exists()
    file = mac_slu.data_file() if with_data else smoke.FILE
    sets = {one.name: one for one in (file, OPEN_FILE)}
    cases = (mac_slu.load() if with_data else smoke.load())[:most]
    routed = run_commands(understander, cases)
    opened, misses = run_open(understander, load_open())
    return {
        **facts(COMMAND, sets),
        "understander": type(understander).__name__,
        "rules": {"sure": load_rules().sure, "doubt": load_rules().doubt},
        "commands": {"set": "MAC-SLU dev" if with_data else "smoke set", **figures_of(routed)},
        "curve": [asdict(point) for point in curve(routed)],
        "as_routed": asdict(as_routed(routed)),
        "open": opened,
        "misses": misses,
    }


def tables(result: Mapping[str, Any]) -> list[Table]:
    """The figures as tables."""
    commands = result["commands"]
    title = f"Routing: {commands['set']}, {commands['utterances']} utterances"
    routes = Table("route", "share", "exact plans of the car", title=title)
    for where, one in commands["routes"].items():
        routes.add_row(where, f"{one['share']:.3f}", _rate(one["car_plan_exact"]))
    bend = Table(
        "threshold", "sent", "car alone", "with a model always right", "right 4 of 5",
        title="Accuracy (exact plans) against the share that is sent",
    )  # fmt: skip
    for point in result["curve"]:
        bend.add_row(*(_rate(value) for value in point.values()))
    bend.add_row("the router", *(_rate(value) for value in list(result["as_routed"].values())[1:]))
    opened = Table("open requests", "right", "of", "routes", title="Routing: open requests")
    for group, one in result["open"]["groups"].items():
        shown = ", ".join(f"{name} {count}" for name, count in one["routes"].items())
        opened.add_row(group, str(one["right"]), str(one["requests"]), shown)
    opened.add_row("all", str(result["open"]["right"]), str(result["open"]["requests"]), "")
    return [routes, bend, opened]


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _rate(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables; write the results of a whole run."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument(
        "--most", type=int, help="only the first plain commands; nothing is written"
    )
    parser.add_argument("--record", action="store_true", help="make what is reached the floor")
    parser.add_argument("--misses", action="store_true", help="list the open requests missed")
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go")
    options = parser.parse_args(arguments)
    if options.record:
        record_floor()
        return
    result = measure(options.most)
    show(tables(result))
    misses: list[dict[str, Any]] = result["misses"] if options.misses else []
    for miss in misses:
        print(json.dumps(miss, ensure_ascii=False))
    if options.most is None:
        write(result, options.out)


if __name__ == "__main__":
    main()
