"""The page as HTML: head, conversation, car, world, limits, tabs. Pure functions."""

from collections.abc import Collection, Iterable, Mapping
from html import escape

from fujia.cabin.turn import Turn
from fujia.serve.cockpit.conversation import turn_html
from fujia.serve.cockpit.glance import glance_html
from fujia.serve.cockpit.lamps import lamps_html
from fujia.serve.cockpit.parts import Part
from fujia.serve.cockpit.picture import Picture
from fujia.serve.cockpit.texts import Texts
from fujia.serve.cockpit.world import Choice, FaultData, Range, WorldData
from fujia.serve.event import suggestion_of
from fujia.vehicle.fault import Fault
from fujia.vehicle.signal import Value
from fujia.vehicle.zone import SEATS, Seat

State = Mapping[str, Value]

_VIEWS = ("talk", "car", "world")
_FIGURES = ("Vehicle.Speed", "Vehicle.Exterior.AirTemperature", "Vehicle.Powertrain.Range")
_THEME = (
    '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">'
    '<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M12 3a9 9 0 0 1 0 18Z" fill="currentColor"/></svg>'
)

_PEOPLE = (
    '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="currentColor">'
    '<circle cx="9" cy="8" r="4"/><path d="M1 20c0-5 3-7 8-7s8 2 8 7Z"/>'
    '<circle cx="17" cy="9" r="3"/><path d="M19 20h4c0-4-1.500-6-6-6-.5 0 2 2 2 6Z"/></svg>'
)


def button(text: str, do: str, classes: str = "", **attributes: str) -> str:
    """A button that the script reports as ``do``; its text is taken as it is."""
    more = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f'<button type="button" class="{classes}" data-do="{escape(do)}"{more}>{text}</button>'


def head_html(picture: Picture, state: State, *, simulated: bool) -> str:
    """Name, vehicle, what matters at a glance, language and theme."""
    texts, profile = picture.texts, picture.profile
    name = profile.zh if texts.language == "zh" else profile.en
    kind = f" · {texts.word('simulated')}" if simulated else ""
    other = "en" if texts.language == "zh" else "zh"
    figures = "".join(
        f"<div><b{_follows(path)}>{escape(_shown(picture, path, state))}</b>"
        f"<span>{escape(picture.signal_name(profile.signals[path]))}</span></div>"
        for path in _FIGURES
        if profile.has(path)
    )
    return (
        f'<header class="head"><h1>{escape(texts.word("brand"))}</h1>'
        f'<span class="vehicle">{escape(name + kind)}</span>'
        f'<span class="alarm" role="alert">{escape(texts.word("unreachable"))}</span>'
        f'<span class="space"></span><div class="figures">{figures}</div>'
        + button(escape(texts.word("language")), f"language:{other}", "plain", lang=other)
        + button(_THEME, "theme:", "plain round", title=texts.word("theme"))
        + "</header>"
    )


def talk_html(
    turns: Iterable[Turn], seat: Seat, texts: Texts, names: Mapping[Seat, str], people: str = ""
) -> str:
    """The conversation so far, its short form, and where one speaks.

    ``names`` are those of the people in the seats, ``people`` is who sits where, to be changed.
    """
    log = [turn_block(turn, texts) for turn in turns]
    last = list(turns)[-1:] or [None]
    said = escape(texts.word("say"))
    return (
        f'<section class="panel talk" aria-label="{escape(texts.word("talk"))}">'
        f'<div class="log" role="log" aria-live="polite" tabindex="0">{"".join(log)}'
        f"{'' if log else _welcome(texts)}</div>"
        f'<div class="glance" aria-live="polite">{glance_block(last[0], texts)}</div>'
        f'<p class="working quiet">{escape(texts.word("busy"))}…</p>'
        f'<form class="composer"><div class="choice"><span>{escape(texts.word("speaker"))}</span>'
        f'<div class="segments seats" role="group" aria-label="{escape(texts.word("speaker"))}">'
        f"{seats_html(seat, texts, names)}</div>{_opener(texts) if people else ''}</div>"
        f'<div class="line"><input name="said" maxlength="1000"'
        f' autocomplete="off" enterkeyhint="send" placeholder="{said}" aria-label="{said}">'
        f"<button>{escape(texts.word('send'))}</button></div></form>"
        f"{_people(people, texts) if people else ''}</section>"
    )


