"""The gate: who comes in, from where, with how much."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fujia.serve.gate import COOKIE, Guard
from fujia.serve.limits import Limits
from fujia.serve.server import names_of
from fujia.serve.tokens import ROLES, Tokens, add_token
from tests.serve.conftest import Served


@pytest.fixture
def secrets(tmp_path: Path) -> dict[str, str]:
    return {role: add_token(tmp_path / "tokens.yaml", role, role) for role in ROLES}


@pytest.fixture
def guarded(tmp_path: Path, secrets: dict[str, str]) -> Generator[Served]:
    house = Served(tmp_path, Guard(Tokens.load(tmp_path / "tokens.yaml")))
    with house.client:
        yield house


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize(
    "headers",
    [{}, bearer("wrong"), bearer(""), {"Authorization": "Basic Zm9v"}, {"Cookie": "fujia_token=x"}],
)
def test_without_a_token_nothing_is_seen(guarded: Served, headers: dict[str, str]):
    for path in ("/v1/sessions", "/v1/traces", "/v1/openapi.json", "/v1/nothing", "/"):
        answer = guarded.client.get(path, headers=headers)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"] == "Bearer"


def test_health_and_version_need_no_token(guarded: Served):
    assert guarded.client.get("/v1/health").status_code == 200
    assert guarded.client.get("/v1/version").status_code == 200


@pytest.mark.parametrize(
    ("role", "statuses"), [("reader", [200, 403, 403]), ("cabin", [200, 201, 403]),
                           ("workshop", [200, 201, 200])],
)  # fmt: skip
def test_a_role_does_what_it_may(
    guarded: Served, secrets: dict[str, str], role: str, statuses: list[int]
):
    headers = bearer(secrets[role])
    answers = [
        guarded.client.get("/v1/sessions", headers=headers),
        guarded.client.post("/v1/sessions", headers=headers, json={}),
        guarded.client.get("/v1/traces", headers=headers),
    ]
    assert [answer.status_code for answer in answers] == statuses


def test_a_socket_needs_a_token_and_a_role(guarded: Served, secrets: dict[str, str]):
    opened = guarded.client.post("/v1/sessions", headers=bearer(secrets["cabin"]), json={}).json()
    live = f"/v1/sessions/{opened['id']}/turns/live"
    with pytest.raises(WebSocketDisconnect), guarded.client.websocket_connect(live):
        pass
    with guarded.client.websocket_connect(live, headers=bearer(secrets["reader"])) as socket:
        assert "role cabin" in socket.receive_json()["data"]["message"]
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()
    with guarded.client.websocket_connect(live, headers=bearer(secrets["cabin"])) as socket:
        socket.send_json({"text": "你好"})
        assert socket.receive_json()["kind"] == "heard"


def test_a_browser_brings_its_token_in_the_address_and_keeps_it_in_a_cookie(
    guarded: Served, secrets: dict[str, str]
):
    guarded.app.add_route("/", lambda _: Response("ok"))
    client = TestClient(guarded.app, follow_redirects=False)
    first = client.get("/", params={"token": secrets["workshop"], "vehicle": "i5"})
    assert (first.status_code, first.headers["location"]) == (303, "/?vehicle=i5")
    cookie = first.headers["set-cookie"].lower()
    assert COOKIE in cookie
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    client.cookies.set(COOKIE, secrets["workshop"])
    assert client.get("/").text == "ok"


def test_the_way_back_leads_to_no_other_server(guarded: Served, secrets: dict[str, str]):
    client = TestClient(guarded.app, follow_redirects=False)
    answer = client.get(f"http://testserver//evil.example/?token={secrets['workshop']}")
    assert answer.headers["location"] == "/evil.example/"


def test_the_cockpit_is_for_the_workshop(guarded: Served, secrets: dict[str, str]):
    answer = guarded.client.get("/", headers=bearer(secrets["cabin"]))
    assert (answer.status_code, answer.json()["error"]) == (403, "Forbidden")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8321", 200), ("127.0.0.1:8321", 200), ("[::1]:8321", 200), ("LOCALHOST", 200),
        ("evil.example", 403), ("127.0.0.1.evil.example", 403), ("", 403), ("[::1", 403),
    ],
)  # fmt: skip
def test_a_server_on_loopback_is_called_by_its_own_name(tmp_path: Path, host: str, status: int):
    house = Served(tmp_path, Guard(hosts=names_of("127.0.0.1")))
    answer = house.client.get("/v1/version", headers={"Host": host})
    assert answer.status_code == status


def test_pages_of_other_sites_change_nothing(served: Served):
    headers = {"Origin": "https://evil.example"}
    answer = served.client.post("/v1/sessions", json={}, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "WrongOrigin")
    session = served.open()
    for path in ("turns", "signals"):
        socket = served.client.websocket_connect(
            f"/v1/sessions/{session}/{path}/live", headers=headers
        )
        with pytest.raises(WebSocketDisconnect), socket:
            pass
    same = {"Origin": "http://testserver"}
    assert served.client.post("/v1/sessions", json={}, headers=same).status_code == 201


def test_bodies_have_a_limit_declared_or_not(tmp_path: Path):
    house = Served(tmp_path, Guard(limits=Limits(body_bytes=200)))
    declared = house.client.post("/v1/sessions", content=b"x" * 201)
    assert (declared.status_code, declared.json()["error"]) == (413, "TooLarge")

    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 50] * 5

    assert house.client.post("/v1/sessions", content=pieces()).status_code == 413
    assert house.client.post("/v1/sessions", json={"vehicle": "i5"}).status_code == 201


def test_who_asks_too_much_has_to_wait(tmp_path: Path):
    house = Served(tmp_path, Guard(limits=Limits(requests_a_second=0.001, burst=3)))
    answers = [house.client.get("/v1/version") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "1"


def test_guessing_tokens_has_its_limit(tmp_path: Path, secrets: dict[str, str]):
    tokens = Tokens.load(tmp_path / "tokens.yaml")
    house = Served(tmp_path, Guard(tokens, limits=Limits(requests_a_second=0.001, burst=2)))
    statuses = [
        house.client.get("/v1/sessions", headers=bearer(f"guess{number}")).status_code
        for number in range(4)
    ]
    assert statuses == [401, 401, 429, 429]
    assert house.client.get("/v1/sessions", headers=bearer(secrets["reader"])).status_code == 200


def test_the_description_names_the_token_where_one_is_asked(
    guarded: Served, served: Served, secrets: dict[str, str]
):
    headers = bearer(secrets["reader"])
    described = guarded.client.get("/v1/openapi.json", headers=headers).json()
    assert described["paths"]["/v1/sessions"]["get"]["security"] == [{"HTTPBearer": []}]
    plain = served.client.get("/v1/openapi.json").json()
    assert "security" not in plain["paths"]["/v1/sessions"]["get"]
