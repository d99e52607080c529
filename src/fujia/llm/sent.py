"""The book of what left the car: every request, word for word, for its owner to read."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_MOST_BYTES = 5_000_000


class SentLog:
    """JSON Lines that only the user may read: ``time``, ``server`` and the ``body`` that was sent.

    When the file is full it becomes ``<name>.1``, and the one before that is gone.
    """

    def __init__(self, file: Path, most_bytes: int = _MOST_BYTES) -> None:
        self.file = file
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def write(self, server: str, body: Mapping[str, Any]) -> None:
        """Add one request; what cannot be written down must not be sent, so this raises OSError."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        record = {"time": now, "server": server, "body": body}
        line = json.dumps(record, ensure_ascii=False, default=dict).encode() + b"\n"
        with self._lock:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if self.file.exists() and self.file.stat().st_size + len(line) > self._most_bytes:
                self.file.replace(self._older)
            descriptor = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab") as stream:
                stream.write(line)

    def read(self) -> list[dict[str, Any]]:
        """Every request that is still written down, the oldest first."""
        lines: list[str] = []
        for file in (self._older, self.file):
            if file.exists():
                lines += file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def forget(self) -> None:
        """Delete the book."""
        with self._lock:
            for file in (self._older, self.file):
                file.unlink(missing_ok=True)

    @property
    def _older(self) -> Path:
        return self.file.with_name(self.file.name + ".1")
