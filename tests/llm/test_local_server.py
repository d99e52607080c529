"""The gateway against a real llama.cpp server in this process.

Needs the extra ``local`` and a model of yours: ``FUJIA_TEST_GGUF=/path/to/model.gguf``. A small one
takes minutes: it reads all skills of the car before it answers. Where other work keeps the
processor busy, ``FUJIA_TEST_THREADS=1`` is faster than more.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fujia import Cabin, SimulatedCar, load_profile, mismatches
from fujia.errors import ModelError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.local import LocalServer
from fujia.llm.model import Request
from tests.bench.local_model import Patient

pytest.importorskip("openai", reason="the extra 'llm' is not installed")
pytest.importorskip("xllamacpp", reason="the extra 'local' is not installed")
GGUF = Path(os.environ.get("FUJIA_TEST_GGUF", ""))
pytestmark = [
    pytest.mark.skipif(not GGUF.is_file(), reason="FUJIA_TEST_GGUF names no model"),
    pytest.mark.usefixtures("socket_enabled"),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture(scope="module")
def address() -> str:
    return served(GGUF).address


@cache
def served(file: Path) -> LocalServer:
    """One for all tests, until the process ends."""
    return LocalServer(file, talks=2, threads=int(os.environ.get("FUJIA_TEST_THREADS", "0")))


def build(address: str) -> Gateway:
    known = ModelConfig(
        model="local", base_url=address, key_variable=None, structured="json_schema", tools=False,
        stall_s=100, max_tokens=64,
    )  # fmt: skip
    return Gateway(
        Config(
            models={"local": known}, roles={"fast": ("local",)}, time_s={"fast": 120},
            keep_reasoning=True,
        )
    )  # fmt: skip


def ask(text: str, **more: Any) -> Request:
    more = {"temperature": 0.0, "max_tokens": 48, "turn": "t"} | more
    return Request([{"role": "user", "content": text}], **more)


def test_it_streams_what_it_answers_and_counts_tokens(address: str):
    gateway, heard = build(address), []
    answer = gateway.complete("fast", ask("Say hello."), lambda piece: heard.append(piece.text))
    assert answer.text.strip()
    assert "".join(heard) == answer.text
    (call,) = gateway.ledger.calls("t")
    assert call.prompt_tokens > 0
    assert 0 < call.completion_tokens <= 48
    assert call.cost == 0


def test_it_follows_a_schema(address: str):
    schema = {
        "type": "object", "required": ["open"], "additionalProperties": False,
        "properties": {"open": {"type": "boolean"}},
    }  # fmt: skip
    answer = build(address).complete("fast", ask("Is the window open? Yes.", schema=schema))
    assert isinstance(json.loads(answer.text)["open"], bool)


def test_it_is_cut_off_in_time(address: str):
    with pytest.raises(ModelError) as caught:
        build(address).complete("fast", ask("Count to a million.", max_tokens=2000, time_s=0.5))
    assert caught.value.reason == "timeout"


def test_thoughts_are_kept_apart(address: str):
    gateway, heard = build(address), []
    shown = [
        {"role": "user", "content": "Repeat: <think>a</think>b"},
        {"role": "assistant", "content": "<think>a</think>b"},
        {"role": "user", "content": "Repeat: <think>quiet</think>loud"},
    ]
    request = Request(shown, temperature=0.0, max_tokens=32)
    answer = gateway.complete("fast", request, lambda piece: heard.append(piece.text))
    if not answer.reasoning:
        pytest.skip("this model does not repeat thoughts that it is shown")
    said = answer.text + "".join(heard)
    assert "quiet" in answer.reasoning
    assert "quiet" not in said
    assert "think>" not in said


def test_a_turn_drives_the_car_and_what_it_says_is_true():
    models = Patient(served(GGUF).config("fast", time_s=1200.0))
    models.patience_s = 1200.0
    car = SimulatedCar(load_profile("i5"))
    cabin = Cabin(car=car, models=models)
    before, asked, moved = car.snapshot(), len(car.actuations), len(car.log)
    turn = cabin.say("有点闷，帮我透透气，再放点轻松的歌")
    written = [(one.path, one.value) for one in car.actuations[asked:]]
    changes = [(one.path, one.new) for one in car.log[moved:]]
    assert mismatches(turn, car.profile, before, car.snapshot(), written, changes) == []
    assert {one.outcome for one in turn.actions} & {"done", "needs_confirmation"}
    assert turn.reply
