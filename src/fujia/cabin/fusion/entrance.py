"""The way in: what asks language models is loaded only where there are some."""

from typing import TYPE_CHECKING

from fujia.cabin.dialog import Dialog
from fujia.cabin.persona import Persona

if TYPE_CHECKING:
    from fujia.cabin.agent.contract import Agent
    from fujia.cabin.fusion.fusion import Fusion
    from fujia.llm.gateway import Gateway


def fusion_of(
    models: "Gateway | None", persona: Persona, dialog: Dialog, agent: "Agent | None"
) -> "Fusion | None":
    """What asks the models, with the shipped agent unless one is given; None without models."""
    if models is None:
        return None
    from fujia.cabin.agent.agent import RoleModel, ToolAgent
    from fujia.cabin.fusion.fusion import Fusion

    return Fusion(models, persona, dialog, agent=agent or ToolAgent(RoleModel(models)))
