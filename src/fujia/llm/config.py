"""Which models there are, and what each is for: ``llm.yaml``, packaged and your own.

Your file lies over the packaged one: what it names replaces what has that name there.
"""

import os
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fujia.datafile import load_yaml
from fujia.errors import DataError
from fujia.llm.history import MOST_CHARS
from fujia.llm.model import MOST_TOKENS
from fujia.llm.openai_model import DEEPSEEK, KEY_VARIABLE, MOST_REASONING, Mode
from fujia.llm.prices import Price, load_price

CONFIG_FILE = Path(__file__).parent / "data" / "llm.yaml"
Role = Literal["fast", "deep", "teacher", "writer"]
ROLES: tuple[Role, ...] = get_args(Role)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelConfig(_Part):
    """One model and the server that has it."""

    model: str
    base_url: str = DEEPSEEK
    key_variable: str | None = KEY_VARIABLE
    """The variable that holds the key; none where the server needs none."""
    structured: Mode = "json_object"
    tools: bool = True
    """Whether the protocol's own tools work; otherwise they are said in words."""
    max_tokens: int = Field(MOST_TOKENS, gt=0)
    max_reasoning: int = Field(MOST_REASONING, gt=0)
    stall_s: float = Field(20.0, gt=0)
    """Seconds without a word after which the next model is asked."""
    price: Price | None = None
    """Where it is missing, that of the packaged table holds."""

    @property
    def is_local(self) -> bool:
        """Whether the server is this machine: what it is told does not leave."""
        return urlsplit(self.base_url).hostname in ("127.0.0.1", "localhost", "::1")

    @property
    def has_key(self) -> bool:
        """Whether there is a key, or none is needed."""
        return self.key_variable is None or bool(os.environ.get(self.key_variable, "").strip())

    def known_price(self) -> Price | None:
        """The price given, or that of the packaged table; nothing is paid to this machine."""
        return self.price or (Price() if self.is_local else load_price(self.model))


class LimitConfig(_Part):
    """The most that may be spent."""

    currency: str = "USD"
    turn: float | None = Field(None, ge=0)
    day: float | None = Field(None, ge=0)


class Config(_Part):
    """The content of ``llm.yaml``."""

    enabled: bool = True
    models: Mapping[str, ModelConfig] = Field(default_factory=dict[str, ModelConfig])
    roles: Mapping[Role, tuple[str, ...]] = Field(default_factory=dict[Role, tuple[str, ...]])
    """For each role the models that are asked, in order."""
    markets: Mapping[str, Mapping[Role, tuple[str, ...]]] = Field(
        default_factory=dict[str, Mapping[Role, tuple[str, ...]]]
    )
    """The same for single markets, where it differs."""
    limits: LimitConfig = Field(default_factory=partial(LimitConfig, turn=None, day=None))
    time_s: Mapping[Role, float] = Field(default_factory=dict[Role, float])
    """Seconds that an answer may take."""
    attempts: int = Field(2, ge=1, le=10)
    """How often a model is asked when it is busy or out of reach."""
    cache_minutes: float = Field(30.0, ge=0)
    history_chars: int = Field(MOST_CHARS, gt=0)
    keep_reasoning: bool = False
    """Whether the thoughts of a model may be kept in a trace."""

    @model_validator(mode="before")
    @classmethod
    def _empty_file(cls, content: Any) -> Any:
        return {} if content is None else content

    def over(self, other: "Config") -> "Config":
        """This configuration laid over another one."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        for name in ("models", "roles", "time_s"):
            given[name] = {**getattr(other, name), **getattr(self, name)}
        merged: dict[str, Any] = dict(other.markets)
        for market, roles in self.markets.items():
            merged[market] = {**merged.get(market, {}), **roles}
        return other.model_copy(update={**given, "markets": merged})

    def chain(self, role: Role, market: str = "") -> tuple[str, ...]:
        """The names of the models that are asked for a role, in order."""
        return self.markets.get(market, {}).get(role, self.roles.get(role, ()))

    def problem(self) -> str | None:
        """What is wrong with it as a whole, in words."""
        chains = [*self.roles.values(), *(c for m in self.markets.values() for c in m.values())]
        for name in (name for chain in chains for name in chain):
            if name not in self.models:
                known = ", ".join(self.models)
                return f"there is no model {name!r}; models: {known}"
        if self.limits.turn is None and self.limits.day is None:
            return None
        for name, model in self.models.items():
            price = model.known_price()
            if price is None:
                return f"models.{name}: a budget needs its price"
            if price != Price() and price.currency != self.limits.currency:
                return f"models.{name}: its price is not in {self.limits.currency}, the budget is"
        return None


def load_config(data_folder: Path | None = None) -> Config:
    """The packaged configuration, with ``llm.yaml`` of a data folder over it.

    Raises:
        DataError: a file does not follow the schema, or names a model that there is not.
    """
    file = data_folder / "llm.yaml" if data_folder else None
    config = _packaged()
    if file is not None and file.exists():
        config = load_yaml(file, Config).over(config)
    problem = config.problem()
    if problem:
        raise DataError(file or CONFIG_FILE, 0, problem)
    return config


@cache
def _packaged() -> Config:
    return load_yaml(CONFIG_FILE, Config)
