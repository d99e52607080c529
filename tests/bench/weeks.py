"""Simulated weeks of a driver: what the car's signals say, and what is really so.

One ``Life`` is one person with a car of their own, a season and habits, all drawn from a seed. It
is stepped second by second while they are in the car. The truth (``holds``) is apart from the
signals: sensors blink and are biased, routines are broken, windows are open on purpose.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from fujia.cabin.memory import Fact
from fujia.cabin.suggestions.glass import dew_point, vapour
from fujia.vehicle import SimulatedCar, Value, load_profile
from tests.bench.drives import Drive, Rain, draw_drive

WINDOW = "Vehicle.Cabin.Door.Row1.DriverSide.Window.Position"
RAIN = "Vehicle.Body.Raindetection.Intensity"
RECIRCULATION = "Vehicle.Cabin.HVAC.IsRecirculationActive"
COOLING = "Vehicle.Cabin.HVAC.IsAirConditioningActive"
DEFROSTER = "Vehicle.Cabin.HVAC.IsFrontDefrosterActive"
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
INSIDE = "Vehicle.Cabin.HVAC.AmbientAirTemperature"
LOW_BEAM = "Vehicle.Body.Lights.Beam.Low.IsOn"
SWITCH = "Vehicle.Body.Lights.LightSwitch"
DESTINATION = "Vehicle.Cabin.Infotainment.Navigation.Destination"
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current"
SPEED = "Vehicle.Speed"
_GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
_IGNITION = "Vehicle.LowVoltageSystemState"
_DOOR = "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen"
_ANGLE = "Vehicle.Chassis.SteeringWheel.Angle"
_LATERAL = "Vehicle.Acceleration.Lateral"
_LONGITUDINAL = "Vehicle.Acceleration.Longitudinal"
_YAW = "Vehicle.AngularVelocity.Yaw"
_BRAKE = "Vehicle.Chassis.Brake.PedalPosition"
_LEFT = "Vehicle.Body.Lights.DirectionIndicator.Left.IsSignaling"
_CALL = "Vehicle.Cabin.Infotainment.Phone.CallState"
_FATIGUE = "Vehicle.Driver.FatigueLevel"

FULL_KM = 450.0
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NEVER = 1e12


class Life:
    """One person's weeks. ``state`` is what the car tells; ``holds`` says what is really so."""

    def __init__(self, seed: int, weeks: int) -> None:
        self.chance = random.Random(seed)
        chance = self.chance
        self.weeks = weeks
        self.state: dict[str, Value] = dict(SimulatedCar(load_profile("i5")).snapshot())
        self.now = MONDAY
        self.likes = chance.choice([20, 21, 22, 23, 24])
        self.commute_km = chance.uniform(8, 45)
        self.leaves = chance.choice([7, 8, 8, 9]) * 60 + chance.choice([0, 10, 20, 30, 45])
        self.outside = chance.uniform(-4, 27)
        self.humidity = chance.uniform(45, 97)
        self.wet = chance.uniform(0.05, 0.5)
        self.recirculates = chance.random() < 0.3
        self.cools = chance.random() < 0.6
        self.automatic_lights = chance.random() < 0.85
        self.airs = chance.uniform(0.05, 0.4)
        self.smokes = chance.random() < 0.2
        self.fatigue_bias = chance.gauss(0, 6)
        self.glass = chance.uniform(0.22, 0.36)
        self.tiredness = 20.0
        self.unrest = 0.0
        self.water = 6.0
        self.phase = ""
        self.acting: dict[str, float] = {}
        self.plans: dict[str, float] = {}
        self.clock = 0.0
        self.drive = Drive(MONDAY, "", 0.0, 0.0)
        self.rain: Rain | None = None
        self.blip: Rain | None = None
        self.tunnel: Rain | None = None
        self.call: Rain | None = None
        self.dazzled: Rain | None = None
        self.airing_wanted = False
        self.end = 0.0
        self.state[CHARGE] = chance.uniform(30, 90)

    def facts(self) -> Iterator[Fact]:
        """What this person has let the car remember."""
        hours, minutes = divmod(self.leaves, 60)
        at = f"{hours:02d}:{minutes:02d}"
        yield Fact(what="trip", value="公司", time=at, days=(1, 2, 3, 4, 5))
        if self.chance.random() < 0.7:
            yield Fact(what="temperature", value=self.likes)

    def drives(self) -> Iterator[Drive]:
        """Every drive of the weeks, in order; a routine takes place on most of its days."""
        chance = self.chance
        for day in range(7 * self.weeks):
            date = MONDAY + timedelta(days=day)
            if date.isoweekday() <= 5:
                out = date + timedelta(minutes=self.leaves + chance.gauss(-2, 5))
                if chance.random() < 0.92:
                    usual = chance.random() < 0.93
                    km = self.commute_km if usual else chance.uniform(3, 60)
                    yield draw_drive(chance, out, "公司" if usual else "别处", km)
                    back = date + timedelta(hours=chance.gauss(18.4, 0.8))
                    yield draw_drive(chance, back, "家", km)
            elif chance.random() < 0.7:
                out = date + timedelta(hours=chance.uniform(9, 14))
                km = chance.choice([6.0, 12.0, 30.0, 160.0])
                yield draw_drive(chance, out, "郊外", km)
                yield draw_drive(chance, out + timedelta(hours=chance.uniform(4, 8)), "家", km)

    def seconds(self, drive: Drive) -> Iterator[None]:
        """Live through a drive; after each second ``state`` and the truth are of that second."""
        self._get_in(drive)
        for phase, length in drive.phases:
            self.phase = phase
            marked = self.chance.random() < 0.85
            side = self.chance.choice([-1, 1])
            for second in range(max(1, round(length))):
                self._move(phase, second, length, marked, side)
                self._weather()
                self._people()
                self.clock += 1
                self.now += timedelta(seconds=1)
                yield
        self._get_out(drive)

    def _get_in(self, drive: Drive) -> None:
        chance, state = self.chance, self.state
        self.drive, self.now, self.clock = drive, drive.start, 0.0
        self.end = float(sum(max(1, round(length)) for _, length in drive.phases))
        self.acting, self.plans = {}, {}
        self.outside += chance.gauss(0, 1.5)
        self.humidity = min(99.0, max(35.0, self.humidity + chance.gauss(0, 5)))
        self.rain = self.blip = self.tunnel = self.call = self.dazzled = None
        if chance.random() < self.wet:
            begins = chance.uniform(-600, self.end)
            short = chance.random() < 0.15
            self.rain = Rain(begins, begins + (chance.uniform(20, 60) if short else 1500))
        if chance.random() < 0.5:
            begins = chance.uniform(60, self.end)
            self.blip = Rain(begins, begins + chance.uniform(3, 12))
        if chance.random() < 0.25:
            begins = chance.uniform(60, self.end)
            self.tunnel = Rain(begins, begins + chance.choice([25, 40, 90, 200]))
        if chance.random() < 0.15:
            begins = chance.uniform(0, self.end)
            self.call = Rain(begins, begins + chance.uniform(60, 400))
        if chance.random() < 0.05:
            begins = chance.uniform(0, self.end)
            self.dazzled = Rain(begins, begins + chance.uniform(60, 600))
        hour = drive.start.hour + drive.start.minute / 60
        self.tiredness = max(0.0, 6 * (hour - 11) + chance.gauss(0, 10)) if hour > 6 else 70.0
        state.update({_IGNITION: "ON", _DOOR: False, DESTINATION: "", DEFROSTER: False})
        state.update({RECIRCULATION: self.recirculates, COOLING: self.cools})
        state["Vehicle.Exterior.AirTemperature"] = round(self.outside, 1)
        state["Vehicle.Exterior.Humidity"] = round(self.humidity, 0)
        state[INSIDE] = round(max(self.outside, 8.0), 1)
        state[SWITCH] = "AUTO" if self.automatic_lights else "OFF"
        changed = chance.random() < 0.25
        state[TEMPERATURE] = float(self.likes + (chance.choice([-3, -2, 2, 3]) if changed else 0))
        if changed and chance.random() < 0.85:
            self.plans["temperature_wanted"] = chance.uniform(60, 550)
        self.water = vapour(self.outside) * self.humidity / 100
        raining = self.rain is not None and self.rain.begins <= 0
        self.airing_wanted = False
        if chance.random() < (self.airs if not raining else 0.02):
            self.plans["airing"] = chance.uniform(5, 120)
        if chance.random() < 0.4:
            self.plans["route"] = chance.uniform(5, 60)
        charged = float(str(state[CHARGE]))
        if charged < 35 and chance.random() < 0.75:
            charged = 85.0
        state[CHARGE] = charged
        self._range()

    def _get_out(self, drive: Drive) -> None:
        state = self.state
        charge = float(str(state[CHARGE])) - 100 * drive.kilometres / FULL_KM
        state[CHARGE] = charge if charge > 1 else 80.0
        state.update({SPEED: 0.0, "Vehicle.IsMoving": False, _IGNITION: "OFF", RAIN: 0})
        if float(str(state[WINDOW])) > 0:  # somebody closes it while nobody is looking
            state[WINDOW] = 0

    def _range(self) -> None:
        metres = int(float(str(self.state[CHARGE])) / 100 * FULL_KM * 1000)
        self.state["Vehicle.Powertrain.Range"] = metres

    def _move(self, phase: str, second: int, length: float, marked: bool, side: int) -> None:
        chance, state = self.chance, self.state
        still = phase in ("settle", "leave")
        cruise = 50.0 if self.drive.kilometres < 20 else 95.0
        speed = {"settle": 0.0, "leave": 0.0, "park": 6.0, "junction": 12.0, "roundabout": 25.0}
        state[SPEED] = speed.get(phase, cruise + chance.gauss(0, 2))
        state["Vehicle.IsMoving"] = not still
        state[_GEAR] = 126 if still else 127
        turn = {"park": 200, "junction": 60, "roundabout": 45, "curve": 12, "lane change": 7}
        bend = 0.6 if phase == "lane change" and second == 0 else 1.0
        angle = side * turn.get(phase, 0) * bend + (0 if still else chance.gauss(0, 1.5))
        lateral = {"junction": 1.0, "roundabout": 2.0, "curve": 1.2, "lane change": 1.0}
        state[_ANGLE] = round(angle)
        state[_LATERAL] = side * lateral.get(phase, 0) * bend + (
            0 if still else chance.gauss(0, 0.1)
        )
        state[_YAW] = 0.0 if still else chance.gauss(0, 0.3) + side * 2.5 * (phase in lateral)
        slows = phase == "junction" and second < length / 3
        state[_BRAKE] = 30 if slows or (phase == "park" and second % 5 == 0) else 0
        state[_LONGITUDINAL] = -1.6 if slows else (0.0 if still else chance.gauss(0, 0.15))
        state[_LEFT] = marked and phase in ("junction", "lane change", "roundabout", "park")
        if phase == "leave":
            state.update({_IGNITION: "OFF", _DOOR: second >= 3, LOW_BEAM: False})

    def _weather(self) -> None:
        chance, state = self.chance, self.state
        sensed = self._is(self.rain) or self._is(self.blip)
        state[RAIN] = 40 if sensed else 0
        dark = self.really_dark()
        state["Vehicle.Exterior.LightIntensity"] = 8.0 if dark else 75.0
        if state[SWITCH] == "AUTO" and self.phase != "leave":
            state[LOW_BEAM] = dark
        inside = float(str(state[INSIDE]))
        state[INSIDE] = inside + (float(str(state[TEMPERATURE])) - inside) * 0.004
        goes_round = state[RECIRCULATION] is True
        air = 8.0 if goes_round else 110.0  # cubic metres an hour
        outer = vapour(self.outside) * self.humidity / 100
        rate = (55.0 + (40.0 if self._is(self.rain) else 0.0) - air * (self.water - outer)) / 3.0
        self.water += rate / 3600
        if state[DEFROSTER] is True or (state[COOLING] is True and self.outside > 4):
            self.water = min(self.water, vapour(4.0))
        moving = state["Vehicle.IsMoving"] is True
        self.tiredness += (0.006 if moving else 0.0) * (1.0 if self.drive.kilometres < 60 else 1.4)
        self.unrest = 0.98 * self.unrest + chance.gauss(0, 0.8)  # a camera's guess drifts
        sensed_fatigue = self.tiredness + self.fatigue_bias + self.unrest
        sensed_fatigue += 30 if self._is(self.dazzled) else 0
        state[_FATIGUE] = min(100.0, max(0.0, sensed_fatigue))
        state[_CALL] = "ACTIVE" if self._is(self.call) else "IDLE"

    def _people(self) -> None:
        """What the person does of their own accord, after having begun to 5 s before."""
        chance = self.chance
        for need, reaction in (
            ("rain_comes_in", (10.0, 90.0, 0.5)),
            ("glass_fogs", (60.0, 200.0, 0.6)),
            ("lights_off", (15.0, 90.0, 0.7)),
        ):
            if need not in self.plans and self.holds(need):
                soonest, latest, share = reaction
                does = chance.random() < share
                self.plans[need] = self.clock + chance.uniform(soonest, latest) if does else NEVER
        for plan, at in list(self.plans.items()):
            if self.clock >= at - 5 and plan not in self.acting:
                self.acting[plan] = self.clock
            if self.clock >= at:
                self.do(plan)
                self.plans[plan] = NEVER

    def do(self, need: str) -> None:
        """Somebody takes care of something, the person or the car."""
        state = self.state
        if need == "airing":
            state[WINDOW] = 40
            self.airing_wanted = self._is(self.rain)
        elif need in ("rain_comes_in", "left_open"):
            state[WINDOW] = 0
        elif need == "glass_fogs":
            state.update({DEFROSTER: True, RECIRCULATION: False})
        elif need == "lights_off":
            state[LOW_BEAM] = True
        elif need in ("route", "route_wanted"):
            state[DESTINATION] = self.drive.place
        elif need == "temperature_wanted":
            state[TEMPERATURE] = float(self.likes)

    def _is(self, span: Rain | None) -> bool:
        return span is not None and span.begins <= self.clock < span.ends

    def really_dark(self) -> bool:
        """Whether it is night, or a tunnel."""
        hour = self.now.hour + self.now.minute / 60
        return hour < 6.2 or hour > 18.8 or self._is(self.tunnel)

    def holds(self, need: str, lasts_s: float = 0.0) -> bool:
        """Whether a need is really there, and would be ``lasts_s`` later if nobody did anything."""
        check: dict[str, Any] = {
            "rain_comes_in": self._rain_comes_in,
            "glass_fogs": self._glass_fogs,
            "trip_needs_energy": self._trip_needs_energy,
            "driver_tired": self._driver_tired,
            "lights_off": self._lights_off,
            "route_wanted": self._route_wanted,
            "temperature_wanted": self._temperature_wanted,
            "left_open": self._left_open,
        }
        return bool(check[need](lasts_s))

    def _rain_comes_in(self, lasts_s: float) -> bool:
        still = self.rain is not None and self.clock + max(60.0, lasts_s) < self.rain.ends
        meant = self.airing_wanted or (self.smokes and self.commute_km % 2 < 1)
        return self._is(self.rain) and still and float(str(self.state[WINDOW])) > 10 and not meant

    def _glass_fogs(self, lasts_s: float) -> bool:
        inside = float(str(self.state[INSIDE]))
        share = min(100.0, 100 * self.water / vapour(inside))
        glass = self.outside + self.glass * (inside - self.outside)
        return dew_point(inside, share) > glass and self.clock + lasts_s < self.end

    def _trip_needs_energy(self, lasts_s: float) -> bool:
        metres = float(str(self.state["Vehicle.Powertrain.Range"]))
        return metres / 1000 < self.drive.kilometres * 1.15 and self.clock < 120

    def _driver_tired(self, lasts_s: float) -> bool:
        return self.tiredness >= 60 and self.clock + max(600.0, lasts_s) < self.end

    def _lights_off(self, lasts_s: float) -> bool:
        lit = self.state[LOW_BEAM] is True
        if lit or self.state["Vehicle.IsMoving"] is not True or not self.really_dark():
            return False
        night = self.tunnel is None or not self._is(self.tunnel)
        return night or bool(self.tunnel and self.clock + lasts_s < self.tunnel.ends)

    def _route_wanted(self, lasts_s: float) -> bool:
        return self.drive.place == "公司" and self.state[DESTINATION] == "" and self.clock < 1800

    def _temperature_wanted(self, lasts_s: float) -> bool:
        at = self.plans.get("temperature_wanted", NEVER)
        return self.clock <= at <= self.clock + 600

    def _left_open(self, lasts_s: float) -> bool:
        leaving = self.phase in ("leave", "park") and self.clock > self.end - 120
        return leaving and self.drive.away_s >= 600 and float(str(self.state[WINDOW])) > 10
