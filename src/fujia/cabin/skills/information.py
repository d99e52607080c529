"""What the car knows about itself, in words."""

from datetime import datetime

from fujia.cabin.effects import Thing, put, words
from fujia.cabin.skill import Answer, Effect, Scene, skill

_BATTERY = "Vehicle.Powertrain.TractionBattery."
_FUEL = "Vehicle.Powertrain.FuelSystem."
_TYRE = "Vehicle.Chassis.Axle.Row{row}.Wheel.{side}.Tire."
_SERVICE = "Vehicle.Service."
TRIP = Thing("Vehicle.TripMeterReading", "小计里程", "trip meter")
_DAY_S = 86400
_DAYS_ZH = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WHEELS = (
    (1, "Left", "左前", "front left"),
    (1, "Right", "右前", "front right"),
    (2, "Left", "左后", "rear left"),
    (2, "Right", "右后", "rear right"),
)


@skill("vehicle.range", kind="read", zh="查询续航", en="Say how far the car can go.")
def vehicle_range(scene: Scene) -> Answer:
    """In kilometres."""
    for path in ("Vehicle.Powertrain.Range", _BATTERY + "Range", _FUEL + "Range"):
        metres = _number(scene, path)
        if metres is not None:
            km = round(metres / 1000)
            return _answer(scene, f"还能开大约{km}公里。", f"About {km} km are left.")
    return _unknown(scene, "续航", "the range")


@skill("vehicle.charge", kind="read", zh="查询电量或油量", en="Say how full battery or tank is.")
def charge(scene: Scene) -> Answer:
    """In percent."""
    level = _number(scene, _BATTERY + "StateOfCharge.Displayed")
    if level is not None:
        return _answer(scene, f"电量{level:.0f}%。", f"The battery is at {level:.0f} %.")
    level = _number(scene, _FUEL + "RelativeLevel")
    if level is not None:
        return _answer(scene, f"油量{level:.0f}%。", f"The tank is at {level:.0f} %.")
    return _unknown(scene, "电量", "the charge")


@skill("vehicle.tyre_pressure", kind="read", zh="查询胎压", en="Say the tyre pressures.")
def tyre_pressure(scene: Scene) -> Answer:
    """In bar; a tyre that is low is named first."""
    read: list[tuple[str, str]] = []
    low: list[str] = []
    for row, side, zh, en in _WHEELS:
        path = _TYRE.format(row=row, side=side)
        pressure = _number(scene, path + "Pressure")
        if pressure is None:
            return _unknown(scene, "胎压", "the tyre pressures")
        name = words(scene, zh, en)
        read.append((name, f"{pressure / 100:.1f}"))
        if scene.state.get(path + "IsPressureLow"):
            low.append(name)
    listed = words(scene, "，", ", ").join(f"{name} {bar}" for name, bar in read)
    if low:
        names = words(scene, "、", ", ").join(low)
        return _answer(scene, f"{names}胎压偏低。{listed}巴。", f"Low: {names}. {listed} bar.")
    return _answer(scene, f"胎压正常：{listed}巴。", f"Tyre pressures are fine: {listed} bar.")


@skill("vehicle.mileage", kind="read", zh="查询总里程", en="Say how far the car has gone.")
def mileage(scene: Scene) -> Answer:
    """The whole of its life, and since the trip meter was reset."""
    total, trip = _number(scene, "Vehicle.TraveledDistance"), _number(scene, TRIP.path)
    if total is None:
        return _unknown(scene, "里程", "the mileage")
    zh, en = f"总里程{total / 1000:.0f}公里", f"{total / 1000:.0f} km in total"
    if trip is None:
        return _answer(scene, f"{zh}。", f"{en}.")
    return _answer(scene, f"{zh}，小计{trip / 1000:.1f}公里。", f"{en}, trip {trip / 1000:.1f} km.")


@skill("vehicle.service", kind="read", zh="查询保养", en="Say when the next service is due.")
def service(scene: Scene) -> Answer:
    """In kilometres and days."""
    if scene.state.get(_SERVICE + "IsServiceDue"):
        return _answer(scene, "该保养了。", "A service is due now.")
    distance = _number(scene, _SERVICE + "DistanceToService")
    seconds = _number(scene, _SERVICE + "TimeToService")
    if distance is None or seconds is None:
        return _unknown(scene, "保养信息", "when the service is due")
    km, days = f"{distance:.0f}", round(seconds / _DAY_S)
    return _answer(
        scene, f"还有{km}公里或{days}天保养。", f"The next service is in {km} km or {days} days."
    )


