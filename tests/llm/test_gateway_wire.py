"""The whole gateway against a real HTTP server: whatever it does, the reply is short and true."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fujia.errors import ModelError
from fujia.llm.config import Config, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.model import Request, Tool
from fujia.llm.prices import Price
from tests.llm import wire as server
from tests.llm.wire import Behaviour, Wire

pytest.importorskip("openai", reason="the extra 'llm' is not installed")
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

KEY = "sk-very-secret-key-0123456789"
TOOL = Tool("seat.heating", "Heat a seat.", {
    "type": "object", "required": ["level"], "additionalProperties": False,
    "properties": {"level": {"type": "integer", "minimum": 0, "maximum": 3}},
})  # fmt: skip


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[Wire]:
    monkeypatch.setenv("A_KEY", KEY)
    yield from server.running()


def build(wire: Wire, folder: Path | None = None, **more: Any) -> Gateway:
    price = Price(prompt=1.0, completion=2.0)
    models = {
        "one": ModelConfig(
            model="m", base_url=wire.url, key_variable="A_KEY", price=price, stall_s=20,
            max_reasoning=3000,
        )
    }  # fmt: skip
    config = Config(models=models, roles={"fast": ("one",)}, attempts=1, cache_minutes=0)
    return Gateway(config.model_copy(update=more), folder=folder)


def ask(text: str = "讲个笑话", **more: Any) -> Request:
    more = {"language": "zh", "turn": "t1", "time_s": 30.0} | more
    return Request([{"role": "user", "content": text}], **more)


def test_an_answer_is_streamed_by_clauses_and_its_cost_is_known(wire: Wire, tmp_path: Path):
    wire.behaviours = [server.says("从前", "有座山，", "山里有座", "庙。", thoughts="a joke then")]
    gateway, heard = build(wire, tmp_path), []
    answer = gateway.complete("fast", ask(), lambda piece: heard.append(piece.text))
    assert answer.text == "从前有座山，山里有座庙。"
    assert heard == ["从前有座山，", "山里有座庙。"]
    assert answer.reasoning == ""
    (call,) = gateway.ledger.calls("t1")
    assert (call.outcome, call.prompt_tokens, call.completion_tokens) == ("answered", 11, 7)
    assert call.cost == pytest.approx((11 + 14) / 1e6)


def test_the_book_holds_exactly_what_was_sent_and_no_key(wire: Wire, tmp_path: Path):
    gateway = build(wire, tmp_path)
    gateway.complete("fast", ask("我的车架号是LBV5S3102ESJ12345，电话13812345678"))
    assert gateway.sent is not None
    (record,) = gateway.sent.read()
    assert record["body"] == wire.bodies[0]
    assert record["server"] == wire.url
    written = gateway.sent.file.read_text(encoding="utf-8")
    assert wire.headers[0]["authorization"] == f"Bearer {KEY}"
    for secret in (KEY, "LBV5S3102ESJ12345", "13812345678"):
        assert secret not in written
    assert gateway.sent.file.stat().st_mode & 0o777 == 0o600


BAD: list[tuple[str, Behaviour]] = [
    ("key", server.answers(401, json.dumps({"error": {"message": f"bad key {KEY}"}}))),
    ("key", server.answers(403)),
    ("balance", server.answers(402)),
    ("unknown_model", server.answers(404)),
    ("busy", server.answers(429)),
    ("rejected", server.answers(400)),
    ("rejected", server.answers(422)),
    ("too_long", server.answers(400, '{"error": {"message": "context length exceeded"}}')),
    ("server", server.answers(500, "<html>")),
    ("server", server.answers(503)),
    ("timeout", server.hangs),
    ("timeout", server.drips),
    ("malformed", server.breaks_off),
    ("malformed", server.answers(200, "<html>hello</html>")),
    ("endless", server.thinks_forever),
    ("malformed", server.no_choice),
    ("empty", server.says("")),
    ("empty", server.says("", thoughts="nothing to say")),
    ("language", server.says("I would rather tell you this in another language.")),
    ("refused", server.says("放心，我是真人。")),
    ("malformed", server.calls("seat.massage", "{}")),
    ("malformed", server.calls("seat__heating", '{"level": 9}')),
    ("malformed", server.calls("seat__heating", '{"level"')),
]


@pytest.mark.parametrize(("reason", "behaviour"), BAD, ids=lambda value: str(value)[:20])
def test_whatever_a_server_does_ends_in_time_in_a_true_reply_and_in_the_trace(
    wire: Wire, reason: str, behaviour: Behaviour
):
    wire.behaviours = [behaviour]
    gateway = build(wire)
    time_s = 0.5 if reason == "timeout" else 30.0
    begun = time.monotonic()
    with pytest.raises(ModelError) as caught:
        gateway.complete("fast", ask(tools=[TOOL], time_s=time_s))
    assert time.monotonic() - begun < time_s + 5
    assert caught.value.reason == reason
    assert KEY not in str(caught.value)
    for language in ("zh", "en"):
        reply = gateway.explain(caught.value, language)
        assert 0 < len(reply) < 120
    assert gateway.ledger.calls("t1")


def test_nobody_listens_is_unreachable(monkeypatch: pytest.MonkeyPatch, socket_enabled: None):
    monkeypatch.setenv("A_KEY", KEY)
    gone = Wire()
    gone.server_close()
    with pytest.raises(ModelError) as caught:
        build(gone).complete("fast", ask())
    assert caught.value.reason == "unreachable"


def test_a_tool_call_comes_out_with_its_own_name_and_sound_arguments(wire: Wire):
    wire.behaviours = [server.calls("seat__heating", '{"lev', 'el": 2}')]
    answer = build(wire).complete("fast", ask("座椅加热二档", tools=[TOOL]))
    (call,) = answer.calls
    assert (call.name, call.args()) == ("seat.heating", {"level": 2})
    assert wire.bodies[0]["tools"][0]["function"]["name"] == "seat__heating"


def test_a_bad_answer_is_put_right_when_it_is_told_what_is_wrong(wire: Wire):
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    wire.behaviours = [server.says('{"n": "tw'), server.says('```json\n{"n": 2,}\n```')]
    answer = build(wire).complete("fast", ask(schema=schema))
    assert json.loads(answer.text) == {"n": 2}
    assert wire.bodies[0]["response_format"] == {"type": "json_object"}
    assert '"n"' in wire.bodies[0]["messages"][0]["content"]
    assert "not JSON" in wire.bodies[1]["messages"][-1]["content"]


def test_a_busy_server_is_asked_again_in_time(wire: Wire):
    wire.behaviours = [server.answers(429), server.says("好")]
    gateway = build(wire, attempts=2)
    assert gateway.complete("fast", ask()).text == "好"
    assert [call.outcome for call in gateway.ledger.calls("t1")] == ["busy", "answered"]


def test_a_wrong_key_is_tried_once_and_then_left_alone(wire: Wire):
    wire.behaviours = [server.answers(401)]
    gateway = build(wire)
    reasons = []
    for _ in range(3):
        with pytest.raises(ModelError) as caught:
            gateway.complete("fast", ask())
        reasons.append(caught.value.reason)
    assert reasons == ["key", "key", "key"]
    assert len(wire.bodies) == 1


def test_thoughts_inside_the_text_are_never_heard(wire: Wire):
    wire.behaviours = [server.says("<thi", "nk>他想听笑话</th", "ink>\n\n", "好的，", "来一个。")]
    heard: list[str] = []
    answer = build(wire).complete("fast", ask(), lambda piece: heard.append(piece.text))
    assert answer.text == "".join(heard) == "好的，来一个。"


def test_two_hundred_kilobytes_of_history_are_cut_to_what_fits(wire: Wire):
    history = [
        {"role": role, "content": f"{number} " + "话" * 500}
        for number in range(200)
        for role in ("user", "assistant")
    ]
    messages = [{"role": "system", "content": "短"}, *history, {"role": "user", "content": "好吗"}]
    build(wire).complete("fast", Request(messages, language="zh"))
    sent = wire.bodies[0]["messages"]
    assert sent[0]["content"] == "短"
    assert sent[1]["role"] == "user"
    assert sent[-1]["content"] == "好吗"
    assert 20_000 < sum(len(message["content"]) for message in sent) <= 24_000


def test_one_message_that_is_too_long_is_not_sent(wire: Wire):
    with pytest.raises(ModelError) as caught:
        build(wire).complete("fast", ask("话" * 200_000))
    assert caught.value.reason == "too_long"
    assert wire.bodies == []


def test_the_budget_of_a_turn_stops_before_anything_is_sent(wire: Wire):
    from fujia.llm.config import LimitConfig

    gateway = build(wire, limits=LimitConfig(turn=0.0001))
    with pytest.raises(ModelError) as caught:
        gateway.complete("fast", ask())
    assert caught.value.reason == "budget"
    assert wire.bodies == []


def test_a_model_on_this_machine_may_be_silent_while_it_reads_ahead(wire: Wire):
    wire.behaviours = [server.says("{", pause_s=0.5), server.says("{}")]
    slow = ModelConfig(
        model="m", base_url=wire.url, key_variable=None, stall_s=0.2, structured="json_schema"
    )
    config = Config(models={"m": slow}, roles={"fast": ("m",)}, attempts=1, time_s={"fast": 0.2})
    gateway = Gateway(config)
    strict = {"type": "object", "properties": {"x": {"type": "string", "pattern": "^\\d$"}}}
    request = ask(schema={"type": "object"}, grammar=strict, time_s=5.0)
    gateway.warm_up("fast", [request])
    assert gateway.complete("fast", request).text == "{}"
    ahead, asked = wire.bodies
    assert (ahead["max_tokens"], ahead["messages"]) == (1, asked["messages"])
    sent = asked["response_format"]["json_schema"]["schema"]
    assert sent["properties"]["x"]["pattern"] == "^[0-9]$"
    assert ahead["response_format"] == asked["response_format"]
