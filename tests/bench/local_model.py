"""A language model on this machine, from a file of yours: its plans, and what comes of them.

Run ``python -m tests.bench.local_model plans --model qwen.gguf`` (the extra ``local``), then with
``turns``; both write their part of one result. Plans: the first utterances of MAC-SLU dev where its
data are (``FUJIA_BENCH_DATA``), utterances of the frozen test set that want something, and
negatives, in turn, until each set or the time is used up. Turns: open requests
(``data/local_requests.yaml``) through the fusion, each in a fresh parked car; what was said is held
against what the car did. ``--server`` names a server that has the same file already.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel
from rich.table import Table

from fujia import Cabin, SimulatedCar, Turn, load_profile, mismatches
from fujia.cabin.skills import SKILLS
from fujia.datafile import load_yaml
from fujia.foundry.answers import Answer, Scored, case_of
from fujia.foundry.asked import READING_S, AskedUnderstander
from fujia.foundry.contestants import file_facts
from fujia.foundry.examples import Example
from fujia.foundry.figures import plain
from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.score import Case, Judged, Match, judge
from fujia.foundry.testset import CLEAN, load_spec, load_testset
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.local import LocalServer
from fujia.llm.model import Completion, Listen, Request
from fujia.understanding.understander import Context, Understander
from tests.bench.latency import Times
from tests.bench.record import facts, show, write

REQUESTS = Path(__file__).parent / "data" / "local_requests.yaml"
OUT = Path("bench/results/f2_local_model.json")
COMMAND = "python -m tests.bench.local_model"
Figures = Mapping[str, Any]


class OpenRequest(BaseModel):
    """Something that people say, and the skills of which any is the right way to help."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: str
    right: tuple[str, ...]


class OpenRequests(RootModel[tuple[OpenRequest, ...]]):
    """The content of the file."""


@dataclass
class Asked:
    """What was asked of one set, and what came back."""

    judged: list[Judged] = field(default_factory=list[Judged])
    scored: list[Scored] = field(default_factory=list[Scored])
    times: list[float] = field(default_factory=list[float])
    unanswered: int = 0


class Patient(Gateway):
    """A gateway whose models may take longer than a person would wait."""

    patience_s = 5.0

    def complete(self, role: Any, request: Request, listen: Listen | None = None) -> Completion:
        """Ask with more time; see ``Gateway.complete``."""
        return super().complete(role, replace(request, time_s=self.patience_s), listen)


