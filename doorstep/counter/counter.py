"""The counter: what the office's use cases need of the world, passed in as one argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from doorstep.applications.calendar import Calendar
from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.offices import Offices
from doorstep.attachments.files import Files
from doorstep.counter.readings import ReadingLog
from doorstep.forms.library import FormLibrary
from doorstep.places import Places

BEIJING = dt.timezone(dt.timedelta(hours=8))

NOTHING_KNOWN: Mapping[str, Any] = {"title": "", "limits": [], "acceptance": {"if_silent": "none"}}
"""Stands for a service whose guide is gone: no date, no stage, nobody accepts, and what is stored stays readable."""


class Counter(NamedTuple):
    """Safe to share between threads. `desk.keys` are OfficeKeys; `services` is the build's services.json.
    `files` is where examined files rest.
    """

    desk: Desk
    services: Mapping[str, Mapping[str, Any]]
    calendar: Calendar
    offices: Offices
    readings: ReadingLog
    library: FormLibrary
    places: Places
    files: Files

    @property
    def keys(self) -> OfficeKeys:
        """The office's own keys; KeyProblem where the desk was put together with intake's."""
        if not isinstance(self.desk.keys, OfficeKeys):
            raise KeyProblem("the counter's desk holds intake's keys; load_office_keys gives the office's")
        return self.desk.keys

    def service(self, service_id: str) -> Mapping[str, Any]:
        """What the guide says of a service; NOTHING_KNOWN where there is none any more."""
        return self.services.get(service_id, NOTHING_KNOWN)

    def today(self) -> dt.date:
        """The date in the city."""
        return self.desk.clock().astimezone(BEIJING).date()
