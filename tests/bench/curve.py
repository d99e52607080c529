"""The picture of accuracy against the share that is sent: ``python -m tests.bench.curve``.

Drawn from ``bench/results/f4_routing.json`` into ``docs/images/routing-curve.svg``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tests.bench.routing import OUT

PICTURE = Path("docs/images/routing-curve.svg")
WIDTH, HEIGHT = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 44, 56
_LOWEST = 0.7
"""The share of right plans at the foot of the picture."""
LINES = {
    "with_right_model": ("model always right", "#1f7a4d"),
    "with_model_right_4_of_5": ("model right 4 of 5", "#b3541e"),
    "car_accuracy": ("what stays on the car", "#2456a6"),
}


def draw(result: Mapping[str, Any]) -> str:
    """The SVG of a result of the routing benchmark."""
    commands = result["commands"]
    title = (
        f"Exact plans against the share that is sent ({commands['set']}, {commands['utterances']})"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{escape(title)}</text>',
        *_axes(),
    ]
    for place, (name, (words, colour)) in enumerate(LINES.items()):
        points = [(one["cloud_share"], one[name]) for one in result["curve"]
                  if one[name] is not None]  # fmt: skip
        parts += _line(points, words, colour, place)
        parts.append(_mark(result["as_routed"]["cloud_share"], result["as_routed"][name], colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes() -> Iterator[str]:
    for tenth in range(0, 11, 2):
        x = _x(tenth / 10)
        yield _text(x, HEIGHT - _BOTTOM + 18, f"{tenth * 10} %", "middle")
    yield _text((WIDTH + _LEFT) / 2, HEIGHT - 14, "sent to a model (rings: the router)", "middle")
    for step in range(round(_LOWEST * 10), 11):
        y = _y(step / 10)
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield _text(_LEFT - 8, y + 4, f"{step / 10:.1f}", "end")


def _line(
    points: Sequence[tuple[float, float]], words: str, colour: str, place: int
) -> Iterator[str]:
    shown = " ".join(f"{_x(share):.1f},{_y(right):.1f}" for share, right in points)
    yield f'<polyline points="{shown}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{_LEFT + 12}" y="{_y(0.8) + 18 * place}" fill="{colour}">{words}</text>'


def _mark(share: float, right: float, colour: str) -> str:
    return (
        f'<circle cx="{_x(share):.1f}" cy="{_y(right):.1f}" r="5" fill="#fff" '
        f'stroke="{colour}" stroke-width="2"/>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _x(share: float) -> float:
    return _LEFT + share * (WIDTH - _LEFT - _RIGHT)


def _y(right: float) -> float:
    inner = HEIGHT - _TOP - _BOTTOM
    return _TOP + (1 - (max(right, _LOWEST) - _LOWEST) / (1 - _LOWEST)) * inner


def main() -> None:
    """Draw it anew."""
    PICTURE.write_text(draw(json.loads(OUT.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
