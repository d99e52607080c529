"""A drawn mark for each outcome and verdict, so that colour never says it alone."""

from collections.abc import Mapping

_LINES: Mapping[str, str] = {
    "done": '<circle cx="12" cy="12" r="10"/><path d="M7 12.5l3.4 3.5L17 8.5"/>',
    "refused": '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8Z"/><path d="M8 12h8"/>',
    "failed": '<path d="M12 2.5L22.5 21h-21Z"/><path d="M12 9.5v5M12 18v.2"/>',
    "needs_confirmation": '<circle cx="12" cy="12" r="10"/>'
    '<path d="M9 9.3a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.2v.2"/>',
    "unavailable": '<circle cx="12" cy="12" r="10"/><path d="M5.5 5.5l13 13"/>',
    "answered": '<circle cx="12" cy="12" r="10"/><path d="M12 11v6M12 7v.2"/>',
}
_SAME = {"question": "needs_confirmation", "refuse": "refused", "confirm": "needs_confirmation"}


def mark(name: str) -> str:
    """The mark of an outcome or a verdict, as an SVG element."""
    return (
        '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{_LINES[_SAME.get(name, name)]}</svg>"
    )
