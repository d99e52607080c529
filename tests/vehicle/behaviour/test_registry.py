import pytest

from fujia.vehicle import load_profile
from fujia.vehicle.behaviour import registry
from fujia.vehicle.signal import Value
from fujia.vehicle.world import World

LAMP = "Vehicle.Cabin.Light.IsDomeOn"
GLOVE_BOX = "Vehicle.Cabin.Light.IsGloveBoxOn"


@pytest.fixture
def unregistered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is gone after it."""
    for name in ("_COMMANDS", "_REACTIONS"):
        monkeypatch.setattr(registry, name, list(getattr(registry, name)))
    monkeypatch.setattr(registry, "command_of", registry.command_of.__wrapped__)
    monkeypatch.setattr(registry, "reactions_of", registry.reactions_of.__wrapped__)


@pytest.mark.usefixtures("unregistered")
def test_what_is_registered_is_found_by_its_pattern() -> None:
    @registry.reacts("*.IsDomeOn")
    def glow(world: World, path: str, old: Value | None, value: Value) -> None:
        world.put(GLOVE_BOX, value)

    @registry.commands("Vehicle.Cabin.Light.*")
    def refuse(world: World, path: str, value: Value) -> None:
        """Nothing happens."""

    assert registry.reactions_of(LAMP) == (glow,)
    assert registry.command_of(LAMP) is refuse
    world = World(load_profile("i5"))
    world.start({})
    registry.reactions_of(LAMP)[0](world, LAMP, False, True)
    assert world.value(GLOVE_BOX) is True


def test_the_usual_command_takes_the_value_or_moves_there() -> None:
    world = World(load_profile("i5"))
    world.start({})
    registry.command_of(LAMP)(world, LAMP, True)
    assert world.value(LAMP) is True
    shade = "Vehicle.Cabin.RearShade.Position"
    registry.command_of(shade)(world, shade, 0)
    assert (world.value(shade), world.is_busy()) == (100, True)
