from pathlib import Path

from fujia.cabin.ai_notice import ai_notice, note_told
from fujia.cabin.memory.memories import Memories
from fujia.errors import ModelError
from fujia.llm.disclosure import FirstUse
from fujia.llm.scripted import ScriptedModel
from fujia.understanding.plan import Plan
from tests.cabin.fusion.talking import NOTICE, Talk
from tests.cabin.talk import command

TALK = Plan(commands=(command("chat.reply"),))


def test_who_is_remembered_is_told_once_also_after_a_restart_and_again_once_forgotten(
    tmp_path: Path,
):
    memory = Memories(tmp_path).person("Anna")
    assert ai_notice(memory, FirstUse(), "zh") == NOTICE
    note_told(memory, FirstUse())
    anna = Memories(tmp_path).person("Anna")
    assert ai_notice(anna, FirstUse(), "zh") == ""
    assert "AI" in ai_notice(Memories(tmp_path).person("Li"), FirstUse(), "en")
    anna.erase()
    assert ai_notice(anna, FirstUse(), "zh") == NOTICE


def test_every_guest_is_told_and_nothing_of_it_stays(tmp_path: Path):
    memories, first_use = Memories(tmp_path), FirstUse()
    for memory in (memories.of("driver"), memories.of("passenger"), memories.seat("driver")):
        assert ai_notice(memory, first_use, "zh") == NOTICE
        note_told(memory, first_use)
        assert ai_notice(memory, first_use, "zh") == ""
    assert list(tmp_path.rglob("*")) == []


def test_a_store_that_cannot_be_read_is_told_again(tmp_path: Path):
    anna = Memories(tmp_path).person("Anna")
    note_told(anna, FirstUse())
    (vault,) = tmp_path.glob("*.vault")
    vault.write_bytes(b"damaged")
    note_told(anna, FirstUse())
    assert ai_notice(anna, FirstUse(), "zh") == NOTICE


def test_no_name_lies_in_the_clear(tmp_path: Path):
    note_told(Memories(tmp_path).person("Anna"), FirstUse())
    assert all(b"Anna" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_an_answer_that_never_came_told_nobody(tmp_path: Path):
    model = ScriptedModel({"讲": [ModelError("gone", "timeout")], "再讲": ["从前有座山。"]})
    talk = Talk({"讲": TALK, "再讲": TALK}, model, memories=Memories(tmp_path))
    replies = [talk.cabin.say(said).reply for said in ("讲", "再讲", "再讲")]
    assert [reply.startswith(NOTICE) for reply in replies] == [False, True, False]
