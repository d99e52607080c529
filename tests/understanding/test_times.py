import pytest

from fujia.understanding.plan import Command, Condition
from fujia.understanding.times import Later, find_clocks, find_later, timed, without_time
from tests.understanding.reading import clean, surfaces, tokens, understand


def test_the_times_that_timers_can_take_in_order() -> None:
    said = clean("早上六点充电，下周三早上八点洗车，晚上九点半开空调")
    assert [later.clock for later in find_clocks(said)] == ["06:00", "21:30"]
    assert find_clocks(clean("五分钟后关窗")) == []


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("明早七点半把空调开好", "07:30"),
        ("晚上十一点充电", "23:00"),
        ("中午十二点充电", "12:00"),
        ("凌晨十二点充电", "00:00"),
        ("下午三点二十分开空调", "15:20"),
        ("charge at 11 pm", "23:00"),
        ("charge at 12 am", "00:00"),
        ("charge at half past ten pm", "22:30"),
        ("charge at 6:45", "06:45"),
        ("五分钟后关窗", None),
        ("下周三早上八点开空调", None),
        ("close it in two minutes", None),
        ("charge on friday at 7 am", None),
    ],
)
def test_a_later_time(said: str, clock: str | None) -> None:
    later = find_later(clean(said))
    assert later is not None
    assert later.clock == clock


@pytest.mark.parametrize(
    "said",
    ["窗户开一点", "温度二十二点五度", "打开窗户一会儿", "晚上好", "set it to 7", "not later"],
)
def test_no_later_time(said: str) -> None:
    assert find_later(clean(said)) is None


def test_the_time_words_are_taken_out() -> None:
    said = "五分钟后关掉座椅加热"
    later = find_later(clean(said))
    assert later is not None
    assert surfaces(said, without_time(tokens(said), later)) == ["关掉", "座椅加热"]
    called = "call mom later"
    later = find_later(clean(called))
    assert later is not None
    assert [one.strip() for one in surfaces(called, without_time(tokens(called), later))] == [
        "call",
        "mom",
    ]


def test_only_what_has_a_timer_waits() -> None:
    at_seven = Later(0, 2, "07:00")
    charging = Command(skill="charging.control", args={"action": "start"})
    timer = Command(skill="charging.timer", args={"time": "07:00"})
    assert timed([charging], at_seven) == [timer]
    assert timed([charging], Later(0, 2)) is None
    assert timed([Command(skill="charging.control", args={"action": "stop"})], at_seven) is None
    assert timed([Command(skill="window.position", args={"position": 0})], at_seven) is None
    rainy = charging.model_copy(update={"condition": Condition(fact="rain")})
    assert timed([rainy], at_seven) is None


@pytest.mark.parametrize(
    ("said", "skills"),
    [
        ("八点开始充电，关闭车窗", ["charging.timer", "window.position"]),
        ("at 8 pm start charging, close the windows", ["charging.timer", "window.position"]),
        ("晚上十一点开始充电，打开空调", ["charging.timer", "climate.preconditioning"]),
        ("明早七点打开空调，座椅加热打开", ["unknown.function"]),
        ("八点开始充电，五分钟后关窗", ["charging.timer", "unknown.function"]),
        ("五分钟后关窗，八点开始充电", ["unknown.function", "charging.timer"]),
    ],
)
def test_each_time_belongs_to_its_own_clause(said: str, skills: list[str]) -> None:
    assert [command.skill for command in understand(said).commands] == skills


def test_closing_at_nine_is_a_time_and_no_share() -> None:
    later = find_later(clean("close the window at nine"))
    assert later is not None and later.clock == "09:00"
    assert find_later(clean("open the window at ten percent")) is None


def test_tonight_is_in_the_evening() -> None:
    later = find_later(clean("tonight at ten start charging"))
    assert later is not None and later.clock == "22:00"
