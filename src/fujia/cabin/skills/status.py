"""The state of a thing, in words: "are the windows open?"."""

from collections.abc import Mapping, Sequence
from typing import Literal

from fujia.cabin.effects import Thing, words, zone_words
from fujia.cabin.skill import Answer, Scene, skill
from fujia.cabin.skills import (
    air,
    assistance,
    charging,
    climate,
    drive,
    lights,
    media,
    openings,
    phone,
    screens,
    seats,
    view,
)
from fujia.cabin.skills.arguments import Spoken, Where
from fujia.vehicle.signal import Signal, Value, level_of_percent
from fujia.vehicle.zone import Seat, Zone

Kind = Literal["on", "open", "lock", "strength", "amount", "text"]

_UNITS = {"Celsius": ("度", " °C"), "percent": ("%", " %"), "km/h": ("公里每小时", " km/h")}
_PAIRS: dict[Kind, tuple[tuple[str, str], tuple[str, str]]] = {
    "on": (("开着", "on"), ("关着", "off")),
    "strength": (("开着", "on"), ("关着", "off")),
    "open": (("开着", "open"), ("关着", "closed")),
    "lock": (("锁着", "locked"), ("没锁", "unlocked")),
}

_WORDS = {
    "": ("没有", "none"),
    "OFF": ("关着", "off"),
    "AUTO": ("在自动档", "automatic"),
    "RAIN_SENSOR": ("在自动档", "automatic"),
    "INTERVAL": ("在间歇档", "at intervals"),
    "SLOW": ("在慢速档", "slow"),
    "MEDIUM": ("在中速档", "medium"),
    "FAST": ("在快速档", "fast"),
    "NORMAL": ("是标准", "normal"),
    "SPORT": ("是运动", "sport"),
    "ECONOMY": ("是节能", "economy"),
    "SNOW": ("是雪地", "snow"),
    "RAIN": ("是雨天", "rain"),
    "DAY": ("是白天", "day"),
    "NIGHT": ("是夜间", "night"),
    "BLUETOOTH": ("是蓝牙", "Bluetooth"),
    "SEQUENCE": ("是顺序播放", "in sequence"),
    "SHUFFLE": ("是随机播放", "shuffle"),
    "REPEAT_ONE": ("是单曲循环", "repeat one"),
    "REPEAT_ALL": ("是列表循环", "repeat all"),
}

