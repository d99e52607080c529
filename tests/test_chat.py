import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from fujia.cabin.fusion.speaker import SpeakerConsent
from fujia.cabin.memory.consent import load_purposes
from fujia.cabin.memory.memories import local_now
from fujia.chat import Chat, Voice
from fujia.errors import InputError
from fujia.garage import Garage
from fujia.llm.config import load_config
from fujia.llm.gateway import Gateway
from fujia.llm.scripted import ScriptedModel
from fujia.terminal import Terminal

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"


def talk(monkeypatch: pytest.MonkeyPatch, *lines: str) -> str:
    """What a conversation prints."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    out = io.StringIO()
    garage = Garage()
    car = garage.car(garage.profile("i5"))
    Chat(garage.cabin(car), car, "driver", Terminal(out), trace=False).run()
    return out.getvalue()


def test_every_line_is_said_to_the_same_car(monkeypatch: pytest.MonkeyPatch):
    out = talk(monkeypatch, "打开主驾座椅加热", "", "副驾也一样")
    assert "> 打开主驾座椅加热\n" in out
    assert "seat.heating zone=driver level=1 done" in out
    assert "seat.heating zone=passenger level=1 done" in out


def test_it_ends_with_quit_or_the_input(monkeypatch: pytest.MonkeyPatch):
    assert talk(monkeypatch) == ""
    assert "never" not in talk(monkeypatch, "/quit", "never").replace("> /quit", "")


def test_slash_commands_work_on_the_running_car(monkeypatch: pytest.MonkeyPatch):
    out = talk(
        monkeypatch, f"/set {WINDOW} 30", "/signals 主驾车窗", "关上主驾车窗", "/signals 主驾车窗"
    )
    assert f"{WINDOW} = 30\n" in out
    assert f"{WINDOW}\t30\t" in out
    assert f"{WINDOW}\t0\t" in out


def test_the_world_can_be_set(monkeypatch: pytest.MonkeyPatch):
    out = talk(monkeypatch, "/set Vehicle.Speed 80", "/world", "打开后备箱")
    assert "Vehicle.Speed\t80.0\n" in out
    assert "tailgate.position" in out
    assert "refused" in out


def test_another_seat_can_speak(monkeypatch: pytest.MonkeyPatch):
    out = talk(monkeypatch, "/seat rear_left", "打开座椅加热")
    assert "seat.heating zone=rear_left level=1 done" in out


def test_steps_can_be_shown_and_hidden(monkeypatch: pytest.MonkeyPatch):
    out = talk(monkeypatch, "/trace", "打开主驾座椅加热", "/trace", "关闭主驾座椅加热")
    assert out.count("understand") == 1


def test_help_lists_every_command(monkeypatch: pytest.MonkeyPatch):
    out = talk(monkeypatch, "/help")
    for command in ("/signals", "/set", "/seat", "/world", "/trace", "/help", "/quit"):
        assert f"\n{command}" in out


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/sing", "there is no /sing"),
        ("/seat boot", "there is no seat 'boot'"),
        ("/set Vehicle.Speed", "/set takes a path and a value"),
        ("/set Vehicle.Sped 3", "Vehicle.Sped"),
        (f"/set {WINDOW} 300", "is not within"),
        ("好" * 10_000, "10000 characters"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_talk_goes_on(
    monkeypatch: pytest.MonkeyPatch, line: str, words: str
):
    out = talk(monkeypatch, line, "打开主驾座椅加热")
    assert words in out
    assert "seat.heating zone=driver level=1 done" in out


STORY = "从前有座山，山里有座庙。"


def talk_with_model(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *lines: str
) -> tuple[str, ScriptedModel]:
    """What a conversation prints beside which a model stands, and the model."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    out = io.StringIO()
    model = ScriptedModel({"讲个故事": [STORY]})
    consent = SpeakerConsent()
    models = Gateway(load_config(), models={"deepseek-chat": model}, consent=consent)
    garage = Garage(memory_folder=folder, driver="owner", models=lambda: models)
    car = garage.car(garage.profile("i5"))
    voice = Voice(Terminal(out))
    cabin = garage.cabin(car, remembers=True, observer=voice)
    Chat(cabin, car, "driver", Terminal(out), trace=False, voice=voice).run()
    return out.getvalue(), model


