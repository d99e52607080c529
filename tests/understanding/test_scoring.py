from fujia.understanding.commands import arguments
from fujia.understanding.rules import load_rules
from fujia.understanding.scoring import bare_score, carried_score, free_score, rule_score, runs_on
from fujia.understanding.templates import Match, load_templates
from tests.understanding.reading import clean, facets, skills, tokens


def _rule_score(said: str, skill: str) -> float:
    found = facets(said)
    fitting = [
        rule_score(rule, found)
        for rule in load_rules().by_skill[skill]
        if set(rule.needs) <= set(found.concepts) and arguments(rule, found) is not None
    ]
    return max(fitting)


def _matches(said: str, skill: str) -> list[Match]:
    text = clean(said).text
    found = load_templates(clean(said).language).matches(text, 0, len(text))
    return [match for match in found if match.template.skill == skill]


def _free_score(said: str, skill: str) -> float:
    scores = [free_score(clean(said), match, tokens(said), 0) for match in _matches(said, skill)]
    return max(scores)


def test_every_known_word_adds_and_every_unknown_one_takes() -> None:
    plain = _rule_score("打开车窗", "window.position")
    assert _rule_score("打开主驾车窗", "window.position") > plain
    assert _rule_score("打开谔谔车窗", "window.position") < plain


def test_two_things_rather_make_two_chunks() -> None:
    both = _rule_score("打开车窗打开车窗", "window.position")
    assert both < 2 * _rule_score("打开车窗", "window.position")


def test_an_amount_belongs_to_the_thing_before_it() -> None:
    before = _rule_score("一半车窗", "window.position")
    assert before < _rule_score("车窗一半", "window.position")


def test_carried_words_are_worth_less_than_words_of_their_own() -> None:
    found = facets("再高一点")
    assert carried_score(found) < bare_score(found)


def test_free_words_never_cut_the_thing_that_stands_first() -> None:
    assert _free_score("放倒副驾", "media.play") < _free_score("放谔谔谔谔", "media.play")


def test_free_words_hold_no_second_command() -> None:
    assert _free_score("导航去外滩然后打开车窗", "navigation.start") < 0


def test_free_words_end_with_the_sentence() -> None:
    said = clean("navigate to the airport. Open the window")
    assert all(runs_on(said, match) for match in _matches(said.raw, "navigation.start"))
    one = clean("navigate to St. Louis")
    assert not any(runs_on(one, match) for match in _matches(one.raw, "navigation.start"))


def test_free_words_do_not_run_into_another_wish() -> None:
    said = clean("call emma stone and i'd like the cold air off")
    whole = [m for m in _matches(said.raw, "phone.call") if m.slots["contact"][1] == len(said.text)]
    assert whole
    assert all(runs_on(said, match) for match in whole)
    song = clean("play i want to hold your hand")
    assert not any(runs_on(song, match) for match in _matches(song.raw, "media.play"))


def test_a_name_holds_no_wish_of_the_same_breath() -> None:
    assert skills("导航到西湖再放首轻音乐") == ["navigation.start", "media.play"]
    assert skills("找个火锅店顺便把音量关小一点") == ["place.search", "volume.media"]
    assert skills("来点音乐开个窗") == ["media.control", "window.position"]
    assert skills("播放请把我的歌带回你的家") == ["media.play"]
