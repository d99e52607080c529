"""The cockpit in the browser: conversation, the car as a picture, the world around it.

``add_cockpit`` puts it on a FastAPI application. The folder from the bottom up: ``texts`` and
``parts`` (data), ``picture`` (signals to looks), ``drawing`` (looks to SVG), ``conversation``,
``pending``, ``glance``, ``limits``, ``people`` and ``shell`` (turns, policy, people and page to
HTML), ``stages``, ``view`` and ``page`` (NiceGUI). ``static/`` holds the style sheets and the one
script.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from fujia.serve.sessions import Sessions
    from fujia.settings import Settings

__all__ = ["add_cockpit"]


def add_cockpit(app: "FastAPI", sessions: "Sessions", settings: "Settings") -> None:
    """Serve the cockpit at ``/`` of an application; see ``fujia.serve.cockpit.page``."""
    from fujia.serve.cockpit import page  # NiceGUI takes a second to import

    page.add_cockpit(app, sessions, settings)
