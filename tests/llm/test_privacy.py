import json
import string

from hypothesis import given
from hypothesis import strategies as st

from fujia.llm.model import Request, Tool
from fujia.llm.privacy import PrivacyFilter
from fujia.llm.private import Known
from tests.llm.asking import ask

KNOWN = Known(contacts=("张三", 'Li "Lee" Lei'), vin="TESTV1N0000000001", position=(31.23, 121.47))


class Allows:
    def __init__(self, *purposes: str) -> None:
        self.purposes = set(purposes)

    def allows(self, purpose: str) -> bool:
        return purpose in self.purposes


def sent(request: Request, *consents: str) -> str:
    filtered, _ = PrivacyFilter(Allows(*consents), lambda: KNOWN).apply(request)
    return filtered.messages[-1]["content"]


def test_names_go_out_as_stand_ins_and_come_back_as_names():
    filtered, withheld = PrivacyFilter(known=lambda: KNOWN).apply(ask("打给张三，再打给张三"))
    assert filtered.messages[0]["content"] == "打给[contact 1]，再打给[contact 1]"
    assert withheld.restore("给[contact 1]打，不是[contact 2]") == "给张三打，不是[contact 2]"
    assert dict(withheld.counts) == {"contact": 1}


def test_what_comes_back_into_json_is_written_as_json_asks_for():
    _, withheld = PrivacyFilter(known=lambda: KNOWN).apply(ask('call Li "Lee" Lei'))
    assert json.loads(withheld.restore_json('{"contact": "[contact 1]"}')) == {
        "contact": 'Li "Lee" Lei'
    }


def test_a_position_leaves_only_if_it_is_needed_and_allowed():
    text = "附近31.2304,121.4737有什么"
    needed = ask(text, needs=frozenset({"position"}))
    assert sent(needed, "position") == text
    assert sent(needed) == sent(ask(text), "position") == "附近[position 1]有什么"
    assert sent(needed, "contacts", "language_model") == "附近[position 1]有什么"


def test_a_contact_leaves_only_if_it_is_needed_and_allowed():
    needed = ask("写给张三", needs=frozenset({"contacts"}))
    assert sent(needed, "contacts") == "写给张三"
    assert sent(needed) == sent(ask("写给张三"), "contacts") == "写给[contact 1]"


def test_a_vin_never_leaves():
    request = ask("TESTV1N0000000001", needs=frozenset({"position", "contacts"}))
    assert sent(request, "position", "contacts", "vin") == "[vin 1]"


def test_every_part_of_a_request_is_looked_at():
    call = {"id": "1", "type": "function",
            "function": {"name": "phone.call", "arguments": '{"contact": "张三"}'}}  # fmt: skip
    schema = {"type": "object", "properties": {"张三": {"enum": ["张三", 1, None]}}}
    request = Request(
        [{"role": "system", "content": "VIN TESTV1N0000000001"},
         {"role": "assistant", "content": "", "tool_calls": [call]},
         {"role": "tool", "content": "张三: 13812345678", "tool_call_id": "1"},
         {"role": "user", "content": "好"}],
        schema=schema, tools=[Tool("phone.call", "Call 张三.", schema)],
    )  # fmt: skip
    filtered, _ = PrivacyFilter(known=lambda: KNOWN).apply(request)
    everything = repr((filtered.messages, filtered.tools, filtered.schema))
    for secret in ("张三", "13812345678", "TESTV1N0000000001"):
        assert secret not in everything
    assert request.messages[3] == filtered.messages[3]


def test_a_stand_in_that_somebody_said_stands_for_nothing():
    filtered, withheld = PrivacyFilter(known=lambda: KNOWN).apply(ask("[contact 1]是张三"))
    assert filtered.messages[0]["content"] == "[contact 1]是[contact 2]"
    assert withheld.restore("[contact 1][contact 2]") == "[contact 1]张三"


@given(
    st.text(string.ascii_letters + string.digits + " ，。张三@.+-[]{}\"'1234567890", max_size=60)
)
def test_what_is_put_back_is_what_was_taken_out(text: str):
    filtered, withheld = PrivacyFilter(known=lambda: KNOWN).apply(ask(text))
    out = filtered.messages[0]["content"]
    assert withheld.restore(out) == text
    assert "张三" not in out
