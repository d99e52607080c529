"""What a model's tokens cost, from a YAML table."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from fujia.datafile import load_yaml
from fujia.errors import InputError
from fujia.llm.model import Completion, Request

PRICES = Path(__file__).parent / "data" / "prices.yaml"
_MILLION = 1_000_000


class Price(BaseModel):
    """What one model costs, in ``currency`` for a million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    currency: str = "USD"
    prompt: float = Field(default=0.0, ge=0)
    cached: float | None = Field(default=None, ge=0)
    """For the part of a prompt that the provider has just seen."""
    completion: float = Field(default=0.0, ge=0)
    as_of: str | None = None

    def of(self, completion: Completion) -> float:
        """What one completion cost."""
        cached = min(completion.cached_tokens, completion.prompt_tokens)
        rate = self.prompt if self.cached is None else self.cached
        fresh = completion.prompt_tokens - cached
        cost = fresh * self.prompt + cached * rate + completion.completion_tokens * self.completion
        return cost / _MILLION

    def most(self, request: Request) -> float:
        """The most that an answer to a request can cost.

        No tokenizer in use makes more tokens than there are bytes; a server adds a few for each
        message and each tool.
        """
        size = sum(len(str(dict(message)).encode()) for message in request.messages)
        size += sum(len(str(tool).encode()) for tool in request.tools)
        return self.of(Completion("", size, request.max_tokens))


class PriceFile(BaseModel):
    """The table of prices, by the name of the model."""

    model_config = ConfigDict(extra="forbid")

    models: dict[str, Price]


def load_price(model: str, file: Path = PRICES) -> Price | None:
    """The price of a model, or None where the table does not hold it; raises DataError."""
    return load_yaml(file, PriceFile).models.get(model)


def need_price(model: str, file: Path = PRICES) -> Price:
    """The price of a model; raises InputError where the table does not hold it, or DataError."""
    price = load_price(model, file)
    if price is None:
        raise InputError(f"{file} has no price for {model!r}; a budget needs one (--prices FILE)")
    return price
