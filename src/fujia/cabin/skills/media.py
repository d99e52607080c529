"""Media: volumes, what plays, radio, video."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import Field

from fujia.cabin.effects import Thing, adjust, join, put, switch, words
from fujia.cabin.names import value_of
from fujia.cabin.skill import Effect, OutOfRange, Scene, skill
from fujia.cabin.skills.arguments import Maybe, Much, On, Spoken
from fujia.understanding.plan import Argument
from fujia.vehicle.car import Write

_CABIN = "Vehicle.Cabin.Infotainment."
_MEDIA = _CABIN + "Media."
VOLUME = Thing(_MEDIA + "Volume", "媒体音量", "media volume")
NAVIGATION_VOLUME = Thing(_CABIN + "Navigation.Volume", "导航音量", "navigation volume")
PHONE_VOLUME = Thing(_CABIN + "Phone.Volume", "通话音量", "phone volume")
ASSISTANT_VOLUME = Thing(_CABIN + "Assistant.Volume", "助手音量", "assistant volume")
NAVIGATION_MUTE = Thing(_CABIN + "Navigation.Mute", "导航静音", "navigation mute")
SELECTED = Thing(_MEDIA + "SelectedURI", "点播", "choosing what plays")
ACTION = Thing(_MEDIA + "Action", "播放控制", "playback control")
MUTE = Thing(_MEDIA + "IsMuted", "静音", "mute")
PLAY_MODE = Thing(_MEDIA + "PlayMode", "播放模式", "play mode")
FAVORITE = Thing(_MEDIA + "IsFavorite", "收藏", "favourites")
SOURCE = Thing(_MEDIA + "Played.Source", "音源", "media source")
FREQUENCY = Thing(_MEDIA + "Frequency", "收音机", "radio")
EQUALIZER = Thing(_MEDIA + "EqualizerPreset", "音效", "equaliser")
VIDEO = Thing(_MEDIA + "Video", "视频", "video")

_ACTIONS = {
    "play": "PLAY",
    "pause": "STOP",  # VSS has no pause
    "next": "SKIP_FORWARD",
    "previous": "SKIP_BACKWARD",
}
_BANDS = {"fm": (87.5, 108.0, "MHz"), "am": (531.0, 1602.0, "kHz")}
_PROOFS = {"title": "Track", "artist": "Artist", "album": "Album", "genre": "Genre"}


@skill("volume.media", zh="设置媒体音量", en="Set the media volume, in percent.")
def volume(scene: Scene, volume: Much) -> Effect:
    """Of music, radio and video."""
    return adjust(scene, VOLUME, "volume", volume)


@skill("volume.navigation", zh="设置导航音量", en="Set the navigation volume, in percent.")
def navigation_volume(scene: Scene, volume: Much) -> Effect:
    """Of the announcements."""
    return adjust(scene, NAVIGATION_VOLUME, "volume", volume)


@skill("volume.phone", zh="设置通话音量", en="Set the phone volume, in percent.")
def phone_volume(scene: Scene, volume: Much) -> Effect:
    """Of calls."""
    return adjust(scene, PHONE_VOLUME, "volume", volume)


@skill("volume.assistant", zh="设置语音助手音量", en="Set the assistant's volume, in percent.")
def assistant_volume(scene: Scene, volume: Much) -> Effect:
    """Of Fujia's own voice."""
    return adjust(scene, ASSISTANT_VOLUME, "volume", volume)


@skill("navigation.mute", zh="导航播报静音", en="Mute the navigation, or let it speak again.")
def navigation_mute(scene: Scene, on: On = True) -> Effect:
    """On is muted."""
    return put(scene, NAVIGATION_MUTE, "MUTED" if on else "UNMUTED", on=on)


