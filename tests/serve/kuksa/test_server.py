"""The server itself: where it listens, TLS, tokens, and many or slow clients."""

import datetime
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec
from kuksa.val.v1 import val_pb2 as val_v1
from kuksa.val.v1.val_pb2_grpc import VALStub as StubV1
from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val
from kuksa.val.v2.val_pb2_grpc import VALStub

from fujia.errors import CarUnreachable, InputError
from fujia.serve.kuksa.server import KuksaServer, Tls, serve_kuksa
from fujia.serve.kuksa.tokens import Tokens
from fujia.vehicle import SimulatedCar, Write, load_profile
from fujia.vehicle.kuksa import wire
from fujia.vehicle.kuksa.car import KuksaCar
from fujia.vehicle.kuksa.connection import Connection
from tests.serve.kuksa.asking import (
    HEATING,
    LACKING,
    SPEED,
    WINDOW,
    actuation,
    publication,
    signal,
    status,
)

KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def certificate(tmp_path: Path) -> Tls:
    """A certificate for ``localhost`` that signs itself."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(KEY, hashes.SHA256())
    )
    files = Tls(tmp_path / "server.pem", tmp_path / "server.key")
    files.certificate.write_bytes(signed.public_bytes(form.Encoding.PEM))
    pem = form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    files.key.write_bytes(KEY.private_bytes(*pem))
    return files


@pytest.fixture
def guarded(car: SimulatedCar, tmp_path: Path) -> Iterator[KuksaServer]:
    """A server that asks for tokens."""
    public = tmp_path / "key.pub"
    pem = form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(KEY.public_key().public_bytes(*pem))
    server = serve_kuksa(car, port=0, tokens=Tokens(public), clock=False)
    yield server
    server.stop()


def token(scope: str) -> str:
    claims = {"aud": "kuksa.val", "exp": time.time() + 60, "scope": scope}
    return jwt.encode(claims, KEY, algorithm="ES256")


def bearer(scope: str) -> dict[str, object]:
    return {"metadata": (("authorization", f"Bearer {token(scope)}"),)}


def test_a_port_in_use_is_an_error(car: SimulatedCar, server: KuksaServer):
    with pytest.raises(InputError, match=f"cannot listen on {server.address}: the port is in use"):
        serve_kuksa(car, port=server.port)


def test_the_world_gets_in_with_a_token_only(car: SimulatedCar):
    for host in ("0.0.0.0", "192.0.2.1", "::", "my-car"):
        with pytest.raises(InputError, match="clients must show tokens"):
            serve_kuksa(car, host, 0)


def test_it_can_be_stopped_twice_and_its_port_is_free_again(car: SimulatedCar):
    first = serve_kuksa(car, port=0)
    first.stop()
    first.stop()
    second = serve_kuksa(car, port=first.port)
    assert second.port == first.port
    second.stop()


def test_its_clock_moves_the_car(car: SimulatedCar):
    server = serve_kuksa(car, port=0)
    car.actuate([Write(WINDOW, 10)])
    deadline = time.monotonic() + 60
    while car.read(WINDOW) != 10 and time.monotonic() < deadline:
        time.sleep(0.02)
    server.stop()
    assert car.read(WINDOW) == 10


def test_tls(car: SimulatedCar, certificate: Tls):
    server = serve_kuksa(car, port=0, tls=certificate)
    address = f"127.0.0.1:{server.port}"
    good = Connection.parse(address, ca=certificate.certificate, server_name="localhost")
    open_car = KuksaCar(load_profile("i5"), good, timeout_s=30)
    plain_car = KuksaCar(load_profile("i5"), Connection.parse(address), timeout_s=0.5)
    try:
        assert open_car.read(SPEED) == 0.0
        with pytest.raises(CarUnreachable):
            plain_car.snapshot()
    finally:
        open_car.close()
        plain_car.close()
        server.stop()


def test_a_missing_certificate_is_an_error(car: SimulatedCar, tmp_path: Path):
    with pytest.raises(InputError, match=r"none\.key: No such file"):
        serve_kuksa(car, port=0, tls=Tls(tmp_path / "none.pem", tmp_path / "none.key"))


def test_without_a_token_nothing_is_answered(guarded: KuksaServer):
    with grpc.insecure_channel(guarded.address) as channel:
        v2, v1 = VALStub(channel), StubV1(channel)
        one = val.GetValueRequest(signal_id=signal(SPEED))
        for options in ({}, {"metadata": (("authorization", "Bearer x.y.z"),)}):
            assert status(v2.GetValue, one, **options) == "UNAUTHENTICATED"
            assert status(v2.GetServerInfo, val.GetServerInfoRequest(), **options) == (
                "UNAUTHENTICATED"
            )
            assert status(v1.GetServerInfo, val_v1.GetServerInfoRequest(), **options) == (
                "UNAUTHENTICATED"
            )
            watch = val.SubscribeRequest(signal_paths=[SPEED])
            assert status(v2.Subscribe, watch, **options) == "UNAUTHENTICATED"


def test_a_token_allows_what_its_scope_says(guarded: KuksaServer, car: SimulatedCar):
    with grpc.insecure_channel(guarded.address) as channel:
        v2, v1 = VALStub(channel), StubV1(channel)
        seats = bearer("read:Vehicle.Speed actuate:Vehicle.Cabin.Seat")
        v2.GetValue(val.GetValueRequest(signal_id=signal(SPEED)), **seats)
        v2.Actuate(actuation(HEATING, "int8", 33), **seats)
        denied = (
            (v2.GetValue, val.GetValueRequest(signal_id=signal(WINDOW))),
            (v2.GetValues, val.GetValuesRequest(signal_ids=[signal(SPEED), signal(WINDOW)])),
            (v2.Subscribe, val.SubscribeRequest(signal_paths=[WINDOW])),
            (v2.Actuate, actuation(WINDOW, "uint8", 5)),
            (v2.PublishValue, publication(SPEED, "float", 5.0)),
        )
        for call, request in denied:
            assert status(call, request, **seats) == "PERMISSION_DENIED"
        claim = val.OpenProviderStreamRequest(
            provide_actuation_request=val.ProvideActuationRequest(
                actuator_identifiers=[signal(HEATING)]
            )
        )
        assert status(v2.OpenProviderStream, iter([claim]), **seats) == "PERMISSION_DENIED"
        asked = val_v1.GetRequest(entries=[val_v1.EntryRequest(path=WINDOW)])
        assert v1.Get(asked, **seats).error.code == 403
        seen = v2.ListMetadata(val.ListMetadataRequest(root="Vehicle"), **seats).metadata
        assert {entry.path.startswith(("Vehicle.Cabin.Seat.", SPEED)) for entry in seen} == {True}
        assert [each.path for each in car.actuations] == [HEATING]


def test_a_car_behind_a_broker_that_asks_for_tokens(guarded: KuksaServer, tmp_path: Path):
    file = tmp_path / "car.token"
    file.write_text(token("actuate"), encoding="ascii")
    address = guarded.address
    car = KuksaCar(load_profile("i5"), Connection.parse(address, token_file=file), timeout_s=30)
    reader = KuksaCar(
        load_profile("i5"),
        Connection(guarded.host, guarded.port, token=token("read")),
        timeout_s=30,
    )
    stranger = KuksaCar(load_profile("i5"), Connection.parse(address), timeout_s=30)
    try:
        car.actuate([Write(HEATING, 33)])
        assert reader.read(SPEED) == 0.0
        with pytest.raises(Exception, match="does not permit it"):
            reader.actuate([Write(HEATING, 67)])
        with pytest.raises(CarUnreachable, match="does not accept the token"):
            stranger.snapshot()
    finally:
        for each in (car, reader, stranger):
            each.close()


def test_a_thousand_subscriptions(v2: VALStub, car: SimulatedCar):
    request = val.SubscribeRequest(signal_paths=[SPEED])
    streams = [v2.Subscribe(request, timeout=200) for _ in range(1000)]
    for stream in streams:
        next(stream)
    car.set(SPEED, 99)
    for stream in streams:
        assert wire.take(next(stream).entries[SPEED].value) == 99.0
        stream.cancel()


def test_a_subscriber_that_does_not_read_costs_nobody_anything(v2: VALStub, car: SimulatedCar):
    everything = [each.path for each in car.profile.signals.values()]
    slow = v2.Subscribe(val.SubscribeRequest(signal_paths=everything, buffer_size=1), timeout=200)
    start = time.monotonic()
    for speed in range(3000):
        car.set(SPEED, speed % 200)
    car.set(SPEED, 77)
    answer = v2.GetValue(val.GetValueRequest(signal_id=signal(SPEED)), timeout=60)
    assert wire.take(answer.data_point.value) == 77.0
    assert time.monotonic() - start < 120
    assert _last(slow, 77.0) == 77.0


def _last(stream, wanted: float) -> object:
    for response in stream:
        if SPEED in response.entries:
            latest = wire.take(response.entries[SPEED].value)
            if latest == wanted:
                stream.cancel()
                return latest
    return None


def test_bytes_that_are_no_http_harm_nobody(server: KuksaServer, v2: VALStub, socket_enabled: None):
    with socket.create_connection((server.host, server.port)) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\n\r\n" + bytes(1000))
    info = v2.GetServerInfo(val.GetServerInfoRequest(), timeout=60)
    assert info.name == "fujia"


def test_any_car_can_be_served_also_one_behind_a_broker(server: KuksaServer, car: SimulatedCar):
    behind = KuksaCar(load_profile("i5"), Connection(server.host, server.port), timeout_s=30)
    behind.snapshot()
    second = serve_kuksa(behind, port=0)
    try:
        with grpc.insecure_channel(second.address) as channel:
            stub = VALStub(channel)
            stub.Actuate(actuation(HEATING, "int8", 67))
            assert [each.path for each in car.actuations] == [HEATING]
            assert status(stub.Actuate, actuation(LACKING, "uint8", 1)) == "UNAVAILABLE"
            stub.PublishValue(publication(LACKING, "uint8", 4))
            point = stub.GetValue(val.GetValueRequest(signal_id=types.SignalID(path=LACKING)))
            assert point.data_point.value.uint32 == 4
    finally:
        second.stop()
        behind.close()


def test_a_car_out_of_reach_can_be_served():
    away = KuksaCar(load_profile("i5"), Connection("127.0.0.1", 1))
    server = serve_kuksa(away, port=0)
    try:
        with grpc.insecure_channel(server.address) as channel:
            stub = VALStub(channel)
            point = stub.GetValue(val.GetValueRequest(signal_id=signal(SPEED))).data_point
            assert wire.take(point.value) is None
            assert status(stub.Actuate, actuation(HEATING, "int8", 33)) == "UNAVAILABLE"
    finally:
        server.stop()
        away.close()
