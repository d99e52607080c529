from tests.understanding.reading import facets, readings


def test_thing_verb_and_zone_are_gathered() -> None:
    found = facets("打开主驾的天窗")
    assert set(found.concepts) == {"sunroof"}
    assert found.verbs == ["on"]
    assert found.zones == ["driver"]
    assert found.begins_with_verb


def test_how_much_is_number_and_unit() -> None:
    found = facets("二十三度半")
    assert (found.number, found.unit) == (23.5, "degree")
    assert found.has_amount
    assert found.is_bare


def test_shares_are_percentages() -> None:
    assert (facets("一半").number, facets("一半").unit) == (50, "percent")
    assert facets("百分之三十").unit == "percent"


def test_ends_and_changes_are_amounts_too() -> None:
    assert facets("最大").end == "max"
    assert facets("升高").changes == ["up"]


def test_what_follows_except_is_excluded() -> None:
    found = facets("除了主驾其他全部")
    assert found.excluded == ["driver"]
    assert found.zones == ["all"]


def test_a_second_number_is_counted_as_a_repetition() -> None:
    assert facets("二十二度").repeats == 0
    assert facets("二十二度二十四度").repeats == 1


def test_fillers_say_nothing_and_unknown_words_are_counted() -> None:
    found = facets("呃那个谔谔")
    assert found.said == 0
    assert found.unknown == 2


def test_a_word_with_several_senses_is_read_in_each() -> None:
    concepts = [set(found.concepts) for found in readings("腰部")]
    assert {"lumbar"} in concepts
    assert set() in concepts


def test_a_second_thing_turned_up_or_down_begins_another_command() -> None:
    assert facets("屏幕调亮一点音量调小一点").repeats
    assert facets("屏幕亮一点音量小一点").repeats
    assert not facets("音量调大").repeats


def test_who_finds_it_a_bit_low_wants_it_higher() -> None:
    assert facets("音量有点小").changes == ["up"]
    assert facets("温度有点高").changes == ["down"]
    assert facets("音量小一点").changes == ["down"]