@skill("vehicle.outside_temperature", kind="read", zh="查询车外温度", en="Temperature outside.")
def outside_temperature(scene: Scene) -> Answer:
    """In degrees Celsius."""
    degrees = _number(scene, "Vehicle.Exterior.AirTemperature")
    if degrees is None:
        return _unknown(scene, "车外温度", "the temperature outside")
    return _answer(scene, f"车外{degrees:g}度。", f"It is {degrees:g} °C outside.")


@skill("vehicle.inside_temperature", kind="read", zh="查询车内温度", en="Temperature inside.")
def inside_temperature(scene: Scene) -> Answer:
    """In degrees Celsius."""
    degrees = _number(scene, "Vehicle.Cabin.HVAC.AmbientAirTemperature")
    if degrees is None:
        return _unknown(scene, "车内温度", "the temperature inside")
    return _answer(scene, f"车内{degrees:g}度。", f"It is {degrees:g} °C inside.")


@skill("vehicle.charging_time", kind="read", zh="查询充满还要多久", en="Say how long it charges.")
def charging_time(scene: Scene) -> Answer:
    """In hours and minutes."""
    seconds = _number(scene, _BATTERY + "Charging.TimeToComplete")
    if seconds is None:
        return _unknown(scene, "充电时间", "the charging time")
    if not scene.state.get(_BATTERY + "Charging.IsCharging"):
        return _answer(scene, "现在没有在充电。", "The car is not charging.")
    if seconds <= 0:
        return _answer(scene, "正在充电，还不知道要多久。", "Charging; I don't know for how long.")
    hours, minutes = divmod(round(seconds / 60), 60)
    zh = f"还要{hours}小时{minutes}分钟。" if hours else f"还要{minutes}分钟。"
    en = f"{hours} h {minutes} min are left." if hours else f"{minutes} min are left."
    return _answer(scene, zh, en)


@skill("vehicle.consumption", kind="read", zh="查询能耗或油耗", en="Say the average consumption.")
def consumption(scene: Scene) -> Answer:
    """Litres in 100 kilometres; of an electric car, what its profile says, as such."""
    litres = _number(scene, _FUEL + "AverageConsumption")
    if litres is None:
        return _rated(scene)
    zh, en = f"平均油耗每百公里{litres:.1f}升。", f"The average is {litres:.1f} l per 100 km."
    return _answer(scene, zh, en)


@skill("vehicle.time", kind="read", zh="查询日期和时间", en="Say what day and time it is.")
def time(scene: Scene) -> Answer:
    """By the clock of the computer."""
    now = datetime.now()
    day, month = _DAYS[now.weekday()], _MONTHS[now.month - 1]
    zh = f"今天{now.month}月{now.day}日，星期{_DAYS_ZH[now.weekday()]}，现在{now:%H:%M}。"
    return _answer(scene, zh, f"It is {now:%H:%M} on {day}, {now.day} {month}.")


@skill("trip.reset", zh="小计里程清零", en="Reset the trip meter.")
def trip_reset(scene: Scene) -> Effect:
    """To nought."""
    return put(scene, TRIP, 0)


def _rated(scene: Scene) -> Answer:
    fact = scene.profile.facts.get("consumption")
    if fact is None:
        return _unknown(scene, "平均能耗", "the consumption")
    zh = f"这辆车不报告实际能耗，资料上每百公里约{fact.value:g}千瓦时。"
    en = f"The car does not report it; its data say about {fact.value:g} {fact.unit}."
    return _answer(scene, zh, en)


def _number(scene: Scene, path: str) -> float | None:
    value = scene.state.get(path) if scene.profile.has(path) else None
    return float(value) if isinstance(value, (int, float)) else None


def _answer(scene: Scene, zh: str, en: str) -> Answer:
    return Answer(words(scene, zh, en))


def _unknown(scene: Scene, zh: str, en: str) -> Answer:
    return _answer(scene, f"这辆车查不到{zh}。", f"This car does not tell me {en}.")
