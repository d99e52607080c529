"""Who looks at a page of the cockpit: the one that a module calls its ``house``."""

from collections.abc import Generator
from typing import Any

import pytest

from tests.serve.cockpit.chromium import Visitor


@pytest.fixture
def visitor(house: tuple[Any, str]) -> Generator[Visitor]:
    one = Visitor(*house)
    yield one
    one.close()
    assert one.errors == []
