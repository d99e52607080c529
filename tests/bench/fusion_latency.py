"""Does a language model keep anybody waiting? Measured with a scripted one.

Run ``python -m tests.bench.fusion_latency [--short]``:

* whole turns on the car, without any model, with one beside it, and while a call of it hangs; turns
  that need the model meanwhile stand apart: they wait for it, hear a filler, and end in time;
* the first word of a conversation with a model that streams at 30 tokens a second;
* how long a turn takes whose network is lost in the middle, or whose model never answers.
"""

import argparse
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table

from fujia import Cabin, SimulatedCar, Turn, load_profile
from fujia.cabin.fusion.texts import load_texts
from fujia.errors import ModelError
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion, Listen, Request
from fujia.llm.scripted import ScriptedModel
from tests.bench.latency import Times, time_each
from tests.bench.record import facts, show, write
from tests.bench.routing import OPEN_FILE, load_open
from tests.bench.sets import utterances

OUT = Path("bench/results/f4_latency.json")
COMMAND = "python -m tests.bench.fusion_latency"
TOKENS_PER_S = 30.0
_ZH = "这个问题问得好，我先说个大概，再慢慢展开，您随时可以打断我。"
_EN = "That is a good question, so let me give you the short version first. Stop me any time."


class Hanging(ChatModel):
    """Never answers until it is told to."""

    def __init__(self) -> None:
        self.model = "hanging"
        self.asked, self.go = threading.Event(), threading.Event()

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Nothing for a long time."""
        self.asked.set()
        self.go.wait(300)
        return Completion("好。", 1, 1)


class Lost(ScriptedModel):
    """Streams half an answer, then the connection is gone."""

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Half of it, then ModelError."""
        super().complete(request, listen)
        raise ModelError("connection reset", "unreachable")


class Ear:
    """An observer that notes when something could first be heard."""

    def __init__(self) -> None:
        self.first: dict[str, float] = {}

    def __call__(self, kind: str, data: Mapping[str, Any]) -> None:
        """Note the first of each kind, in milliseconds of its turn."""
        self.first.setdefault(kind, float(data["ms"]))


def cabin_with(model: ChatModel, ear: Ear | None = None) -> Cabin:
    """A cabin in a simulated i5 with this model beside it, ready to speak."""
    models = Gateway(load_config(), models={"deepseek-chat": model})
    models.first_use.told = True  # it was said before that an AI speaks
    return Cabin(car=SimulatedCar(load_profile("i5")), models=models, observer=ear)


def device_said(most: int) -> list[str]:
    """Utterances that the car answers by itself."""
    cabin = cabin_with(ScriptedModel({}))
    found: list[str] = []
    for said in utterances():
        turn = cabin.say(said)
        asked = any(step.name == "ask" for step in turn.trace)
        if turn.route == "device" and not asked:
            found.append(said)
        if len(found) >= most:
            break
    return found


def device_times(most: int) -> dict[str, Any]:
    """Whole turns of the car: alone, with a model, and while that hangs."""
    said = device_said(most)
    alone = Cabin(car=SimulatedCar(load_profile("i5")))
    beside = cabin_with(ScriptedModel({}))
    hanging = Hanging()
    stuck = cabin_with(hanging)
    waiting = threading.Thread(target=stuck.say, args=("给我讲个故事",), daemon=True)
    waiting.start()
    hanging.asked.wait(60)
    times: dict[str, Any] = {
        "alone": asdict(time_each(alone.say, said)),
        "model_beside": asdict(time_each(beside.say, said)),
    }
    device, asked = apart(stuck, said)
    times |= {"model_hangs": asdict(Times.of(device)), "needed_the_model": asked}
    hanging.go.set()
    waiting.join(30)
    return times


def apart(cabin: Cabin, said: Sequence[str]) -> tuple[list[float], dict[str, Any]]:
    """Milliseconds of the turns that the car answered by itself, and what became of the others.

    What an utterance means depends on what was said before: the same words that the car understood
    when they were chosen may be in doubt here, where others went before them.
    """
    device: list[float] = []
    waited: list[Turn] = []
    fillers: list[float] = []
    for text in said:
        ear = Ear()
        turn = cabin.say(text, observer=ear)
        if any(step.name == "ask" for step in turn.trace):
            waited.append(turn)
            fillers += [ear.first["filler"]] if "filler" in ear.first else []
        else:
            device.append(turn.ms)
    return device, {
        "count": len(waited),
        "max_ms": round(max((turn.ms for turn in waited), default=0.0), 1),
        "filler_max_ms": round(max(fillers, default=0.0), 1),
        "heard_a_filler": len(fillers),
        "budget_ms": 1000 * load_texts().time_s["plan"],
        "why": dict(Counter(_why(turn) for turn in waited)),
        "without_a_reply": sum(not turn.reply for turn in waited),
    }