_LID = "Vehicle.Body.{}.IsOpen"
THINGS: Mapping[str, tuple[Thing, Kind, str, str]] = {
    "climate.power": (climate.POWER, "on", "空调", "climate control"),
    "climate.ac": (climate.AC, "on", "制冷", "air conditioning"),
    "climate.temperature": (climate.TEMPERATURE, "amount", "空调温度", "temperature"),
    "climate.fan": (climate.FAN, "strength", "风量", "fan"),
    "climate.recirculation": (climate.RECIRCULATION, "on", "内循环", "recirculation"),
    "climate.auto": (climate.AUTO, "on", "自动空调", "automatic climate control"),
    "climate.sync": (climate.SYNC, "on", "温区同步", "climate zone sync"),
    "climate.front_defrost": (climate.FRONT_DEFROST, "on", "前除霜", "front defroster"),
    "climate.rear_defrost": (climate.REAR_DEFROST, "on", "后除霜", "rear defroster"),
    "fragrance.power": (air.FRAGRANCE, "on", "香氛", "fragrance"),
    "purifier.power": (air.PURIFIER, "on", "空气净化", "air purifier"),
    "seat.heating": (seats.HEATING, "strength", "座椅加热", "seat heating"),
    "seat.ventilation": (seats.VENTILATION, "strength", "座椅通风", "seat ventilation"),
    "seat.massage": (seats.MASSAGE, "strength", "座椅按摩", "seat massage"),
    "steering_wheel.heating": (seats.WHEEL_HEATING, "strength", "方向盘加热", "wheel heating"),
    "window.position": (openings.WINDOW, "open", "车窗", "window"),
    "window.child_lock": (openings.WINDOW_LOCK, "lock", "车窗锁", "window switches"),
    "shade.position": (openings.SHADE, "open", "侧窗遮阳帘", "door shades"),
    "rear_shade.position": (openings.REAR_SHADE, "open", "后遮阳帘", "rear shade"),
    "sunroof.position": (openings.ROOF_POSITION, "open", "天窗", "sunroof"),
    "sunroof.tilt": (openings.ROOF_POSITION, "open", "天窗", "sunroof"),
    "sunroof.shade": (openings.ROOF_SHADE, "open", "天窗遮阳帘", "sunroof shade"),
    "door.open": (openings.DOOR, "open", "车门", "door"),
    "door.lock": (openings.LOCK, "lock", "车门", "doors"),
    "door.child_lock": (openings.CHILD_LOCK, "on", "儿童锁", "child lock"),
    "tailgate.position": (Thing(_LID.format("Trunk.Rear"), "", ""), "open", "尾门", "tailgate"),
    "frunk.open": (Thing(_LID.format("Trunk.Front"), "", ""), "open", "前备箱", "front boot"),
    "hood.open": (Thing(_LID.format("Hood"), "", ""), "open", "机舱盖", "bonnet"),
    "charging.flap": (openings.CHARGING_FLAP, "open", "充电口盖", "charging flap"),
    "fuel.flap": (openings.FUEL_FLAP, "open", "油箱盖", "fuel flap"),
    "glove_box.open": (openings.GLOVE_BOX, "open", "手套箱", "glove box"),
    "light.headlights": (lights.LOW_BEAM, "on", "近光灯", "low beam"),
    "light.high_beam": (lights.HIGH_BEAM, "on", "远光灯", "high beam"),
    "light.front_fog": (lights.FRONT_FOG, "on", "前雾灯", "front fog lights"),
    "light.rear_fog": (lights.REAR_FOG, "on", "后雾灯", "rear fog light"),
    "light.hazard": (lights.HAZARD, "on", "双闪", "hazard lights"),
    "light.reading": (lights.READING, "on", "阅读灯", "reading light"),
    "light.dome": (lights.DOME, "on", "顶灯", "dome light"),
    "light.all": (lights.LOW_BEAM, "on", "近光灯", "low beam"),
    "light.ambient": (lights.AMBIENT, "on", "氛围灯", "ambient light"),
    "light.ambient_color": (lights.AMBIENT_COLOUR, "text", "氛围灯颜色", "ambient light colour"),
    "wiper.mode": (view.WIPER, "text", "雨刮", "wipers"),
    "mirror.fold": (view.FOLD, "on", "后视镜折叠", "folded mirrors"),
    "mirror.heating": (view.MIRROR_HEATING, "on", "后视镜加热", "mirror heating"),
    "screen.power": (screens.POWER["center"], "on", "中控屏", "centre screen"),
    "screen.brightness": (screens.BRIGHTNESS["center"], "amount", "屏幕亮度", "brightness"),
    "screen.mode": (screens.MODE, "text", "屏幕模式", "screen mode"),
    "hud.power": (screens.HUD_POWER, "on", "抬头显示", "head-up display"),
    "volume.media": (media.VOLUME, "amount", "媒体音量", "media volume"),
    "volume.navigation": (media.NAVIGATION_VOLUME, "amount", "导航音量", "navigation volume"),
    "volume.phone": (media.PHONE_VOLUME, "amount", "通话音量", "phone volume"),
    "media.control": (media.MUTE, "on", "静音", "mute"),
    "media.source": (media.SOURCE, "text", "音源", "source"),
    "media.mode": (media.PLAY_MODE, "text", "播放模式", "play mode"),
    "media.play": (
        Thing("Vehicle.Cabin.Infotainment.Media.Played.Track", "", ""), "text", "歌曲", "title",
    ),
    "phone.bluetooth": (phone.BLUETOOTH, "on", "蓝牙", "Bluetooth"),
    "hotspot.power": (phone.HOTSPOT, "on", "热点", "hotspot"),
    "drive.mode": (drive.MODE, "text", "驾驶模式", "drive mode"),
    "drive.energy_recovery": (drive.RECOVERY, "strength", "能量回收", "energy recovery"),
    "drive.one_pedal": (drive.ONE_PEDAL, "on", "单踏板", "one-pedal driving"),
    "drive.auto_hold": (drive.AUTO_HOLD, "on", "自动驻车", "auto hold"),
    "drive.parking_brake": (drive.PARKING_BRAKE, "on", "驻车制动", "parking brake"),
    "adas.cruise": (assistance.CRUISE, "on", "定速巡航", "cruise control"),
    "adas.lane_keeping": (assistance.LANE_KEEPING, "on", "车道保持", "lane keeping"),
    "adas.lane_departure": (assistance.LANE_DEPARTURE, "on", "车道偏离预警", "lane warning"),
    "adas.blind_spot": (assistance.BLIND_SPOT, "on", "盲区监测", "blind spot monitoring"),
    "adas.stability": (assistance.STABILITY, "on", "车身稳定", "stability control"),
    "charging.limit": (charging.LIMIT, "amount", "充电上限", "charge limit"),
    "charging.control": (
        Thing("Vehicle.Powertrain.TractionBattery.Charging.IsCharging", "", ""),
        "on", "充电", "charging",
    ),
}  # fmt: skip
"""What can be asked about, by the skill that sets it."""


