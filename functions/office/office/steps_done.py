"""After a step: where the browser goes, and what it says there."""

from __future__ import annotations

from chalice.app import Response

from doorstep.applications.head import Head
from office.posted import Posted
from office.queries import address
from office.visitor import Visit
from weblib.answers import see_other


def after_step(visit: Visit, head: Head, done: str) -> Response:
    """To the application, or to the list when another office holds it now. `done` is a key of words.DONE."""
    here = head.queue.partition("/")[0] == visit.staff.office
    return see_other(address(f"/applications/{head.reference}" if here else "/", done=done))


def seen_of(form: Posted) -> int:
    """The revision the page was made from; 0, which is older than any, for what is none."""
    text = form.get("_seen")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
