"""The stream through which a provider from outside takes over actuators and reports values."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress

import kuksa.val.v2.types_pb2 as types
import kuksa.val.v2.val_pb2 as val
from grpc import StatusCode

from fujia.errors import FujiaError, NotWritable
from fujia.serve.kuksa.broker import Broker, Provider, Request
from fujia.serve.kuksa.status import Refusal, refusal_of
from fujia.serve.kuksa.tokens import Permissions
from fujia.vehicle.kuksa import wire

_log = logging.getLogger(__name__)

MOST_WAITING = 100
"""Messages that a provider may leave untaken; actuations beyond that are refused, not kept."""

_CODES = {
    StatusCode.NOT_FOUND: types.ERROR_CODE_NOT_FOUND,
    StatusCode.PERMISSION_DENIED: types.ERROR_CODE_PERMISSION_DENIED,
}


async def serve_provider(
    broker: Broker, requests: AsyncIterator[val.OpenProviderStreamRequest], permissions: Permissions
) -> AsyncGenerator[val.OpenProviderStreamResponse]:
    """Serve one provider until it hangs up; then the car has its actuators back.

    A provider that says no more goes on providing: kuksa-client claims, and only listens from then.

    Raises:
        Refusal, FujiaError: it asked for something that it cannot have.
    """
    stream = ProviderStream(broker, permissions)
    reading = asyncio.create_task(stream.read(requests))
    try:
        while True:
            yield await stream.next(reading)
    finally:
        broker.disclaim(stream)
        reading.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await reading


class ProviderStream(Provider):
    """One provider: what it claimed, and what it has not taken yet."""

    def __init__(self, broker: Broker, permissions: Permissions) -> None:
        self._broker = broker
        self._permissions = permissions
        self._waiting = asyncio.Queue[val.OpenProviderStreamResponse](MOST_WAITING)
        self._signals: set[str] = set()

    def forward(self, requests: Sequence[Request]) -> None:
        """Send actuations to the provider, all in one message."""
        batch = val.BatchActuateStreamRequest()
        for path, value in requests:
            one = batch.actuate_requests.add()
            one.signal_id.id = self._broker.number(path)
            wire.put(one.value, self._broker.signal(path).datatype, value)
        try:
            self._send(val.OpenProviderStreamResponse(batch_actuate_stream_request=batch))
        except asyncio.QueueFull:
            raise Refusal(StatusCode.DATA_LOSS, "the provider does not keep up") from None

    async def next(self, reading: asyncio.Task[None]) -> val.OpenProviderStreamResponse:
        """The next message to the provider; raises what ``reading`` raises."""
        taking = asyncio.create_task(self._waiting.get())
        try:
            await asyncio.wait((taking, reading), return_when=asyncio.FIRST_COMPLETED)
            if not taking.done():
                reading.result()
            return await taking
        finally:
            taking.cancel()

    async def read(self, requests: AsyncIterator[val.OpenProviderStreamRequest]) -> None:
        """Do what the provider asks for, until it says no more.

        Raises:
            Refusal, FujiaError: it cannot have that.
        """
        async for request in requests:
            action = request.WhichOneof("action")
            if action == "provide_actuation_request":
                self._provide_actuation(request.provide_actuation_request)
            elif action == "provide_signal_request":
                self._provide_signals(request.provide_signal_request)
            elif action == "publish_values_request":
                await self._publish(request.publish_values_request)
            elif action == "provider_error_indication" and not self._signals:
                raise Refusal(StatusCode.ABORTED, "the provider has not claimed any signal")
            else:
                _log.debug("a provider reports: %s", action)

    def _provide_actuation(self, request: val.ProvideActuationRequest) -> None:
        paths = [self._path(signal_id) for signal_id in request.actuator_identifiers]
        for path in paths:
            signal = self._broker.signal(path)
            if signal.kind != "actuator":
                raise NotWritable(f"{path} is a {signal.kind} and cannot be actuated")
            self._permissions.check("provide", path)
        self._broker.claim(paths, self)
        self._signals.update(paths)
        answer = val.ProvideActuationResponse()
        self._reply(val.OpenProviderStreamResponse(provide_actuation_response=answer))

    def _provide_signals(self, request: val.ProvideSignalRequest) -> None:
        paths = [self._broker.path(number) for number in request.signals_sample_intervals]
        for path in paths:
            self._permissions.check("provide", path)
        self._signals.update(paths)
        answer = val.ProvideSignalResponse()
        self._reply(val.OpenProviderStreamResponse(provide_signal_response=answer))

    async def _publish(self, request: val.PublishValuesRequest) -> None:
        """Take over every value that is right, and report the others."""
        answer = val.PublishValuesResponse(request_id=request.request_id)
        for number, point in request.data_points.items():
            try:
                await self._publish_one(number, point)
            except (Refusal, FujiaError) as error:
                refusal = refusal_of(error)
                if refusal.code is StatusCode.ABORTED:
                    raise
                status = answer.status[number]
                status.code = _CODES.get(refusal.code, types.ERROR_CODE_INVALID_ARGUMENT)
                status.message = str(refusal)
        if answer.status:
            self._reply(val.OpenProviderStreamResponse(publish_values_response=answer))

    async def _publish_one(self, number: int, point: types.Datapoint) -> None:
        path = self._broker.path(number)
        if path not in self._signals:
            raise Refusal(StatusCode.ABORTED, f"{path} was not claimed by this provider")
        self._permissions.check("provide", path)
        await self._broker.publish(path, wire.take_as(self._broker.signal(path), point.value))

    def _path(self, signal_id: types.SignalID) -> str:
        if signal_id.WhichOneof("signal") == "id":
            return self._broker.path(signal_id.id)
        return self._broker.signal(signal_id.path).path

    def _reply(self, response: val.OpenProviderStreamResponse) -> None:
        try:
            self._send(response)
        except asyncio.QueueFull:
            raise Refusal(StatusCode.RESOURCE_EXHAUSTED, "answers are not taken") from None

    def _send(self, response: val.OpenProviderStreamResponse) -> None:
        self._waiting.put_nowait(response)
