import pytest

from fujia.understanding.corrections import corrected, unstuttered
from tests.understanding.reading import clean, surfaces, tokens


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("温度二十三不对二十二度", ["温度", "二十二", "度"]),
        ("打开主驾说错了副驾车窗", ["打开", "副驾", "车窗"]),
        ("打开不对关闭车窗", ["关闭", "车窗"]),
        ("温度二十三，不，二十二度", ["温度", "二十二", "度"]),
        ("氛围灯红色不对绿色", ["氛围灯", "绿色"]),
        ("一档不对二档不对三档座椅加热", ["三", "档", "座椅加热"]),
        ("打开车窗", ["打开", "车窗"]),
    ],
)
def test_what_was_taken_back_is_gone(said: str, meant: list[str]) -> None:
    assert surfaces(said, corrected(tokens(said))) == meant


def test_nothing_before_or_after_takes_nothing_back() -> None:
    assert surfaces("不对打开车窗", corrected(tokens("不对打开车窗"))) == ["打开", "车窗"]
    assert surfaces("打开车窗不对", corrected(tokens("打开车窗不对"))) == ["打开", "车窗"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("空调空调打开", ["空调", "打开"]),
        ("打开打开车窗", ["打开", "打开", "车窗"]),
        ("车窗打开车窗", ["车窗", "打开", "车窗"]),
    ],
)
def test_a_thing_named_twice_in_a_row_is_named_once(said: str, meant: list[str]) -> None:
    assert surfaces(said, unstuttered(clean(said), tokens(said))) == meant
