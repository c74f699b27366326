"""Did this post come from a page of ours? A page elsewhere can make a browser post here, with what it chose."""

from __future__ import annotations

from chalice.app import Request

OURS = frozenset(("same-origin", "none"))
"""`none`: the person's own doing, such as loading the page again. `same-site` is another's: a neighbour's host."""


def from_elsewhere(request: Request, ours: str) -> bool:
    """Whether a browser says that another site's page sent this; `ours` is the function's public origin, if it has one.

    Who fixes a submission key knows reference, code and answers: such a page could send a resident into a form of
    ours with a key of its own; and it could take an office's step in the name of whoever is signed in. Browsers tell
    where a post comes from by Sec-Fetch-Site, and the older ones (and all of them where there is no TLS) by Origin,
    which is `null` for who hides it: our own pages never do, by their Referrer-Policy. Programs send neither header
    and have nobody in front of them.
    """
    told = request.headers.get("sec-fetch-site", "").strip().lower()
    if told:
        return told not in OURS
    origin = request.headers.get("origin", "").strip().lower()
    if not origin:
        return False
    if ours:
        return bool(origin != ours.lower())
    host = request.headers.get("host", "").strip().lower()
    # Only the host: what ends TLS in front of us hides which scheme the browser used. A proxy that changes the host
    # needs the origin to be set.
    return not host or origin.partition("://")[2] != host