@skill("media.play", zh="播放音乐、歌手、专辑等", en="Play a title, an artist, an album.")
def play(
    scene: Scene,
    title: Maybe = None,
    artist: Maybe = None,
    album: Maybe = None,
    genre: Maybe = None,
    query: Maybe = None,
) -> Effect:
    """What was asked for, as it was said; nothing in particular goes on with what there is."""
    asked = {"title": title, "artist": artist, "album": album, "genre": genre, "query": query}
    given = {name: text for name, text in asked.items() if text}
    if not given:
        return put(scene, ACTION, "PLAY")
    (signal,) = SELECTED.signals(scene)
    uri = "fujia:play?" + urlencode(given)
    # The head unit proves it by what it plays; a mere query it can only accept.
    proof = next((name for name in _PROOFS if name in given), None)
    reads = _MEDIA + "Played." + _PROOFS[proof] if proof else None
    if reads is None or not scene.profile.has(reads):
        write = Write(signal.path, uri)
    else:
        write = Write(signal.path, uri, reads=reads, expect=given[proof or ""])
    return Effect((write,), dict[str, Argument](given))


@skill("media.control", zh="播放、暂停、上一首、下一首、静音", en="Play, pause, skip or mute.")
def control(
    scene: Scene, action: Literal["play", "pause", "next", "previous", "mute", "unmute"]
) -> Effect:
    """Of whatever plays."""
    if action in ("mute", "unmute"):
        return put(scene, MUTE, action == "mute", action=action)
    return put(scene, ACTION, _ACTIONS[action], action=action)


@skill("media.mode", zh="顺序、随机、单曲循环、列表循环", en="Shuffle or repeat.")
def play_mode(
    scene: Scene, mode: Literal["shuffle", "repeat_one", "repeat_all", "sequence"]
) -> Effect:
    """The order in which titles follow."""
    return put(scene, PLAY_MODE, mode.upper(), mode=mode)


@skill("media.favorite", zh="收藏或取消收藏", en="Add this title to the favourites, or remove it.")
def favorite(scene: Scene, on: On = True) -> Effect:
    """The title that plays."""
    return switch(scene, FAVORITE, on)


@skill("media.source", zh="切换音源", en="Choose the media source.")
def source(
    scene: Scene, source: Literal["bluetooth", "usb", "am", "fm", "dab", "online"]
) -> Effect:
    """Where the sound comes from."""
    value = "INTERNET" if source == "online" else source.upper()
    return put(scene, SOURCE, value, source=source)


@skill("media.equalizer", zh="设置音效", en="Choose a preset of the equaliser.")
def equalizer(scene: Scene, preset: Spoken) -> Effect:
    """By any name for it; one that has no such name is set as it was said."""
    return put(scene, EQUALIZER, value_of("equalizer", preset) or preset, preset=preset)


@skill("radio.tune", zh="收听电台", en="Tune the radio to a frequency or a station.")
def tune(
    scene: Scene,
    band: Literal["am", "fm"] | None = None,
    frequency: Annotated[float | None, Field(gt=0, description="FM in MHz, AM in kHz")] = None,
    station: Maybe = None,
) -> Effect:
    """A frequency says the band by itself; raises OutOfRange outside of it."""
    used = band or ("am" if frequency and frequency > _BANDS["fm"][1] * 2 else "fm")
    effect = put(scene, SOURCE, used.upper(), band=used)
    if frequency is not None:
        effect = join(effect, _tuned(scene, used, frequency))
    if station is None:
        return effect
    uri = "fujia:play?" + urlencode({"query": station})
    return join(put(scene, SELECTED, uri, station=station), effect)


@skill("video.play", zh="播放视频", en="Play a video.")
def video(scene: Scene, title: Maybe = None) -> Effect:
    """By its title; without one, what the head unit suggests."""
    if title:
        return put(scene, VIDEO, title, title=title)
    return put(scene, VIDEO, words(scene, "推荐视频", "suggested video"))


@skill("video.stop", zh="关闭视频", en="Stop the video.")
def video_stop(scene: Scene) -> Effect:
    """Ends it; music is another thing."""
    return put(scene, VIDEO, "")


def _tuned(scene: Scene, band: str, frequency: float) -> Effect:
    low, high, unit = _BANDS[band]
    if not low <= frequency <= high:
        limits = f"{low:g}-{high:g} {unit}"
        reason = words(scene, f"频率只能在 {limits}", f"{limits} only")
        raise OutOfRange(low, high, unit, frequency, reason)
    return put(scene, FREQUENCY, float(frequency), frequency=frequency)
