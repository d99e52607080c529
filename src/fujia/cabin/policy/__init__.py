"""What may be written now, judged on resolved writes and the car's state, never on words."""

from fujia.cabin.policy.judge import judge
from fujia.cabin.policy.verdict import Companion, Finding, Note, Proposal, Verdict

__all__ = ["Companion", "Finding", "Note", "Proposal", "Verdict", "judge"]
