from tests.cabin.agent.acting import act, calls, plan, reader, step


def test_an_answer_stands_for_what_was_read_if_its_numbers_are_those():
    planned = plan(step("vehicle.charge"), think=True)
    good = act("电够吗", planned, "还有70%，够用。")
    assert good.result.reply == "还有70%，够用。"
    wrong = act("电够吗", planned, "还有95%，够用。")
    assert wrong.result.reply.startswith("电量70%。")


def test_what_waits_for_an_answer_comes_last():
    planned = plan(step("message.read"), step("navigation.start", later=["destination"]))
    ran = act(
        "去短信里说的地方", planned, calls(("navigation.start", {"destination": "北京路"})),
        "约在北京路。", readers=[reader("message.read", "北京路见")],
    )  # fmt: skip
    assert ran.result.reply == "这是短信里写的：约在北京路。这是短信里写的，确定要导航去北京路吗？"


def test_words_of_the_model_do_not_stand_beside_changes():
    ran = act("Warm my seat", plan(step("seat.heating", level=1), think=True), "Nice and cosy!")
    assert "cosy" not in ran.result.reply


def test_a_long_answer_is_cut():
    ran = act("讲个故事", plan(say="很" * 1000))
    assert len(ran.result.reply) == 400 and ran.result.reply.endswith("…")


def test_what_is_missing_is_named_once():
    ran = act("Fly", plan(missing=["flying", "flying"]))
    assert ran.result.reply == "This car cannot do that: flying."
    assert len(ran.result.actions) == 1
