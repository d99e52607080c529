"""Charging: limit, start and stop, timer, cable; and the battery's temperature."""

from typing import Literal

from fujia.cabin.effects import Thing, adjust, join, put, switch, words
from fujia.cabin.skill import Effect, Refused, Scene, skill
from fujia.cabin.skills.arguments import Clock, Much, On

_BATTERY = "Vehicle.Powertrain.TractionBattery."
_CHARGING = _BATTERY + "Charging."
_PORT = _CHARGING + "ChargingPort.AnyPosition."
LIMIT = Thing(_CHARGING + "ChargeLimit", "充电上限", "charge limit")
CONTROL = Thing(_CHARGING + "StartStopCharging", "充电控制", "charging control")
TIMER_MODE = Thing(_CHARGING + "Timer.Mode", "预约充电", "charging timer")
TIMER_TIME = Thing(_CHARGING + "Timer.Time", "预约充电", "charging timer")
CABLE_LOCK = Thing(_PORT + "IsChargingCableLocked", "充电枪锁", "charging cable lock")
CONDITIONING = Thing(
    _BATTERY + "BatteryConditioning.RequestedMode", "电池预热", "battery preconditioning"
)


@skill("charging.limit", zh="设置充电上限（百分比）", en="Set the charge limit, in percent.")
def limit(scene: Scene, limit: Much) -> Effect:
    """Charging ends there."""
    return adjust(scene, LIMIT, "limit", limit)


@skill("charging.control", zh="开始或停止充电", en="Start or stop charging.")
def control(scene: Scene, action: Literal["start", "stop"]) -> Effect:
    """Raises Refused for a start without a cable: nothing would flow."""
    effect = put(scene, CONTROL, action.upper(), action=action)
    if action == "start" and scene.state.get(_PORT + "IsChargingCableConnected") is False:
        raise Refused(words(scene, "充电枪没有插好", "the charging cable is not plugged in"))
    return effect


@skill("charging.timer", zh="预约充电时间", en="Start charging at a time of day.")
def timer(scene: Scene, time: Clock = None, on: On = True) -> Effect:
    """Off forgets the timer; on without a time keeps the time there is."""
    effect = put(scene, TIMER_MODE, "START_TIME" if on else "INACTIVE", on=on)
    if time is None:
        return effect
    return join(put(scene, TIMER_TIME, time, time=time), effect)


@skill("charging.cable_lock", zh="锁住或松开充电枪", en="Lock or release the charging cable.")
def cable_lock(scene: Scene, on: On = True) -> Effect:
    """On is locked."""
    return switch(scene, CABLE_LOCK, on)


@skill("battery.preconditioning", zh="电池预热", en="Bring the battery to temperature.")
def battery_preconditioning(scene: Scene, on: On = True) -> Effect:
    """For fast charging."""
    mode = "FAST_CHARGING_PREPARATION" if on else "INACTIVE"
    return put(scene, CONDITIONING, mode, on=on)
