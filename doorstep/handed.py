"""What the build hands to the running functions, read once at their start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from doorstep.applications.calendar import Calendar, load_calendar
from doorstep.applications.offices import Offices, load_offices
from doorstep.forms.errors import FormsError
from doorstep.forms.library import FormLibrary, load_library
from doorstep.places import Places, load_places
from doorstep.startup import ServeError


class Handed(NamedTuple):
    """Services (services.json), working days, offices, places, and the forms as they were published."""

    services: Mapping[str, Mapping[str, Any]]
    calendar: Calendar
    offices: Offices
    library: FormLibrary
    places: Places


def read_handed(build: Path, schemas: Path) -> Handed:
    """What lies in `build`/intake, and the forms in `schemas`. Raises ServeError: which file, and what to do."""
    folder = build / "intake"
    try:
        return Handed(
            services=json.loads((folder / "services.json").read_text(encoding="utf-8")),
            calendar=load_calendar(folder / "calendar.json"),
            offices=load_offices(folder / "offices.json"),
            library=load_library(schemas),
            places=load_places(folder / "divisions.json"),
        )
    except (OSError, ValueError, KeyError, TypeError, StopIteration, FormsError) as problem:
        where = getattr(problem, "filename", None) or f"{schemas} or {folder}"
        raise ServeError(
            f"{where} cannot be read ({type(problem).__name__}): build the site again (`doorstep build`), or check who "
            "may read it"
        ) from problem
