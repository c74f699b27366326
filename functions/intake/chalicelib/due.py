"""By when a resident's application will be answered: the office's own clock, in the office's own words."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from chalicelib.composition import House
from doorstep.applications.clock import clock
from doorstep.applications.clock_words import Said, clock_said, correcting_words
from doorstep.applications.head import Head
from doorstep.applications.journal import events


class Due(NamedTuple):
    """`by` is None where no date is known or the limit stands still; `said` is empty once it is closed. `correcting`
    says whether the days go on while the resident corrects, where that is known.
    """

    by: dt.date | None
    said: Said
    correcting: str = ""

    @property
    def words(self) -> str:
        return str(self.said)


def due(house: House, head: Head) -> Due:
    """What the clock says of this head today. A service that is no longer published says nothing."""
    service = house.services.get(head.service)
    if service is None:
        return Due(None, Said(""))
    found = clock(service, events(head), house.calendar)
    running = found.respond_by
    by = running.by if running and not running.pause_basis else None
    return Due(by, clock_said(service, found, house.today()), correcting_words(service, found))
