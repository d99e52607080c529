from collections.abc import Iterator

import grpc
import pytest
from kuksa.val.v1.val_pb2_grpc import VALStub as StubV1
from kuksa.val.v2.val_pb2_grpc import VALStub as StubV2

from fujia.serve.kuksa.server import KuksaServer, serve_kuksa
from fujia.vehicle import SimulatedCar, load_profile


@pytest.fixture
def car() -> SimulatedCar:
    return SimulatedCar(load_profile("i5"))


@pytest.fixture
def server(car: SimulatedCar) -> Iterator[KuksaServer]:
    """The car behind a server; its time stands still unless a test advances it."""
    server = serve_kuksa(car, port=0, clock=False)
    yield server
    server.stop()


@pytest.fixture
def channel(server: KuksaServer) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(server.address) as channel:
        yield channel


@pytest.fixture
def v1(channel: grpc.Channel) -> StubV1:
    return StubV1(channel)


@pytest.fixture
def v2(channel: grpc.Channel) -> StubV2:
    return StubV2(channel)
