"""Which address leads where and who may go there: the one table that the function and the tests read."""

from __future__ import annotations

from office import assets, front
from weblib.routes import PUBLIC, Route

CLERK, DECIDER, AUDITOR = "clerk", "decider", "auditor"
COUNTER = frozenset((CLERK, DECIDER))
"""Who handles applications; an auditor reads events and figures, and no answers."""
EVERYONE = COUNTER | {AUDITOR}

ROUTES = (
    Route("GET", "/", front.front, PUBLIC),
    Route("GET", "/health", front.health, PUBLIC),
    Route("GET", "/assets/{name}", assets.show_asset, PUBLIC),
)
