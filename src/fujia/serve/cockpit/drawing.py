"""The car from above, as SVG, drawn from the values of its signals.

Every part is a group with ``data-part``; what is shown of it are ``data-<name>`` attributes and
``--<name>`` style variables, which ``static/cockpit.css`` turns into positions, colours and light.
After the first drawing only those attributes change (``static/cockpit.js``).
"""

from collections.abc import Mapping
from html import escape

from fujia.serve.cockpit import shapes
from fujia.serve.cockpit.picture import Look, Picture
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import SEATS, Seat

VIEW = "4 -86 712 850"
_GROUND = 'x="-900" y="-400" width="2520" height="1450"'
"""More than the view: what is around the drawing on the page is ground as well."""
_MIRRORED = "matrix(-1 0 0 1 720 0)"


def draw(picture: Picture, values: Mapping[str, Value]) -> str:
    """The whole drawing as one SVG element; it shows ``values`` as they are."""
    return _Drawing(picture, values).svg()


class _Drawing:
    def __init__(self, picture: Picture, values: Mapping[str, Value]) -> None:
        self.picture = picture
        self.values = values
        self.looks: dict[str, list[Look]] = {}
        for look in picture.looks(values):
            self.looks.setdefault(look.part, []).append(look)

    def svg(self) -> str:
        """All layers, the ground first."""
        layers = [
            self.road(),
            self.headlights(),
            f'<path class="shadow" d="{shapes.SHADOW}"/>',
            *(self.mirror(seat) for seat in ("driver", "passenger")),
            f'<path class="body" d="{shapes.BODY}"/>',
            self.lid("bonnet", shapes.ENGINE_BAY, shapes.BONNET, 360, 150),
            self.lid("tailgate", shapes.BOOT_FLOOR, shapes.BOOT_LID, 360, 694),
            self.lamps(),
            self.energy(),
            self.windscreen(),
            self.rear_window(),
            f'<path class="cabin" d="{shapes.CABIN}"/>',
            *(self.ambient(seat) for seat in SEATS),
            self.dashboard(),
            *(self.seat(seat) for seat in SEATS),
            *(self.reading(seat) for seat in SEATS),
            self.dome(),
            self.sunroof(),
            *(self.door(seat) for seat in SEATS),
            *(self.zone(seat) for seat in SEATS),
        ]
        label = escape(self.picture.texts.word("picture"))
        return (
            f'<svg class="car" viewBox="{VIEW}" role="group" aria-label="{label}">'
            f"{_DEFINITIONS}{''.join(layers)}</svg>"
        )

    def part(self, name: str, body: str, *, at: str = "", is_button: bool = True) -> str:
        """One part, placed by the transformation ``at``; nothing where the car lacks it.

        ``is_button``: the whole part can be clicked; otherwise something in it can.
        """
        if name not in self.picture.parts:
            return ""
        looks = self.looks.get(name, [])
        data = "".join(f' data-{look.name}="{escape(look.value)}"' for look in looks)
        style = ";".join(f"--{look.name}:{look.value}" for look in looks if _is_style(look.value))
        kind = self.picture.parts[name].kind
        around = f' transform="{at}"' if at else ""
        pressed = self.pressed(name) if is_button else ""
        return (
            f'<g class="part {kind}" data-part="{name}"{data} style="{escape(style)}"{around}'
            f"{pressed}>{body}</g>"
        )

    def pressed(self, name: str) -> str:
        """What makes an element a button for a part."""
        label = self.picture.label(self.picture.parts[name], self.values)
        return f' role="button" tabindex="0" data-press="{name}" aria-label="{escape(label)}"'

    def text(self, part: str, name: str, x: float, y: float, style: str = "pill") -> str:
        """A label that follows what is shown, where the car has it."""
        shown = next((look for look in self.looks.get(part, []) if look.name == name), None)
        if shown is None:
            return ""
        return (
            f'<g class="{style}" data-text="{part}.{name}" data-value="{escape(shown.value)}"'
            f' transform="translate({x} {y})" aria-hidden="true">'
            f'<rect x="-34" y="-16" width="68" height="32" rx="16"/>'
            f"<text>{escape(shown.text)}</text></g>"
        )

    def is_left(self, seat: Seat) -> bool:
        """Whether a seat is on the left side of the car."""
        if seat in ("rear_left", "rear_right"):
            return seat == "rear_left"
        return (seat == "driver") == (self.picture.profile.driver_position == "LEFT")

    def side(self, seat: Seat) -> str:
        """The transformation that puts what is drawn on the left where the seat is."""
        return "" if self.is_left(seat) else _MIRRORED

    def across(self, seat: Seat, x: float) -> float:
        """An x on the left side, on the seat's side."""
        return x if self.is_left(seat) else 720 - x

    def road(self) -> str:
        """The ground with its lanes, night and rain."""
        return self.part(
            "road",
            f'<rect class="ground" {_GROUND}/><rect class="night" {_GROUND}/>'
            '<g class="lanes"><path d="M142 -402V1050"/><path d="M578 -402V1050"/></g>'
            f'<rect class="drops" {_GROUND}/>',
        )

    def headlights(self) -> str:
        """The light in front of the car."""
        beams = (
            f'<path class="beam high" d="{shapes.HIGH_BEAM}"/>'
            f'<path class="beam low" d="{shapes.LOW_BEAM}"/>'
            f'<path class="beam fog" d="{shapes.FOG_BEAM}"/>'
            f'<path class="lamp" d="{shapes.HEADLIGHT}"/>'
        )
        return self.part("headlights", _both(beams))

    def lamps(self) -> str:
        """Head lamps over the body, tail lights and indicators."""
        tail = (
            f'<path class="lamp" d="{shapes.TAIL_LIGHT}"/>'
            '<rect class="fog" x="300" y="728" width="26" height="7" rx="3"/>'
        )
        flash = f'<path class="flash left" d="{shapes.INDICATORS}"/>'
        other = f'<path class="flash right" transform="{_MIRRORED}" d="{shapes.INDICATORS}"/>'
        return (
            _both(f'<path class="glass lens" d="{shapes.HEADLIGHT}"/>')
            + self.part("taillights", _both(tail))
            + self.part("indicators", flash + other)
        )

    def lid(self, name: str, below: str, lid: str, x: float, y: float) -> str:
        """A lid and what is under it: bonnet or tailgate."""
        body = f'<path class="under" d="{below}"/><path class="lid" d="{lid}"/>'
        return self.part(name, body + self.text(name, "open", x, y))

    def energy(self) -> str:
        """The battery with cable and flap, or the tank."""
        name = "charge" if "charge" in self.picture.parts else "fuel"
        shown = (
            '<rect class="cell" x="306" y="108" width="108" height="36" rx="9"/>'
            '<rect class="pole" x="416" y="119" width="5" height="14" rx="2"/>'
            '<rect class="level" x="310" y="112" width="100" height="28" rx="6"/>'
            '<path class="bolt" d="M327 113l-11 15h8l-3 11 12-16h-8Z"/>'
            + self.text(name, "level", 360, 126, "figure")
            + '<g class="port"><rect x="486" y="600" width="10" height="24" rx="4"/>'
            '<path class="cable" d="M496 612h40q24 0 24 24v800"/>'
            '<rect class="plug" x="494" y="603" width="24" height="18" rx="6"/></g>'
        )
        return self.part(name, shown)

    def windscreen(self) -> str:
        """The windscreen with wipers, heating and defroster."""
        return self.part(
            "windscreen",
            f'<path class="glass" d="{shapes.WINDSCREEN}"/>'
            f'<path class="warm" d="M300 214q-5 6 0 12t0 12M360 208q-5 6 0 12t0 12'
            'M420 214q-5 6 0 12t0 12"/>'
            '<path class="spray" d="M310 196q-8 12-2 24M410 196q8 12 2 24"/>'
            '<path class="wiper first" d="M276 204L346 192"/>'
            '<path class="wiper second" d="M366 192L436 198"/>',
        )

    def rear_window(self) -> str:
        """The rear window with heating and shade."""
        return self.part(
            "rear_window",
            f'<path class="glass" d="{shapes.REAR_WINDOW}"/>'
            f'<path class="blind" d="{shapes.REAR_WINDOW}"/>'
            '<path class="warm" d="M320 616q-5 6 0 12t0 12M360 618q-5 6 0 12t0 12'
            'M400 616q-5 6 0 12t0 12"/>',
        )

    def dashboard(self) -> str:
        """Dashboard, screen and steering wheel."""
        screen = (
            '<rect class="display" x="314" y="269" width="92" height="25" rx="6"/>'
            '<path class="note" d="M328 287v-11l8-2v3l-6 1.5v8.5a3.4 2.8 0 1 1-2-2.4Z"/>'
            '<path class="muted" d="M322 274l16 16"/>'
            '<path class="arrow" d="M392 273l7 16-7-4-7 4Z"/>'
            + self.text("screen", "volume", 361, 282, "figure small")
        )
        rim = (
            '<ellipse class="rim" cx="307" cy="303" rx="25" ry="9"/>'
            '<path class="warm" d="M299 298q-2 3 0 5t0 5M307 298q-2 3 0 5t0 5'
            'M315 298q-2 3 0 5t0 5"/>'
        )
        wheel = self.part("wheel", rim, at=self.side("driver"))
        board = f'<path class="dashboard" d="{shapes.DASHBOARD}"/>'
        return board + self.part("screen", screen) + wheel

    def seat(self, seat: Seat) -> str:
        """One seat, who sits on it, and its heating, cooling and massage."""
        top = 322 if seat in ("driver", "passenger") else 496
        heat = shapes.HEAT.format(x=284, x1=292, x2=300, y=top + 2)
        cool = shapes.COOL.format(x=292, left=284.2, top=top + 1, upper=top + 5.5, lower=top + 14.5)
        pips = "".join(
            f'<circle class="pip p{n}" cx="{311 + 11 * n}" cy="{top + 10}" r="4"/>'
            for n in range(3)
        )
        body = (
            f'<path class="cushion" d="{shapes.CUSHION.format(top)}"/>'
            f'<g class="rest"><path class="back" d="{shapes.BACKREST.format(top + 52)}"/>'
            f'<path class="head" d="{shapes.HEADREST.format(top + 68)}"/></g>'
            f'<g class="person"><path d="{shapes.PERSON.format(top + 22)}"/>'
            f'<circle cx="307" cy="{top + 40}" r="14"/></g>'
            f'<path class="heat" d="{heat}"/><path class="cool" d="{cool}"/>{pips}'
            f'<g class="massage"><circle cx="307" cy="{top + 58}" r="22"/>'
            f'<circle cx="307" cy="{top + 58}" r="32"/></g>'
        )
        return self.part(f"seat-{seat}", body, at=self.side(seat))

    def reading(self, seat: Seat) -> str:
        """The light over one seat."""
        y = 348 if seat in ("driver", "passenger") else 522
        body = (
            f'<circle class="glow" cx="307" cy="{y}" r="56"/>'
            f'<circle class="bulb" cx="351" cy="{y + 38}" r="4.5"/>'
        )
        return self.part(f"reading-{seat}", body, at=self.side(seat))

    def ambient(self, seat: Seat) -> str:
        """The light line beside one seat."""
        y = 300 if seat in ("driver", "passenger") else 474
        line = f"M259 {y}v104"
        body = f'<path class="halo" d="{line}"/><path class="line" d="{line}"/>'
        return self.part(f"ambient-{seat}", body, at=self.side(seat))

    def dome(self) -> str:
        """The light in the middle of the roof."""
        return self.part(
            "dome",
            '<circle class="glow" cx="360" cy="440" r="120"/>'
            '<rect class="bulb" x="349" y="398" width="22" height="8" rx="4"/>',
        )

    def sunroof(self) -> str:
        """The opening in the roof, its glass and its shade."""
        x, y, width, height = shapes.SUNROOF
        box = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="10"'
        body = (
            f'<rect class="opening" {box}/><rect class="blind" {box}/><rect class="panel" {box}/>'
            f'<path class="wedge" d="M{x + 14} {y + height - 6}h{width - 28}"/>'
            + self.text("sunroof", "open", 360, y + height / 2)
        )
        return self.part("sunroof", body)

    def door(self, seat: Seat) -> str:
        """One door with its window, and how far that is open."""
        front = seat in ("driver", "passenger")
        hinge = shapes.FRONT_HINGE if front else shapes.REAR_HINGE
        outline = shapes.FRONT_DOOR if front else shapes.REAR_DOOR
        y = 344 if front else 508
        panel = (
            ""
            if f"door-{seat}" not in self.picture.parts
            else f'<path class="panel"{self.pressed(f"door-{seat}")} d="{outline}"/>'
            f'<g class="lock" transform="translate(234 {y + 62})"><rect x="-5" y="-1" width="10"'
            ' height="9" rx="2"/><path d="M-3-1v-3a3 3 0 0 1 6 0v3"/></g>'
        )
        swing = f'<g class="swing" style="transform-origin:{hinge}">{panel}{self.window(seat)}</g>'
        pill = self.text(f"window-{seat}", "open", self.across(seat, 190), y)
        door = self.part(f"door-{seat}", swing, at=self.side(seat), is_button=False)
        return door + pill

    def window(self, seat: Seat) -> str:
        """One side window with its shade."""
        front = seat in ("driver", "passenger")
        x, y, width, height = shapes.FRONT_GLASS if front else shapes.REAR_GLASS
        box = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="4"'
        origin = f"transform-origin:{x}px {y + height}px"
        body = (
            f'<rect class="hit" x="{x - 8}" y="{y}" width="{width + 14}" height="{height}"/>'
            f'<rect class="slot" {box}/><rect class="pane" {box} style="{origin}"/>'
            f'<rect class="blind" {box} style="{origin}"/>'
        )
        return self.part(f"window-{seat}", body)

    def mirror(self, seat: Seat) -> str:
        """One mirror."""
        body = (
            f'<path class="housing" d="{shapes.MIRROR}"/>'
            '<path class="warm" d="M206 252q-2 3 0 5t0 5M214 252q-2 3 0 5t0 5"/>'
        )
        return self.part(f"mirror-{seat}", body, at=self.side(seat))

    def zone(self, seat: Seat) -> str:
        """The climate of one seat, beside the car: temperature and fan."""
        name = f"zone-{seat}"
        y = 306 if seat in ("driver", "passenger") else 470
        x = 10 if self.is_left(seat) else 592
        place = escape(self.picture.texts.seats[seat])
        bars = "".join(
            f'<rect class="bar b{n}" x="{x + 17 + 13 * n}" y="{y + 92 - 3 * n}" width="8"'
            f' height="{6 + 3 * n}" rx="2"/>'
            for n in range(7)
        )
        body = (
            f'<rect class="card" x="{x}" y="{y}" width="118" height="112" rx="18"/>'
            f'<text class="place" x="{x + 59}" y="{y + 25}">{place}</text>'
            + self.text(name, "temperature", x + 59, y + 54, "figure large")
            + bars
        )
        return self.part(name, body)