def test_a_model_talks_once_somebody_agreed_and_is_heard_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    lines = ("讲个故事", "/consent language_model", "讲个故事", "打开主驾座椅加热")
    out, model = talk_with_model(monkeypatch, tmp_path, *lines)
    before, after = out.split("/consent")
    assert "从前有座山" not in before
    assert after.count("从前有座山，山里有座庙。（AI生成）") == 1
    assert after.count("山里有座庙") == 1
    assert "seat.heating zone=driver level=1 done" in after
    assert len(model.calls) == 1


def test_agreement_can_be_seen_and_taken_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    lines = ("/consent language_model", "/consent", "/revoke language_model", "讲个故事")
    out, model = talk_with_model(monkeypatch, tmp_path, *lines)
    today = local_now().date()
    until = today + timedelta(days=load_purposes()["language_model"].days)
    assert f"language_model\tyes\t{today}\t{until}\t" in out
    assert "position\tno\t\t\t" in out
    assert "language_model: no" in out
    assert "fujia memory consents --delete language_model" in out
    assert model.calls == []


def test_only_known_purposes_can_be_agreed_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    out, _ = talk_with_model(monkeypatch, tmp_path, "/consent everything")
    assert "there is no purpose 'everything'" in out
    assert "nobody is remembered" in talk(monkeypatch, "/consent language_model")


DOOR = "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen"


class Screen(io.StringIO):
    """Tells when something was shown on it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.shown = words, Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        if self.words in self.getvalue():
            self.shown.set()
        return written


class Keyboard(io.StringIO):
    """A terminal on which somebody types."""

    def isatty(self) -> bool:
        return True


def typed(
    monkeypatch: pytest.MonkeyPatch, chat: Callable[[Terminal], Chat], out: Screen, *lines: str
) -> str:
    """What a conversation on a terminal shows, whose last line is typed once ``out`` shows its
    words."""
    left = list(lines)

    def ask(_prompt: str) -> str:
        if len(left) == 1:
            assert out.shown.wait(20), out.getvalue()
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr(sys, "stdin", Keyboard())
    monkeypatch.setattr("builtins.input", ask)
    chat(Terminal(out)).run()
    return out.getvalue()


def test_on_a_terminal_a_suggestion_comes_when_its_time_has_come(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    seconds = count()
    clock = lambda: datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(seconds=next(seconds))  # noqa: E731
    garage = Garage(memory_folder=tmp_path, suggests=True, clock=clock)
    left_open = {"Vehicle.LowVoltageSystemState": "OFF", DOOR: True, WINDOW: 60}
    car = garage.car(garage.profile("i5"), left_open)

    def chat(terminal: Terminal) -> Chat:
        cabin = garage.cabin(car, remembers=True)
        return Chat(cabin, car, "driver", terminal, trace=False, look_s=0.005)

    out = Screen("车窗还开着")
    said = typed(monkeypatch, chat, out, "好")
    assert said.count("要关上车窗吗？") == 1
    assert said.index("车窗还开着") < said.rindex("driver> ") < said.rindex("done")
    assert car.read(WINDOW) == 0


def test_what_ends_the_looking_is_said_once_and_the_talk_goes_on(monkeypatch: pytest.MonkeyPatch):
    garage = Garage()
    car = garage.car(garage.profile("i5"))
    cabin = garage.cabin(car)

    def broken() -> None:
        raise InputError("the memory is damaged")

    monkeypatch.setattr(cabin, "suggest", broken)

    def chat(terminal: Terminal) -> Chat:
        return Chat(cabin, car, "driver", terminal, trace=False, look_s=0.005)

    said = typed(monkeypatch, chat, Screen("the memory is damaged"), "/world")
    assert said.count("the memory is damaged") == 2, "beside, and after the line"
    assert "Vehicle.Speed" in said
