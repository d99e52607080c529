from pathlib import Path

import pytest

from fujia.cabin.assistant import Cabin
from fujia.cabin.persona import PERSONA_FOLDER, load_persona
from fujia.errors import DataError, InputError
from tests.cabin.talk import cabin_with, command, plan


def _own(folder: Path, name: str, text: str) -> None:
    (folder / "personas").mkdir(exist_ok=True)
    (folder / "personas" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_forbidden_claims_are_never_said(tmp_path: Path) -> None:
    own = (PERSONA_FOLDER / "fujia.yaml").read_text(encoding="utf-8")
    own = own.replace("我在，要做什么请直接说。", "我的自动驾驶绝对安全，我在。")
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
    with pytest.raises(InputError, match="personas: fujia"):
        load_persona("nobody")


def test_a_broken_persona_names_file_and_line(tmp_path: Path) -> None:
    _own(tmp_path, "broken", "name: {zh: 甲, en: A}\nmood: grim\n")
    with pytest.raises(DataError, match=r"broken\.yaml"):
        load_persona("broken", (tmp_path,))
