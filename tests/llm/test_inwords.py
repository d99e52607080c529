import json

from fujia.llm.checked import validate
from fujia.llm.inwords import SchemaInWords, ToolsInWords
from fujia.llm.model import Request, Tool
from fujia.llm.scripted import ScriptedModel
from tests.llm.asking import ask

TOOL = Tool("seat.heating", "Heat a seat.", {"type": "object"})


def test_a_schema_is_told_behind_the_words_of_the_system():
    fake = ScriptedModel(lambda *_: "{}")
    messages = [{"role": "system", "content": "你是副驾。"}, {"role": "user", "content": "a"}]
    SchemaInWords(fake).complete(Request(messages, schema={"type": "object", "title": "T9"}))
    system, user = fake.requests[0].messages
    assert system["content"].startswith("你是副驾。")
    assert "T9" in system["content"]
    assert user == messages[1]
    SchemaInWords(fake).complete(ask())
    assert fake.requests[1].messages == ask().messages


def test_tools_are_told_in_words_and_called_in_json():
    said = {"reply": "", "calls": [{"name": "seat.heating", "arguments": {"level": 2}}]}
    fake = ScriptedModel(lambda *_: json.dumps(said))
    answer = ToolsInWords(fake).complete(ask("a", tools=[TOOL]))
    (call,) = answer.calls
    assert (call.name, call.args(), answer.text) == ("seat.heating", {"level": 2}, "")
    asked = fake.requests[0]
    assert asked.tools == ()
    assert "seat.heating: Heat a seat." in asked.messages[0]["content"]
    assert asked.schema is not None


def test_an_answer_without_calls_is_a_reply_and_nonsense_stays_nonsense():
    for said, text in (('{"reply": "好", "calls": []}', "好"), ("好吧", "好吧"), ("[1]", "[1]")):
        answer = ToolsInWords(ScriptedModel(lambda *_, said=said: said)).complete(ask(tools=[TOOL]))
        assert (answer.text, answer.calls) == (text, ())


def test_a_history_with_tools_becomes_words():
    made = {"name": "seat__heating", "arguments": '{"level": 2}'}
    call = {"id": "1", "type": "function", "function": made}
    messages = [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "content": "done", "tool_call_id": "1"},
    ]
    fake = ScriptedModel(lambda *_: "好")
    ToolsInWords(fake).complete(Request(messages))
    first, second = fake.requests[0].messages
    assert "tool_calls" not in first
    spoken = json.loads(first["content"])["calls"]  # as the model is told to write them itself
    assert spoken == [{"name": "seat.heating", "arguments": {"level": 2}}]
    assert (second["role"], second["content"]) == ("user", "Result of the tool: done")


def test_a_server_with_a_grammar_is_given_the_arguments_of_each_tool():
    own = {
        "type": "object", "properties": {"x": {"$ref": "#/$defs/level"}}, "required": ["x"],
        "$defs": {"level": {"type": "integer"}},
    }  # fmt: skip
    strict = Tool("seat.heating", "Heat.", {"type": "object"}, own)
    fake = ScriptedModel(lambda *_: '{"reply": "", "calls": []}')
    ToolsInWords(fake).complete(ask(tools=[strict]))
    (request,) = fake.requests
    assert request.grammar is not None
    call = {"name": "seat.heating", "arguments": {"x": 1}}
    assert validate({"reply": "", "calls": [call]}, request.grammar) is None
    call["arguments"] = {"x": "warm"}
    assert validate({"reply": "", "calls": [call]}, request.grammar) is not None
    assert request.schema is not None
    assert validate({"reply": "", "calls": [call]}, request.schema) is None
