"""Addresses of our own: where a request went, and where to go after signing in."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from chalice.app import Request

_OWN = re.compile(r"/(?:[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*/?)?(?:\?[A-Za-z0-9_.~%=&+-]*)?")
_LONGEST = 512


def path_of(request: Request) -> str:
    """The path that was asked for, its parts as they came."""
    return str(request.path).format_map(request.uri_params or {})


def asked_for(request: Request) -> str:
    """The path with its query, to be asked for again."""
    sent = request.query_params
    pairs = [(name, value) for name in sent for value in sent.getlist(name)] if sent else []
    return quote(path_of(request)) + (f"?{urlencode(pairs)}" if pairs else "")


def parameter(request: Request, name: str) -> str | None:
    """The only value of this name in the address's query; None when there is none or several."""
    sent = request.query_params
    values = sent.getlist(name) if sent and name in sent else []
    return str(values[0]) if len(values) == 1 else None


def purpose_of(address: str) -> str:
    """What a CSRF token is for: the path without a slash at its end and without a query."""
    return address.partition("?")[0].rstrip("/") or "/"


def own_path(text: str | None) -> str:
    """`text` when it is a path on this very host, else the first page.

    Strict on purpose: no second slash at the beginning (another host), no backslash (browsers read it as a slash), no
    scheme, nothing encoded in the path; and not the sign-in pages, which would lead round in a circle.
    """
    if text is None or len(text) > _LONGEST or text.startswith("/sign-") or not _OWN.fullmatch(text):
        return "/"
    return text


def sign_in_path(going: str) -> str:
    """The sign-in page's address, from where one comes back to `going`."""
    going = own_path(going)
    return "/sign-in" if going == "/" else f"/sign-in?{urlencode({'to': going})}"
