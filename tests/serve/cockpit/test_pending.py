from fujia.serve.cockpit.pending import Pending
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.event import Event

ZH = load_texts("zh")


def event(kind: str, turn_id: str = "a", **data: str) -> Event:
    return Event(kind, turn_id, 1.0, data)  # type: ignore[arg-type]


HEARD = event("heard", said="讲个<笑话>", seat="passenger")


def test_what_was_said_stands_there_at_once():
    html = Pending(ZH).take([HEARD])["a"]
    assert "讲个&lt;笑话&gt;" in html
    assert "副驾" in html
    assert "fujia" not in html


def test_words_take_the_place_of_the_filler_and_are_labelled():
    pending = Pending(ZH)
    pending.take([HEARD])
    html = pending.take([event("filler", text="让我想想。")])["a"]
    assert "让我想想。" in html and "AI生成" not in html
    html = pending.take([event("words", text="从前")])["a"]
    assert "让我想想" not in html and "AI生成" in html
    assert "从前有座山。" in pending.take([event("words", text="有座山。")])["a"]


def test_a_reply_ends_it():
    pending = Pending(ZH)
    pending.take([HEARD])
    assert pending.take([event("replied", id="a")]) == {"a": ""}
    assert pending.take([event("words", text="late")]) == {}


def test_a_turn_that_is_answered_at_once_is_never_pending():
    pending = Pending(ZH)
    assert pending.take([HEARD, event("replied", id="a")]) == {}


def test_turns_do_not_mix():
    pending = Pending(ZH)
    other = event("heard", "b", said="打开天窗", seat="driver")
    pending.take([HEARD, other])
    blocks = pending.take([event("words", text="从前"), event("replied", "b", id="b")])
    assert blocks["b"] == "" and "从前" in blocks["a"]


def test_what_began_before_anybody_looked_is_left_to_its_reply():
    assert Pending(ZH).take([event("words", "old", text="从前")]) == {}
