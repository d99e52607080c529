"""How fast KUKSA is, both ways: calls, 1,000 subscriptions, and a turn behind a broker.

Run ``python -m tests.bench.kuksa``; it writes ``bench/results/f3_kuksa.json``. The server is a
process of its own, on the same machine; times are wall times of one client.
"""

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import grpc
import kuksa.val.v2.types_pb2 as types
import kuksa.val.v2.val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub
from rich.console import Console
from rich.table import Table

from fujia import Cabin, load_profile
from fujia.foundry.costs import machine
from fujia.vehicle.kuksa import wire
from fujia.vehicle.kuksa.car import KuksaCar
from fujia.vehicle.kuksa.connection import Connection
from tests.bench.latency import Times

RESULT = Path("bench/results/f3_kuksa.json")
COMMAND = "python -m tests.bench.kuksa"
SPEED = "Vehicle.Speed"
HEATING = "Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling"
WARM_UP = 20

_SERVER = """
import sys
from fujia.serve.kuksa.server import serve_kuksa
from fujia.vehicle import SimulatedCar, load_profile
server = serve_kuksa(SimulatedCar(load_profile("i5")), port=0)
print(server.port, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def serving() -> Generator[int]:
    """A simulated i5 behind a server in a process of its own; its port."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait()


def timed(act: Callable[[int], object], count: int) -> Times:
    """Times of ``act``, called with 0, 1, 2, ... after a warm-up."""
    for number in range(WARM_UP):
        act(number)
    times: list[float] = []
    for number in range(count):
        start = time.perf_counter()
        act(number)
        times.append((time.perf_counter() - start) * 1000)
    return Times.of(times)


def calls(stub: VALStub, count: int) -> dict[str, Any]:
    """One call after the other."""
    speed, heating = types.SignalID(path=SPEED), types.SignalID(path=HEATING)
    paths = [types.SignalID(path=path) for path in load_profile("i5").signals]

    def publish(number: int) -> object:
        point = types.Datapoint(value=wire.pack("float", float(number % 200)))
        return stub.PublishValue(val.PublishValueRequest(signal_id=speed, data_point=point))

    def actuate(number: int) -> object:
        value = wire.pack("int8", number % 100)
        return stub.Actuate(val.ActuateRequest(signal_id=heating, value=value))

    acts: dict[str, Callable[[int], object]] = {
        "GetValue": lambda _: stub.GetValue(val.GetValueRequest(signal_id=speed)),
        f"GetValues of {len(paths)}": lambda _: stub.GetValues(
            val.GetValuesRequest(signal_ids=paths)
        ),
        "PublishValue": publish,
        "Actuate": actuate,
    }
    return {name: asdict(timed(act, count)) for name, act in acts.items()}


def subscriptions(stub: VALStub, subscribers: int, changes: int) -> dict[str, Any]:
    """From publishing a value until the first, and until the last subscriber has it."""
    request = val.SubscribeRequest(signal_paths=[SPEED], buffer_size=10)
    opened = time.perf_counter()
    streams = [stub.Subscribe(request) for _ in range(subscribers)]
    for stream in streams:
        next(stream)
    open_s = time.perf_counter() - opened
    firsts: list[float] = []
    lasts: list[float] = []
    for number in range(1, changes + 1):
        point = types.Datapoint(value=wire.pack("float", float(number)))
        start = time.perf_counter()
        stub.PublishValue(
            val.PublishValueRequest(signal_id=types.SignalID(path=SPEED), data_point=point)
        )
        for position, stream in enumerate(streams):
            response = next(stream)
            assert wire.take(response.entries[SPEED].value) == float(number)
            if position == 0:
                firsts.append((time.perf_counter() - start) * 1000)
        lasts.append((time.perf_counter() - start) * 1000)
    for stream in streams:
        stream.cancel()
    return {
        "subscribers": subscribers,
        "open_s": round(open_s, 3),
        "first_ms": asdict(Times.of(firsts)),
        "last_ms": asdict(Times.of(lasts)),
        "messages_a_second": round(subscribers / (statistics.median(lasts) / 1000)),
    }


def turns(port: int, count: int) -> dict[str, Any]:
    """Whole turns, read back through the broker; the car's clock ticks ten times a second."""
    with closing(KuksaCar(load_profile("i5"), Connection("127.0.0.1", port))) as car:
        car.snapshot()
        heard = threading.Event()
        end = car.subscribe(lambda path, value: heard.set())
        cabin = Cabin(car=car)
        said = ("主驾座椅加热一档", "主驾座椅加热二档")
        result = {
            "snapshot_ms": asdict(timed(lambda _: car.snapshot(), count)),
            "turn_ms": asdict(timed(lambda number: cabin.say(said[number % 2]), count // 5)),
        }
        end()
        assert heard.is_set()
        return result


def measure(count: int = 500, subscribers: int = 1000) -> dict[str, Any]:
    """Every figure as plain data."""
    with serving() as port, grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = VALStub(channel)
        return {
            "command": COMMAND,
            "machine": machine(),
            "calls_ms": calls(stub, count),
            "subscriptions": [subscriptions(stub, each, 20) for each in (1, subscribers)],
            "car": turns(port, count),
        }


def tables(result: dict[str, Any]) -> list[Table]:
    """The figures as tables."""
    times = Table("milliseconds", "count", "p50", "p95", "max", title="KUKSA calls")
    rows = {**result["calls_ms"], "KuksaCar.snapshot": result["car"]["snapshot_ms"],
            "turn behind a broker": result["car"]["turn_ms"]}  # fmt: skip
    for name, figures in rows.items():
        times.add_row(name, *(str(value) for value in figures.values()))
    spread = Table("subscribers", "open", "first p95", "last p50", "last p95", "messages/s",
                   title="From a published value to its subscribers")  # fmt: skip
    for each in result["subscriptions"]:
        spread.add_row(
            str(each["subscribers"]), f"{each['open_s']} s", f"{each['first_ms']['p95']} ms",
            f"{each['last_ms']['p50']} ms", f"{each['last_ms']['p95']} ms",
            str(each["messages_a_second"]),
        )  # fmt: skip
    return [times, spread]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the result."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="calls of each kind")
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args(arguments)
    result = measure(options.count, options.subscribers)
    console = Console()
    for table in tables(result):
        console.print(table)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=2)
    options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
