import json

import pytest

from fujia.foundry.prompts import (
    Answer,
    Rewritten,
    label_messages,
    load_prompt,
    paraphrase_messages,
    read_answer,
    read_paraphrases,
)
from fujia.foundry.verify import ProvingGround
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context
from fujia.vehicle.profiles import load_profile


def test_the_teacher_is_told_skills_json_and_the_utterance_last():
    system, *_, last = label_messages("打开车窗", Context(), 0)
    assert "window.position(position!: amount" in system["content"]
    assert "{skills}" not in system["content"]
    assert "JSON" in system["content"]
    assert last == {"role": "user", "content": "打开车窗"}


def test_the_situation_is_told_where_it_matters():
    heating = Command(skill="seat.heating", args={"level": 2})
    context = Context(seat="passenger", last=(heating,), waiting=True)
    said = label_messages("我也要", context, 0)[-1]["content"]
    assert said.splitlines()[0] == "我也要"
    assert "passenger" in said
    assert '"seat.heating"' in said
    assert "yes" in said


def test_a_second_sample_differs_but_for_the_long_part():
    first, second = (label_messages("打开车窗", Context(), sample) for sample in (0, 1))
    assert first[0] == second[0]
    assert first != second
    assert sorted(map(str, first)) == sorted(map(str, second))
    assert second == label_messages("打开车窗", Context(), 1)


def test_every_example_of_the_prompt_would_itself_be_accepted():
    ground = ProvingGround([load_profile("i5")])
    examples = load_prompt("label").examples
    assert examples
    for example in examples:
        answer = read_answer(json.dumps(example.answer))
        assert isinstance(answer, Answer), example.said
        assert ground.problems(answer.plan(example.said), example.said) == []


def test_paraphrases_are_asked_for_with_the_plan():
    plan = Plan(commands=(Command(skill="climate.temperature", args={"temperature": 22}),))
    system, *_, last = paraphrase_messages("空调22度", plan, 3)
    assert "write 3 other ways" in " ".join(system["content"].split())
    assert last["content"].startswith("空调22度\n")
    assert json.loads(last["content"].splitlines()[1])["commands"][0]["args"] == {"temperature": 22}


def test_answers_are_read_also_from_a_code_fence():
    fenced = '```json\n{"commands": [{"skill": "chat.reply"}], "doubt": "odd"}\n```'
    answer = read_answer(fenced)
    assert isinstance(answer, Answer)
    assert answer.doubt == "odd"
    assert answer.plan("hello").language == "en"
    assert answer.plan("你好").commands == (Command(skill="chat.reply"),)
    assert read_paraphrases('{"paraphrases": ["x"]}') == Rewritten(paraphrases=["x"])


def test_what_was_not_said_may_be_null():
    answer = read_answer(
        '{"commands": [{"skill": "seat.heating", "args": {"level": 2, "zone": null}}]}'
    )
    assert isinstance(answer, Answer)
    assert answer.commands == (Command(skill="seat.heating", args={"level": 2}),)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "sure!", "[]", "null", "{", '{"commands": 3}', '{"commands": [{"args": {}}]}',
     '{"act": "fly", "commands": []}', '{"commands": [], "surprise": 1}', '{"doubt": "\\ud800"}'],
)  # fmt: skip
def test_nonsense_is_told_in_words(text: str):
    problem = read_answer(text)
    assert isinstance(problem, str)
    assert problem
    assert isinstance(read_paraphrases(text), str)
