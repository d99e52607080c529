"""The calls of ``kuksa.val.v1``, which older clients and parts of kuksa-client speak."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence

import kuksa.val.v1.types_pb2 as types
import kuksa.val.v1.val_pb2 as val
from kuksa.val.v1.val_pb2_grpc import VALServicer

from fujia import __version__
from fujia.errors import FujiaError
from fujia.serve.kuksa.board import Point, Points, Slot
from fujia.serve.kuksa.calls import Desk, answering, invalid, streaming
from fujia.serve.kuksa.metadata import metadata_v1
from fujia.serve.kuksa.status import V1_BAD_REQUEST, V1_ERRORS, Refusal, refusal_of
from fujia.serve.kuksa.tokens import Permissions
from fujia.serve.kuksa.v2 import SERVER_NAME
from fujia.vehicle.kuksa import wire
from fujia.vehicle.signal import Signal

_VALUE, _TARGET, _METADATA = types.FIELD_VALUE, types.FIELD_ACTUATOR_TARGET, types.FIELD_METADATA
_VIEWS: dict[int, frozenset[int]] = {
    types.VIEW_UNSPECIFIED: frozenset(),
    types.VIEW_FIELDS: frozenset(),
    types.VIEW_CURRENT_VALUE: frozenset({_VALUE}),
    types.VIEW_TARGET_VALUE: frozenset({_TARGET}),
    types.VIEW_METADATA: frozenset({_METADATA}),
    types.VIEW_ALL: frozenset({_VALUE, _TARGET, _METADATA}),
}


class CallsV1(Desk, VALServicer):
    """Protocol v1. A target is kept and told to whoever subscribes to it, and moves nothing."""

    @answering
    async def Get(  # noqa: N802
        self, request: val.GetRequest, permissions: Permissions
    ) -> val.GetResponse:
        """Values, targets and metadata of paths, branches and patterns."""
        if not request.entries:
            raise invalid("no signal was named")
        response = val.GetResponse()
        for wanted in request.entries:
            fields = _fields(wanted.view, wanted.fields)
            try:
                signals = self._readable(wanted.path, permissions)
            except (Refusal, FujiaError) as error:
                response.errors.append(_entry_error(wanted.path, error))
                continue
            response.entries.extend(self._entry(signal, fields) for signal in signals)
        if response.errors:  # all or nothing: a part could pass for the whole
            del response.entries[:]
            response.error.CopyFrom(response.errors[0].error)
        return response

    @answering
    async def Set(  # noqa: N802
        self, request: val.SetRequest, permissions: Permissions
    ) -> val.SetResponse:
        """Values, as their provider reports them, and targets."""
        return val.SetResponse(errors=await self._set(request.updates, permissions))

    @streaming
    async def StreamedUpdate(  # noqa: N802
        self, request: AsyncIterator[val.StreamedUpdateRequest], permissions: Permissions
    ) -> AsyncGenerator[val.StreamedUpdateResponse]:
        """The same in a stream; an answer comes only where something was wrong."""
        async for each in request:
            errors = await self._set(each.updates, permissions)
            if errors:
                yield val.StreamedUpdateResponse(errors=errors)

    @streaming
    async def Subscribe(  # noqa: N802
        self, request: val.SubscribeRequest, permissions: Permissions
    ) -> AsyncGenerator[val.SubscribeResponse]:
        """Every change of values or targets, beginning with those that are there now."""
        if not request.entries:
            raise invalid("no signal was named")
        slots: dict[Slot, None] = {}
        first: dict[str, set[int]] = {}
        for wanted in request.entries:
            fields = _fields(wanted.view, wanted.fields)
            for signal in self._readable(wanted.path, permissions):
                first.setdefault(signal.path, set()).update(fields)
                slots |= dict.fromkeys(_slots(signal.path, fields))
        subscription = self.broker.follow(slots)
        try:
            found = (self._update(path, fields) for path, fields in first.items())
            yield val.SubscribeResponse(updates=found)
            while True:
                yield self._changes(await subscription.take())
        finally:
            self.broker.leave(subscription, slots)

    @answering
    async def GetServerInfo(  # noqa: N802
        self, request: val.GetServerInfoRequest, permissions: Permissions
    ) -> val.GetServerInfoResponse:
        """Name and version."""
        return val.GetServerInfoResponse(name=SERVER_NAME, version=__version__)

    def _readable(self, pattern: str, permissions: Permissions) -> list[Signal]:
        """The signals that a pattern stands for; raises Refusal if one of them is not allowed."""
        signals = self.broker.find(pattern)
        for signal in signals:
            permissions.check("read", signal.path)
        return signals

    async def _set(
        self, updates: Sequence[val.EntryUpdate], permissions: Permissions
    ) -> list[types.DataEntryError]:
        """Carry out every update that is right; the errors of the others."""
        errors: list[types.DataEntryError] = []
        for update in updates:
            try:
                await self._set_one(update, permissions)
            except (Refusal, FujiaError) as error:
                errors.append(_entry_error(update.entry.path, error))
        return errors

    async def _set_one(self, update: val.EntryUpdate, permissions: Permissions) -> None:
        entry, fields = update.entry, set(update.fields)
        signal = self.broker.signal(entry.path)
        if fields - {_VALUE, _TARGET, types.FIELD_PATH}:
            raise invalid(f"{signal.path}: metadata comes from the vehicle and cannot be changed")
        if _VALUE in fields:
            permissions.check("provide", signal.path)
            await self.broker.publish(signal.path, wire.take_as(signal, entry.value))
        if _TARGET in fields:
            permissions.check("actuate", signal.path)
            self.broker.aim(signal.path, wire.take_as(signal, entry.actuator_target))

    def _entry(self, signal: Signal, fields: Iterable[int]) -> types.DataEntry:
        entry = types.DataEntry(path=signal.path)
        if _METADATA in fields:
            entry.metadata.CopyFrom(metadata_v1(signal))
        for slot in _slots(signal.path, fields):
            self._lay(entry, slot, self.broker.point(slot))
        return entry

    def _lay(self, entry: types.DataEntry, slot: Slot, point: Point) -> None:
        """Lay a point into an entry, if it has a value."""
        if point.value is not None:
            datapoint = entry.actuator_target if slot.is_target else entry.value
            wire.put(datapoint, self.broker.signal(slot.path).datatype, point.value)
            datapoint.timestamp.FromNanoseconds(point.time_ns)

    def _update(self, path: str, fields: Iterable[int]) -> val.EntryUpdate:
        entry = self._entry(self.broker.signal(path), fields)
        return val.EntryUpdate(entry=entry, fields=sorted(fields))  # pyright: ignore

    def _changes(self, points: Points) -> val.SubscribeResponse:
        response = val.SubscribeResponse()
        for slot, point in points.items():
            update = response.updates.add()
            update.entry.path = slot.path
            update.fields.append(_TARGET if slot.is_target else _VALUE)
            self._lay(update.entry, slot, point)
        return response


def _fields(view: int, fields: Iterable[int]) -> frozenset[int]:
    """What is wanted of an entry; the current value where nothing is said; raises Refusal."""
    if view not in _VIEWS:
        raise invalid(f"there is no view {view}")
    # Whoever wants a part of the metadata gets all of it.
    named = {_METADATA if field > _METADATA else field for field in fields}
    wanted = (_VIEWS[view] | named) - {types.FIELD_UNSPECIFIED, types.FIELD_PATH}
    return frozenset(wanted or {_VALUE})


def _slots(path: str, fields: Iterable[int]) -> list[Slot]:
    return [Slot(path, field == _TARGET) for field in fields if field in (_VALUE, _TARGET)]


def _entry_error(path: str, error: FujiaError | Refusal) -> types.DataEntryError:
    refusal = refusal_of(error)
    code, reason = V1_ERRORS.get(refusal.code, V1_BAD_REQUEST)
    return types.DataEntryError(
        path=path, error=types.Error(code=code, reason=reason, message=str(refusal))
    )