def seats_html(seat: Seat, texts: Texts, names: Mapping[Seat, str]) -> str:
    """A button for each seat, with the name of whoever sits there; pressed for who speaks."""
    return "".join(
        button(
            escape(texts.seats[each])
            + (f"<small>{escape(names[each])}</small>" if names.get(each) else ""),
            f"seat:{each}",
            **{"aria-pressed": _truth(each == seat)},
        )
        for each in SEATS
    )


def _opener(texts: Texts) -> str:
    title = escape(texts.word("people"))
    return (
        f'<button type="button" class="plain round" popovertarget="people" title="{title}">'
        f"{_PEOPLE}</button>"
    )


def _people(people: str, texts: Texts) -> str:
    """Who sits where; it has forms of its own, so it stands outside of the one to speak with."""
    title = escape(texts.word("people"))
    return (
        f'<div id="people" class="people" popover role="dialog"'
        f' aria-label="{title}"><header><h2>{title}</h2>'
        f'<button type="button" class="plain round" popovertarget="people"'
        f' aria-label="{escape(texts.word("close"))}">×</button></header>'
        f'<div class="rows">{people}</div></div>'
    )


def turn_block(turn: Turn, texts: Texts) -> str:
    """One turn in the log, with the buttons that answer it."""
    return f'<article class="turn">{turn_html(turn, texts)}{_answer(turn, texts)}</article>'


def problem_html(text: str) -> str:
    """What could not be done at all, in the log."""
    return f'<p class="problem" role="alert">{escape(text)}</p>'


def glance_block(turn: Turn | None, texts: Texts) -> str:
    """The short form of the last turn, with the buttons that answer it."""
    note = f'<p class="quiet">{escape(texts.word("driving"))}</p>'
    return glance_html(turn, texts) + (_answer(turn, texts) if turn else "") + note


def stage_html(drawing: str, details: str, texts: Texts, lamps: str = "") -> str:
    """The drawn car, its lamps that are on, and the signals of the part that was clicked."""
    return (
        f'<section class="panel stage" aria-label="{escape(texts.word("car"))}">'
        f'<div class="drawing">{drawing}</div>{lamps_html(lamps, texts)}'
        f'<aside class="details" aria-label="{escape(texts.word("details"))}" aria-live="polite">'
        f"{details}</aside></section>"
    )


def details_html(part: Part, picture: Picture, state: State) -> str:
    """Every signal of a part, with its value now."""
    signals = picture.profile.signals
    rows = "".join(
        f'<tr><th scope="row">{escape(picture.signal_name(signals[path]))}'
        f'<span class="path">{escape(path.removeprefix("Vehicle."))}</span></th>'
        f"<td{_follows(path)}>{escape(_shown(picture, path, state))}</td></tr>"
        for path in part.paths(picture.profile)
    )
    hint = escape(picture.texts.word("click"))
    close = button("×", "close:", "plain round", **{"aria-label": picture.texts.word("close")})
    return (
        f'<header><div><h2>{escape(picture.part_name(part))}</h2><p class="quiet">{hint}</p></div>'
        f"{close}</header>"
        f'<div class="rows" tabindex="0"><table>{rows}</table></div>'
    )


def side_html(world: str, limits: str, texts: Texts) -> str:
    """The world, and what Fujia will not do in it."""
    title = escape(texts.word("world"))
    return (
        f'<div class="side"><section class="panel world" aria-label="{title}">'
        f"<h2>{title}</h2>{world}</section>"
        f'<section class="panel limits"><header><h2>{escape(texts.word("not_now"))}</h2>'
        f'<p class="quiet">{escape(texts.word("not_now_why"))}</p></header>'
        f'<ul class="rows" tabindex="0">{limits}</ul></section></div>'
    )


