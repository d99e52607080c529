"""A car behind a KUKSA databroker (``kuksa.val.v2``): what is forwarded is read back."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

import grpc
import kuksa.val.v2.types_pb2 as types
import kuksa.val.v2.val_pb2 as val

from fujia.errors import (
    ActuationRejected,
    CarError,
    CarUnreachable,
    NotWritable,
    SignalValueError,
    UnknownSignal,
)
from fujia.vehicle.car import Car, Listener, Write
from fujia.vehicle.kuksa import wire
from fujia.vehicle.kuksa.connection import Connection
from fujia.vehicle.kuksa.feed import Feed, code_of
from fujia.vehicle.profile import Profile
from fujia.vehicle.signal import Value


class _Bounds(TypedDict):
    timeout: float
    metadata: tuple[tuple[str, str], ...]


_DENIED = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED)


class KuksaCar(Car):
    """Any KUKSA databroker as a car.

    The constructor does not wait: while the broker is away every call raises CarUnreachable, and
    when it comes, or comes back, the car is there. ``profile`` is the given one without what the
    broker lacks. A signal without a value is not in a snapshot.

    ``timeout_s`` bounds every single call, and how long a call waits for a broker that is away.
    ``patience_s``: ``wait_for`` gives up when nothing that it waits for has changed for so long.
    """

    def __init__(
        self,
        profile: Profile,
        connection: Connection,
        *,
        timeout_s: float = 2.0,
        patience_s: float = 3.0,
    ) -> None:
        self._connection = connection
        self._timeout_s = timeout_s
        self._patience_s = patience_s
        self._feed = Feed(profile, connection, timeout_s)

    @property
    def profile(self) -> Profile:  # pyright: ignore[reportIncompatibleVariableOverride]
        """The vehicle, without what the broker lacks."""
        return self._feed.profile

    def close(self) -> None:
        """End the connection; the car is out of reach from now on."""
        self._feed.close()

    def snapshot(self) -> dict[str, Value]:
        """Every value that the broker has now, asked for anew."""
        self._feed.await_online()
        return self._get(tuple(self.profile.signals))

    def read(self, path: str) -> Value:
        """The value that one signal has now; raises UnknownSignal, CarError or CarUnreachable."""
        self._feed.await_online()
        self.profile.signal(path)
        values = self._get((path,))
        if path not in values:
            raise CarError(f"{path} has no value: nobody provides it")
        return values[path]

    def actuate(self, writes: Sequence[Write]) -> None:
        """Forward the writes, all or none of them."""
        self._feed.await_online()
        requests = [self._request(write) for write in writes]
        if not requests:
            return
        try:
            if len(requests) == 1:
                self._feed.stub.Actuate(requests[0], **self._bounds())
            else:
                batch = val.BatchActuateRequest(actuate_requests=requests)
                self._feed.stub.BatchActuate(batch, **self._bounds())
        except grpc.RpcError as error:
            raise self._explained(error, writes) from None

    def wait_for(self, expected: Mapping[str, Value], timeout_s: float = 30.0) -> dict[str, Value]:
        """Wait in real time; what the broker has no value for is left out of the answer."""
        wanted = {path: self.profile.signal(path).check(value) for path, value in expected.items()}
        feed, deadline = self._feed, time.monotonic() + timeout_s
        with feed.mirror.waiting(wanted) as wait, feed.mirror.changed:
            while wait.reached is None:
                now, since = time.monotonic(), feed.online_since
                if since is None:
                    end = feed.hoped_until
                    if now >= end:
                        raise feed.unreachable()
                else:
                    end = min(deadline, max(since, wait.moved_at) + self._patience_s)
                    if now >= end:
                        break
                feed.mirror.changed.wait(end - now)
        return self._get(tuple(wanted)) if wait.reached is None else wait.reached

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` on every change, in a thread of the car's own."""
        return self._feed.mirror.subscribe(listener)

    def _get(self, paths: Sequence[str]) -> dict[str, Value]:
        """Values asked for now; raises CarUnreachable."""
        request = val.GetValuesRequest(signal_ids=[types.SignalID(path=path) for path in paths])
        try:
            answer = self._feed.stub.GetValues(request, **self._bounds())
        except (grpc.RpcError, ValueError):  # ValueError: the channel is closed
            raise self._feed.unreachable() from None
        readings = list(self._feed.readings(zip(paths, answer.data_points, strict=True)))
        self._feed.mirror.take(readings)
        return {path: value for path, _, value in readings if value is not None}

    def _request(self, write: Write) -> val.ActuateRequest:
        signal = self.profile.signal(write.path)
        self.profile.signal(write.read_path)
        if signal.kind != "actuator":
            raise NotWritable(f"{write.path} is a {signal.kind} and cannot be actuated")
        value = wire.pack(self._feed.datatypes[write.path], signal.check(write.value))
        return val.ActuateRequest(signal_id=types.SignalID(path=write.path), value=value)

    def _explained(self, error: grpc.RpcError, writes: Sequence[Write]) -> Exception:
        """What a failed actuation means for a caller."""
        code, path = code_of(error), writes[0].path
        details = str(getattr(error, "details", lambda: "")() or code.name)
        if code is grpc.StatusCode.INVALID_ARGUMENT:
            return SignalValueError(f"the broker refused the value: {details}")
        if code is grpc.StatusCode.NOT_FOUND:
            return UnknownSignal(f"the broker does not know the signal: {details}")
        if code in _DENIED:
            return ActuationRejected(path, f"the broker does not permit it: {details}")
        # No provider and no broker share one status; only the broker can still be asked something.
        is_there = code is grpc.StatusCode.UNAVAILABLE and self._answers()
        if is_there or code is grpc.StatusCode.DATA_LOSS:
            return ActuationRejected(path, f"nobody carries it out: {details}")
        return CarUnreachable(f"the broker at {self._connection.target}: {details}")

    def _answers(self) -> bool:
        try:
            self._feed.stub.GetServerInfo(val.GetServerInfoRequest(), **self._bounds())
        except grpc.RpcError:
            return False
        return True

    def _bounds(self) -> _Bounds:
        return {"timeout": self._timeout_s, "metadata": self._connection.metadata}
