"""Climate: temperature, fan, airflow, and the switches of the air conditioning."""

from typing import Literal

from fujia.cabin.effects import Thing, adjust, join, put, switch, waking, words
from fujia.cabin.skill import Effect, Scene, Unavailable, skill
from fujia.cabin.skills.arguments import Clock, Much, On, Where
from fujia.vehicle.car import Write

_HVAC = "Vehicle.Cabin.HVAC."
_STATION = _HVAC + "Station.{station}."
POWER = Thing(_HVAC + "IsOn", "空调", "climate control")
AC = Thing(_HVAC + "IsAirConditioningActive", "制冷", "air conditioning")
TEMPERATURE = Thing(_STATION + "Temperature", "温度调节", "temperature control", "zone")
FAN = Thing(_STATION + "FanSpeed", "风量调节", "fan")
AIRFLOW = Thing(_STATION + "AirDistribution", "出风方向调节", "airflow control")
SECOND_AIRFLOW = Thing(_STATION + "SecondaryAirDistribution", "组合出风", "combined airflow")
RECIRCULATION = Thing(_HVAC + "IsRecirculationActive", "内循环", "recirculation")
AUTO = Thing(_HVAC + "IsAutoModeActive", "自动空调", "automatic climate control")
SYNC = Thing(_HVAC + "IsZoneSyncActive", "温区同步", "climate zone sync")
FRONT_DEFROST = Thing(_HVAC + "IsFrontDefrosterActive", "前挡除雾", "front defroster")
REAR_DEFROST = Thing(_HVAC + "IsRearDefrosterActive", "后挡除雾", "rear defroster")
MAX_COOLING = Thing(_HVAC + "IsMaxCoolingActive", "最大制冷", "maximum cooling")
MAX_HEATING = Thing(_HVAC + "IsMaxHeatingActive", "最大制热", "maximum heating")
PRECONDITIONING = Thing(_HVAC + "IsPreconditioningActive", "提前空调", "climate before departure")
DEPARTURE = Thing(_HVAC + "PreconditioningTime", "定时空调", "timed climate control")

Direction = Literal["face", "feet", "windshield", "face_feet", "feet_windshield", "all"]
_OUTLETS: dict[str, tuple[str, str]] = {
    "face": ("MIDDLE", "NONE"),
    "feet": ("DOWN", "NONE"),
    "windshield": ("UP", "NONE"),
    "face_feet": ("MIDDLE", "DOWN"),
    "feet_windshield": ("UP", "DOWN"),
}
_FAN_AGAIN = 40


@skill("climate.power", zh="打开或关闭空调", en="Turn the climate control on or off.")
def power(scene: Scene, on: On = True, zone: Where = None) -> Effect:
    """The whole system; for a passenger's zone alone, that zone's fan."""
    if zone in (None, "driver", "front", "all"):
        return switch(scene, POWER, on)
    writes = [
        Write(signal.path, (scene.state.get(signal.path) or _FAN_AGAIN) if on else 0)
        for signal in FAN.signals(scene, zone)
    ]
    effect = Effect(tuple(writes), {"zone": zone, "on": on})
    return waking(scene, POWER, effect) if on else effect


@skill("climate.ac", zh="打开或关闭制冷压缩机", en="Turn the air conditioning on or off.")
def ac(scene: Scene, on: On = True) -> Effect:
    """Cooling needs the system on."""
    effect = switch(scene, AC, on)
    return waking(scene, POWER, effect) if on else effect


@skill("climate.temperature", zh="设置空调温度", en="Set the temperature in degrees Celsius.")
def temperature(scene: Scene, temperature: Much, zone: Where = None) -> Effect:
    """Per zone; wakes the system."""
    return waking(scene, POWER, adjust(scene, TEMPERATURE, "temperature", temperature, zone))


@skill("climate.fan", zh="设置空调风量档位，0 为关", en="Set the fan level; 0 is off.")
def fan(scene: Scene, level: Much, zone: Where = None) -> Effect:
    """Per zone; all zones unless one is named."""
    effect = adjust(scene, FAN, "level", level, zone)
    blows = any(write.value for write in effect.writes)
    return waking(scene, POWER, effect) if blows else effect


@skill("climate.airflow", zh="设置空调出风方向", en="Set where the air comes out.")
def airflow(scene: Scene, direction: Direction, zone: Where = None) -> Effect:
    """A combination uses the second outlet; no car here blows from three at once."""
    if direction == "all":
        raise Unavailable(words(scene, "三个方向同时出风", "airflow from all outlets at once"))
    first, second = _OUTLETS[direction]
    effect = put(scene, AIRFLOW, first, zone, direction=direction)
    if second != "NONE" or SECOND_AIRFLOW.present(scene, zone):
        effect = join(effect, put(scene, SECOND_AIRFLOW, second, zone, direction=direction))
    return effect


@skill("climate.recirculation", zh="切换内循环或外循环", en="Recirculate air, or let in fresh air.")
def recirculation(scene: Scene, on: On = True) -> Effect:
    """Off is fresh air."""
    return switch(scene, RECIRCULATION, on)


@skill("climate.auto", zh="打开或关闭自动空调", en="Turn the automatic mode on or off.")
def auto(scene: Scene, on: On = True) -> Effect:
    """The automatic mode needs the system on."""
    effect = switch(scene, AUTO, on)
    return waking(scene, POWER, effect) if on else effect


@skill("climate.sync", zh="打开或关闭温区同步", en="Keep all climate zones at one temperature.")
def sync(scene: Scene, on: On = True) -> Effect:
    """One temperature for all zones."""
    return switch(scene, SYNC, on)


@skill("climate.front_defrost", zh="前挡风玻璃除雾除霜", en="Defrost or demist the windscreen.")
def front_defrost(scene: Scene, on: On = True) -> Effect:
    """Fan, airflow and cooling that go with it are the policy's to add."""
    return switch(scene, FRONT_DEFROST, on)


@skill("climate.rear_defrost", zh="后挡风玻璃除雾除霜", en="Defrost or demist the rear window.")
def rear_defrost(scene: Scene, on: On = True) -> Effect:
    """The heated rear window."""
    return switch(scene, REAR_DEFROST, on)


@skill("climate.max_cooling", zh="最大制冷，快速降温", en="Cool as fast as the car can.")
def max_cooling(scene: Scene, on: On = True) -> Effect:
    """Ends maximum heating."""
    return _extreme(scene, MAX_COOLING, MAX_HEATING, on)


@skill("climate.max_heating", zh="最大制热，快速升温", en="Heat as fast as the car can.")
def max_heating(scene: Scene, on: On = True) -> Effect:
    """Ends maximum cooling."""
    return _extreme(scene, MAX_HEATING, MAX_COOLING, on)


@skill("climate.preconditioning", zh="出发前提前开空调", en="Condition the cabin before departure.")
def preconditioning(scene: Scene, on: On = True, time: Clock = None) -> Effect:
    """Now, or so that the cabin is ready at a time of day."""
    effect = switch(scene, PRECONDITIONING, on)
    return join(effect, put(scene, DEPARTURE, time, time=time)) if time else effect


def _extreme(scene: Scene, wanted: Thing, other: Thing, on: bool) -> Effect:
    effect = switch(scene, wanted, on)
    if not on:
        return effect
    rest = switch(scene, other, False) if other.present(scene) else Effect(())
    return waking(scene, POWER, Effect((*rest.writes, *effect.writes), effect.args))
