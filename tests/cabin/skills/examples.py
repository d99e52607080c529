"""For every WRITE skill: arguments to try it with, and the vehicle and state to try it on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fujia.cabin.skill import Scene
from fujia.understanding.plan import Argument, Language
from fujia.vehicle import Profile, Seat, SimulatedCar, Value, load_profile


@dataclass(frozen=True)
class Example:
    """One call of a skill that changes something."""

    args: Mapping[str, Argument] = field(default_factory=dict[str, Argument])
    vehicle: str = "i5"
    state: Mapping[str, Value] = field(default_factory=dict[str, Value])


def scene(
    vehicle: str = "i5",
    state: Mapping[str, Value] | None = None,
    seat: Seat = "driver",
    language: Language = "zh",
) -> Scene:
    """What a skill sees in a simulated car."""
    car = SimulatedCar(load_profile(vehicle), state)
    return Scene(car.profile, car.snapshot(), seat, language)


def bare(language: Language = "zh") -> Scene:
    """A car that has nothing at all."""
    profile = Profile("bare", "空车", "bare car", "petrol", "LEFT", {})
    return Scene(profile, {}, "driver", language)


_NAVIGATION = "Vehicle.Cabin.Infotainment.Navigation."
_PHONE = "Vehicle.Cabin.Infotainment.Phone."
_CHARGING = "Vehicle.Powertrain.TractionBattery.Charging."
_CABLE = _CHARGING + "ChargingPort.AnyPosition.IsChargingCableConnected"
_ON_ROUTE: dict[str, Value] = {_NAVIGATION + "Destination": "公司"}
_OFF: dict[str, Argument] = {"on": False}

EXAMPLES: dict[str, Example] = {
    "climate.power": Example(_OFF),
    "climate.ac": Example(_OFF),
    "climate.temperature": Example({"temperature": 24.5, "zone": "all"}),
    "climate.fan": Example({"level": "+1"}),
    "climate.airflow": Example({"direction": "feet_windshield"}),
    "climate.recirculation": Example(),
    "climate.auto": Example(),
    "climate.sync": Example(),
    "climate.front_defrost": Example(),
    "climate.rear_defrost": Example(),
    "climate.max_cooling": Example(),
    "climate.max_heating": Example(),
    "climate.preconditioning": Example({"time": "07:30"}),
    "fragrance.power": Example(),
    "fragrance.intensity": Example({"level": 3}),
    "fragrance.scent": Example({"scent": "海洋"}),
    "purifier.power": Example(),
    "ioniser.power": Example(),
    "seat.heating": Example({"zone": "front", "level": 2}),
    "seat.ventilation": Example({"level": "max"}),
    "seat.massage": Example({"level": 2, "mode": "腰部"}),
    "seat.position": Example({"position": "+"}),
    "seat.height": Example({"height": "max"}),
    "seat.recline": Example({"zone": "passenger", "angle": 30}),
    "seat.lumbar": Example({"support": "+"}),
    "seat.side_bolster": Example({"support": 70}),
    "seat.headrest": Example({"height": "+"}),
    "seat.leg_rest": Example({"zone": "passenger", "position": 60}),
    "seat.cushion_length": Example({"length": "+"}),
    "seat.memory": Example({"slot": 2}),
    "steering_wheel.heating": Example({"level": 1}),
    "steering_wheel.position": Example({"tilt": "+"}),
    "window.position": Example({"position": 100, "zone": "all"}),
    "window.child_lock": Example(),
    "shade.position": Example({"position": 0}),
    "rear_shade.position": Example({"position": 0}),
    "sunroof.position": Example({"position": 50}),
    "sunroof.tilt": Example(),
    "sunroof.shade": Example({"position": 100}),
    "door.open": Example({"zone": "rear_left"}),
    "door.lock": Example(),
    "door.child_lock": Example(),
    "tailgate.position": Example(),
    "frunk.open": Example(),
    "hood.open": Example(),
    "charging.flap": Example(),
    "fuel.flap": Example(vehicle="x3-lwb"),
    "glove_box.open": Example(),
    "light.headlights": Example({"mode": "low_beam"}),
    "light.high_beam": Example(),
    "light.front_fog": Example(),
    "light.rear_fog": Example(),
    "light.hazard": Example(),
    "light.turn_signal": Example({"side": "right"}),
    "light.welcome": Example(),
    "light.reading": Example({"brightness": 40}),
    "light.dome": Example(),
    "light.ambient": Example(),
    "light.ambient_color": Example({"color": "冰蓝色"}),
    "light.ambient_brightness": Example({"brightness": "min"}),
    "light.ambient_mode": Example({"mode": "breathing"}),
    "light.all": Example(),
    "wiper.mode": Example({"mode": "auto"}),
    "wiper.speed": Example({"speed": "+"}),
    "wiper.rear": Example(vehicle="x3-lwb"),
    "washer.front": Example(),
    "washer.rear": Example(vehicle="x3-lwb"),
    "windshield.heating": Example(),
    "mirror.fold": Example(),
    "mirror.heating": Example(),
    "mirror.adjust": Example({"side": "passenger", "direction": "down"}),
    "rearview_mirror.dimming": Example(),
    "screen.power": Example({"screen": "all", "on": False}),
    "screen.brightness": Example({"brightness": "+"}),
    "screen.mode": Example({"mode": "night"}),
    "screen.page": Example({"page": "导航"}),
    "hud.power": Example(_OFF),
    "hud.brightness": Example({"brightness": "max"}),
    "hud.height": Example({"height": "-"}),
    "cluster.brightness": Example({"brightness": 80}),
    "volume.media": Example({"volume": "+"}),
    "volume.navigation": Example({"volume": 0}),
    "volume.phone": Example({"volume": "mid"}),
    "volume.assistant": Example({"volume": "+10%"}),
    "navigation.mute": Example(),
    "media.play": Example({"title": "晴天", "artist": "周杰伦"}),
    "media.control": Example({"action": "next"}),
    "media.mode": Example({"mode": "shuffle"}),
    "media.favorite": Example(),
    "media.source": Example({"source": "usb"}),
    "media.equalizer": Example({"preset": "摇滚"}),
    "radio.tune": Example({"frequency": 103.9}),
    "video.play": Example({"title": "动画片"}),
    "video.stop": Example(state={"Vehicle.Cabin.Infotainment.Media.Video": "动画片"}),
    "phone.call": Example({"contact": "妈妈"}),
    "phone.hang_up": Example(state={_PHONE + "Call": "妈妈"}),
    "phone.answer": Example(state={_PHONE + "CallState": "RINGING"}),
    "phone.bluetooth": Example(_OFF),
    "phone.projection": Example(),
    "hotspot.power": Example(),
    "navigation.start": Example({"destination": "公司"}),
    "navigation.add_stop": Example({"place": "加油站"}, state=_ON_ROUTE),
    "navigation.remove_stop": Example(
        state=_ON_ROUTE | {_NAVIGATION + "Waypoints": ["加油站", "超市"]}
    ),
    "navigation.cancel": Example(state=_ON_ROUTE),
    "navigation.route": Example({"preference": "no_toll"}),
    "navigation.traffic": Example(_OFF),
    "navigation.view": Example({"mode": "3d"}),
    "drive.mode": Example({"mode": "sport"}),
    "drive.energy_recovery": Example({"level": "max"}),
    "drive.one_pedal": Example(),
    "drive.suspension": Example({"height": "+"}, vehicle="generic-ev"),
    "drive.auto_hold": Example(),
    "drive.gear": Example({"gear": "N"}),
    "drive.parking_brake": Example(_OFF),
    "drive.horn": Example(),
    "adas.cruise": Example({"speed": 90}),
    "adas.cruise_distance": Example({"interval": 3}),
    "adas.lane_departure": Example(_OFF),
    "adas.lane_keeping": Example(_OFF),
    "adas.blind_spot": Example(_OFF),
    "adas.speed_limiter": Example({"speed": 100}),
    "adas.speed_warning": Example(_OFF),
    "adas.parking_assist": Example(),
    "adas.parking_sensors": Example(_OFF),
    "adas.surround_view": Example(),
    "adas.stability": Example(_OFF),
    "adas.traction": Example(_OFF),
    "adas.abs": Example(_OFF),
    "adas.emergency_brake": Example(_OFF),
    "adas.driver_monitoring": Example(_OFF),
    "adas.traffic_signs": Example(_OFF),
    "charging.limit": Example({"limit": "90%"}),
    "charging.control": Example({"action": "start"}, state={_CABLE: True}),
    "charging.timer": Example({"time": "23:00"}),
    "charging.cable_lock": Example(),
    "battery.preconditioning": Example(),
    "trip.reset": Example(),
    "scene.start": Example({"scene": "小憩"}),
    "scene.stop": Example({"scene": "car_wash"}, state={
        "Vehicle.Cabin.HVAC.IsRecirculationActive": True,
    }),
}  # fmt: skip
NEVER_WRITES = {"drive.steer", "unknown.function"} | {
    "memory.remember", "memory.forget", "memory.apply", "suggestion.stop",
}  # fmt: skip
"""WRITE skills that only explain why not, or change what is remembered instead of the car."""
