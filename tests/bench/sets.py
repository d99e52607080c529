"""The utterances that more than one benchmark runs over."""

from tests.bench import mac_slu, smoke
from tests.bench.score import Case


def cases() -> list[Case]:
    """MAC-SLU where its data are there, and the smoke set."""
    real = mac_slu.load() if mac_slu.data_file().exists() else []
    return [*real, *smoke.load()]


def utterances() -> list[str]:
    """What is said in those cases."""
    return [case.said for case in cases()]
