"""A served house for the tests of the API."""

from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fujia.garage import Garage
from fujia.llm.gateway import Gateway
from fujia.serve.app import create_app
from fujia.serve.gate import Guard
from fujia.serve.sessions import Sessions
from fujia.serve.store import Store


class Served:
    """An application, a client of it, and what stands behind it."""

    def __init__(
        self,
        folder: Path,
        guard: Guard | None = None,
        limit: int = 200,
        models: Gateway | None = None,
    ) -> None:
        self.file = folder / "turns.db"
        self.store = Store(f"sqlite:///{self.file}")
        garage = Garage(memory_folder=folder / "memory", models=lambda: models)
        self.sessions = Sessions(garage, keeper=self.store.keep, limit=limit)
        self.app = create_app(self.sessions, self.store, guard=guard)
        self.client = TestClient(self.app)

    def open(self, **given: object) -> str:
        """The id of a new session."""
        answer = self.client.post("/v1/sessions", json=given)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture
def served(tmp_path: Path) -> Generator[Served]:
    house = Served(tmp_path)
    with house.client:
        yield house
