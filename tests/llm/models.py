"""Small GGUF files, and a server in the place of llama.cpp's."""

import struct
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

NUMBER, TEXT, TEXTS = 4, 8, 9
"""Types of values."""


def gguf(file: Path, facts: Mapping[str, str]) -> Path:
    """A file with nothing but what it says about itself."""
    parts = [entry(name, TEXT, text(value)) for name, value in facts.items()]
    file.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, len(parts)) + b"".join(parts))
    return file


def entry(name: str, kind: int, content: bytes) -> bytes:
    """One value with its name and type."""
    return text(name) + struct.pack("<I", kind) + content


def text(value: str) -> bytes:
    """A text as the format has it."""
    return struct.pack("<Q", len(value.encode())) + value.encode()


class Library(SimpleNamespace):
    """Stands for the module ``xllamacpp``: loads nothing, and says where it would listen."""

    def __init__(self, address: str = "http://127.0.0.1:1", fails: str = "") -> None:
        super().__init__()
        self.started: list[Any] = []

        def params() -> Any:
            return SimpleNamespace(model=SimpleNamespace(), cpuparams=SimpleNamespace())

        def server(given: Any) -> Any:
            if fails:
                raise RuntimeError(fails)
            self.started.append(given)
            return SimpleNamespace(listening_address=address)

        self.CommonParams, self.Server = params, server
