import json

from fujia.expert.answers.answer import Answer, Citation


def test_an_answer_is_shown_as_the_contract_says() -> None:
    cited = Citation("rough", "9-2", 12, "使用0W-20机油。")
    answer = Answer("使用0W-20机油。", True, (cited,), ("机油",), "device", 1.2345, "zh")
    assert json.loads(json.dumps(answer.as_json("q1"))) == {
        "id": "q1",
        "answer": "使用0W-20机油。",
        "answerable": True,
        "citations": [
            {"manual": "rough", "section": "9-2", "page": 12, "quote": "使用0W-20机油。"}
        ],
        "passages": ["机油"],
        "route": "device",
        "ms": 1.23,
    }
