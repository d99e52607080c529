"""The simulated head unit: media, telephone and navigation.

It takes any title, artist, contact or destination as it was spoken, and shows it.
"""

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, urlsplit

from fujia.vehicle.behaviour.registry import reacts
from fujia.vehicle.signal import Value

if TYPE_CHECKING:
    from fujia.vehicle.world import World

_MEDIA = "Vehicle.Cabin.Infotainment.Media"
_PHONE = "Vehicle.Cabin.Infotainment.Phone"
_NAVIGATION = "Vehicle.Cabin.Infotainment.Navigation"
_PICK_UP_SECONDS = 2.0
_MOMENT = 0.1


class Piece(NamedTuple):
    """One piece of music."""

    track: str
    artist: str
    album: str
    genre: str


PLAYLIST = (
    Piece("晨光", "副驾乐队", "在路上", "pop"),
    Piece("沿海公路", "副驾乐队", "在路上", "pop"),
    Piece("Night Shift", "The Co-Drivers", "Long Way Home", "jazz"),
    Piece("雨刷的节奏", "副驾乐队", "在路上", "folk"),
)
"""What plays on the simulated phone; invented."""


@reacts(f"{_MEDIA}.Action")
def playback(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A skip changes the track and goes on playing; playing without a track starts the first."""
    current = Piece(*(str(world.value(f"{_MEDIA}.Played.{part}")) for part in _PLAYED))
    if value in ("SKIP_FORWARD", "SKIP_BACKWARD"):
        step = 1 if value == "SKIP_FORWARD" else -1
        # A track from elsewhere is followed by the first of the list, or preceded by the last.
        place = PLAYLIST.index(current) + step if current in PLAYLIST else min(step, 0)
        _show(world, PLAYLIST[place % len(PLAYLIST)])
        world.later(_MOMENT, path, "PLAY")
    elif value == "PLAY" and current == Piece("", "", "", ""):
        _show(world, PLAYLIST[0])


_PLAYED = ("Track", "Artist", "Album", "Genre")


@reacts(f"{_MEDIA}.SelectedURI")
def play_selected(world: "World", path: str, old: Value | None, value: Value) -> None:
    """``fujia:play?title=...&artist=...`` plays what it says; what it leaves out is unknown."""
    uri = urlsplit(str(value))
    if (uri.scheme, uri.path) != ("fujia", "play"):
        return
    said = {key: values[0] for key, values in parse_qs(uri.query).items()}
    title = said.get("title") or said.get("query", "")
    _show(world, Piece(title, *(said.get(key, "") for key in ("artist", "album", "genre"))))
    world.put(f"{_MEDIA}.IsMuted", False)
    world.put(f"{_MEDIA}.Action", "PLAY")


@reacts(f"{_MEDIA}.Volume")
def louder_unmutes(world: "World", path: str, old: Value | None, value: Value) -> None:
    """Turning the volume up ends the mute."""
    if isinstance(old, int) and isinstance(value, int) and value > old:
        world.put(f"{_MEDIA}.IsMuted", False)


def _show(world: "World", piece: Piece) -> None:
    for part, text in zip(_PLAYED, piece, strict=True):
        world.put(f"{_MEDIA}.Played.{part}", text)


@reacts(f"{_PHONE}.Call")
def call(world: "World", path: str, old: Value | None, value: Value) -> None:
    """A call rings and is picked up, if a phone is connected; no contact means no call."""
    state = f"{_PHONE}.CallState"
    if value and world.value(f"{_PHONE}.IsConnected"):
        world.put(state, "RINGING")
        world.later(_PICK_UP_SECONDS, state, "ACTIVE")
    elif old is not None:
        world.cancel(state)
        world.put(state, "IDLE")


@reacts(f"{_PHONE}.Action")
def answer_or_hang_up(world: "World", path: str, old: Value | None, value: Value) -> None:
    """Answering takes a call that rings; hanging up ends any."""
    state = f"{_PHONE}.CallState"
    if value == "ANSWER" and world.value(state) == "RINGING":
        world.cancel(state)
        world.put(state, "ACTIVE")
    elif value == "HANG_UP":
        world.put(f"{_PHONE}.Call", "", again=True)
    if value != "INACTIVE":
        world.later(_MOMENT, path, "INACTIVE")


@reacts(f"{_NAVIGATION}.Destination")
def route(world: "World", path: str, old: Value | None, value: Value) -> None:
    """There is a route while there is a destination; without one there are no stops either."""
    world.put(f"{_NAVIGATION}.IsRouteActive", value != "")
    if value == "" and old is not None:
        world.put(f"{_NAVIGATION}.Waypoints", [])
