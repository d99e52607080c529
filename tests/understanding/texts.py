"""Texts for property tests: what people type, and what nobody would."""

from hypothesis import strategies as st

_SPOKEN = [
    "打开", "关闭", "把", "车窗", "空调", "座椅加热", "主驾", "副驾", "后排", "二十三度", "半",
    "百分之五十的", "一点", "再", "不要", "别", "了", "吗", "如果", "下雨", "就", "除了",
    "其他", "都", "导航去", "放", "周杰伦", "的", "歌", "不对", "音量", "调到", "最大", "他说",
    "怎么", "算了", "变回去", "唔该", "侬", "咋", "搞", "turn", "on", "the", "window", "left",
    "and", "not", "22", "degrees", ",", "。", "？", "%", "😀",
]  # fmt: skip

spoken = st.lists(st.sampled_from(_SPOKEN), max_size=14).map("".join)
"""Sentences of known words in any order."""
wild = st.text(max_size=300)
"""Any text at all: emoji, control characters, mixed scripts."""
anything = st.one_of(spoken, wild, st.tuples(spoken, wild, spoken).map("".join)).map(
    lambda text: text[:300]
)
