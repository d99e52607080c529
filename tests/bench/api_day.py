"""A day of traffic: simulated hours with faults in the cars and connections that break.

Every turn that was stored is held against what its car saw: a witness beside the server writes
down what each car was asked for and went through while the turn ran. Nothing may be lost, nothing
done twice, and nothing claimed that did not happen (``fujia.mismatches``).
"""

import http.client
import json
import socket
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import uvicorn

from fujia import SimulatedCar, Turn, Value, mismatches
from fujia.serve.app import create_app
from fujia.serve.event import Event, TurnRecord
from fujia.serve.gate import Guard
from fujia.serve.limits import Limits
from fujia.serve.server import listen
from fujia.serve.session import Session
from fujia.serve.sessions import Sessions
from fujia.serve.store import Store
from fujia.vehicle.fault import FaultKind

KINDS: tuple[FaultKind, ...] = ("silent", "refuses", "blocked", "offline")
PAUSE_S = 60.0
"""Simulated seconds between two turns of a car, on average."""
_WORLD: dict[str, Sequence[Value]] = {
    "Vehicle.Speed": (0.0, 0.0, 30.0, 80.0, 120.0),
    "Vehicle.Body.Raindetection.Intensity": (0, 0, 60),
    "Vehicle.Exterior.LightIntensity": (100.0, 5.0),
    "Vehicle.Exterior.AirTemperature": (-5.0, 22.0, 35.0),
}


@dataclass
class Seen:
    """What a car saw of one turn."""

    before: dict[str, Value]
    since: float
    begun: int = 0
    after: dict[str, Value] = field(default_factory=dict[str, Value])
    asked: list[tuple[str, Value]] = field(default_factory=list[tuple[str, Value]])
    moved: list[tuple[str, Value]] = field(default_factory=list[tuple[str, Value]])


class Witness:
    """Sits in one car, behind its faults, and writes down every turn."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.car: SimulatedCar = session.simulated()
        self.turns: dict[str, Seen] = {}
        self.actuations = 0
        self._count_actuations()
        session.subscribe(self.heard)

    def heard(self, event: Event) -> None:
        """Note when a turn begins."""
        if event.turn_id is None or event.kind == "signal":
            return
        seen = self.turns.setdefault(event.turn_id, Seen(self._values(), self.car.now))
        seen.begun += event.kind == "heard"

    def kept(self, record: TurnRecord) -> None:
        """Note how a turn ended."""
        seen = self.turns[record.id]
        seen.after = self._values()
        log, asked = self.car.log, self.car.actuations
        seen.moved = [(one.path, one.new) for one in log if one.time >= seen.since]
        seen.asked = [(one.path, one.value) for one in asked if one.time >= seen.since]

    def _values(self) -> dict[str, Value]:
        world = self.car._world  # pyright: ignore[reportPrivateUsage]
        return dict(world.values)

    def _count_actuations(self) -> None:
        log = self.car._actuations  # pyright: ignore[reportPrivateUsage]
        witness = self

        class Counted(type(log)):
            def append(self, one: Any) -> None:
                witness.actuations += 1
                super().append(one)

        self.car._actuations = Counted(log, log.maxlen)  # pyright: ignore[reportPrivateUsage]


class Day:
    """The server of one day in this process, and its witnesses."""

    def __init__(self, folder: str) -> None:
        self.store = Store(f"sqlite:///{folder}/turns.db")
        self.witnesses: dict[str, Witness] = {}
        self.sessions = Sessions(keeper=self._keep)
        guard = Guard(limits=Limits(requests_a_second=0))
        self.app = create_app(self.sessions, self.store, guard=guard)
        self.listening = listen("127.0.0.1", 0)
        self.port = int(self.listening.getsockname()[1])
        # Time passes only as the day says: the housekeeping of a served house is left out.
        self.server = uvicorn.Server(uvicorn.Config(self.app, lifespan="off", log_config=None))
        self.tally: Counter[str] = Counter()
        self.found: list[str] = []

    def open(self) -> Witness:
        """One more car."""
        session = self.sessions.create(keep_words=True)
        witness = self.witnesses[session.id] = Witness(session)
        return witness

    def _keep(self, session: Session, record: TurnRecord) -> None:
        self.witnesses[session.id].kept(record)
        self.store.keep(session, record)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Serve while the block runs."""
        thread = threading.Thread(target=self.server.run, args=([self.listening],))
        thread.start()
        try:
            yield
        finally:
            self.server.should_exit = True
            thread.join()


