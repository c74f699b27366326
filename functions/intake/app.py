"""The intake function. The table of its routes is chalicelib/routes.py; what stands behind each is beside it."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping

from chalicelib.loading import without_collection

with without_collection():
    from chalicelib.composition import World, compose
    from chalicelib.dispatch import Intake
    from chalicelib.routes import ROUTES
    from chalicelib.settings import read_settings


def create_app(environ: Mapping[str, str], world: World | None = None) -> Intake:
    """An intake for these settings; it composes itself at `start`, or at its first request."""
    return Intake(functools.partial(compose, read_settings(environ), world), ROUTES)


app = create_app(os.environ)
"""What Lambda calls. Nothing is read or opened before the first request: `chalice package` imports this too."""
