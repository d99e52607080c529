"""The unmodified kuksa-client, library and command line, against this server."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kuksa_client.grpc import Datapoint, MetadataField, VSSClient, VSSClientError

from fujia import Cabin
from fujia.serve.kuksa.server import KuksaServer, serve_kuksa
from fujia.vehicle import SimulatedCar
from fujia.vehicle.kuksa.car import KuksaCar
from fujia.vehicle.kuksa.connection import Connection
from tests.serve.kuksa.asking import LACKING, LIGHTS, SPEED, WINDOW, actuation

PROVIDER = Path(__file__).with_name("window_provider.py")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def client(server: KuksaServer) -> Iterator[VSSClient]:
    with VSSClient(server.host, server.port) as client:
        yield client


def refused(call: Callable[..., object], *arguments: object) -> VSSClientError:
    with pytest.raises(VSSClientError) as caught:
        call(*arguments)
    return caught.value


def test_get_and_set(client: VSSClient, car: SimulatedCar):
    assert client.get_server_info().name == "fujia"
    assert client.get_current_values([SPEED, WINDOW])[WINDOW].value == 0
    client.set_current_values({SPEED: Datapoint(42.5), LIGHTS: Datapoint("BEAM")})
    assert client.get_current_values([SPEED])[SPEED].value == 42.5
    assert (car.read(SPEED), car.read(LIGHTS)) == (42.5, "BEAM")


def test_metadata(client: VSSClient):
    found = client.get_metadata([WINDOW, LIGHTS], MetadataField.ALL)
    assert found[WINDOW].unit == "percent"
    assert (found[WINDOW].value_restriction.min, found[WINDOW].value_restriction.max) == (0, 100)
    assert "BEAM" in found[LIGHTS].value_restriction.allowed_values
    assert len(client.get_metadata(["**"])) > 1263


def test_targets_stay_apart_from_actuations(client: VSSClient, car: SimulatedCar):
    client.set_target_values({WINDOW: Datapoint(50)})
    assert client.get_target_values([WINDOW])[WINDOW].value == 50
    car.settle()
    assert car.read(WINDOW) == 0


def test_errors(client: VSSClient):
    unknown = refused(client.get_current_values, ["Vehicle.Warp"])
    assert unknown.error["code"] == 404
    wrong = refused(client.set_current_values, {LIGHTS: Datapoint("DISCO")})
    assert (wrong.error["code"], wrong.error["reason"]) == (3, "invalid argument")
    beyond = refused(client.set_target_values, {WINDOW: Datapoint(101)})
    assert beyond.errors[0]["error"]["code"] == 400
    assert refused(client.set_target_values, {SPEED: Datapoint(1)}).errors


def test_subscriptions_to_a_signal_and_to_a_branch(client: VSSClient, car: SimulatedCar):
    updates = client.subscribe_current_values([SPEED])
    assert next(updates)[SPEED].value == 0.0
    car.set(SPEED, 7)
    assert next(updates)[SPEED].value == 7.0
    branch = client.subscribe_current_values([WINDOW.rpartition(".")[0]])
    assert len(next(branch)) == 3
    car.set(WINDOW, 20)
    assert next(branch)[WINDOW].value == 20


def test_a_provider_stream(client: VSSClient, server: KuksaServer, car: SimulatedCar):
    requests = client.subscribe_target_values([WINDOW])
    with VSSClient(server.host, server.port) as app:
        deadline = time.monotonic() + 60
        received: list[object] = []
        listening = threading.Thread(
            target=lambda: received.append(next(requests)[WINDOW].value), daemon=True
        )
        listening.start()
        while not received and time.monotonic() < deadline:
            app.client_stub_v2.Actuate(actuation(WINDOW, "uint8", 60))
            time.sleep(0.05)
    assert received == [60]


def shell(server: KuksaServer, folder: Path, *lines: str) -> str:
    """What the command line prints for some commands."""
    done = subprocess.run(
        [sys.executable, "-m", "kuksa_client", f"grpc://{server.address}"],
        input="\n".join((*lines, "quit", "")),
        capture_output=True, text=True, cwd=folder, timeout=200, check=True,
        env=os.environ | {"TERM": "dumb", "HOME": str(folder)},
    )  # fmt: skip
    return COLOURS.sub("", done.stdout)


def answers(printed: str) -> list[dict[str, object]]:
    """The JSON objects in what the command line printed."""
    found: list[dict[str, object]] = []
    decoder, position = json.JSONDecoder(), printed.find("{")
    while position >= 0:
        answer, end = decoder.raw_decode(printed, position)
        found.append(answer)
        position = printed.find("{", end)
    return found


def test_the_command_line(server: KuksaServer, car: SimulatedCar, tmp_path: Path):
    printed = shell(
        server, tmp_path,
        f"getValue {SPEED}",
        f"setValue {SPEED} 33",
        f"getValue {SPEED}",
        f"getMetaData {WINDOW}",
        f"setTargetValue {WINDOW} 30",
        f"getTargetValue {WINDOW}",
        f"setValue {LIGHTS} DISCO",
        f"subscribe {SPEED} -f",
        f"setValue {SPEED} 34",
    )  # fmt: skip
    first, second, metadata, target, error, subscription = answers(printed)
    assert (first["value"]["value"], second["value"]["value"]) == (0.0, 33.0)
    assert metadata["metadata"]["value_restriction"] == {"min": 0, "max": 100}
    assert target["actuator_target"]["value"] == 30
    assert error["error"]["reason"] == "invalid argument"
    assert "subscriptionId" in subscription
    assert car.read(SPEED) == 34.0
    assert car.read(WINDOW) == 0


def until_provided(car: KuksaCar, process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    car.snapshot()


@pytest.mark.parametrize(
    ("stalls_at", "reached"), [(None, 100), (40, 40)], ids=["takes its time", "stalls"]
)
def test_a_window_that_another_process_provides(
    car: SimulatedCar, stalls_at: int | None, reached: int
):
    server = serve_kuksa(car, port=0)
    seen = KuksaCar(car.profile, Connection(server.host, server.port), timeout_s=30, patience_s=2.0)
    command = [sys.executable, str(PROVIDER), str(server.port), "0.4", str(stalls_at or "")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        until_provided(seen, process)
        start = time.monotonic()
        turn = Cabin(car=seen).say("打开主驾车窗")
        assert time.monotonic() - start > 0.3
        assert car.read(WINDOW) == reached
        assert turn.outcome == ("done" if reached == 100 else "failed")
        assert ("40" in turn.reply) is (reached == 40)
        assert car.actuations == []  # the car itself was not asked
    finally:
        process.terminate()
        process.wait()
        seen.close()
        server.stop()


def test_nobody_has_it_after_the_provider_died(car: SimulatedCar):
    server = serve_kuksa(car, port=0)
    command = [sys.executable, str(PROVIDER), str(server.port), "0.4", "", LACKING]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        with VSSClient(server.host, server.port) as client:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            request = actuation(LACKING, "uint8", 3)
            client.client_stub_v2.Actuate(request)
            process.kill()
            process.wait()
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                try:
                    client.client_stub_v2.Actuate(request)
                except Exception as error:
                    assert "nobody provides" in str(error)
                    return
                time.sleep(0.05)
            pytest.fail("the dead provider still takes actuations")
    finally:
        process.kill()
        server.stop()
