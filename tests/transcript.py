"""The conversations in the READMEs: held again, and written back by ``python -m tests.transcript``.

In a ``text`` block, lines that begin with ``> `` are what is said; all else is what came of it. One
that begins with a consent has a language model beside it, whose part is scripted here.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from unittest.mock import patch

from fujia.cabin.fusion.speaker import SpeakerConsent
from fujia.cabin.fusion.texts import load_texts
from fujia.chat import Chat, Voice
from fujia.garage import Garage
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.model import Completion, ToolCall
from fujia.llm.scripted import Scripted, ScriptedModel
from fujia.terminal import Terminal

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
_BLOCK = re.compile(r"(?<=^```text\n)(> .*?)(?=^```)", re.MULTILINE | re.DOTALL)
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_WITH_MODEL = "> /consent language_model"
_STEPS = """{"steps": [{"skill": "vehicle.charge", "args": {}},
{"skill": "seat.heating", "args": {"level": 2}, "only_if": "the battery is above 50 %"}]}"""
_HEAT = Completion("", calls=(ToolCall("seat.heating", '{"level": 2}', "1"),))
_WORDS = {
    "zh": ("大气在晃动，星光穿过它时忽明忽暗。", "电量70%，超过一半。"),
    "en": ("The air moves, and their light with it.", "The battery is at 70 %."),
}


def _script(talk: str, found: str) -> Callable[[str, int], Scripted]:
    """What the model of the READMEs answers: talk, or a plan of several steps and their end."""

    def answer(asked: str, _: int) -> Scripted:
        if "Results so far" in asked:
            return _HEAT
        if "The person said" in asked:
            return _STEPS
        return found if '"outcome"' in asked else talk

    return answer


def conversations(readme: Path) -> list[str]:
    """The conversations as they stand in a README."""
    return _BLOCK.findall(readme.read_text(encoding="utf-8"))


def hold(conversation: str) -> str:
    """The same things said again to a fresh car, with what comes of them now."""
    lines = [line for line in conversation.splitlines() if line.startswith("> ")]
    said = io.StringIO("\n".join(line.removeprefix("> ") for line in lines))
    out = io.StringIO()
    # How soon a filler is spoken depends on the machine; what it says is no part of the READMEs.
    patient = patch.dict(cast(dict[str, float], load_texts().time_s), filler=60.0)
    with patient, patch.object(sys, "stdin", said), tempfile.TemporaryDirectory() as folder:
        beside = (
            _beside(Path(folder), conversation)
            if conversation.startswith(_WITH_MODEL)
            else Garage()
        )
        car = beside.car(beside.profile("i5"))
        voice = Voice(Terminal(out))
        cabin = beside.cabin(car, remembers=True, observer=voice)
        Chat(cabin, car, "driver", Terminal(out), trace=False, voice=voice).run()
    return out.getvalue()


def _beside(folder: Path, conversation: str) -> Garage:
    """A garage whose cars have a scripted model beside them."""
    language = "zh" if re.search("[一-鿿]", conversation) else "en"
    model = ScriptedModel(_script(*_WORDS[language]))
    models = Gateway(load_config(), models={"deepseek-chat": model}, consent=SpeakerConsent())
    return Garage(memory_folder=folder, driver="owner", models=lambda: models, clock=lambda: _NOON)


def main() -> None:
    """Write every conversation anew."""
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        readme.write_text(_BLOCK.sub(lambda block: hold(block[0]), text), encoding="utf-8")


if __name__ == "__main__":
    main()
