"""The agent: requests of several steps, planned by a language model and carried out by code.

Plan, Execute, Verify. The model plans from the person's own words alone; what it may then do is
what stands in that plan. Every command goes the way of a spoken one, through the policy and the
read-back, and the reply is made from what came of it.
"""

from fujia.cabin.agent.agent import RoleModel, ToolAgent
from fujia.cabin.agent.contract import (
    Agent,
    AgentResult,
    AgentStep,
    Ended,
    Hands,
    Reader,
    Said,
    Situation,
)
from fujia.cabin.agent.hands import ErrandHands
from fujia.cabin.agent.limits import Limits

__all__ = [
    "Agent", "AgentResult", "AgentStep", "Ended", "ErrandHands", "Hands", "Limits", "Reader",
    "RoleModel", "Said", "Situation", "ToolAgent",
]  # fmt: skip
