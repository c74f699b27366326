"""Which address leads where and who may go there: the one table that the function and the tests read."""

from __future__ import annotations

from office import assets, front, sign_in_pages
from office.needs import PUBLIC, STAFF
from weblib.routes import Route

ROUTES = (
    Route("GET", "/", front.front, PUBLIC),
    Route("GET", "/health", front.health, PUBLIC),
    Route("GET", "/assets/{name}", assets.show_asset, PUBLIC),
    Route("GET", "/sign-in", sign_in_pages.sign_in, PUBLIC),
    Route("GET", "/sign-in/link", sign_in_pages.show_link, PUBLIC),
    Route("POST", "/sign-in/link", sign_in_pages.use, PUBLIC, storing=True),
    Route("GET", "/sign-in/oidc", sign_in_pages.to_provider, PUBLIC),
    Route("GET", "/sign-in/callback", sign_in_pages.from_provider, PUBLIC, storing=True),
    Route("POST", "/sign-out", sign_in_pages.sign_out, STAFF, storing=True),
)
