"""The gateway against a real llama.cpp server in this process.

Needs ``pip install xllamacpp`` and a model of yours: ``FUJIA_TEST_GGUF=/path/to/model.gguf``.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import ModelError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.model import Request

pytest.importorskip("openai", reason="the extra 'llm' is not installed")
xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
GGUF = Path(os.environ.get("FUJIA_TEST_GGUF", ""))
pytestmark = [
    pytest.mark.skipif(not GGUF.is_file(), reason="FUJIA_TEST_GGUF names no model"),
    pytest.mark.usefixtures("socket_enabled"),
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    params: Any = xllamacpp.CommonParams()
    params.model.path = str(GGUF)
    params.n_ctx = 2048
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"


def build(address: str, **more: Any) -> Gateway:
    known = ModelConfig(
        model="local", base_url=address, key_variable=None, structured="json_schema", tools=False,
        stall_s=100, max_tokens=64, **more,
    )  # fmt: skip
    config = Config(models={"local": known}, roles={"fast": ("local",)}, time_s={"fast": 120})
    return Gateway(config)


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
