from fujia.errors import ModelError
from fujia.llm.scripted import Scripted, ScriptedModel
from tests.bench import fusion_latency
from tests.bench.fusion_latency import Ear, cabin_with


def test_an_ear_notes_when_something_is_first_heard():
    ear = Ear()
    turn = cabin_with(ScriptedModel(lambda _, __: "好的，听您说。"), ear).say("陪我聊聊天吧")
    assert 0 < ear.first["words"] <= turn.ms


def test_a_network_lost_in_the_middle_ends_in_a_true_reply_in_time():
    model = fusion_latency.Lost(lambda _, __: "从前有座山，山里有座庙。")
    turn = cabin_with(model).say("给我讲个故事")
    assert turn.reply.endswith("后面的话没有收到。")
    assert turn.ms < 1000 * fusion_latency.load_texts().time_s["talk"]


def test_turns_that_need_the_model_stand_apart_with_their_reason():
    def gone(_said: str, _sample: int) -> Scripted:
        return ModelError("no word", "timeout")

    cabin = cabin_with(ScriptedModel(gone))
    device, asked = fusion_latency.apart(
        cabin, ["打开主驾座椅加热", "给我讲个故事", "关闭主驾座椅加热"]
    )
    assert len(device) == 2
    assert (asked["count"], asked["why"]) == (1, {"conversation": 1})
    assert (asked["without_a_reply"], asked["heard_a_filler"]) == (0, 0)
    assert asked["max_ms"] > 0


def test_the_tables_show_every_figure():
    times = {"count": 2, "p50": 1.0, "p95": 2.0, "max": 3.0}
    result = {
        "device_ms": {
            "alone": times,
            "model_beside": times,
            "model_hangs": times,
            "needed_the_model": {
                "count": 2,
                "max_ms": 5020.0,
                "filler_max_ms": 701.0,
                "heard_a_filler": 2,
                "budget_ms": 5000.0,
                "why": {"hardly understood": 2},
                "without_a_reply": 0,
            },
        },
        "first_ms": {"tokens_per_s": 30.0, "words": times, "anything": times},
        "failures": {
            name: {"ms": 5, "reply": "没有。"} for name in ("network lost", "never answers")
        },
    }
    assert [len(table.rows) for table in fusion_latency.tables(result)] == [3, 1, 2, 2]
