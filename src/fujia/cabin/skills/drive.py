"""How the car drives; and what voice must never touch, so that it can be refused with a reason."""

from typing import Literal

from fujia.cabin.effects import Thing, adjust, put, switch, words
from fujia.cabin.scale import Scale
from fujia.cabin.skill import Effect, Refused, Scene, skill
from fujia.cabin.skills.arguments import Much, On
from fujia.understanding.plan import Amount

_POWERTRAIN = "Vehicle.Powertrain."
MODE = Thing(_POWERTRAIN + "Transmission.PerformanceMode", "驾驶模式", "drive mode")
GEAR = Thing(_POWERTRAIN + "Transmission.SelectedGear", "档位", "gear")
RECOVERY = Thing(_POWERTRAIN + "EnergyRecovery.Level", "能量回收", "energy recovery")
ONE_PEDAL = Thing(_POWERTRAIN + "EnergyRecovery.IsOnePedalActive", "单踏板模式", "one-pedal mode")
HEIGHT = Thing("Vehicle.Chassis.Suspension.HeightMode", "悬架高度调节", "suspension height")
AUTO_HOLD = Thing("Vehicle.Chassis.IsAutoHoldOn", "自动驻车", "auto hold")
PARKING_BRAKE = Thing("Vehicle.Chassis.ParkingBrake.IsEngaged", "驻车制动", "parking brake")
HORN = Thing("Vehicle.Body.Horn.IsActive", "喇叭", "horn")

_MODES = {"eco": "ECONOMY"}
_HEIGHTS = ("LOW", "NORMAL", "HIGH")
_GEARS = {"P": 126, "R": -1, "N": 0, "D": 127}


@skill("drive.mode", zh="驾驶模式：标准、运动、节能、雪地、雨天", en="Set the drive mode.")
def drive_mode(scene: Scene, mode: Literal["normal", "sport", "eco", "snow", "rain"]) -> Effect:
    """How the drive train answers."""
    return put(scene, MODE, _MODES.get(mode, mode.upper()), mode=mode)


@skill("drive.energy_recovery", zh="能量回收档位", en="Set the level of energy recovery.")
def energy_recovery(scene: Scene, level: Much) -> Effect:
    """How much the motor brakes."""
    return adjust(scene, RECOVERY, "level", level)


@skill("drive.one_pedal", zh="打开或关闭单踏板模式", en="Turn one-pedal driving on or off.")
def one_pedal(scene: Scene, on: On = True) -> Effect:
    """Down to standstill by the accelerator alone."""
    return switch(scene, ONE_PEDAL, on)


@skill("drive.suspension", zh="悬架高度：低、标准、高", en="Raise or lower the suspension.")
def suspension(scene: Scene, height: Literal["low", "normal", "high"] | Much) -> Effect:
    """One of three heights, or a change by one or more of them."""
    (signal,) = HEIGHT.signals(scene)
    if isinstance(height, Amount):
        now = str(scene.state.get(signal.path, "NORMAL"))
        target = Scale(0, 2, 0, 1, 1, "level").target(_HEIGHTS.index(now), height)
        value = _HEIGHTS[min(2, max(0, round(target)))]
    else:
        value = height.upper()
    return put(scene, HEIGHT, value, height=value.lower())


@skill("drive.auto_hold", zh="打开或关闭自动驻车", en="Turn auto hold on or off.")
def auto_hold(scene: Scene, on: On = True) -> Effect:
    """Holds the car at standstill."""
    return switch(scene, AUTO_HOLD, on)


@skill("drive.gear", zh="换挡", en="Select a gear.")
def gear(scene: Scene, gear: Literal["P", "R", "N", "D"]) -> Effect:
    """Understood, so that the policy can say why voice does not do it."""
    return put(scene, GEAR, _GEARS[gear], gear=gear)


@skill("drive.parking_brake", zh="驻车制动", en="Set or release the parking brake.")
def parking_brake(scene: Scene, on: On = True) -> Effect:
    """Understood, so that the policy can say why voice does not do it."""
    return switch(scene, PARKING_BRAKE, on)


@skill("drive.steer", zh="转动方向盘、加速、刹车", en="Steer, accelerate or brake.")
def steer(scene: Scene) -> Effect:
    """No signal for voice to write: always Refused."""
    raise Refused(words(scene, "转向、油门和刹车不由语音控制", "voice does not steer or brake"))


@skill("drive.horn", zh="按喇叭", en="Sound the horn.")
def horn(scene: Scene) -> Effect:
    """Understood, so that the policy can say why voice does not do it."""
    return put(scene, HORN, True)
