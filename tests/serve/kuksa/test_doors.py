"""The command line, a conversation and a session, each with a car behind a broker."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fujia.__main__ import run
from fujia.batch import Case, run_open
from fujia.chat import Chat
from fujia.errors import CarUnreachable, NotWritable
from fujia.garage import Broker, Garage
from fujia.serve.kuksa.server import KuksaServer, serve_kuksa
from fujia.serve.sessions import Sessions
from fujia.terminal import Terminal
from fujia.vehicle import SimulatedCar
from tests.serve.kuksa.asking import HEATING, SPEED

pytestmark = pytest.mark.usefixtures("clean_environment")


@pytest.fixture
def server(car: SimulatedCar) -> Iterator[KuksaServer]:
    """The car behind a server, with a running clock."""
    server = serve_kuksa(car, port=0)
    yield server
    server.stop()


@pytest.fixture
def garage(server: KuksaServer) -> Garage:
    return Garage(broker=Broker(server.address))


def test_say(server: KuksaServer, car: SimulatedCar, capsys: pytest.CaptureFixture[str]):
    car.set(SPEED, 30)
    assert run(("say", "打开主驾座椅加热", "--kuksa-broker", server.address, "--json")) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["turns"][0]["outcome"] == "done"
    assert result["signals"] == {HEATING: 33}
    assert car.read(HEATING) == 33


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--kuksa-broker", "a b"), "is not HOST:PORT"),
        (("--kuksa-broker", "127.0.0.1:1", "--state", "Vehicle.Speed=5"), "cannot be chosen"),
    ],
)
def test_say_with_what_cannot_be(
    options: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
):
    assert run(("say", "打开主驾座椅加热", *options)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_say_to_nobody_is_answered(capsys: pytest.CaptureFixture[str]):
    assert run(("say", "warm my seat", "--kuksa-broker", "127.0.0.1:1")) == 0
    assert "the car does not answer" in capsys.readouterr().out


def test_a_conversation(garage: Garage, car: SimulatedCar, monkeypatch: pytest.MonkeyPatch):
    lines = ("打开主驾座椅加热", f"/set {SPEED} 5", f"/set {HEATING} 67", "/signals 座椅加热")
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
    out = io.StringIO()
    with closing(garage.open_car(garage.profile("i5"))) as behind:
        Chat(garage.cabin(behind), behind, "driver", Terminal(out), trace=False).run()
    assert "seat.heating zone=driver level=1 done" in out.getvalue()
    assert "the world of a real car cannot be set" in out.getvalue()
    assert f"{HEATING} = 67" in out.getvalue()
    assert (car.read(HEATING), car.read(SPEED)) == (67, 0.0)


def test_a_session(garage: Garage, car: SimulatedCar):
    sessions = Sessions(garage)
    session = sessions.create("i5")
    assert session.say("打开主驾座椅加热").outcome == "done"
    assert car.read(HEATING) == 33
    with pytest.raises(NotWritable):
        session.set(SPEED, 5)
    sessions.close(session.id)
    with pytest.raises(CarUnreachable):
        session.car.snapshot()


def test_a_case(garage: Garage, car: SimulatedCar):
    result = run_open(Case(id=1, turns=["打开主驾座椅加热", "再高一档"]), garage)
    assert [turn.outcome for turn in result.turns] == ["done", "done"]
    assert result.signals == {HEATING: 67}
    assert car.read(HEATING) == 67


def test_the_example_of_the_documentation(
    server: KuksaServer, car: SimulatedCar, capsys: pytest.CaptureFixture[str]
):
    page = Path(__file__).parents[3] / "docs" / "kuksa.md"
    example = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    exec(example.replace("127.0.0.1:55555", server.address), {})
    assert capsys.readouterr().out == "主驾座椅加热已开到一档。\n"
    assert car.read(HEATING) == 33
