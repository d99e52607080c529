"""Free words in drafts: what happens to the text happens to the plan."""

from fujia.foundry.drafts import Draft, fill, filled, is_mark
from fujia.understanding.plan import Command


def test_marks_stand_for_values_in_text_and_arguments() -> None:
    draft = Draft("")
    artist, title = draft.keep("周杰伦"), draft.keep("晴天")
    draft.text = f"播放{artist}的{title}"
    assert [is_mark(character) for character in draft.text[-2:]] == [False, True]
    assert fill(draft.text, draft.values) == "播放周杰伦的晴天"
    command = Command(skill="media.play", args={"artist": artist, "title": title, "n": 1})
    values = ["周杰伦", "青天"]
    assert filled(command, values).args == {"artist": "周杰伦", "title": "青天", "n": 1}
