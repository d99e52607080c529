"""The real client library against a server that lives in this process: no socket is opened."""

import json
from collections.abc import Callable

import pytest

from fujia.errors import InputError, ModelError
from fujia.llm.model import Request
from fujia.llm.openai_model import OpenAIModel

openai = pytest.importorskip("openai", reason="the extra 'llm' is not installed")
httpx = pytest.importorskip("httpx2", reason="the extra 'llm' is not installed")

KEY = "sk-not-for-any-log"
ASKED = [{"role": "user", "content": "打开车窗"}]
SCHEMA = {"type": "object"}


def completion(text: str | None, **usage: object) -> dict[str, object]:
    return {
        "id": "1", "object": "chat.completion", "created": 1, "model": "deepseek-chat",
        "choices": [{"index": 0, "finish_reason": "stop",
                     "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13, **usage},
    }  # fmt: skip


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Callable[..., OpenAIModel]:
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)

    def build(handler: Callable[..., object], **settings: object) -> OpenAIModel:
        client = httpx.Client(transport=httpx.MockTransport(handler))
        return OpenAIModel(http_client=client, **settings)

    return build


def test_asks_deepseek_for_a_json_object_and_counts_tokens(model: Callable[..., OpenAIModel]):
    seen: list[object] = []

    def answer(request: object) -> object:
        seen.append(request)
        return httpx.Response(200, json=completion("{}", prompt_cache_hit_tokens=5))

    found = model(answer).complete(Request(ASKED, SCHEMA))
    assert (found.text, found.prompt_tokens, found.completion_tokens) == ("{}", 9, 4)
    assert found.cached_tokens == 5
    (request,) = seen
    assert str(request.url) == "https://api.deepseek.com/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    body = json.loads(request.content)
    assert body["model"] == "deepseek-chat"
    assert body["messages"] == ASKED
    assert body["response_format"] == {"type": "json_object"}


def test_a_server_that_knows_schemas_gets_the_schema(model: Callable[..., OpenAIModel]):
    seen: list[object] = []

    def answer(request: object) -> object:
        seen.append(json.loads(request.content)["response_format"])
        details = {"cached_tokens": 3}
        return httpx.Response(200, json=completion("{}", prompt_tokens_details=details))

    found = model(answer, mode="json_schema").complete(Request(ASKED, SCHEMA))
    assert found.cached_tokens == 3
    assert seen[0]["json_schema"]["schema"] == SCHEMA
    strict = {"type": "object", "properties": {"time": {"type": "string", "pattern": r"^\d\d$"}}}
    model(answer, mode="json_schema").complete(Request(ASKED, SCHEMA, grammar=strict))
    sent = seen[1]["json_schema"]["schema"]
    assert sent["properties"]["time"]["pattern"] == "^[0-9][0-9]$"


@pytest.mark.parametrize(
    ("status", "reason"),
    [(429, "busy"), (500, "server"), (503, "server"), (400, "rejected"), (401, "key"),
     (402, "balance"), (403, "key"), (404, "unknown_model"), (413, "too_long")],
)  # fmt: skip
def test_a_status_says_what_it_means_for_others_and_keeps_the_key(
    model: Callable[..., OpenAIModel], status: int, reason: str
):
    calls: list[object] = []

    def answer(request: object) -> object:
        calls.append(request)
        return httpx.Response(status, json={"error": {"message": f"bad key {KEY}"}})

    asked = model(answer)
    with pytest.raises(ModelError) as caught:
        asked.complete(Request(ASKED, SCHEMA))
    assert (caught.value.reason, caught.value.billed) == (reason, False)
    assert str(status) in str(caught.value)
    assert KEY not in str(caught.value)
    assert KEY not in repr(asked)
    assert len(calls) == 1


def test_a_timeout_may_have_cost_something(model: Callable[..., OpenAIModel]):
    def answer(request: object) -> object:
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(ModelError, match="timed out") as caught:
        model(answer).complete(Request(ASKED, SCHEMA))
    assert (caught.value.reason, caught.value.billed) == ("timeout", True)


def test_no_connection_costs_nothing(model: Callable[..., OpenAIModel]):
    def answer(request: object) -> object:
        raise httpx.ConnectError("nobody", request=request)

    with pytest.raises(ModelError, match="cannot be reached") as caught:
        model(answer).complete(Request(ASKED, SCHEMA))
    assert (caught.value.reason, caught.value.billed) == ("unreachable", False)


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b"", b"[]", b"{}", b'{"choices": []}', b'{"choices": "x"}']
)
def test_what_is_no_completion_is_an_error(model: Callable[..., OpenAIModel], body: bytes):
    def answer(request: object) -> object:
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    with pytest.raises(ModelError, match="no completion"):
        model(answer).complete(Request(ASKED, SCHEMA))


def test_an_empty_answer_is_an_answer(model: Callable[..., OpenAIModel]):
    found = model(lambda _: httpx.Response(200, json=completion(None))).complete(
        Request(ASKED, SCHEMA)
    )
    assert (found.text, found.prompt_tokens) == ("", 9)


def test_without_a_key_it_says_which_variable_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    with pytest.raises(InputError, match="DEEPSEEK_API_KEY"):
        OpenAIModel()
