"""Without the extra foundry the stations that train cannot even be imported."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.students import micro_export

_TRAINING = ("batches", "beginning", "calibrate", "export", "line", "network", "reinforce", "runs",
             "sampling", "train")  # fmt: skip

collect_ignore = [] if find_spec("torch") else [f"test_{name}.py" for name in _TRAINING]


@pytest.fixture(scope="session")
def micro_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder of a student that knows nothing."""
    return micro_export(tmp_path_factory.mktemp("student"))
