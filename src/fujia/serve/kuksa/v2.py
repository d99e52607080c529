"""The calls of ``kuksa.val.v2``."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

import kuksa.val.v2.types_pb2 as types
import kuksa.val.v2.val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALServicer

from fujia import __version__
from fujia.serve.kuksa.board import Point, Points, Slot
from fujia.serve.kuksa.broker import Broker, readable
from fujia.serve.kuksa.calls import Desk, answering, invalid, streaming
from fujia.serve.kuksa.metadata import metadata_v2
from fujia.serve.kuksa.provider import serve_provider
from fujia.serve.kuksa.tokens import Permissions
from fujia.vehicle.kuksa import wire
from fujia.vehicle.signal import Value

SERVER_NAME = "fujia"


class CallsV2(Desk, VALServicer):
    """Protocol v2."""

    @answering
    async def GetValue(  # noqa: N802
        self, request: val.GetValueRequest, permissions: Permissions
    ) -> val.GetValueResponse:
        """The latest value of a signal."""
        path = path_of(self.broker, request.signal_id)
        permissions.check("read", path)
        return val.GetValueResponse(data_point=self._datapoint(path, self.broker.value(path)))

    @answering
    async def GetValues(  # noqa: N802
        self, request: val.GetValuesRequest, permissions: Permissions
    ) -> val.GetValuesResponse:
        """The latest values of several signals, in their order."""
        paths = [path_of(self.broker, signal_id) for signal_id in request.signal_ids]
        if not paths:
            raise invalid("no signal was named")
        for path in paths:
            permissions.check("read", path)
        points = [self._datapoint(path, self.broker.value(path)) for path in paths]
        return val.GetValuesResponse(data_points=points)

    @streaming
    async def Subscribe(  # noqa: N802
        self, request: val.SubscribeRequest, permissions: Permissions
    ) -> AsyncGenerator[val.SubscribeResponse]:
        """Every change of signals, beginning with their values now."""
        paths = [self.broker.signal(path).path for path in request.signal_paths]
        async for points in self._changes(paths, request.buffer_size, request.filter, permissions):
            entries = {
                slot.path: self._datapoint(slot.path, point) for slot, point in points.items()
            }
            yield val.SubscribeResponse(entries=entries)

    @streaming
    async def SubscribeById(  # noqa: N802
        self, request: val.SubscribeByIdRequest, permissions: Permissions
    ) -> AsyncGenerator[val.SubscribeByIdResponse]:
        """The same, with ids in place of paths."""
        paths = [self.broker.path(number) for number in request.signal_ids]
        async for points in self._changes(paths, request.buffer_size, request.filter, permissions):
            entries = {
                self.broker.number(slot.path): self._datapoint(slot.path, point)
                for slot, point in points.items()
            }
            yield val.SubscribeByIdResponse(entries=entries)

    @answering
    async def Actuate(  # noqa: N802
        self, request: val.ActuateRequest, permissions: Permissions
    ) -> val.ActuateResponse:
        """Forward one actuation."""
        await self._actuate([request], permissions)
        return val.ActuateResponse()

    @answering
    async def ActuateStream(  # noqa: N802
        self, request: AsyncIterator[val.ActuateRequest], permissions: Permissions
    ) -> val.ActuateResponse:
        """Forward one actuation after the other; the first that is wrong ends it."""
        async for each in request:
            await self._actuate([each], permissions)
        return val.ActuateResponse()

    @answering
    async def BatchActuate(  # noqa: N802
        self, request: val.BatchActuateRequest, permissions: Permissions
    ) -> val.BatchActuateResponse:
        """Forward several actuations, or none of them."""
        await self._actuate(request.actuate_requests, permissions)
        return val.BatchActuateResponse()

    @answering
    async def ListMetadata(  # noqa: N802
        self, request: val.ListMetadataRequest, permissions: Permissions
    ) -> val.ListMetadataResponse:
        """What the signals at and below a root are; ``filter`` is not considered."""
        signals = readable(permissions, self.broker.find(request.root))
        entries = [metadata_v2(signal, self.broker.number(signal.path)) for signal in signals]
        return val.ListMetadataResponse(metadata=entries)

    @answering
    async def PublishValue(  # noqa: N802
        self, request: val.PublishValueRequest, permissions: Permissions
    ) -> val.PublishValueResponse:
        """Let a signal have a value."""
        path = path_of(self.broker, request.signal_id)
        permissions.check("provide", path)
        value = wire.take_as(self.broker.signal(path), request.data_point.value)
        await self.broker.publish(path, value)
        return val.PublishValueResponse()

    @streaming
    def OpenProviderStream(  # noqa: N802
        self, request: AsyncIterator[val.OpenProviderStreamRequest], permissions: Permissions
    ) -> AsyncGenerator[val.OpenProviderStreamResponse]:
        """A provider of actuators and values attaches itself."""
        return serve_provider(self.broker, request, permissions)

    @answering
    async def GetServerInfo(  # noqa: N802
        self, request: val.GetServerInfoRequest, permissions: Permissions
    ) -> val.GetServerInfoResponse:
        """Name and version."""
        return val.GetServerInfoResponse(name=SERVER_NAME, version=__version__)

    async def _actuate(
        self, requests: Sequence[val.ActuateRequest], permissions: Permissions
    ) -> None:
        wanted: list[tuple[str, Value]] = []
        for each in requests:
            path = path_of(self.broker, each.signal_id)
            permissions.check("actuate", path)
            wanted.append((path, wire.take_as(self.broker.signal(path), each.value)))
        if not wanted:
            raise invalid("no actuation was requested")
        await self.broker.actuate(wanted)

    async def _changes(
        self,
        paths: Sequence[str],
        buffer: int,
        only: types.Filter,
        permissions: Permissions,
    ) -> AsyncGenerator[Points]:
        """The points of signals now, and every change of them."""
        if not paths:
            raise invalid("no signal was named")
        for path in paths:
            permissions.check("read", path)
        slots = [Slot(path) for path in dict.fromkeys(paths)]
        subscription = self.broker.follow(slots, buffer)
        try:
            yield {slot: self.broker.point(slot) for slot in slots}
            while True:
                # Whoever wants few samples gets the latest ones of the time in between.
                await asyncio.sleep(only.min_sample_interval.interval_ms / 1000)
                yield await subscription.take()
        finally:
            self.broker.leave(subscription, slots)

    def _datapoint(self, path: str, point: Point) -> types.Datapoint:
        message = types.Datapoint()
        if point.value is not None:
            wire.put(message.value, self.broker.signal(path).datatype, point.value)
            message.timestamp.FromNanoseconds(point.time_ns)
        return message


def path_of(broker: Broker, signal_id: types.SignalID) -> str:
    """The path of a known signal; raises UnknownSignal or Refusal."""
    named = signal_id.WhichOneof("signal")
    if named is None or (named == "path" and not signal_id.path):
        raise invalid("no signal was named")
    return broker.path(signal_id.id) if named == "id" else broker.signal(signal_id.path).path
