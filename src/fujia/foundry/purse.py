"""A teacher with a purse and a memory: budget, count of tokens, and a cache of answers.

Three wrappers around a teacher: ``Metered`` counts and stops before the budget is exceeded,
``Patient`` asks again after what passes, ``Cached`` remembers every answer, so that a second run
costs nothing.
"""

import hashlib
import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fujia.errors import BudgetSpent, DataError, TeacherError
from fujia.foundry.prices import Price
from fujia.foundry.teacher import Completion, Message, Schema, Teacher


@dataclass
class Spent:
    """What was asked and what it cost."""

    calls: int = 0
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    uncertain: float = 0.0
    """The most that answers which never arrived may have cost; counts against the budget."""


class Metered(Teacher):
    """Counts tokens and money, and asks nothing that could exceed the budget."""

    def __init__(self, teacher: Teacher, price: Price | None, budget: float | None = None) -> None:
        self.model = teacher.model
        self.spent = Spent()
        self._teacher, self._price, self._budget = teacher, price or Price(), budget
        self._reserved = 0.0
        self._lock = threading.Lock()

    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """Ask, if the worst case still fits; raises BudgetSpent or TeacherError."""
        most = self._price.most(messages)
        self._reserve(most)
        try:
            completion = self._teacher.complete(messages, schema, sample)
        except TeacherError as error:
            self._count(most, None, lost=most if error.billed else 0.0)
            raise
        self._count(most, completion)
        return completion

    def _reserve(self, most: float) -> None:
        with self._lock:
            used = self.spent.cost + self.spent.uncertain + self._reserved
            if self._budget is not None and used + most > self._budget:
                raise BudgetSpent(f"{used:.4f} of {self._budget:g} is spent or in use")
            self._reserved += most

    def _count(self, most: float, completion: Completion | None, lost: float = 0.0) -> None:
        with self._lock:
            self._reserved -= most
            spent = self.spent
            spent.calls += 1
            spent.uncertain += lost
            if completion is None:
                spent.failures += 1
                return
            spent.prompt_tokens += completion.prompt_tokens
            spent.completion_tokens += completion.completion_tokens
            spent.cost += self._price.of(completion)


class Patient(Teacher):
    """Asks again, after growing pauses with jitter, when a server was busy or out of reach."""

    def __init__(
        self,
        teacher: Teacher,
        attempts: int = 5,
        pause_s: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.model = teacher.model
        self._teacher, self._sleep = teacher, sleep
        self._attempts, self._pause_s = attempts, pause_s

    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """Ask until an answer comes, at most ``attempts`` times; raises the last TeacherError."""
        for attempt in range(1, self._attempts):
            try:
                return self._teacher.complete(messages, schema, sample)
            except TeacherError as error:
                if error.cause != "passing":
                    raise
                # Jitter keeps several threads from coming back all at once.
                self._sleep(self._pause_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))
        return self._teacher.complete(messages, schema, sample)


class Cached(Teacher):
    """Answers from an SQLite file what was asked before: same model, words, schema and sample.

    Raises:
        DataError: the file is no cache.
    """

    def __init__(self, teacher: Teacher, file: Path) -> None:
        self.model = teacher.model
        self.hits = 0
        self.saved_tokens = 0
        """Tokens of the answers that came from the file: what they cost once."""
        self._teacher = teacher
        self._schemas: dict[int, tuple[Schema, str]] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._file = sqlite3.connect(file, check_same_thread=False, timeout=30.0)
        try:
            with self._file:
                self._file.execute(
                    "CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, text TEXT,"
                    " prompt_tokens INTEGER, completion_tokens INTEGER, cached_tokens INTEGER)"
                )
        except sqlite3.DatabaseError:
            self._file.close()
            raise DataError(file, 0, "is not a cache of answers; delete it") from None

    def complete(self, messages: Sequence[Message], schema: Schema, sample: int = 0) -> Completion:
        """The remembered answer, or a new one; raises BudgetSpent or TeacherError."""
        question = self._question(messages, schema, sample)
        known = self._known(question)
        if known is not None:
            return known
        completion = self._teacher.complete(messages, schema, sample)
        values = (
            question,
            completion.text,
            completion.prompt_tokens,
            completion.completion_tokens,
            completion.cached_tokens,
        )
        with self._lock, self._file:
            self._file.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", values)
        return completion

    def _known(self, question: str) -> Completion | None:
        query = (
            "SELECT text, prompt_tokens, completion_tokens, cached_tokens"
            " FROM answers WHERE question = ?"
        )
        with self._lock:
            row = self._file.execute(query, (question,)).fetchone()
            if row is None:
                return None
            known = Completion(*row)
            self.hits += 1
            self.saved_tokens += known.prompt_tokens + known.completion_tokens
        return known

    def _question(self, messages: Sequence[Message], schema: Schema, sample: int) -> str:
        asked = [self.model, [dict(message) for message in messages], self._digest(schema), sample]
        return _hash(asked)

    def _digest(self, schema: Schema) -> str:
        """The hash of a schema; it is long and the same for thousands of questions."""
        known = self._schemas.get(id(schema))
        if known is None:
            # The schema is kept too, so that no other can ever have its id.
            known = self._schemas[id(schema)] = (schema, _hash(schema))
        return known[1]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()


def _hash(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
