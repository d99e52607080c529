from pathlib import Path

import pytest

from tests.students import micro_export


@pytest.fixture(scope="session")
def micro_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of a student that knows nothing."""
    return micro_export(tmp_path_factory.mktemp("student"))
