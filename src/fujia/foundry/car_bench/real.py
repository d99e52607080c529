"""A language model of yours in the place of the scripted ones."""

from fujia.errors import InputError
from fujia.foundry.car_bench.play import Models
from fujia.foundry.car_bench.tasks import Task
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion, Listen, Request
from fujia.settings import Settings


class NamedModel(ChatModel):
    """One model of a gateway, by its name; nothing is remembered between trials."""

    def __init__(self, gateway: Gateway, name: str) -> None:
        self.model = name
        self._gateway = gateway

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask it; raises ModelError."""
        return self._gateway.ask_one(self.model, request)


def real_models(settings: Settings, name: str) -> Models:
    """The same model for every trial; raises InputError where there is none of that name."""
    gateway = Gateway.of(settings)
    known = gateway.config.models
    if name not in known:
        raise InputError(f"there is no model {name!r}; models: scripted, {', '.join(known)}")
    if not known[name].has_key:
        raise InputError(f"{known[name].key_variable} is not set; it holds the key of {name}")
    model = NamedModel(gateway, name)

    def give(_task: Task, _number: int, _asks: bool) -> ChatModel:
        return model

    return give
