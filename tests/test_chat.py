import io
import sys

import pytest

from fujia.chat import Chat
from fujia.garage import Garage
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
