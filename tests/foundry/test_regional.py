"""MAC-SLU in dialects and accents: what the gold copies stays as it is."""

import pytest

from fujia.foundry.answers import answer
from fujia.foundry.regional import figures, names, rewrite, versions
from fujia.foundry.scoring.score import Case
from fujia.understanding.plan import Command, Plan
from fujia.understanding.understander import Context, ScriptedUnderstander

pytest.importorskip("pypinyin", reason="comes with the extra foundry")

PLAY = Command(skill="media.play", args={"title": "山海经传说"})
OPEN = Command(skill="window.position", args={"position": 100})
CASES = [
    Case(f"{at}", f"{said}第{at}次", ((command,),), frames=1)
    for at in range(12)
    for said, command in [("请给我播放山海经传说好不好", PLAY), ("帮我把车窗打开一下可以吗", OPEN)]
]


def test_words_to_keep_are_kept() -> None:
    shouted = rewrite("放一首安静的歌", ["安静"], lambda part: part.replace("一", "壹") + "!")
    assert shouted == "放壹首!安静的歌!"
    assert rewrite("放一首歌", [], lambda part: None) == "放一首歌"
    assert rewrite("a+b", ["+"], str.upper) == "A+B"


def test_the_same_seed_gives_the_same_versions() -> None:
    once, again, other = versions(CASES), versions(CASES), versions(CASES, seed=5)
    assert once == again != other
    assert list(once) == names()


def test_versions_differ_from_the_clean_text_and_keep_what_is_copied() -> None:
    clean = {case.id + case.wanted[0][0].skill: case.said for case in CASES}
    for cases in versions(CASES).values():
        for case in cases:
            assert case.said != clean[case.id + case.wanted[0][0].skill]
            if case.wanted == ((PLAY,),):
                assert "山海经传说" in case.said
    assert any(versions(CASES).values())


def test_losses_are_over_the_whole_set() -> None:
    cases = [Case(str(at), f"开窗{at}", ((OPEN,),), frames=1) for at in range(4)]
    changed = [Case("0", "开床0", ((OPEN,),), frames=1)]
    knows = ScriptedUnderstander({case.said: Plan(commands=(OPEN,)) for case in cases})

    def said(asked: list[Case]):
        return answer(knows, [(case.said, Context()) for case in asked])

    found = figures(cases, said(cases), {"accent:wu": (changed, said(changed))})
    assert found["all"]["exact_plans"] == 1.0
    assert found["calibration_error"] is None
    wu = found["versions"]["accent:wu"]
    assert (wu["changed"], wu["changed_loss_exact"], wu["loss_exact"]) == (1, 100.0, 25.0)
