"""The office as one callable: what app.py gives to Lambda, and what `doorstep office` serves."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from weblib.loading import without_collection

with without_collection():
    from doorstep.applications.office_keys import ParsePrivate, parse_private
    from doorstep.security_headers import SCRIPTLESS_HEADERS
    from office.admission import authorise
    from office.composition import House, compose
    from office.problems import FAILING
    from office.routes import ROUTES
    from office.settings import read_settings
    from weblib.dispatch import App
    from weblib.world import World


def create_app(
    environ: Mapping[str, str], world: World | None = None, parse: ParsePrivate = parse_private
) -> App[House]:
    """An office for these settings; it composes itself at `start`, or at its first request. `parse` reads its keys."""
    return App(
        "doorstep-office",
        functools.partial(compose, read_settings(environ), world, parse),
        ROUTES,
        failing=FAILING,
        authorise=authorise,
        headers=SCRIPTLESS_HEADERS,
    )
