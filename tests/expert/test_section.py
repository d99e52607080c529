from fujia.expert.section import Block, Section


def test_a_block_reads_as_it_is_shown():
    assert Block("steps", ("按下", "松开")).text == "1. 按下\n2. 松开"
    assert Block("list", ("红", "绿")).text == "- 红\n- 绿"
    assert Block("table", ("项目 | 值", "胎压 | 2.5")).text == "项目 | 值\n胎压 | 2.5"


def test_a_section_knows_its_warnings_and_its_title():
    warning = Block("warning", ("警告：烫。",))
    section = Section("a", ("保养", "冷却液"), "zh", (Block("paragraph", ("加注。",)), warning))
    assert section.of_kind("warning") == (warning,)
    assert section.title == "冷却液"
    assert section.text == "加注。\n警告：烫。"
