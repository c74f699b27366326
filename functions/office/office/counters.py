"""Puts the counter together: the office's store, keys, guides, calendar and forms."""

from __future__ import annotations

import json

from doorstep.applications.calendar import load_calendar
from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem
from doorstep.applications.office_keys import load_office_keys
from doorstep.applications.offices import load_offices
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.counter import Counter
from doorstep.forms.errors import FormsError
from doorstep.forms.library import load_library
from doorstep.places import load_places
from doorstep.startup import ServeError
from doorstep.stores.office_file import OfficeFile
from doorstep.stores.sqlite import SqliteStore
from office.settings import Settings
from weblib.world import World


def compose_counter(settings: Settings, world: World, records: OfficeFile) -> Counter:
    """The counter of these settings. Raises ServeError: which file or folder is missing or wrong, and what to do."""
    handed = settings.build / "intake"
    try:
        keys = load_office_keys(settings.var)
        library = load_library(settings.schemas)
        places = load_places(handed / "divisions.json")
        offices = load_offices(handed / "offices.json")
        services = json.loads((handed / "services.json").read_text(encoding="utf-8"))
        calendar = load_calendar(handed / "calendar.json")
        store = SqliteStore(settings.var / "applications.sqlite3")
    except (KeyProblem, StoreUnavailable) as problem:
        raise ServeError(str(problem)) from problem
    except (OSError, ValueError, KeyError, StopIteration, FormsError) as problem:
        where = getattr(problem, "filename", None) or f"{settings.schemas} or {handed}"
        raise ServeError(
            f"{where} cannot be read ({type(problem).__name__}): build the site again, or check who may read it"
        ) from problem
    return Counter(
        desk=Desk(store, keys, world.clock, world.random, report=world.log.tampered),
        services=services,
        calendar=calendar,
        offices=offices,
        readings=records.readings,
        library=library,
        places=places,
    )