def _both(left: str) -> str:
    return f'{left}<g transform="{_MIRRORED}">{left}</g>'


def _is_style(value: str) -> bool:
    """Whether a value can be a style variable: a number or a colour."""
    return value.startswith("#") or value.lstrip("-").replace(".", "", 1).isdigit()


_DEFINITIONS = (
    "<defs>"
    '<radialGradient id="lamp-glow"><stop offset="0" stop-color="#ffe9a8" stop-opacity=".95"/>'
    '<stop offset="1" stop-color="#ffe9a8" stop-opacity="0"/></radialGradient>'
    '<linearGradient id="beam-light" x1="0" y1="1" x2="0" y2="0">'
    '<stop offset="0" stop-color="var(--beam)" stop-opacity=".9"/>'
    '<stop offset="1" stop-color="var(--beam)" stop-opacity="0"/></linearGradient>'
    '<linearGradient id="paint"><stop offset="0" stop-color="var(--paint-edge)"/>'
    '<stop offset=".5" stop-color="var(--paint)"/>'
    '<stop offset="1" stop-color="var(--paint-edge)"/></linearGradient>'
    '<pattern id="weave" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<path d="M0 7L7 0" stroke="#c3ccd8" stroke-width="1.6" opacity=".75"/></pattern>'
    '<pattern id="rain" width="44" height="60" patternUnits="userSpaceOnUse">'
    '<path d="M8 6l-3 14M30 34l-3 14" stroke="var(--drop)" stroke-width="2.4"'
    ' stroke-linecap="round"/></pattern>'
    "</defs>"
)
