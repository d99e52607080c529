from pathlib import Path
from typing import Any

import pytest

from fujia.errors import ModelError
from fujia.llm.config import Config, LimitConfig, ModelConfig
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion, Piece, Request, Tool, ToolCall
from fujia.llm.prices import Price
from fujia.llm.private import Known
from fujia.llm.scripted import Scripted, ScriptedModel
from tests.llm.asking import ask

CLOUD = ModelConfig(model="cloud", base_url="https://cloud.example", price=Price(prompt=1.0))
LOCAL = ModelConfig(model="local", base_url="http://127.0.0.1:1/v1", key_variable=None)
CALL = Tool("phone.call", "Call.", {"type": "object"})


class Allows:
    def __init__(self, *purposes: str) -> None:
        self.purposes = set(purposes)

    def allows(self, purpose: str) -> bool:
        return purpose in self.purposes


def build(*, config: dict[str, Any] | None = None, **more: Any) -> Gateway:
    base = Config(models={"cloud": CLOUD, "local": LOCAL}, roles={"fast": ("cloud", "local")})
    return Gateway(base.model_copy(update=config or {}), **more)


def models(**answers: Scripted) -> dict[str, ChatModel]:
    return {name: ScriptedModel(lambda *_, a=answer: a, name) for name, answer in answers.items()}


def reason(gateway: Gateway, request: Request | None = None, role: Any = "fast") -> str:
    with pytest.raises(ModelError) as caught:
        gateway.complete(role, request or ask())
    return caught.value.reason


def test_the_first_model_of_a_role_answers_and_the_next_where_it_does_not():
    gateway = build(models=models(cloud="云", local="车"))
    assert gateway.complete("fast", ask()).model == "cloud"
    gateway = build(models=models(cloud=ModelError("x", "unreachable"), local="车"))
    assert gateway.complete("fast", ask()).text == "车"


def test_a_market_may_have_its_own_models():
    config = {"markets": {"eu": {"fast": ("local",)}}}
    given = models(cloud="云", local="车")
    assert build(config=config, market="eu", models=given).complete("fast", ask()).text == "车"
    assert build(config=config, market="cn", models=given).complete("fast", ask()).text == "云"


def test_without_a_key_nothing_is_set_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    gateway = build(config={"roles": {"fast": ("cloud",)}})
    assert gateway.usable("fast") == ()
    assert reason(gateway) == "not_configured"
    assert reason(build(), role="deep") == "not_configured"
    switched_off = build(config={"enabled": False}, models=models(cloud="云"))
    assert reason(switched_off) == "not_configured"


@pytest.mark.parametrize("key", ["two words", "钥匙", "line\nbreak"])
def test_a_key_that_cannot_be_one_is_a_wrong_key(monkeypatch: pytest.MonkeyPatch, key: str):
    pytest.importorskip("openai", reason="the extra 'llm' is not installed")
    monkeypatch.setenv("DEEPSEEK_API_KEY", key)
    gateway = build(config={"roles": {"fast": ("cloud",)}})
    with pytest.raises(ModelError) as caught:
        gateway.complete("fast", ask())
    assert caught.value.reason == "key"
    assert key not in str(caught.value)


