import json
from collections.abc import Mapping, Sequence

import pytest

from fujia.errors import ModelError
from fujia.foundry.examples import Example
from fujia.foundry.label import Labeller, Verdict
from fujia.foundry.queue import Question
from fujia.foundry.utterances import Utterance
from fujia.foundry.verify import ProvingGround
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.understanding.plan import Command, Plan
from fujia.vehicle.profiles import load_profile

GROUND = ProvingGround([load_profile("i5")])
OPEN = Command(skill="window.position", args={"position": 100})


def says(*commands: tuple[str, Mapping[str, object]], **more: object) -> str:
    rows = [{"skill": name, "args": args} for name, args in commands]
    return json.dumps({"commands": rows, **more}, ensure_ascii=False)


def window(position: object) -> str:
    return says(("window.position", {"position": position}))


def label(text: str, *answers: Scripted, plan: Plan | None = None) -> Verdict:
    teacher = ScriptedModel({text: answers})
    return Labeller(teacher, GROUND).label(Utterance(id="u", text=text, plan=plan))


def reasons(verdict: Verdict) -> Sequence[str]:
    assert isinstance(verdict, Question)
    return verdict.reasons


def test_two_samples_with_one_end_state_make_an_example():
    verdict = label("车窗开一半", window("50%"), window("mid"))
    assert isinstance(verdict, Example)
    assert verdict.plan.commands == (Command(skill="window.position", args={"position": "50%"}),)
    assert (verdict.language, verdict.source) == ("zh", "raw")


def test_two_end_states_make_a_question_with_both():
    verdict = label("车窗", window(100), window(0))
    assert reasons(verdict) == ("two plans, two end states",)
    assert isinstance(verdict, Question)
    assert [one.plan.commands[0].args["position"] for one in verdict.candidates] == [100, 0]


def test_a_doubt_is_enough():
    doubtful = says(("window.position", {"position": 100}), doubt="which window?")
    assert reasons(label("车窗", window(100), doubtful)) == ("doubt: which window?",)


def test_what_nobody_said_is_a_question():
    made_up = says(("navigation.start", {"destination": "火车站"}))
    assert "was not said" in reasons(label("导航去机场", made_up, made_up))[0]


def test_a_plan_no_car_takes_is_a_question():
    unknown = says(("window.fly", {}))
    assert "no skill" in reasons(label("车窗飞", unknown, unknown))[0]


def test_nonsense_is_asked_for_once_more():
    verdict = label("打开车窗", "sure!", window(100), window(100))
    assert isinstance(verdict, Example)


def test_lasting_nonsense_is_a_question_without_plans():
    verdict = label("打开车窗", "sure!")
    assert all(reason.startswith("nonsense: ") for reason in reasons(verdict))
    assert isinstance(verdict, Question)
    assert verdict.candidates == ()


def test_no_answer_decides_nothing():
    with pytest.raises(ModelError):
        label("打开车窗", window(100), ModelError("slow"))


def paraphrased(answer: str) -> list[Utterance] | Question:
    teacher = ScriptedModel(lambda *_: answer)
    source = Utterance(id="u", text="打开车窗", plan=Plan(commands=(OPEN,)), region="wu")
    return Labeller(teacher, GROUND).paraphrases(source, 3)


def test_paraphrases_keep_plan_and_context():
    answer = {"paraphrases": ["开窗", " 开窗 ", "打开车窗", "", "...", "x" * 2000, "窗户打开"]}
    found = paraphrased(json.dumps(answer))
    assert isinstance(found, list)
    assert [(one.id, one.text) for one in found] == [("u-p1", "开窗")]
    assert found[0].region == "wu"
    assert found[0].plan == Plan(commands=(OPEN,))


def test_a_plan_that_the_teacher_doubts_is_a_question():
    found = paraphrased('{"paraphrases": ["开窗"], "doubt": "that closes it"}')
    assert isinstance(found, Question)
    assert found.reasons == ("doubt: that closes it",)
    assert isinstance(paraphrased("no"), Question)


def test_a_paraphrase_is_held_against_the_plan_it_was_written_for():
    plan = Plan(commands=(OPEN,))
    kept = label("开窗", window("max"), plan=plan)
    assert isinstance(kept, Example)
    assert (kept.plan, kept.source) == (plan, "paraphrase")
    assert reasons(label("关窗", window(0), plan=plan)) == ("two plans, two end states",)


def test_an_unknown_function_is_named_in_the_words_of_the_paraphrase():
    plan = Plan(commands=(OPEN, Command(skill="unknown.function", args={"text": "跳个舞"})))
    answer = says(("window.position", {"position": 100}), ("unknown.function", {"text": "蹦一个"}))
    kept = label("开窗蹦一个", answer, plan=plan)
    assert isinstance(kept, Example)
    assert kept.plan.commands == (OPEN, Command(skill="unknown.function", args={"text": "蹦一个"}))