@skill("vehicle.status", kind="read", zh="查询某样东西的状态", en="Say how a thing stands now.")
def status(scene: Scene, thing: Spoken, zone: Where = None) -> Answer:
    """``thing`` is the name of the skill that sets it; the whole car unless a zone is named."""
    if thing not in THINGS:
        return Answer(words(scene, "这个状态我查不到。", "I cannot see that."), {"thing": thing})
    what, kind, zh, en = THINGS[thing]
    name = words(scene, zh, en)
    found = [scene.profile.signals[path] for path in scene.profile.paths(what.path, zone)]
    if not found:
        place = zone_words(scene, zone or "all")
        missing = f"这辆车没有{place}{zh}。", f"This car has no {en} {place}".rstrip() + "."
        return Answer(words(scene, *missing), {"thing": thing})
    states: list[tuple[Seat | None, str]] = [
        (signal.seat, _state(scene, signal, kind, what.sign)) for signal in found
    ]
    return Answer(_sentence(scene, name, states, zone), {"thing": thing})


def _sentence(
    scene: Scene, name: str, states: Sequence[tuple[Seat | None, str]], zone: Zone | None
) -> str:
    """One state for all, or the zones one by one."""
    different = {state for _, state in states}
    if len(different) == 1:
        state, place = different.pop(), zone_words(scene, zone) if zone else ""
        every = words(scene, "都", "all ") if len(states) > 1 else ""
        english = f"{_title(f'{name} {place}')}: {every}{state}."
        return words(scene, f"{place}{name}{every}{state}。", english)
    parts = [(zone_words(scene, seat or "all"), state) for seat, state in states]
    zh = "，".join(f"{place}{state}" for place, state in parts)
    en = ", ".join(f"{state} {place}" for place, state in parts)
    return words(scene, f"{name}：{zh}。", f"{_title(name)}: {en}.")


def _state(scene: Scene, signal: Signal, kind: Kind, sign: int) -> str:
    value: Value = scene.state.get(signal.path, signal.initial or 0)
    if isinstance(value, (str, list)):
        text = str(value)
        return words(scene, *_WORDS.get(text, (f"是{text}", text.lower().replace("_", " "))))
    if kind in ("amount", "text"):
        unit = words(scene, *_UNITS.get(signal.unit or "", ("", "")))
        return words(scene, "是", "") + f"{value:g}{unit}"
    number = sign * value
    yes, no = _PAIRS[kind]
    if kind == "open" and number < 0:
        return words(scene, "翘起", "tilted")
    if number <= 0:
        return words(scene, *no)
    if isinstance(value, bool) or (number >= 100 and not signal.levels):
        return words(scene, *yes)
    if signal.levels:
        level = level_of_percent(number, signal.levels)
        return words(scene, f"是{level}档", f"level {level}")
    return words(scene, f"开了{number:g}%", f"{number:g} % open")


def _title(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]
