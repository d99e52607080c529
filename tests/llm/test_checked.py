import json

import pytest

from fujia.errors import ModelError
from fujia.llm.checked import Checked, in_language
from fujia.llm.model import Completion, Piece, Tool, ToolCall
from fujia.llm.scripted import Scripted, ScriptedModel
from tests.llm.asking import ask

pytest.importorskip("jsonschema_rs", reason="the extra 'llm' is not installed")

SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer", "maximum": 3}},
    "required": ["n"],
}
TOOL = Tool("seat.heating", "Heat a seat.", SCHEMA)


def checked(*answers: Scripted) -> tuple[ScriptedModel, Checked]:
    left = list(answers)
    fake = ScriptedModel(lambda *_: left.pop(0))
    return fake, Checked(fake)


def test_json_comes_out_clean():
    _, model = checked('Sure:\n```json\n{"n": 1,}\n```')
    assert model.complete(ask(schema=SCHEMA)).text == '{"n": 1}'


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("I cannot", "not JSON"),
        (Completion('{"n": 1', finish="length"), "cut off"),
        ('{"n": "one"}', "n: "),
        ('{"n": 9}', "n: "),
        ("{}", "required"),
        ("", "empty"),
    ],
)
def test_what_is_wrong_with_json_is_said_and_may_be_put_right(bad: Scripted, told: str):
    fake, model = checked(bad, '{"n": 2}')
    assert json.loads(model.complete(ask(schema=SCHEMA)).text) == {"n": 2}
    assert told in fake.calls[1]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (ToolCall("seat.massage"), "no tool 'seat.massage'"),
        (ToolCall("seat.heating", '{"n": 9}'), "seat.heating: n"),
        (ToolCall("seat.heating", "[]"), "object"),
        (ToolCall("seat.heating", '{"n"'), "not JSON"),
        (ToolCall("seat.heating", "{}"), "required"),
    ],
)
def test_a_call_of_what_there_is_not_is_put_right_or_ends(call: ToolCall, told: str):
    fine = Completion("", calls=(ToolCall("seat.heating", '{"n": 2}'),))
    fake, model = checked(Completion("好的，开好了", calls=(call,)), fine)
    assert model.complete(ask(tools=[TOOL])).calls == fine.calls
    assert told in fake.calls[1]
    _, model = checked(*[Completion("", calls=(call,))] * 2)
    with pytest.raises(ModelError) as caught:
        model.complete(ask(tools=[TOOL]))
    assert caught.value.reason == "malformed"


def test_a_wrong_language_is_put_right_unless_it_was_heard():
    fake, model = checked("Certainly, my friend.", "当然可以。")
    assert model.complete(ask(language="zh")).text == "当然可以。"
    fake, model = checked("Certainly, my friend.")
    heard: list[Piece] = []
    with pytest.raises(ModelError) as caught:
        model.complete(ask(language="zh"), heard.append)
    assert (caught.value.reason, len(fake.calls)) == ("language", 1)


def test_a_servers_own_filter_is_not_argued_with():
    fake, model = checked(Completion("", finish="content_filter"))
    with pytest.raises(ModelError) as caught:
        model.complete(ask())
    assert (caught.value.reason, len(fake.calls)) == ("refused", 1)


@pytest.mark.parametrize(
    ("text", "language", "fits"),
    [
        ("好的，放一首Hotel California。", "zh", True),
        ("Playing 七里香 by Jay Chou now.", "en", True),
        ("Of course!", "zh", False),
        ("当然可以。", "en", False),
        ("22 °C", "zh", True),
        ("Of course!", None, True),
    ],
)
def test_names_in_another_language_are_no_harm(text: str, language: str | None, fits: bool):
    assert in_language(text, language) == fits  # type: ignore[arg-type]
