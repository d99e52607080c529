"""The utterances that more than one benchmark runs over."""

from fujia.foundry.scoring import mac_slu
from fujia.foundry.scoring.score import Case
from tests.bench import smoke


def cases() -> list[Case]:
    """MAC-SLU where its data are there, and the smoke set."""
    real = mac_slu.load() if mac_slu.data_file().exists() else []
    return [*real, *smoke.load()]


def utterances() -> list[str]:
    """What is said in those cases."""
    return [case.said for case in cases()]
