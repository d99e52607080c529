from hypothesis import given
from hypothesis import strategies as st

from fujia.expert.answers.extract import Extract, extract
from fujia.expert.reading import Hit
from fujia.expert.retrieval.question import parse_question
from fujia.expert.section import Section
from tests.expert.manuals import section

FILLER = "这一句与问题没有任何关系，只是占去一些地方。"


def cut(question: str, found: Section, limit: int = 200) -> Extract:
    parsed = parse_question(question)
    weighted = [(concept, concept.weight) for concept in parsed.concepts]
    hit = Hit(1, "m", found, 0, len(found.text), None, found.text, 0.0)
    return extract(parsed, weighted, hit, limit)


def test_a_short_section_is_given_whole() -> None:
    found = section(("paragraph", "长按尾门键，尾门打开。再按一次停住。"))
    assert cut("尾门怎么开", found).text == found.text


def test_of_a_long_one_the_sentences_that_answer() -> None:
    text = FILLER * 20 + "火花塞每六万公里更换一次。" + FILLER * 20
    answer = cut("火花塞多久换", section(("paragraph", text))).text
    assert "火花塞每六万公里更换一次。" in answer
    assert len(answer) <= 200


def test_a_cell_of_a_flattened_table_is_found() -> None:
    table = " ".join(f"F{number:02} 15A 电路{number}" for number in range(40)) + " F99 30A 天窗"
    assert "30A 天窗" in cut("天窗的保险丝多大", section(("paragraph", table))).text


def test_steps_are_numbered_and_begin_with_the_first() -> None:
    found = section(("paragraph", FILLER * 8), ("steps", "拔出钥匙\n撬开后盖\n装入新电池"))
    assert cut("电池怎么装", found, 100).text.endswith("1. 拔出钥匙\n2. 撬开后盖\n3. 装入新电池")


def test_its_warning_is_never_left_out() -> None:
    warning = "警告：关闭尾门前请确认周围没有人。"
    found = section(("steps", "\n".join(["按住尾门键直到尾门打开"] * 20)), ("warning", warning))
    answer = cut("尾门怎么开", found)
    assert answer.text.endswith(warning)
    assert answer.text.startswith("1. ")
    assert len(answer.text) <= 200


def test_a_warning_elsewhere_in_the_section_is_not_dragged_in() -> None:
    found = section(
        ("paragraph", "尾门用按键打开。"),
        ("paragraph", FILLER * 12),
        ("warning", "警告：蓄电池会产生易爆气体。"),
    )
    assert "蓄电池" not in cut("尾门怎么开", found).text


def test_a_warning_that_is_the_answer_is_given_once() -> None:
    found = section(("paragraph", "坐垫要装好。"), ("warning", "警告：严禁在副驾装后向式座椅。"))
    assert cut("副驾能装后向式座椅吗", found).text.count("严禁") == 1


KINDS = st.sampled_from(["paragraph", "steps", "warning", "table"])
LINE = st.text(alphabet="尾门打开。警告：a 1.\u3000", min_size=1, max_size=150)


@given(st.lists(st.tuples(KINDS, LINE), min_size=1, max_size=6), st.integers(60, 200))
def test_it_is_the_manuals_own_text_and_fits(blocks: list[tuple[str, str]], limit: int) -> None:
    found = section(*blocks)  # type: ignore[arg-type]
    answer = cut("尾门怎么打开", found, limit)
    assert answer.quote in found.text
    assert answer.warning_quote in found.text
    assert len(answer.text) <= max(limit, 82)
