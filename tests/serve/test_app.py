"""The API as a client sees it."""

import json
import logging
import sqlite3
from typing import Any

import pytest

from fujia import SKILLS, __version__
from fujia.serve.app import create_app
from fujia.serve.sessions import Session
from tests.serve.conftest import Served

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
SEAT_HEATING = "打开主驾座椅加热"


def say(served: Served, session: str, text: str, **given: Any) -> dict[str, Any]:
    answer = served.client.post(f"/v1/sessions/{session}/turns", json={"text": text, **given})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_session_and_a_turn(served: Served):
    session = served.open()
    turn = say(served, session, "把空调调到22度，再打开车窗", id="t1")
    assert turn["id"] == "t1"
    assert turn["session_id"] == session
    assert [action["outcome"] for action in turn["actions"]] == ["done", "done"]
    assert turn["said"] == "把空调调到22度，再打开车窗"
    assert turn["reply"]
    assert served.client.get(f"/v1/sessions/{session}").json()["turns"] == 1
    assert served.client.get(f"/v1/sessions/{session}/turns").json() == [turn]


def test_sessions_are_separate_cars(served: Served):
    one, two = served.open(), served.open(vehicle="generic-ev", state={"Vehicle.Speed": 80})
    say(served, one, "打开车窗")
    values = [
        served.client.get(f"/v1/sessions/{each}/signals/{WINDOW}").json()["value"]
        for each in (one, two)
    ]
    assert values == [100, 0]
    assert [each["id"] for each in served.client.get("/v1/sessions").json()] == [one, two]


def test_a_refusal_says_why_and_which_rule(served: Served):
    session = served.open(state={"Vehicle.Speed": 80})
    [action] = say(served, session, "打开后备箱")["actions"]
    assert (action["outcome"], bool(action["reason"]), bool(action["rule"])) == (
        "refused", True, True,
    )  # fmt: skip


def test_a_question_is_answered_by_yes(served: Served):
    session = served.open()
    asked = say(served, session, "如果下雨就关窗")
    assert asked["outcome"] == "needs_confirmation"
    assert say(served, session, "好")["outcome"] == "answered"


def test_the_same_request_again_does_nothing_twice(served: Served):
    session = served.open()
    once = say(served, session, "音量调大一点", id="a")
    again = say(served, session, "音量调大一点", id="a")
    assert again == once
    volume = "Vehicle.Cabin.Infotainment.Media.Volume"
    assert served.client.get(f"/v1/sessions/{session}/signals/{volume}").json()["value"] == 40


def test_an_id_that_was_used_for_other_words_is_a_conflict(served: Served):
    session = served.open()
    say(served, session, SEAT_HEATING, id="a")
    answer = served.client.post(
        f"/v1/sessions/{session}/turns", json={"text": "关闭车窗", "id": "a"}
    )
    assert (answer.status_code, answer.json()["error"]) == (409, "TurnConflict")


