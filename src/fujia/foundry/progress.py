"""Progress on standard error, for people at a terminal alone."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager


@contextmanager
def counting(what: str, total: int) -> Generator[Callable[[int], None]]:
    """A bar that is moved on by the function it yields; silent where nobody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, disable=not sys.stderr.isatty()) as bars:
        bar = bars.add_task(what, total=total)

        def advance(by: int) -> None:
            bars.advance(bar, by)

        yield advance
