"""Following a broker: which signals it has, and every change of them, also after it was away."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Event, Thread
from typing import cast

import grpc
import kuksa.val.v2.types_pb2 as types
import kuksa.val.v2.val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub

from fujia.errors import CarUnreachable, SignalValueError
from fujia.vehicle.kuksa import wire
from fujia.vehicle.kuksa.connection import Connection
from fujia.vehicle.kuksa.mirror import Mirror, Reading
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Signal, Value

_log = logging.getLogger(__name__)

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 1.0
_BUFFER = 100
"""Messages that the broker keeps for us while we are slow."""

_REASONS = {
    grpc.StatusCode.UNAUTHENTICATED: "does not accept the token",
    grpc.StatusCode.PERMISSION_DENIED: "does not permit reading the car's signals",
    grpc.StatusCode.UNIMPLEMENTED: "does not speak kuksa.val.v2",
}


def code_of(error: grpc.RpcError) -> grpc.StatusCode:
    """The status of a call that failed."""
    return cast(grpc.Call, error).code()


class Feed:
    """A thread that holds a subscription to all signals of a profile, and renews it."""

    def __init__(self, profile: Profile, connection: Connection, timeout_s: float) -> None:
        self.mirror = Mirror()
        self.datatypes: Mapping[str, str] = {}
        """The broker's datatype of each signal that it shares with the profile."""
        self.profile = profile
        """The part of the vehicle that the broker knows; all of it until it was asked."""
        self._whole = profile
        self._connection = connection
        self._timeout_s = timeout_s
        self._channel = connection.open()
        self.stub = VALStub(self._channel)
        self._problem = "does not answer"
        self._online_since: float | None = None
        self._was_there = False
        self._hoped_until = time.monotonic() + timeout_s
        self._end = Event()
        self._stream: grpc.Call | None = None
        self._thread = Thread(target=self._run, name="kuksa-feed", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and the connection."""
        self._end.set()
        if self._stream is not None:
            self._stream.cancel()
        self._channel.close()
        self._thread.join()
        self.mirror.notify()

    @property
    def online_since(self) -> float | None:
        """Since when the broker is followed (monotonic clock); None while it is away."""
        return self._online_since

    @property
    def hoped_until(self) -> float:
        """Until when a call waits for a broker that is away (monotonic clock).

        A broker that was there may be back at once; one that never was is not waited for.
        """
        return self._hoped_until

    def unreachable(self) -> CarUnreachable:
        """The error that says why the car is out of reach."""
        problem = "is not asked any more: closed" if self._end.is_set() else self._problem
        return CarUnreachable(f"the broker at {self._connection.target} {problem}")

    def await_online(self) -> None:
        """Wait for a broker that may be back at once; raises CarUnreachable."""
        with self.mirror.changed:
            while self._online_since is None:
                left = self._hoped_until - time.monotonic()
                if left <= 0 or self._end.is_set():
                    raise self.unreachable()
                self.mirror.changed.wait(left)

    def readings(self, points: Iterable[tuple[str, types.Datapoint]]) -> Iterator[Reading]:
        """Data points as readings; a value that the profile does not take counts as unknown."""
        for path, point in points:
            signal = self.profile.signals.get(path)
            if signal is not None:
                moment = point.timestamp.seconds * 1_000_000_000 + point.timestamp.nanos
                yield path, moment, _value(signal, point)

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        while not self._end.is_set():
            try:
                self._learn()
                pause = _FIRST_PAUSE_S
                self._follow()
            except grpc.RpcError as error:
                self._lose(_REASONS.get(code_of(error), "does not answer"))
            except _NothingShared as error:
                self._lose(str(error))
            except ValueError:  # the channel was closed in the middle of a call
                return
            self._end.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_S)

    def _learn(self) -> None:
        """Ask which signals the broker has, and narrow the profile to them."""
        request = val.ListMetadataRequest(root="Vehicle")
        answer = self.stub.ListMetadata(
            request, timeout=self._timeout_s, metadata=self._connection.metadata
        )
        signals: dict[str, Signal] = {}
        datatypes: dict[str, str] = {}
        for entry in answer.metadata:
            signal = self._whole.signals.get(entry.path)
            if signal is not None:
                kind = wire.kind_name(entry.entry_type) or signal.kind
                signals[entry.path] = signal if kind == signal.kind else replace(signal, kind=kind)
                datatypes[entry.path] = wire.datatype_name(entry.data_type)
        if not signals:
            raise _NothingShared(f"has no signal of {self._whole.id}")
        self.datatypes = datatypes
        self.profile = replace(self._whole, signals=signals)

    def _follow(self) -> None:
        """Take every change until the stream ends; raises RpcError."""
        request = val.SubscribeRequest(signal_paths=list(self.profile.signals), buffer_size=_BUFFER)
        self._stream = stream = self.stub.Subscribe(request, metadata=self._connection.metadata)
        self.mirror.forget_times()
        for response in stream:
            self.mirror.take(self.readings(response.entries.items()))
            if self._online_since is None:
                self._online_since, self._was_there = time.monotonic(), True
                _log.info("following the broker at %s", self._connection.target)
                self.mirror.notify()
        self._lose("does not answer")

    def _lose(self, problem: str) -> None:
        self._problem = problem
        if self._online_since is not None:
            _log.info("lost the broker at %s", self._connection.target)
            self._hoped_until = time.monotonic() + self._timeout_s
        elif not self._was_there:
            self._hoped_until = time.monotonic()
        self._online_since = None
        self.mirror.notify()


class _NothingShared(Exception):
    """The broker has none of the profile's signals."""


def _value(signal: Signal, point: types.Datapoint) -> Value | None:
    value = wire.take(point.value)
    try:
        return None if value is None else signal.check(value)
    except SignalValueError as error:
        _log.debug("not a value of this vehicle: %s", error)
        return None
