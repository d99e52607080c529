from pathlib import Path

from fujia.cabin.fusion.speaker import Speaker, SpeakerConsent, speaking
from fujia.cabin.memory.fact import Fact
from tests.cabin.fusion.talking import memories_in


def test_nobody_known_has_allowed_anything() -> None:
    assert not SpeakerConsent().allows("language_model")
    assert SpeakerConsent().known().addresses == ()


def test_the_consent_and_the_secrets_are_those_of_whoever_speaks(tmp_path: Path) -> None:
    memory = memories_in(tmp_path, "language_model").of("driver")
    memory.remember(Fact(what="home", value="梧桐里8号", name="", time=""))
    memory.remember(Fact(what="temperature", value=21, name="", time=""))
    consent = SpeakerConsent()
    with speaking(Speaker(memory, ("张三",))):
        assert consent.allows("language_model")
        assert not consent.allows("position")
        assert consent.known().addresses == ("梧桐里8号",)
        assert consent.known().contacts == ("张三",)
    assert not consent.allows("language_model")


def test_a_memory_that_cannot_be_read_allows_nothing(tmp_path: Path) -> None:
    memory = memories_in(tmp_path, "language_model").of("driver")
    (vault,) = tmp_path.glob("*.vault")
    vault.write_bytes(b"broken")
    with speaking(Speaker(memory)):
        assert not SpeakerConsent().allows("language_model")
        assert SpeakerConsent().known().addresses == ()
