"""The agent that uses tools: one model, many requests."""

import time
from collections.abc import Callable

from fujia.cabin.agent.contract import AgentResult, Hands, Situation
from fujia.cabin.agent.limits import Limits
from fujia.cabin.agent.run import Run
from fujia.llm.config import Role
from fujia.llm.gateway import Gateway
from fujia.llm.model import ChatModel, Completion, Listen, Request


class ToolAgent:
    """Plans with a model, carries out with the skills, and verifies in code.

    Safe for several threads: what one request needs is in its own run.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model, self.limits, self.clock = model, limits or Limits(), clock

    def run(self, request: str, hands: Hands, situation: Situation | None = None) -> AgentResult:
        """Do what a person asks for; see ``Agent.run``."""
        known = situation or Situation()
        return Run(self.model, self.limits, self.clock, request, hands, known).result()


class RoleModel(ChatModel):
    """The models of one role of a gateway, as one model: what an agent in a car is given."""

    def __init__(self, gateway: Gateway, role: Role = "fast") -> None:
        self.model = role
        self._gateway = gateway
        self._role: Role = role

    @property
    def is_local(self) -> bool:
        """Whether all models of the role run on this machine."""
        return self._gateway.is_only_local(self._role)

    def complete(self, request: Request, listen: Listen | None = None) -> Completion:
        """Ask through the gateway; raises ModelError or MissingExtra."""
        return self._gateway.complete(self._role, request, listen)