def examples(count: int, *, negative: bool) -> list[Example]:
    """Clean utterances of the frozen test set, evenly picked: negatives, or those with a wish."""
    chosen = [one for one in load_testset(CLEAN) if (one.source == "negative") == negative]
    return chosen[:: max(len(chosen) // count, 1)][:count] if count else []


def ask_plans(
    understander: AskedUnderstander, sets: Mapping[str, Sequence[Case | Example]], seconds: float
) -> dict[str, Asked]:
    """One of each set after another, until the time is over."""
    found = {name: Asked() for name in sets}
    end = time.monotonic() + seconds
    for row in zip_longest(*sets.values()):
        for name, one in zip(sets, row, strict=True):
            if one is not None and time.monotonic() < end:
                _ask(understander, one, found[name])
    return found


def _ask(understander: AskedUnderstander, one: Case | Example, asked: Asked) -> None:
    text = one.text if isinstance(one, Example) else one.said
    context = one.context if isinstance(one, Example) else Context(seat=one.seat)
    before, begun = understander.unanswered, time.perf_counter()
    plan = understander.understand(text, context)
    ms = 1000 * (time.perf_counter() - begun)
    judged = judge(case_of(one) if isinstance(one, Example) else one, plan.commands)
    asked.times.append(ms / 1000)
    asked.unanswered += understander.unanswered - before
    asked.judged.append(judged)
    if isinstance(one, Example):
        asked.scored.append(Scored(one, Answer(plan, ms), judged))


def figures_of(asked: Asked) -> dict[str, Any]:
    """What one set came to; seconds a command are wall time, other work beside it included."""
    full = sum((one.full for one in asked.judged), Match(0, 0, 0))
    found: dict[str, Any] = {
        "asked": len(asked.judged),
        "exact_plans": sum(one.is_exact for one in asked.judged),
        "f1": round(full.f1, 4) if asked.judged else None,
        "false_actuations": sum(one.is_false_actuation for one in asked.judged),
        "unanswered": asked.unanswered,
        "seconds": _times(asked.times),
    }
    if asked.scored:
        found["exact_plans"] = sum(one.is_exact for one in asked.scored)
        found["of_the_test_set"] = plain(asked.scored)
        found["false_actuations"] = sum(one.is_false_actuation for one in asked.scored)
    return found


def run_turns(
    models: Gateway, requests: Sequence[OpenRequest], seconds: float
) -> list[dict[str, Any]]:
    """Each request in a fresh car, until the time is over."""
    end = time.monotonic() + seconds
    return [turn_of(models, one) for one in requests if time.monotonic() < end]


def turn_of(
    models: Gateway, request: OpenRequest, understander: Understander | None = None
) -> dict[str, Any]:
    """One request in a fresh car: what was done, and whether the reply is true."""
    car = SimulatedCar(load_profile("i5"))
    cabin = Cabin(car=car, models=models, understander=understander)
    before, asked, moved = car.snapshot(), len(car.actuations), len(car.log)
    turn = cabin.say(request.said)
    written = tuple((one.path, one.value) for one in car.actuations[asked:])
    changes = tuple((one.path, one.new) for one in car.log[moved:])
    false = mismatches(turn, car.profile, before, car.snapshot(), written, changes)
    return turn.as_json() | {"right": is_right(turn, request), "false_claims": false}


def is_right(turn: Turn, request: OpenRequest) -> bool:
    """Whether one of the right skills acted or waits for a yes, or nothing where nothing may."""
    tried = {one.skill for one in turn.actions if one.outcome in ("done", "needs_confirmation")}
    if request.right:
        return bool(tried & set(request.right))
    done = {one.skill for one in turn.actions if one.outcome == "done"}
    return not any(SKILLS[name].kind == "write" for name in done)


def summary(turns: Sequence[Figures]) -> dict[str, Any]:
    """The turns in figures."""
    outcomes = Counter(action["outcome"] for one in turns for action in one["actions"])
    return {
        "asked": len(turns),
        "right": sum(one["right"] for one in turns),
        "by_the_model": sum(one["route"] == "llm" for one in turns),
        "false_claims": sum(len(one["false_claims"]) for one in turns),
        "outcomes": dict(outcomes),
        "seconds": _times([one["ms"] / 1000 for one in turns]),
        "turns": list(turns),
    }


def _times(seconds: Sequence[float]) -> dict[str, float] | None:
    return asdict(Times.of(seconds)) if len(seconds) > 1 else None


def model_config(options: argparse.Namespace) -> tuple[ModelConfig, LocalServer | None]:
    """The model, on the server that was named or on one that is started here."""
    stall = {"stall_s": READING_S}
    if options.server:
        name = options.model.stem
        known = ModelConfig(
            model=name, base_url=options.server, key_variable=None, structured="json_schema",
            tools=False, **stall,
        )  # fmt: skip
        return known, None
    server = LocalServer(options.model, talks=3, threads=options.threads)
    return server.model(**stall), server


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Every figure of one part as plain data."""
    known, server = model_config(options)
    config = Config(
        models={"m": known},
        roles={"teacher": ("m",), "fast": ("m",)},
        time_s={"teacher": READING_S, "fast": READING_S},
        attempts=1,
        cache_minutes=0,
    )
    measure_part = measure_plans if options.part == "plans" else measure_turns
    result = measure_part(config, options)
    del server  # it has to last until here
    return result


def _facts(options: argparse.Namespace, *files: Path) -> dict[str, Any]:
    command = f"{COMMAND} {options.part} --most {options.most} --minutes {options.minutes:g}"
    found = facts(command, {file.name: file for file in files if file.exists()})
    beside = {
        "beside_other_work": options.beside,
        "threads": options.threads,
        "server_had_read_before": bool(options.server),
    }
    return found | beside | {"model": file_facts(options.model)}


def measure_plans(config: Config, options: argparse.Namespace) -> dict[str, Any]:
    """The model as an understander."""
    data = mac_slu.data_file()
    most: int = options.most
    sets: dict[str, Sequence[Case | Example]] = {
        "mac_slu": mac_slu.load(data)[:most] if data.exists() else [],
        "test_set": examples(most, negative=False),
        "negatives": examples(most // 2, negative=True),
    }
    result = _facts(options, data)
    result["sets"]["testset"] = {"sha256": load_spec().sha256}
    understander = AskedUnderstander(Gateway(config))
    begun = time.monotonic()
    understander.warm_up()
    result["reading_the_skills_s"] = round(time.monotonic() - begun, 1)
    asked = ask_plans(understander, sets, 60 * options.minutes)
    return result | {name: figures_of(one) for name, one in asked.items()}


def measure_turns(config: Config, options: argparse.Namespace) -> dict[str, Any]:
    """The model in the cabin."""
    models = Patient(config)
    models.patience_s = options.patience
    requests = load_yaml(REQUESTS, OpenRequests).root[: options.most]
    result = _facts(options, REQUESTS) | {"patience_s": options.patience}
    return result | summary(run_turns(models, requests, 60 * options.minutes))


def tables(result: Figures) -> list[Table]:
    """The figures as tables."""
    plans = Table(
        "set", "asked", "exact", "F1", "false actuations", "unanswered", "seconds (median)",
        title="Plans of a language model on this machine",
    )  # fmt: skip
    names = ("asked", "exact_plans", "f1", "false_actuations", "unanswered")
    for name in ("mac_slu", "test_set", "negatives"):
        one = result.get("plans", {}).get(name)
        if one and one["seconds"]:
            plans.add_row(name, *(str(one[key]) for key in names), str(one["seconds"]["p50"]))
    turns = Table(
        "asked", "right", "by the model", "false claims", "outcomes", title="Open requests"
    )
    if "turns" in result:
        names = ("asked", "right", "by_the_model", "false_claims", "outcomes")
        turns.add_row(*(str(result["turns"][name]) for name in names))
    return [plans, turns]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("part", choices=("plans", "turns"))
    parser.add_argument("--model", type=Path, required=True, help="the GGUF file")
    parser.add_argument("--server", help="the base URL of a server that has it")
    parser.add_argument("--threads", type=int, help="of the processor")
    parser.add_argument("--most", type=int, default=60, help="of each set; half of it negatives")
    parser.add_argument("--minutes", type=float, default=25, help="after which no more is asked")
    parser.add_argument("--patience", type=float, default=60, help="seconds for a model in a turn")
    parser.add_argument("--beside", action="store_true", help="other work ran at the same time")
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go")
    options = parser.parse_args(arguments)
    parts = json.loads(options.out.read_text(encoding="utf-8")) if options.out.exists() else {}
    result = parts | {options.part: measure(options)}
    show(tables(result))
    write(result, options.out)


if __name__ == "__main__":
    main()
