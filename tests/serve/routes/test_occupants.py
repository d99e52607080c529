"""Who sits where, and what is remembered of them, as a client sees it."""

from pathlib import Path
from typing import Any

import pytest

from fujia.cabin.memory import Memories
from fujia.serve.gate import Guard
from fujia.serve.tokens import Tokens, add_token
from tests.serve.conftest import Served

ROUTINE: dict[str, Any] = {"destination": "公司", "time": "07:50", "days": [5, 1]}
WARM: dict[str, Any] = {"what": "temperature", "value": 21}


class Seat:
    """One seat of a new session, over the API."""

    def __init__(self, served: Served, seat: str = "driver", **occupant: object) -> None:
        self.client = served.client
        self.session = f"/v1/sessions/{served.open()}"
        self.base = f"{self.session}/occupants/{seat}"
        if occupant:
            self.ask("PUT", "", occupant)

    def ask(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        answer = self.client.request(method, f"{self.base}{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def say(self, text: str) -> dict[str, Any]:
        return self.client.post(f"{self.session}/turns", json={"text": text}).json()

    def is_worth(self, receipt: object) -> dict[str, bool]:
        return self.ask("POST", "/receipts/verify", receipt)


def test_everybody_is_a_guest_until_somebody_says_who_they_are(served: Served):
    anna = Seat(served)
    listed = served.client.get(f"{anna.session}/occupants").json()
    assert [one["kind"] for one in listed] == ["guest"] * 4
    shown = anna.ask("PUT", "", {"name": "Anna"})
    assert shown == {"seat": "driver", "kind": "person", "name": "Anna"}
    assert anna.ask("PUT", "", {"name": "Tim", "child": True})["kind"] == "child"
    assert anna.ask("PUT", "", {})["kind"] == "guest"


def test_what_is_kept_over_the_api_is_what_the_voice_knows(served: Served):
    anna = Seat(served, name="Anna")
    kept = anna.ask("POST", "/preferences", WARM, 201)
    assert "21" in anna.say("你都记住了什么")["reply"]
    anna.say("我喜欢23度")
    anna.say("好")
    [listed] = anna.ask("GET", "/preferences")
    assert (listed["value"], listed["zh"]) == (23, "您喜欢23度")
    assert listed["id"] != kept["id"]


def test_a_person_is_the_same_in_the_next_session(served: Served):
    Seat(served, name="Anna").ask("POST", "/routines", ROUTINE, 201)
    [routine] = Seat(served, "rear_left", name="anna").ask("GET", "/routines")
    assert (routine["destination"], routine["time"], routine["days"]) == ("公司", "07:50", [1, 5])
    assert Seat(served, name="Bo").ask("GET", "/routines") == []


def test_a_change_leaves_nothing_of_the_old(served: Served):
    anna = Seat(served, name="Anna")
    old = anna.ask("POST", "/routines", ROUTINE, 201)
    new = anna.ask("PUT", f"/routines/{old['id']}", {**ROUTINE, "destination": "学校"})
    assert [each["destination"] for each in anna.ask("GET", "/routines")] == ["学校"]
    anna.ask("PUT", f"/routines/{old['id']}", ROUTINE, 404)
    place = {"what": "place", "value": "长安街1号", "name": "健身房"}
    gym = anna.ask("POST", "/preferences", place, 201)
    anna.ask("PUT", f"/preferences/{gym['id']}", {**place, "value": "长安街2号"})
    assert [each["value"] for each in anna.ask("GET", "/preferences")] == ["长安街2号"]
    anna.ask("PUT", f"/preferences/{new['id']}", place, 404)  # a routine is no preference


def test_deleting_gives_a_receipt_that_proves_it(served: Served):
    anna = Seat(served, name="Anna")
    kept = anna.ask("POST", "/preferences", WARM, 201)
    receipt = anna.ask("DELETE", f"/preferences/{kept['id']}")["receipt"]
    assert receipt["kinds"] == ["temperature"]
    assert receipt["deleted"][0].startswith(kept["id"])
    assert anna.ask("GET", "/preferences") == []
    assert anna.is_worth(receipt) == {"genuine": True, "gone": True}
    assert Seat(served).is_worth(receipt) == {"genuine": True, "gone": True}
    forged = {**receipt, "kinds": ["home"]}
    assert anna.is_worth(forged) == {"genuine": False, "gone": True}
    assert anna.is_worth({**receipt, "signature": "no hex"})["genuine"] is False


def test_a_receipt_of_what_is_still_there_is_worth_nothing(served: Served, tmp_path: Path):
    anna = Seat(served, name="Anna")
    anna.ask("POST", "/preferences", WARM, 201)
    [fact] = Memories(tmp_path / "memory").person("Anna").facts()
    gym = anna.ask("POST", "/preferences", {**WARM, "what": "fan", "value": 3}, 201)
    receipt = anna.ask("DELETE", f"/preferences/{gym['id']}")["receipt"]
    assert anna.is_worth({**receipt, "deleted": [fact.commitment]}) == {
        "genuine": False, "gone": False,
    }  # fmt: skip


def test_everything_goes_at_once(served: Served, tmp_path: Path):
    anna = Seat(served, name="Anna")
    assert anna.ask("DELETE", "/memory") == {"receipt": None}
    anna.ask("POST", "/preferences", WARM, 201)
    anna.ask("PUT", "/consents/position", {"granted": True})
    receipt = anna.ask("DELETE", "/memory")["receipt"]
    assert sorted(receipt["kinds"]) == ["consent position", "temperature"]
    assert anna.is_worth(receipt) == {"genuine": True, "gone": True}
    assert Memories(tmp_path / "memory").people() == ()


def test_consent_is_given_taken_back_and_deleted(served: Served):
    anna = Seat(served, name="Anna")
    assert not any(each["allowed"] for each in anna.ask("GET", "/consents"))
    given = anna.ask("PUT", "/consents/position", {"granted": True, "days": 7})
    assert given["allowed"] is True
    revoked = anna.ask("PUT", "/consents/position", {"granted": False})
    assert (revoked["allowed"], bool(revoked["revoked"])) == (False, True)
    receipt = anna.ask("DELETE", "/consents/position")["receipt"]
    assert receipt["kinds"] == ["consent position"]
    assert anna.is_worth(receipt) == {"genuine": True, "gone": True}
    shown = {each["purpose"]: each for each in anna.ask("GET", "/consents")}
    assert shown["position"]["given"] is None
    anna.ask("PUT", "/consents/position", {"granted": True, "days": 3000}, 422)
    anna.ask("PUT", "/consents/telepathy", {"granted": True}, 404)
    anna.ask("DELETE", "/consents/telepathy", status=404)


def test_children_and_guests_leave_no_trace(served: Served, tmp_path: Path):
    child, guest = Seat(served, name="Tim", child=True), Seat(served)
    for somebody in (child, guest):
        somebody.ask("POST", "/preferences", WARM, 422)
        somebody.ask("POST", "/routines", ROUTINE, 422)
        assert somebody.ask("DELETE", "/memory") == {"receipt": None}
    child.ask("PUT", "/consents/position", {"granted": True}, 422)
    assert guest.ask("PUT", "/consents/position", {"granted": True})["allowed"] is True
    guest.ask("PUT", "", {})
    assert not any(each["allowed"] for each in guest.ask("GET", "/consents"))
    assert list((tmp_path / "memory").glob("*.vault")) == []


def test_a_suggestion_is_silenced_and_allowed_again(served: Served):
    anna = Seat(served, name="Anna")
    rain = "/suggestions/windows-in-the-rain"
    assert anna.ask("PUT", rain, {"silenced": True})["silenced"] is True
    silenced = [each["id"] for each in anna.ask("GET", "/suggestions") if each["silenced"]]
    assert silenced == ["windows-in-the-rain"]
    assert anna.ask("PUT", rain, {"silenced": False})["silenced"] is False
    anna.ask("PUT", "/suggestions/horoscope", {"silenced": True}, 404)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/preferences", {"what": "temperature", "value": "warm"}),
        ("/preferences", {"what": "temperature", "value": 200}),
        ("/preferences", {"what": "trip", "value": "公司"}),
        ("/preferences", {"what": "place", "value": "长安街1号"}),
        ("/preferences", {"what": "note", "value": "x" * 201}),
        ("/preferences", {**WARM, "nonce": "0"}),
        ("/routines", {**ROUTINE, "time": "25:00"}),
        ("/routines", {**ROUTINE, "days": []}),
        ("/routines", {**ROUTINE, "days": [0]}),
        ("/routines", {**ROUTINE, "destination": " "}),
    ],
)
def test_what_cannot_be_kept_is_said(served: Served, path: str, body: dict[str, Any]):
    anna = Seat(served, name="Anna")
    assert anna.ask("POST", path, body, 422)["message"]
    assert anna.ask("GET", path) == []


def test_a_seat_that_there_is_not_and_a_name_that_is_too_long(served: Served):
    anna = Seat(served, name="Anna")
    anna.ask("PUT", "", {"name": "x" * 61}, 422)
    assert served.client.get(f"{anna.session}/occupants/roof/preferences").status_code == 422
    anna.ask("DELETE", "/preferences/0123456789abcdef", status=404)


def test_readers_learn_nothing_of_people(tmp_path: Path):
    file = tmp_path / "tokens.yaml"
    secrets = {role: add_token(file, role, role) for role in ("reader", "cabin")}
    house = Served(tmp_path, Guard(Tokens.load(file)))
    session = house.sessions.create().id
    with house.client:
        for role, status in (("reader", 403), ("cabin", 200)):
            headers = {"Authorization": f"Bearer {secrets[role]}"}
            for path in ("", "/driver/preferences", "/driver/consents"):
                address = f"/v1/sessions/{session}/occupants{path}"
                assert house.client.get(address, headers=headers).status_code == status
