"""WebSockets: events as they happen, for as many readers as there are."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from fujia.serve import feed
from fujia.serve.gate import Guard
from fujia.serve.limits import Limits
from fujia.serve.sessions import Session
from tests.cabin.fusion.talking import HangingModel, gateway
from tests.serve.conftest import Served

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
STEPS = ["heard", "understood", "judged", "acted", "read_back", "replied"]


def until(socket: WebSocketTestSession, kind: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    while not messages or messages[-1]["kind"] != kind:
        messages.append(socket.receive_json())
    return messages


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_turn_streams_its_events(served: Served):
    session = served.open()
    with served.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
        socket.send_json({"text": "打开主驾车窗", "id": "a"})
        messages = until(socket, "replied")
    assert [message["kind"] for message in messages] == STEPS
    assert {message["turn_id"] for message in messages} == {"a"}
    assert messages[-1]["data"]["outcome"] == "done"


def test_who_watches_sees_the_turns_of_others(served: Served):
    session = served.open()
    with served.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
        served.client.post(f"/v1/sessions/{session}/turns", json={"text": "你好", "id": "b"})
        assert until(socket, "replied")[-1]["turn_id"] == "b"


@pytest.mark.parametrize(
    "message", ["{", "[]", '{"text": 3}', '{"text": "a", "seat": "roof"}', '{"txt": "a"}', "NaN"]
)
def test_a_message_that_cannot_be_used_is_answered_and_the_talk_goes_on(
    served: Served, message: str
):
    session = served.open()
    with served.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
        socket.send_text(message)
        assert socket.receive_json()["kind"] == "error"
        socket.send_json({"text": "你好"})
        assert until(socket, "replied")


def test_a_conflict_is_told_with_its_turn(served: Served):
    session = served.open()
    with served.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
        socket.send_json({"text": "你好", "id": "a"})
        until(socket, "replied")
        socket.send_json({"text": "再见", "id": "a"})
        answer = socket.receive_json()
    assert (answer["kind"], answer["turn_id"], answer["data"]["error"]) == (
        "error", "a", "TurnConflict",
    )  # fmt: skip


def test_messages_have_a_limit_too(tmp_path: Any):
    house = Served(tmp_path, Guard(limits=Limits(requests_a_second=0.001, burst=3)))
    with house.client:
        session = house.open()
        with house.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
            socket.send_json({"text": "你好"})
            until(socket, "replied")
            socket.send_json({"text": "你好"})
            assert "slow down" in socket.receive_json()["data"]["message"]


def test_signals_begin_with_a_snapshot_and_go_on_with_changes(served: Served):
    session = served.open()
    live = f"/v1/sessions/{session}/signals/live?under=Vehicle.Cabin.Door"
    with served.client.websocket_connect(live) as socket:
        snapshot = socket.receive_json()
        assert snapshot["kind"] == "snapshot"
        assert snapshot["data"]["signals"][WINDOW] == 0
        assert all(path.startswith("Vehicle.Cabin.Door.") for path in snapshot["data"]["signals"])
        said = {"text": "打开主驾车窗，空调26度"}
        served.client.post(f"/v1/sessions/{session}/turns", json=said)
        values: list[int] = []
        while not values or values[-1] != 100:
            message = socket.receive_json()
            assert message["kind"] == "signal"
            assert message["data"]["path"].startswith("Vehicle.Cabin.Door.")
            if message["data"]["path"] == WINDOW:
                values.append(message["data"]["value"])
    assert values == sorted(values)


def test_an_unknown_session_closes_the_socket(served: Served):
    for path in ("turns", "signals"):
        with served.client.websocket_connect(f"/v1/sessions/nobody/{path}/live") as socket:
            assert socket.receive_json()["data"]["error"] == "UnknownSession"
            with pytest.raises(WebSocketDisconnect):
                socket.receive_json()


def test_a_client_that_vanishes_leaves_its_turn_to_be_finished(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    session = served.sessions.get(served.open())
    with served.client.websocket_connect(f"/v1/sessions/{session.id}/turns/live") as socket:
        socket.send_json({"text": "打开主驾车窗", "id": "a"})
        assert socket.receive_json()["kind"] == "heard"
    eventually(lambda: not session.is_watched)
    eventually(lambda: bool(session.turns))
    assert session.turns[0].turn.outcome == "done"
    assert session.car.read(WINDOW) == 100
    assert served.store.find(session.id, "a") is not None


def test_who_reads_too_slowly_is_let_go(served: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "KEPT", 3)
    session: Session = served.sessions.get(served.open())
    with served.client.websocket_connect(f"/v1/sessions/{session.id}/turns/live") as socket:
        eventually(lambda: session.is_watched)
        # One event after another, so fast that the event loop cannot send between them.
        served.client.portal.call(lambda: [session.say("打开主驾车窗") for _ in range(2)])  # type: ignore[union-attr]
        with pytest.raises(WebSocketDisconnect) as caught:
            while True:
                socket.receive_json()
    assert caught.value.code == 1013
    eventually(lambda: not session.is_watched)
    assert session.say("关闭主驾车窗").outcome == "done"


def test_turns_on_one_socket_do_not_wait_for_a_model(tmp_path: Path):
    model = HangingModel("从前有座山。")
    house = Served(tmp_path, models=gateway(model))
    with house.client:
        session = house.open()
        with house.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
            socket.send_json({"text": "讲个笑话", "id": "slow"})
            for number, text in enumerate(("打开主驾车窗", "关闭主驾车窗", "打开天窗")):
                socket.send_json({"text": text, "id": str(number)})
            order = [until(socket, "replied")[-1]["turn_id"] for _ in range(3)]
            assert model.asked.wait(10)
            answer = house.client.post(f"/v1/sessions/{session}/turns", json={"text": "停"})
            assert answer.status_code == 200
            model.go.set()
            last = until(socket, "replied")
            while last[-1]["turn_id"] != "slow":
                last = until(socket, "replied")
    assert order == ["0", "1", "2"]


def test_one_socket_may_send_more_turns_than_may_wait(served: Served):
    session = served.open()
    with served.client.websocket_connect(f"/v1/sessions/{session}/turns/live") as socket:
        for number in range(20):
            socket.send_json({"text": f"音量调到{number}", "id": str(number)})
        order = [until(socket, "replied")[-1]["turn_id"] for _ in range(20)]
    assert order == [str(number) for number in range(20)]