def world_html(world: WorldData, broken: Collection[Fault], picture: Picture, state: State) -> str:
    """Sliders, choices and faults."""
    texts = picture.texts
    ranges = "".join(_range(n, each, picture, state) for n, each in enumerate(world.ranges))
    choices = "".join(_choice(n, each, texts, state) for n, each in enumerate(world.choices))
    return (
        f'{ranges}<div class="choices">{choices}</div>'
        f'<div class="faults" role="group" aria-label="{escape(texts.word("faults"))}">'
        f"{faults_html(world.faults, broken, texts)}</div>"
    )


def faults_html(faults: Iterable[FaultData], broken: Collection[Fault], texts: Texts) -> str:
    """A button for everything that can be broken; pressed where it is."""
    return "".join(
        button(
            escape(fault.name(texts.language)),
            f"fault:{n}",
            title=texts.word("faults_hint"),
            **{"aria-pressed": _truth(fault.fault() in broken)},
        )
        for n, fault in enumerate(faults)
    )


def tabs_html(texts: Texts) -> str:
    """What a phone shows one of at a time."""
    tabs = "".join(
        button(escape(texts.word(view)), f"view:{view}", **{"aria-pressed": _truth(view == "talk")})
        for view in _VIEWS
    )
    return f'<nav class="tabs" aria-label="{escape(texts.word("view"))}">{tabs}</nav>'


def _answer(turn: Turn, texts: Texts) -> str:
    if all(action.outcome != "needs_confirmation" for action in turn.actions):
        return ""
    suggested = bool(suggestion_of(turn))
    do = "suggestion" if suggested else "answer"
    kinds = ("yes", "no", "never") if suggested else ("yes", "no")
    buttons = (button(escape(texts.word(kind)), f"{do}:{kind}", kind) for kind in kinds)
    return f'<div class="answer">{"".join(buttons)}</div>'


def _welcome(texts: Texts) -> str:
    examples = "".join(button(escape(each), f"say:{each}") for each in texts.examples)
    return f'<div class="welcome"><p class="quiet">{escape(texts.word("try"))}</p>{examples}</div>'


def _range(position: int, control: Range, picture: Picture, state: State) -> str:
    path, label = control.signal, escape(picture.texts.word(control.word))
    now = state.get(path, 0)
    return (
        f'<div class="row"><label for="range-{position}">{label}</label>'
        f'<input type="range" id="range-{position}" data-range="{position}" data-path="{path}"'
        f' min="{control.minimum:g}" max="{control.maximum:g}" step="{control.step:g}"'
        f' value="{now}"><output{_follows(path)}>{escape(_shown(picture, path, state))}</output>'
        "</div>"
    )


def _choice(position: int, control: Choice, texts: Texts, state: State) -> str:
    label = escape(texts.word(control.word))
    options = "".join(
        button(
            escape(option.name(texts.language)),
            f"choice:{position}.{n}",
            **{
                "aria-pressed": _truth(state.get(control.signal) == option.value),
                "data-option": raw(option.value),
            },
        )
        for n, option in enumerate(control.options)
    )
    return (
        f'<div class="segments" role="group" aria-label="{label}" data-path="{control.signal}">'
        f"{options}</div>"
    )


def raw(value: Value) -> str:
    """A value as the script compares it."""
    if isinstance(value, bool):
        return _truth(value)
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


def _shown(picture: Picture, path: str, state: State) -> str:
    value = state.get(path)
    return "–" if value is None else picture.text(picture.profile.signals[path], value)


def _follows(path: str) -> str:
    """The attribute by which the script finds what shows a signal."""
    return f' data-signal="{escape(path)}"'


def _truth(value: bool) -> str:
    return "true" if value else "false"