def _why(turn: Turn) -> str:
    return next(str(step.detail["reason"]) for step in turn.trace if step.name == "route")


def first_words(most: int) -> dict[str, Any]:
    """Milliseconds to the first word and to whatever is heard first, filler included."""
    talk = [said for said, _, wants in load_open() if wants == "talk"][:most]
    for said in ("为什么天空是蓝色的", "why is the sky blue"):  # loads the manuals and the rest
        cabin_with(ScriptedModel(lambda _, __: _ZH)).say(said)
    words: list[float] = []
    anything: list[float] = []
    for said in talk:
        answer = _ZH if any("一" <= sign <= "鿿" for sign in said) else _EN
        model = ScriptedModel(lambda _, __, text=answer: text, tokens_per_s=TOKENS_PER_S)
        ear = Ear()
        cabin_with(model, ear).say(said)
        if "words" in ear.first:  # the manual answered some
            words.append(ear.first["words"])
            anything.append(
                min(ear.first[kind] for kind in ("words", "filler") if kind in ear.first)
            )
    return {
        "tokens_per_s": TOKENS_PER_S,
        "words": asdict(Times.of(words)),
        "anything": asdict(Times.of(anything)),
    }


def failures() -> dict[str, Any]:
    """Milliseconds of a turn whose model fails in the middle, or never answers; its reply."""
    found: dict[str, Any] = {}
    broken = Lost(lambda _, __: _ZH, tokens_per_s=TOKENS_PER_S)
    for name, model in (("network lost", broken), ("never answers", Hanging())):
        begun = time.perf_counter()
        turn = cabin_with(model).say("给我讲个故事")
        ms = round((time.perf_counter() - begun) * 1000)
        found[name] = {"ms": ms, "reply": turn.reply, "outcome": turn.outcome}
    found["budget_ms"] = 1000 * load_texts().time_s["talk"]
    return found


def measure(*, short: bool = False) -> dict[str, Any]:
    """Every figure as plain data."""
    return {
        **facts(COMMAND, {OPEN_FILE.name: OPEN_FILE}),
        "device_ms": device_times(60 if short else 1000),
        "first_ms": first_words(4 if short else 59),
        "failures": failures(),
    }


def tables(result: Mapping[str, Any]) -> list[Table]:
    """The figures as tables."""
    names = ("turns", "p50", "p95", "max")
    device = Table("milliseconds", *names, title="Whole turns on the car")
    for name in ("alone", "model_beside", "model_hangs"):
        times = result["device_ms"][name]
        device.add_row(name.replace("_", " "), *map(str, times.values()))
    asked = result["device_ms"]["needed_the_model"]
    needed = Table("turns", "max", "budget", "filler by", "why", title="Turns that need it")
    why = ", ".join(f"{reason}: {count}" for reason, count in asked["why"].items())
    times = (str(asked[name]) for name in ("max_ms", "budget_ms", "filler_max_ms"))
    needed.add_row(str(asked["count"]), *times, why)
    speed = result["first_ms"]["tokens_per_s"]
    first = Table("milliseconds", *names, title=f"First heard, a model at {speed:g} tokens/s")
    for name in ("words", "anything"):
        first.add_row(name, *map(str, result["first_ms"][name].values()))
    lost = Table("model", "milliseconds", "reply", title="Where no answer comes")
    for name in ("network lost", "never answers"):
        one = result["failures"][name]
        lost.add_row(name, str(one["ms"]), str(one["reply"]))
    return [device, needed, first, lost]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables; write the results of a whole run."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--short", action="store_true", help="a quick look; nothing is written")
    parser.add_argument("--out", type=Path, default=OUT, help="where the results go")
    options = parser.parse_args(arguments)
    result = measure(short=options.short)
    show(tables(result))
    if not options.short:
        write(result, options.out)


if __name__ == "__main__":
    main()
