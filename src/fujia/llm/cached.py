"""A model with a memory: what was asked before is answered from an SQLite file."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fujia.errors import DataError
from fujia.llm.model import ChatModel, Completion, Listen, Piece, Request, Schema, ToolCall

_MEMORY = Path(":memory:")


class Cached(ChatModel):
    """Remembers every answer: same model, words, tools, schema and sample, same answer.

    Without a file it remembers as long as the process lasts. Answers older than ``lives_s`` seconds
    are forgotten, and the oldest beyond ``most``.

    Raises:
        DataError: the file is no cache.
    """

    def __init__(
        self,
        model: ChatModel,
        file: Path | None = None,
        *,
        lives_s: float | None = None,
        most: int | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.model = model.model
        self.hits = 0
        self.saved_tokens = 0
        """Tokens of the answers that were remembered: what they cost once."""
        self._model, self._lives_s, self._most, self._clock = model, lives_s, most, clock
        self._schemas: dict[int, tuple[Schema, str]] = {}
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._file = sqlite3.connect(file or _MEMORY, check_same_thread=False, timeout=30.0)
        try:
            with self._file:
                self._file.execute(
                    "CREATE TABLE IF NOT EXISTS completions"
                    " (question TEXT PRIMARY KEY, at REAL, completion TEXT)"
                )
        except sqlite3.DatabaseError:
            self._file.close()
            where = file or _MEMORY
            raise DataError(where, 0, "is not a cache of answers; delete it") from None

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """The remembered answer, or a new one; raises BudgetSpent or ModelError."""
        question = self._question(request)
        known = self._known(question)
        if known is not None:
            if listen and known.text:
                listen(Piece(known.text))
            return known
        completion = self._model.complete(request, listen)
        # What was cut short may fare better the next time.
        if completion.finish != "length":
            self._remember(question, completion)
        return completion

    def _known(self, question: str) -> Completion | None:
        query = "SELECT at, completion FROM completions WHERE question = ?"
        with self._lock:
            row = self._file.execute(query, (question,)).fetchone()
            if row is None or (self._lives_s and self._clock() - row[0] > self._lives_s):
                return None
            known: dict[str, Any] = json.loads(row[1])
            known["calls"] = tuple(ToolCall(**call) for call in known["calls"])
            completion = Completion(**known)
            self.hits += 1
            self.saved_tokens += completion.prompt_tokens + completion.completion_tokens
        return completion

    def _remember(self, question: str, completion: Completion) -> None:
        text = json.dumps(asdict(completion) | {"reasoning": ""}, ensure_ascii=False)
        with self._lock, self._file:
            values = (question, self._clock(), text)
            self._file.execute("INSERT OR REPLACE INTO completions VALUES (?, ?, ?)", values)
            if self._most is not None:
                self._file.execute(
                    "DELETE FROM completions WHERE question IN"
                    " (SELECT question FROM completions ORDER BY at DESC LIMIT -1 OFFSET ?)",
                    (self._most,),
                )

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock, self._file:
            self._file.execute("DELETE FROM completions")

    def _question(self, request: Request) -> str:
        messages = [dict(message) for message in request.messages]
        tools = [asdict(tool) for tool in request.tools]
        limits = [request.temperature, request.max_tokens, request.language]
        asked = [self.model, messages, self._digest(request.schema), request.sample, tools, limits]
        # Only where there is one, so that what was remembered before stays known.
        return _hash([*asked, self._digest(request.grammar)] if request.grammar else asked)

    def _digest(self, schema: Schema | None) -> str:
        """The hash of a schema; it is long and the same for thousands of questions."""
        if schema is None:
            return ""
        with self._lock:
            known = self._schemas.get(id(schema))
            if known is None:
                if len(self._schemas) > 1000:
                    self._schemas.clear()
                # The schema is kept too, so that no other can have its id.
                known = self._schemas[id(schema)] = (schema, _hash(schema))
        return known[1]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()


def _hash(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
