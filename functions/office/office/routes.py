"""Which address leads where and who may go there: the one table that the function and the tests read."""

from __future__ import annotations

from office import (
    application_page,
    assets,
    audit_pages,
    calls_pages,
    counter_page,
    front,
    home_page,
    notice_pages,
    opened_page,
    paper_page,
    queue_page,
    sign_in_pages,
    step_pages,
)
from office.needs import AUDITORS, CLERKS, HANDLERS, PUBLIC, STAFF
from weblib.routes import Route

ROUTES = (
    Route("GET", "/", queue_page.show_queue, STAFF),
    Route("GET", "/applications/{reference}", application_page.show_application, STAFF),
    Route("POST", "/applications/{reference}/opened", opened_page.open_page, HANDLERS),
    Route("POST", "/applications/{reference}/papers", paper_page.show_paper, HANDLERS),
    Route("POST", "/applications/{reference}/return", notice_pages.send_notice, HANDLERS, storing=True),
    Route("POST", "/applications/{reference}/notice", notice_pages.print_notice, HANDLERS),
    Route("GET", "/applications/{reference}/steps/{step}", step_pages.show_step, HANDLERS),
    Route("POST", "/applications/{reference}/steps/{step}", step_pages.take_step, HANDLERS, storing=True),
    Route("GET", "/calls", calls_pages.show_calls, HANDLERS),
    Route("GET", "/calls/{reference}", calls_pages.show_call, HANDLERS),
    Route("POST", "/calls/{reference}", calls_pages.note_call, HANDLERS, storing=True),
    Route("POST", "/calls/{reference}/number", calls_pages.show_number, HANDLERS),
    Route("POST", "/calls/{reference}/home", home_page.show_home, HANDLERS),
    Route("GET", "/counter", counter_page.show_counter, CLERKS),
    Route("GET", "/audit", audit_pages.show_audit, AUDITORS),
    Route("GET", "/health", front.health, PUBLIC),
    Route("GET", "/assets/{name}", assets.show_asset, PUBLIC),
    Route("GET", "/sign-in", sign_in_pages.sign_in, PUBLIC),
    Route("GET", "/sign-in/link", sign_in_pages.show_link, PUBLIC),
    Route("POST", "/sign-in/link", sign_in_pages.use, PUBLIC, storing=True),
    Route("GET", "/sign-in/oidc", sign_in_pages.to_provider, PUBLIC),
    Route("GET", "/sign-in/callback", sign_in_pages.from_provider, PUBLIC, storing=True),
    Route("POST", "/sign-out", sign_in_pages.sign_out, STAFF, storing=True),
)