def test_a_key_never_travels_unencrypted(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("openai", reason="the extra 'llm' is not installed")
    monkeypatch.setenv("DEEPSEEK_API_KEY", "sk-1")
    plain = CLOUD.model_copy(update={"base_url": "http://cloud.example"})
    gateway = build(config={"models": {"plain": plain}, "roles": {"fast": ("plain",)}})
    with pytest.raises(ModelError, match="https"):
        gateway.complete("fast", ask())


def test_nothing_leaves_without_consent_and_the_car_may_still_answer():
    given = models(cloud="云", local="车")
    refused = build(consent=Allows(), models=given)
    assert refused.usable("fast") == ("local",)
    assert refused.complete("fast", ask()).text == "车"
    assert (
        build(consent=Allows("language_model"), models=given).complete("fast", ask()).text == "云"
    )
    only_cloud = {"roles": {"fast": ("cloud",)}}
    assert reason(build(config=only_cloud, consent=Allows(), models=given)) == "no_consent"
    assert given["cloud"].calls == ["a"]


def test_consent_that_is_taken_back_holds_at_once():
    consent = Allows("language_model")
    config = {"roles": {"fast": ("cloud",)}}
    gateway = build(config=config, consent=consent, models=models(cloud="云"))
    assert gateway.complete("fast", ask()).text == "云"
    consent.purposes.clear()
    assert reason(gateway) == "no_consent"


def test_a_name_stays_in_the_car_and_the_right_person_is_called():
    answer = Completion(
        "打给[contact 1]吗？", calls=(ToolCall("phone.call", '{"to": "[contact 1]"}'),)
    )
    given = models(cloud=answer)
    gateway = build(known=lambda: Known(contacts=("张三",)), models=given)
    heard: list[str] = []
    found = gateway.complete(
        "fast", ask("打给张三", tools=[CALL]), lambda piece: heard.append(piece.text)
    )
    assert given["cloud"].calls == ["打给[contact 1]"]
    assert (found.text, "".join(heard)) == ("打给张三吗？", "打给张三吗？")
    assert found.calls[0].args() == {"to": "张三"}


def test_the_content_filter_stands_on_both_sides():
    given = models(cloud="好的。我是真人。再见")
    gateway = build(models=given)
    assert reason(gateway, ask("key sk-abcdefghijklmnopqrst")) == "refused"
    assert given["cloud"].calls == []
    heard: list[str] = []
    with pytest.raises(ModelError):
        gateway.complete("fast", ask(), lambda piece: heard.append(piece.text))
    assert heard == ["好的。"]


def test_a_filter_of_ones_own_may_take_its_place():
    class NoJokes:
        def blocks(self, text: str, direction: str) -> str | None:
            return "joke" if "笑话" in text and direction == "in" else None

    gateway = build(models=models(cloud="我是真人"), filters=[NoJokes()])
    assert reason(gateway, ask("讲个笑话")) == "refused"
    assert gateway.complete("fast", ask()).text == "我是真人"


def test_thoughts_are_kept_only_where_they_are_asked_for_and_never_heard():
    given = models(cloud=Completion("好。", reasoning="hm"))
    heard: list[Piece] = []
    assert build(models=given).complete("fast", ask(), heard.append).reasoning == ""
    kept = build(config={"keep_reasoning": True}, models=given)
    assert kept.complete("fast", ask(), heard.append).reasoning == "hm"
    assert {piece.kind for piece in heard} == {"answer"}


def test_the_same_question_is_asked_once_and_a_bad_answer_is_not_remembered():
    left: list[Scripted] = [ModelError("x", "malformed"), "好", "另一个"]
    fake = ScriptedModel(lambda *_: left.pop(0), "cloud")
    gateway = build(config={"roles": {"fast": ("cloud",)}}, models={"cloud": fake})
    assert reason(gateway) == "malformed"
    assert [gateway.complete("fast", ask()).text for _ in range(3)] == ["好"] * 3
    assert len(fake.calls) == 2


def test_the_budget_of_the_day_stops_the_cloud_and_not_the_car(tmp_path: Path):
    config = {"limits": LimitConfig(turn=None, day=0.000001)}
    given = models(cloud="云", local="车")
    assert build(config=config, models=given, folder=tmp_path).complete("fast", ask()).text == "车"
    assert given["cloud"].calls == []


def test_every_attempt_is_in_the_trace_of_its_turn():
    gateway = build(models=models(cloud=ModelError("x", "balance"), local="车"))
    gateway.complete("fast", ask(turn="t7"))
    assert [(call.model, call.outcome) for call in gateway.ledger.calls("t7")] == [
        ("cloud", "balance"),
        ("local", "answered"),
    ]


def test_the_example_of_the_documentation_runs(capsys: pytest.CaptureFixture[str]):
    page = (Path(__file__).parents[2] / "docs" / "llm.md").read_text(encoding="utf-8")
    exec(page.partition("```python\n")[2].partition("```")[0], {})
    assert capsys.readouterr().out == "从前有座山，\n山里有座庙。\n"


def test_an_error_says_whether_only_this_machine_was_asked():
    late = ModelError("x", "timeout")
    gateway = build(config={"roles": {"fast": ("local",)}}, models=models(local=late))
    with pytest.raises(ModelError) as caught:
        gateway.complete("fast", ask())
    assert caught.value.local
    assert gateway.explain(caught.value, "zh") == "模型没有及时回答，请稍后再问。"
    late = ModelError("x", "timeout")
    with pytest.raises(ModelError) as caught:
        build(models=models(cloud=late, local=late)).complete("fast", ask())
    assert not caught.value.local
