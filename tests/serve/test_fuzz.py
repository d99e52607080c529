"""The API against its own description: whatever is sent, the answer is one that it describes."""

import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujia.serve.gate import Guard
from fujia.serve.limits import Limits
from tests.serve.conftest import Served

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
LEFT_OUT = [checks.positive_data_acceptance]
"""The description cannot say which vehicles and signals there are."""
EXAMPLES = 6
"""For each operation."""


def served() -> Served:
    folder = Path(tempfile.mkdtemp(prefix="fujia-fuzz-"))
    return Served(folder, Guard(limits=Limits(requests_a_second=0)), limit=10_000)


@asynccontextmanager
async def nothing_beside(_: FastAPI) -> AsyncGenerator[None]:
    """The application without its housekeeping, which every single call would begin and end."""
    yield


HOUSE = served()
HOUSE.app.router.lifespan_context = nothing_beside
DESCRIPTION = schemathesis.openapi.from_asgi("/v1/openapi.json", HOUSE.app)
OPERATIONS = {
    f"{method.upper()} {path}": (path, method, operation)
    for path, item in HOUSE.app.openapi()["paths"].items()
    for method, operation in item.items()
}
BROKEN = [name for name, (_, _, operation) in OPERATIONS.items() if "requestBody" in operation]
"""What can be sent wrongly; the rest takes nothing, or any text in its address."""
MODES = [*((name, "positive") for name in OPERATIONS), *((name, "negative") for name in BROKEN)]


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_every_answer_is_one_that_is_described(name: str, mode: str):
    path, method, _ = OPERATIONS[name]
    operation = DESCRIPTION[path][method]
    wanted = schemathesis.GenerationMode(mode)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def check(data: st.DataObject) -> None:
        case: Any = data.draw(operation.as_strategy(generation_mode=wanted))
        if "session_id" in (case.path_parameters or {}) and data.draw(st.booleans()):
            case.path_parameters["session_id"] = HOUSE.sessions.shared("i5").id
        answer = case.call_and_validate(excluded_checks=LEFT_OUT)
        assert answer.status_code < 500

    check()
