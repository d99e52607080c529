from urllib.parse import parse_qs, urlsplit

import pytest

from fujia.cabin.skill import Effect, OutOfRange
from fujia.cabin.skills import SKILLS
from fujia.understanding.plan import Argument
from fujia.vehicle import Write
from tests.cabin.skills.examples import scene

_MEDIA = "Vehicle.Cabin.Infotainment.Media."


def _writes(name: str, args: dict[str, Argument]) -> list[Write]:
    effect = SKILLS[name](scene(), args)
    assert isinstance(effect, Effect)
    return list(effect.writes)


def test_play_carries_what_was_said_and_is_proven_by_the_track() -> None:
    (write,) = _writes("media.play", {"title": "七里香 & more", "artist": "周杰伦"})
    assert parse_qs(urlsplit(str(write.value)).query) == {
        "title": ["七里香 & more"],
        "artist": ["周杰伦"],
    }
    assert (write.reads, write.expect) == (_MEDIA + "Played.Track", "七里香 & more")


def test_an_artist_alone_is_proven_by_the_artist() -> None:
    (write,) = _writes("media.play", {"artist": "周杰伦"})
    assert (write.reads, write.expect) == (_MEDIA + "Played.Artist", "周杰伦")


def test_play_without_anything_goes_on() -> None:
    assert _writes("media.play", {}) == [Write(_MEDIA + "Action", "PLAY")]


def test_vss_has_no_pause() -> None:
    assert _writes("media.control", {"action": "pause"}) == [Write(_MEDIA + "Action", "STOP")]


def test_a_frequency_says_its_band() -> None:
    fm = {write.path: write.value for write in _writes("radio.tune", {"frequency": 103.9})}
    am = {write.path: write.value for write in _writes("radio.tune", {"frequency": 990})}
    assert fm == {_MEDIA + "Played.Source": "FM", _MEDIA + "Frequency": 103.9}
    assert am == {_MEDIA + "Played.Source": "AM", _MEDIA + "Frequency": 990.0}


def test_a_station_is_looked_up_by_the_head_unit() -> None:
    writes = {write.path: write.value for write in _writes("radio.tune", {"station": "交通广播"})}
    assert parse_qs(urlsplit(str(writes[_MEDIA + "SelectedURI"])).query) == {"query": ["交通广播"]}
    assert writes[_MEDIA + "Played.Source"] == "FM"


def test_a_frequency_off_the_band_is_out_of_range() -> None:
    with pytest.raises(OutOfRange, match=r"87\.5-108 MHz"):
        _writes("radio.tune", {"band": "fm", "frequency": 120})
