import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujia.llm.private import Known, find_private, fold

KNOWN = Known(
    contacts=("张三", "Li Lei", "张三丰"), vin="TESTV1N0000000001", plate="临A001",
    addresses=("望江路88号2单元",), position=(31.2304, 121.4737),
)  # fmt: skip


def kinds(text: str, known: Known = KNOWN) -> list[tuple[str, str]]:
    text = fold(text)
    return [(found.kind, text[found.start : found.end]) for found in find_private(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车架号LBV5S3102ESJ12345没电了", [("vin", "LBV5S3102ESJ12345")]),
        ("VIN: lbv 5s31 02es j123 45.", [("vin", "lbv 5s31 02es j123 45")]),
        ("ＬＢＶ５Ｓ３１０２ＥＳＪ１２３４５", [("vin", "LBV5S3102ESJ12345")]),
        ("LBV5S31\u200b02ESJ12345", [("vin", "LBV5S3102ESJ12345")]),
        ("testv1n0000000001x", [("vin", "testv1n0000000001")]),
        ("车牌沪A12345和粤BD12345", [("plate", "沪A12345"), ("plate", "粤BD12345")]),
        ("打13812345678", [("phone", "13812345678")]),
        ("call +49 89 1234-5678 now", [("phone", "+49 89 1234-5678")]),
        ("138 1234 5678", [("phone", "138 1234 5678")]),
        ("1 3 8-1234 5 678", [("phone", "1 3 8-1234 5 678")]),
        ("打给幺三八一二三四五六七八", [("phone", "幺三八一二三四五六七八")]),
        ("身份证11010519491231002X", [("identity", "11010519491231002X")]),
        ("卡号 6222 0212 3456 7890 123", [("number", "6222 0212 3456 7890 123")]),
        ("写信给 li.lei@example.com", [("email", "li.lei@example.com")]),
        ("我在31.2304, 121.4737", [("position", "31.2304, 121.4737")]),
        ("我在 39.9042N 116.4074E 附近", [("position", "39.9042N 116.4074E")]),
        ('{"lat": 39.9042}', [("position", '": 39.9042')]),
        ("纬度：39.90", [("position", "：39.90")]),
        ("北纬31°13′49″", [("position", "31°13′49″")]),
        ("the number is 31.2299 here", [("position", "31.2299")]),
        ("去南京西路1266号3楼", [("address", "1266号")]),
        ("take me to 12 Baker Street", [("address", "12")]),
        ("回望江路88号2单元", [("address", "望江路88号2单元")]),
        ("打给张三丰，不是张三", [("contact", "张三丰"), ("contact", "张三")]),
        ("call LI LEI, not Li Leila", [("contact", "LI LEI")]),
    ],
)
def test_it_is_found(text: str, expected: list[tuple[str, str]]):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "把空调调到22.5度，风量三档", "open my window to 50 percent", "音量30，座椅加热开到3档",
        "明天8点20分叫我", "现在是2026-11-22 08:30:15", "开了120公里，还剩345.5公里",
        "please drive on until the red car ahead turns", "胎压2.35，水温 90.5",
        "今天20261122", "一二三四五", "播放《七里香》", "3号线到5号口", "it costs 1234.56",
    ],
)  # fmt: skip
def test_what_is_not_private_stays(text: str):
    assert kinds(text) == []


@given(
    st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=13, max_size=13),
    st.integers(0, 9999),
    st.sampled_from(["", "我的车", "vin=", "the car ("]),
    st.sampled_from(["", "坏了", ".", ")"]),
)
def test_no_vin_is_missed(head: str, tail: int, before: str, after: str):
    vin = f"{head}{tail:04}"
    text = f"{before}{vin}{after}"
    masked = list(fold(text))
    for found in find_private(fold(text), Known()):
        masked[found.start : found.end] = " " * (found.end - found.start)
    assert vin not in "".join(masked)


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.text("你好吗，。 abc", max_size=8))
def test_no_mobile_number_is_missed(phone: str, around: str):
    assert ("phone", phone) in kinds(f"{around}{phone}{around}", Known())
