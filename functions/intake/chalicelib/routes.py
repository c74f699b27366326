"""Which address leads where: the one table that the function, its OpenAPI description and the tests read."""

from __future__ import annotations

import functools

from chalicelib import api
from doorstep.attachments.files import MOST_BYTES
from weblib.lazily import view
from weblib.parts import body_limit
from weblib.routes import PUBLIC, Route

WITH_FILES = body_limit(MOST_BYTES)
"""Bytes a body may have that brings files."""

CODE = frozenset(("code",))
"""It opens an application, with reference and code, which its view asks for; every other route is open to all."""

_APPLICATION = functools.partial(view, "chalicelib.application_api")
_FILES = functools.partial(view, "chalicelib.files_api")

ROUTES = (
    Route("GET", "/api/health", api.health, PUBLIC),
    Route("GET", "/api/forms", api.list_forms, PUBLIC),
    Route("GET", "/api/forms/{form}", api.show_form, PUBLIC),
    Route("POST", "/api/forms/{form}/check", api.check_answers, PUBLIC),
    Route("POST", "/api/forms/{form}/applications", api.submit_answers, PUBLIC, storing=True),
    Route("POST", "/api/forms/{form}/files", _FILES("ask_for_draft"), PUBLIC),
    Route("POST", "/api/files", _FILES("send_file"), PUBLIC, storing=True, multipart=WITH_FILES),
    Route("GET", "/api/applications/{reference}", _APPLICATION("show_application"), CODE),
    Route("POST", "/api/applications/{reference}/files", _FILES("ask_for_application"), CODE),
    Route("POST", "/api/applications/{reference}/correction", _APPLICATION("correct_application"), CODE, storing=True),
    Route("POST", "/api/applications/{reference}/withdrawal", _APPLICATION("withdraw_application"), CODE, storing=True),
    Route("POST", "/api/applications/{reference}/supplied", _APPLICATION("supply_application"), CODE, storing=True),
    Route("GET", "/api/keys", api.show_keys, PUBLIC),
    Route("GET", "/api/search", view("chalicelib.search_api", "search"), PUBLIC),
    Route("POST", "/api/search/unfound", view("chalicelib.unfound_api", "send_words"), PUBLIC, storing=True),
    Route("GET", "/api/openapi.json", view("chalicelib.openapi", "show_openapi"), PUBLIC),
    Route("GET", "/apply/{form}", view("chalicelib.apply_pages", "open_at_counter"), PUBLIC),
    Route("POST", "/apply/{form}", view("chalicelib.apply_pages", "apply"), PUBLIC, storing=True, multipart=WITH_FILES),
    Route("POST", "/track", view("chalicelib.track_pages", "track"), CODE, multipart=WITH_FILES),
    Route("GET", "/verify", view("chalicelib.verify_pages", "verify_address"), PUBLIC),
    Route("POST", "/verify", view("chalicelib.verify_pages", "verify_posted"), PUBLIC),
)
