"""The intake function. The table of its routes is chalicelib/routes.py; what stands behind each is beside it."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping

from weblib.loading import without_collection

with without_collection():
    from chalicelib.composition import House, compose
    from chalicelib.problems import FAILING
    from chalicelib.routes import ROUTES
    from chalicelib.settings import read_settings
    from doorstep.security_headers import headers_with_files_at
    from weblib.dispatch import App
    from weblib.world import World


def create_app(environ: Mapping[str, str], world: World | None = None) -> App[House]:
    """An intake for these settings; it composes itself at `start`, or at its first request."""
    settings = read_settings(environ)
    return App(
        "doorstep-intake",
        functools.partial(compose, settings, world),
        ROUTES,
        failing=FAILING,
        headers=headers_with_files_at(settings.files_origin),
    )


app = create_app(os.environ)
"""What Lambda calls. Nothing is read or opened before the first request: `chalice package` imports this too."""
