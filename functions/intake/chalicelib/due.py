"""By when a resident's application will be answered: the office's own clock, in the office's own words."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from chalicelib.composition import House
from doorstep.applications.clock import clock
from doorstep.applications.clock_words import clock_words
from doorstep.applications.head import Head
from doorstep.applications.journal import events


class Due(NamedTuple):
    """`by` is None where no date is known or the limit stands still; `words` are empty once it is closed."""

    by: dt.date | None
    words: str


def due(house: House, head: Head) -> Due:
    """What the clock says of this head today. A service that is no longer published says nothing."""
    service = house.services.get(head.service)
    if service is None:
        return Due(None, "")
    found = clock(service, events(head), house.calendar)
    running = found.respond_by
    by = running.by if running and not running.pause_basis else None
    return Due(by, clock_words(service, found, house.today()))
