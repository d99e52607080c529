"""Without the extra foundry the stations that train cannot even be imported."""

from importlib.util import find_spec

_TRAINING = ("batches", "beginning", "calibrate", "export", "line", "network", "reinforce", "runs",
             "sampling", "train")  # fmt: skip

collect_ignore = [] if find_spec("torch") else [f"test_{name}.py" for name in _TRAINING]