class Traffic:
    """What one car's people do all day; ``seed`` makes it the same every time."""

    def __init__(self, day: Day, said: Sequence[str], seed: int) -> None:
        self.day = day
        self.said = said
        self.random = Random(seed)
        self.witness = day.open()
        self.asked: dict[str, str] = {}
        self.tally: Counter[str] = Counter()

    def run(self, hours: float) -> None:
        """Talk, drive, break and repair the car until the hours are over."""
        end = self.witness.car.now + hours * 3600
        while self.witness.car.now < end:
            self._turn()
            self.witness.session.pass_time(1.0)
            self.witness.car.advance(self.random.uniform(1.0, 2 * PAUSE_S))
            self._change_the_world()
            self.witness.car.advance(1.0)

    def _turn(self) -> None:
        turn_id = f"turn-{len(self.asked)}"
        text = self.asked[turn_id] = self.random.choice(self.said)
        seat = self.random.choice(("driver", "driver", "passenger", "rear_left"))
        given = {"text": text, "id": turn_id, "seat": seat}
        while self.random.random() < 0.15:
            self._drop(given)
            self.tally["dropped connections"] += 1
        self._ask(given)

    def _change_the_world(self) -> None:
        if self.random.random() < 0.3:
            path = self.random.choice(tuple(_WORLD))
            self._request("PUT", f"/signals/{path}", {"value": self.random.choice(_WORLD[path])})
        if self.random.random() < 0.15:
            self._request("DELETE", "/faults")
        if self.random.random() < 0.1:
            paths = sorted(self.witness.car.profile.signals)
            fault = {"pattern": self.random.choice(paths), "kind": self.random.choice(KINDS)}
            self._request("POST", "/faults", fault)
            self.tally["faults"] += 1

    def _drop(self, given: dict[str, str]) -> None:
        """Ask, and be gone before the answer: at once, or with half of the request sent."""
        body = json.dumps(given).encode()
        head = (
            f"POST {self._path('/turns')} HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        whole = head + body
        sent = whole if self.random.random() < 0.7 else whole[: len(whole) // 2]
        with socket.create_connection(("127.0.0.1", self.day.port)) as connection:
            connection.sendall(sent)

    def _ask(self, given: dict[str, str]) -> None:
        answer = self._request("POST", "/turns", given)
        self.tally[f"answered: {answer['outcome']}"] += 1

    def _request(self, method: str, path: str, content: object = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.day.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        body = None if content is None else json.dumps(content)
        connection.request(method, self._path(path), body, headers)
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        # A car that is offline still has its world set; only reading it fails.
        if answer.status >= 400 and answer.status != 503:
            raise RuntimeError(f"{method} {path} {content}: {read.decode()}")
        return json.loads(read) if read else None

    def _path(self, path: str) -> str:
        return f"/v1/sessions/{self.witness.session.id}{path}"


def check(traffic: Traffic, store: Store) -> dict[str, list[str]]:
    """What is wrong with a car's day: turns lost, done twice, or claimed and not done."""
    witness, session = traffic.witness, traffic.witness.session
    stored = {each.id: each.restore() for each in store.latest(session.id, limit=10**9)}
    lost = [f"{each} was answered and not stored" for each in traffic.asked if each not in stored]
    double = [
        f"{turn_id} ran {seen.begun} times"
        for turn_id, seen in witness.turns.items()
        if seen.begun > 1
    ]
    seen = sum(len(each.asked) for each in witness.turns.values())
    if seen > witness.actuations:
        double.append(f"turns were seen to ask for {seen} writes, the car for {witness.actuations}")
    if seen < witness.actuations:
        lost.append(f"the car was asked for {witness.actuations} writes, turns for {seen}")
    wrong = [
        f"{turn_id} {turn.said!r}: {why}"
        for turn_id, turn in stored.items()
        for why in _mismatches(turn, witness.turns[turn_id], witness)
    ]
    return {"lost": lost, "double": double, "mismatches": wrong}


def _mismatches(turn: Turn, seen: Seen, witness: Witness) -> list[str]:
    return mismatches(turn, witness.car.profile, seen.before, seen.after, seen.asked, seen.moved)


def measure(said: Sequence[str], cars: int, hours: float) -> dict[str, Any]:
    """A day of so many cars, each for so many simulated hours."""
    with tempfile.TemporaryDirectory() as folder:
        day = Day(folder)
        traffic = [Traffic(day, said, seed) for seed in range(cars)]
        with day.running(), ThreadPoolExecutor(cars) as people:
            for over in [people.submit(each.run, hours) for each in traffic]:
                over.result()
        found = [check(each, day.store) for each in traffic]
        result = {
            "cars": cars,
            "simulated_hours": hours,
            "turns": day.store.count(),
            "writes": sum(each.witness.actuations for each in traffic),
            "what_happened": dict(sum((each.tally for each in traffic), Counter()).most_common()),
            **{name: [why for each in found for why in each[name]] for name in found[0]},
        }
        day.sessions.close_all()
        day.store.close()
    return result