def test_a_closed_session_is_gone(served: Served):
    session = served.open()
    assert served.client.delete(f"/v1/sessions/{session}").status_code == 204
    for method, path in (("GET", ""), ("GET", "/turns"), ("DELETE", ""), ("GET", "/signals")):
        answer = served.client.request(method, f"/v1/sessions/{session}{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "UnknownSession")


def test_signals_are_read_all_or_below_a_branch(served: Served):
    session = served.open()
    every = served.client.get(f"/v1/sessions/{session}/signals").json()["signals"]
    below = served.client.get(
        f"/v1/sessions/{session}/signals", params={"under": "Vehicle.Cabin.Seat"}
    ).json()["signals"]
    assert every[WINDOW] == 0
    assert below
    assert set(below) == {path for path in every if path.startswith("Vehicle.Cabin.Seat.")}


def test_one_signal_comes_with_its_range(served: Served):
    session = served.open()
    shown = served.client.get(f"/v1/sessions/{session}/signals/{WINDOW}").json()
    assert (shown["minimum"], shown["maximum"], shown["unit"]) == (0, 100, "percent")
    unknown = served.client.get(f"/v1/sessions/{session}/signals/Vehicle.Wings")
    assert (unknown.status_code, unknown.json()["error"]) == (404, "UnknownSignal")


def test_the_world_is_set_and_what_waited_for_it_is_done(served: Served):
    session = served.open()
    say(served, session, "把车窗都打开")
    say(served, session, "如果下雨就关窗")
    say(served, session, "好")
    rain = f"/v1/sessions/{session}/signals/Vehicle.Body.Raindetection.Intensity"
    assert served.client.put(rain, json={"value": 60}).json()["value"] == 60
    assert served.client.get(f"/v1/sessions/{session}/signals/{WINDOW}").json()["value"] == 0


@pytest.mark.parametrize("value", ["fast", 1e9, -500, True, ["x"], 10**15, 1.5e308])
def test_the_world_takes_no_value_that_a_signal_cannot_have(served: Served, value: object):
    session = served.open()
    answer = served.client.put(f"/v1/sessions/{session}/signals/{WINDOW}", json={"value": value})
    assert answer.status_code == 422, answer.text


def test_faults_break_the_car_until_it_is_repaired(served: Served):
    session = served.open()
    fault = {"pattern": WINDOW, "kind": "blocked", "at": 40}
    faults = f"/v1/sessions/{session}/faults"
    assert served.client.post(faults, json=fault).json() == fault
    assert say(served, session, "打开主驾车窗")["outcome"] == "failed"
    assert served.client.delete(faults).status_code == 204
    assert say(served, session, "打开主驾车窗")["outcome"] == "done"


def test_a_car_out_of_reach_still_gets_an_answer(served: Served):
    session = served.open()
    served.client.post(f"/v1/sessions/{session}/faults", json={"pattern": "*", "kind": "offline"})
    turn = say(served, session, SEAT_HEATING)
    assert (turn["outcome"], "没有响应" in turn["reply"]) == ("failed", True)
    answer = served.client.get(f"/v1/sessions/{session}/signals")
    assert (answer.status_code, answer.json()["error"]) == (503, "CarUnreachable")


def test_traces_show_the_steps_of_stored_turns(served: Served):
    session = served.open(keep_words=True)
    say(served, session, SEAT_HEATING, id="a")
    say(served, session, "打开车窗", id="b")
    found = served.client.get("/v1/traces", params={"session": session}).json()
    assert [each["turn"]["id"] for each in found] == ["b", "a"]
    assert found[1]["turn"]["said"] == SEAT_HEATING
    names = [step["name"] for step in found[1]["steps"]]
    assert names[:2] == ["normalise", "understand"]
    assert names[-3:] == ["act", "read back", "reply"]
    older = served.client.get("/v1/traces", params={"before": found[0]["number"]}).json()
    assert [each["turn"]["id"] for each in older] == ["a"]
    assert served.client.get("/v1/traces", params={"outcome": "refused"}).json() == []


def test_without_consent_words_are_in_no_trace(served: Served):
    session = served.open()
    say(served, session, "给张三打电话")
    [trace] = served.client.get("/v1/traces").json()
    assert trace["turn"]["said"] is trace["turn"]["reply"] is None
    assert "张三" not in json.dumps(trace, ensure_ascii=False)
    assert "张三" not in str(sqlite3.connect(served.file).execute("SELECT * FROM turns").fetchall())


def test_consent_is_given_and_taken_back(served: Served):
    session = served.open()
    path = f"/v1/sessions/{session}"
    assert served.client.patch(path, json={"keep_words": True}).json()["keep_words"] is True
    say(served, session, "给张三打电话")
    assert "张三" in served.client.get("/v1/traces").text
    served.client.patch(path, json={"keep_words": False})
    assert "张三" not in served.client.get("/v1/traces").text


def test_stored_turns_are_erased(served: Served):
    session = served.open()
    say(served, session, SEAT_HEATING)
    assert served.client.delete(f"/v1/sessions/{session}/turns").status_code == 204
    assert served.client.get("/v1/traces").json() == []


def test_the_catalogue(served: Served):
    skills = served.client.get("/v1/skills").json()
    assert {each["name"] for each in skills} == set(SKILLS)
    heating = served.client.get("/v1/skills/seat.heating").json()
    assert "zone" in heating["arguments"]["properties"]
    names = [each["name"] for each in served.client.get("/v1/vehicles").json()]
    assert "i5" in names
    assert served.client.get("/v1/vehicles/i5").json()["energy"] == "electric"
    signals = served.client.get("/v1/vehicles/i5/signals").json()
    assert len(signals) == served.client.get("/v1/vehicles/i5").json()["signals"]
    for path in ("skills/no.such", "vehicles/i6", "vehicles/i6/signals", "nothing"):
        assert served.client.get(f"/v1/{path}").status_code == 404


def test_what_is_not_there_is_said_in_json(served: Served):
    for method in ("GET", "POST", "DELETE"):
        answer = served.client.request(method, "/v1/sessions/x/nothing")
        assert (answer.status_code, answer.json()["error"]) == (404, "NotFound")
        assert "/v1/openapi.json" in answer.json()["message"]


def test_health_and_version(served: Served):
    assert served.client.get("/v1/health").json() == {
        "status": "ok", "sessions": 0, "turns_waiting": 0, "turns_lost": 0,
    }  # fmt: skip
    assert served.client.get("/v1/version").json()["fujia"] == __version__


def test_health_tells_of_a_database_that_cannot_be_written(
    served: Served, monkeypatch: pytest.MonkeyPatch
):
    session = served.open()
    blocker = sqlite3.connect(served.file, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    served.store._database.engine.dispose()  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr("fujia.serve.store.database.BUSY_MS", 10)
    assert say(served, session, SEAT_HEATING)["outcome"] == "done"
    assert served.client.get("/v1/health").json()["status"] == "degraded"
    blocker.execute("ROLLBACK")
    assert served.store.flush()
    assert served.client.get("/v1/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"{", 400, "NotJson"),
        (b"\xff\xfe", 400, "NotJson"),
        (b'{"text": NaN}', 422, "Invalid"),
        (b'{"text": 3}', 422, "Invalid"),
        (b'{"text": ""}', 422, "Invalid"),
        (b'{"text": "a", "seat": "roof"}', 422, "Invalid"),
        (b'{"text": "a", "id": "../x"}', 422, "Invalid"),
        (b'{"text": "a", "volume": 11}', 422, "Invalid"),
        (b'{"text": "\\ud800"}', 422, "Invalid"),
        (b"[" * 5000, 400, "BadRequest"),
        (b"[]", 422, "Invalid"),
        (b"", 422, "Invalid"),
    ],
)
def test_bodies_that_cannot_be_used(served: Served, body: bytes, status: int, error: str):
    session = served.open()
    answer = served.client.post(
        f"/v1/sessions/{session}/turns",
        content=body,
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert served.sessions.get(session).turns == []


@pytest.mark.parametrize(
    "given",
    [
        {"vehicle": "i6"},
        {"vehicle": "../i5"},
        {"language": "fr"},
        {"state": {"Vehicle.Wings": 1}},
        {"state": {"Vehicle.Speed": "fast"}},
        {"keep_words": "yes"},
        {"colour": "red"},
    ],
)
def test_sessions_that_cannot_be_opened(served: Served, given: dict[str, Any]):
    answer = served.client.post("/v1/sessions", json=given)
    assert answer.status_code == 422, answer.text
    assert served.sessions.all() == []


def test_there_is_a_limit_of_sessions(served: Served):
    served.sessions.limit = 1
    served.open()
    answer = served.client.post("/v1/sessions", json={})
    assert (answer.status_code, answer.json()["error"]) == (429, "TooMuch")


def test_a_defect_is_one_sentence_and_a_line_in_the_log(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    session = served.open()

    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr(Session, "take", broken)
    with caplog.at_level(logging.ERROR, "fujia"):
        answer = served.client.post(f"/v1/sessions/{session}/turns", json={"text": "你好"})
    assert (answer.status_code, answer.json()["error"]) == (500, "Defect")
    assert "secret" not in answer.text
    assert [record.getMessage() for record in caplog.records] == ["defect"]


def test_the_description_has_examples_and_every_problem(served: Served):
    described = served.client.get("/v1/openapi.json").json()
    posted = described["paths"]["/v1/sessions/{session_id}/turns"]["post"]
    assert {"200", "400", "404", "409", "413", "422", "429"} <= set(posted["responses"])
    fields = described["components"]["schemas"]["TurnGiven"]["properties"]
    assert fields["text"]["examples"] == [SEAT_HEATING]
    assert all(path.startswith("/v1/") for path in described["paths"])


def test_pages_that_would_load_scripts_from_elsewhere_are_not_there(served: Served):
    for path in ("/docs", "/redoc"):
        assert served.client.get(path).status_code == 404


def test_the_end_closes_sessions_and_store(served: Served):
    with served.client:
        session = served.open()
    assert served.sessions.all() == []
    with pytest.raises(Exception, match="no open session"):
        served.sessions.get(session)
    assert create_app(served.sessions, served.store) is not served.app
