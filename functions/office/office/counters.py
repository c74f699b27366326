"""Puts the counter together: the office's store and files, keys, guides, calendar and forms."""

from __future__ import annotations

from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem
from doorstep.applications.office_keys import ParsePrivate, load_office_keys
from doorstep.applications.store import StoreUnavailable
from doorstep.counter.counter import Counter
from doorstep.handed import read_handed
from doorstep.startup import ServeError
from doorstep.stores.choosing import open_files, open_store
from doorstep.stores.office_file import OfficeFile
from office.settings import Settings
from weblib.world import World


def compose_counter(settings: Settings, world: World, records: OfficeFile, parse: ParsePrivate) -> Counter:
    """The counter of these settings. Raises ServeError: which file or folder is missing or wrong, and what to do."""
    known = read_handed(settings.build, settings.schemas)
    try:
        keys = load_office_keys(settings.var, parse)
        store = open_store(settings.store, settings.var)
        files = open_files(settings.files, settings.var)
    except (KeyProblem, StoreUnavailable) as problem:
        raise ServeError(str(problem)) from problem
    desk = Desk(store, keys, world.clock, world.random, report=world.log.tampered)
    return Counter(desk=desk, readings=records.readings, files=files, **known._asdict())
