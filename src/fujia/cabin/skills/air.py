"""The air itself: fragrance, purifier, ioniser."""

from fujia.cabin.effects import Thing, adjust, put, switch, waking
from fujia.cabin.names import value_of
from fujia.cabin.skill import Effect, Scene, skill
from fujia.cabin.skills.arguments import Much, On, Spoken

FRAGRANCE = Thing("Vehicle.Cabin.Fragrance.IsActive", "香氛", "fragrance")
INTENSITY = Thing("Vehicle.Cabin.Fragrance.Intensity", "香氛浓度调节", "fragrance intensity")
SCENT = Thing("Vehicle.Cabin.Fragrance.Scent", "香氛", "fragrance")
PURIFIER = Thing("Vehicle.Cabin.AirPurifier.IsActive", "空气净化器", "air purifier")
IONISER = Thing("Vehicle.Cabin.Ioniser.IsActive", "负离子发生器", "ioniser")


@skill("fragrance.power", zh="打开或关闭香氛", en="Turn the fragrance on or off.")
def power(scene: Scene, on: On = True) -> Effect:
    """The fragrance dispenser."""
    return switch(scene, FRAGRANCE, on)


@skill("fragrance.intensity", zh="设置香氛浓度档位", en="Set the level of the fragrance.")
def intensity(scene: Scene, level: Much) -> Effect:
    """A level means the fragrance on."""
    effect = adjust(scene, INTENSITY, "level", level)
    return effect if level.number == 0 else waking(scene, FRAGRANCE, effect)


@skill("fragrance.scent", zh="选择香型", en="Choose the scent.")
def scent(scene: Scene, scent: Spoken) -> Effect:
    """By any name for it; raises Unavailable for one the car does not have."""
    value = value_of("scent", scent) or scent
    return waking(scene, FRAGRANCE, put(scene, SCENT, value, scent=scent))


@skill("purifier.power", zh="打开或关闭空气净化", en="Turn the air purifier on or off.")
def purifier(scene: Scene, on: On = True) -> Effect:
    """Filters the cabin air."""
    return switch(scene, PURIFIER, on)


@skill("ioniser.power", zh="打开或关闭负离子", en="Turn the ioniser on or off.")
def ioniser(scene: Scene, on: On = True) -> Effect:
    """Ionises the cabin air."""
    return switch(scene, IONISER, on)
