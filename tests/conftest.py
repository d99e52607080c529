import os
from pathlib import Path

import pytest


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings but the defaults, and every folder of the user below ``tmp_path``."""
    for name in list(os.environ):
        if name.upper().startswith("FUJIA_"):
            monkeypatch.delenv(name)
    for kind in ("config", "data", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / kind))
    return tmp_path
