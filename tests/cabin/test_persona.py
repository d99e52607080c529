from pathlib import Path

import pytest

from fujia.cabin.assistant import Cabin
from fujia.cabin.persona import PERSONA_FOLDER, asked_for, load_persona
from fujia.errors import DataError, InputError
from fujia.llm.model import Completion, Listen, Request
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Language
from tests.cabin.fusion.talking import Talk
from tests.cabin.talk import cabin_with, command, plan


def _own(folder: Path, name: str, text: str) -> None:
    (folder / "personas").mkdir(exist_ok=True)
    (folder / "personas" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_forbidden_claims_are_never_said(tmp_path: Path) -> None:
    own = (PERSONA_FOLDER / "fujia.yaml").read_text(encoding="utf-8")
    own = own.replace("我是车里的人工智能，要做什么请直接说。", "我的自动驾驶绝对安全，我在。")
    _own(tmp_path, "brand", own)
    talk = cabin_with({"你好": plan(command("chat.reply"))})
    cabin = Cabin(
        car=talk.car, understander=talk._understander, persona="brand", data_folders=[tmp_path]
    )
    assert cabin.say("你好").reply == "我的，我在。"


def test_claims_are_found_whatever_their_case() -> None:
    persona = load_persona("fujia")
    assert persona.claims("Self-Driving is here") == ("self-driving",)
    assert persona.clean("Self-Driving is here") == " is here"
    assert persona.claims("主驾车窗已打开。") == ()


def test_an_unknown_persona_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="personas: fujia, warm"):
        load_persona("nobody")


def test_a_broken_persona_names_file_and_line(tmp_path: Path) -> None:
    _own(tmp_path, "broken", "name: {zh: 甲, en: A}\nmood: grim\n")
    with pytest.raises(DataError, match=r"broken\.yaml"):
        load_persona("broken", (tmp_path,))


@pytest.mark.parametrize("name", ["fujia", "warm"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_persona_instructs_a_language_model(name: str, language: Language) -> None:
    persona = load_persona(name)
    told = persona.instructions(language)
    assert persona.name.text(language) in told
    assert persona.about_competitors is not None
    parts = (*persona.do.of(language), *persona.dont.of(language), *persona.forbidden.of(language))
    assert parts and all(part in told for part in parts)
    assert persona.about_competitors.text(language) in told


@pytest.mark.parametrize("name", ["fujia", "warm"])
def test_a_persona_says_nothing_of_its_own_that_it_may_not(name: str) -> None:
    persona = load_persona(name)
    assert persona.about_competitors is not None
    texts = (persona.greeting, persona.small_talk, persona.unheard, persona.about_competitors)
    for text in (said for wording in texts for said in (wording.zh, wording.en)):
        assert persona.claims(text) == ()
        assert not persona.names_competitor(text)


def test_personas_differ_in_what_they_say() -> None:
    talk = cabin_with({"你好": plan(command("chat.reply"))})
    replies = {
        Cabin(car=talk.car, understander=talk._understander, persona=name).say("你好").reply
        for name in ("fujia", "warm")
    }
    assert len(replies) == 2


def test_a_text_about_competitors_gives_way() -> None:
    persona = load_persona("fujia")
    assert persona.speak("特斯拉不如我们。", "zh") == "别的品牌我不评价，可以说说这辆车。"
    assert persona.speak("An AUDI? No.", "en").startswith("I don't judge other brands")
    assert persona.speak("The audience liked it.", "en") == "The audience liked it."
    assert persona.speak("它能自动驾驶。", "zh") == "它能。"


def test_a_persona_without_a_word_for_competitors_speaks_freely(tmp_path: Path) -> None:
    own = (PERSONA_FOLDER / "fujia.yaml").read_text(encoding="utf-8")
    kept = [line for line in own.splitlines() if not line.startswith("about_competitors")]
    _own(tmp_path, "free", "\n".join(kept))
    assert load_persona("free", (tmp_path,)).speak("Audi.", "en") == "Audi."


def test_another_persona_is_asked_for_by_voice_and_speaks_from_then_on() -> None:
    cabin = cabin_with({"你好": plan(command("chat.reply"))})
    turn = cabin.say("说话温柔一点。")
    assert turn.reply == "您好呀，我是小副，陪您一起出发。"
    assert [(one.skill, one.args, one.outcome) for one in turn.actions] == [
        ("persona.switch", {"persona": "warm"}, "done"),
    ]  # fmt: skip
    assert cabin.say("你好").reply == load_persona("warm").small_talk.zh
    assert cabin.say("……").reply == load_persona("warm").unheard.zh
    assert cabin.say("switch to Fujia").reply == "Hello, I am Fujia."
    assert cabin.say("你好").reply == load_persona("fujia").small_talk.zh


def test_a_language_model_speaks_for_the_persona_that_was_asked_for() -> None:
    seen: list[str] = []

    class Told(ScriptedModel):
        def complete(self, request: Request, listen: Listen | None = None) -> Completion:
            seen.append(request.messages[0]["content"])
            return super().complete(request, listen)

    talk = Talk({}, Told({"讲个故事": ["从前有座山。"]}))
    talk.cabin.say("换成小副")
    talk.cabin.say("讲个故事")
    assert [told.startswith("你是小副") for told in seen] == [True]


def test_one_of_ones_own_is_asked_for_by_its_own_words(tmp_path: Path) -> None:
    own = (PERSONA_FOLDER / "warm.yaml").read_text(encoding="utf-8")
    _own(tmp_path, "own", own.replace("换成小副", "换成老王"))
    assert asked_for("换成老王！", (tmp_path,)) == ("own", "zh")
    assert asked_for("换成老王") is None
    assert asked_for("换成小副和老王", (tmp_path,)) is None
