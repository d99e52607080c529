"""The cockpit page: NiceGUI elements on our own style sheets; see ``view`` for what happens."""

import asyncio
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from nicegui import app as nicegui_app
from nicegui import ui

from fujia import __version__
from fujia.errors import InputError, TooMuch
from fujia.serve.cockpit.stages import find_stage
from fujia.serve.cockpit.texts import load_texts
from fujia.serve.cockpit.view import View
from fujia.serve.sessions import Sessions
from fujia.settings import Settings
from fujia.understanding.plan import Language

STATIC = Path(__file__).parent / "static"
_FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="9" fill="#0a5cad"/><path d="M11 8h11M11 15h8M11 8v17"'
    ' stroke="#fff" stroke-width="3.6" stroke-linecap="round" fill="none"/></svg>'
)


def add_cockpit(app: FastAPI, sessions: Sessions, settings: Settings) -> None:
    """Serve the cockpit at ``/`` of an application; call it after every other route was added.

    ``/`` shows the car that all visitors share, ``/?session=ID`` the car of that session and
    ``/?vehicle=NAME`` one of another model.
    """
    nicegui_app.add_static_files("/cockpit", STATIC)

    @ui.page("/", title=load_texts("zh").word("title"), favicon=_FAVICON)
    async def _cockpit(  # pyright: ignore[reportUnusedFunction]
        request: Request, session: str | None = None, vehicle: str | None = None
    ) -> None:
        texts = load_texts(preferred_language(request))
        _head(texts.language)
        try:
            # A car takes a moment to build; meanwhile the other visitors' pages go on.
            shown = await asyncio.to_thread(
                find_stage, sessions, settings.vehicle, session, vehicle
            )
        except (InputError, TooMuch) as error:
            ui.html(f'<p class="panel" role="alert">{escape(str(error))}</p>', sanitize=False)
            return
        await View(shown, texts).build()

    ui.run_with(  # pyright: ignore[reportUnknownMemberType]
        app,
        title=load_texts("zh").word("title"),
        favicon=_FAVICON,
        dark=False,
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=10.0,
    )


def preferred_language(request: Request) -> Language:
    """The language that the visitor chose, or else the one that the browser asks for first."""
    chosen = request.cookies.get("fujia_language") or request.headers.get("accept-language", "zh")
    return "zh" if chosen.strip().lower().startswith("zh") else "en"


def _head(language: Language) -> None:
    tag = "zh-CN" if language == "zh" else "en"
    sheets = "".join(
        f'<link rel="stylesheet" href="/cockpit/{name}.css?{__version__}">'
        for name in ("cockpit", "car", "manual")
    )
    ui.add_head_html(
        f"{sheets}<script>Object.assign(document.documentElement,{{lang:'{tag}'}});"
        "document.documentElement.dataset.view='talk'</script>"
        f'<script src="/cockpit/cockpit.js?{__version__}"></script>'
    )
