"""Puts intake together once: the one place that knows which store, keys, clock and random source it runs on."""

from __future__ import annotations

import datetime as dt
import functools
import math
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chalicelib.resting import FilesWord, open_resting
from chalicelib.seeking import Seeking
from chalicelib.settings import Settings
from chalicelib.words_sent import WordsSent
from doorstep.applications.calendar import Calendar
from doorstep.applications.desk import Desk
from doorstep.applications.errors import KeyProblem
from doorstep.applications.keyring import load_intake_keys
from doorstep.applications.offices import Offices
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import Files
from doorstep.forms.checker import Checker
from doorstep.forms.form import Form
from doorstep.forms.library import FormLibrary
from doorstep.handed import read_handed
from doorstep.places import Places
from doorstep.startup import ServeError, check_origin, keeps_cookies
from doorstep.stores.choosing import open_store, open_unfound
from weblib.limiter import Limiter
from weblib.logs import RequestLog
from weblib.world import World

TITLE, MAIN = "<!--doorstep:title-->", "<!--doorstep:main-->"
"""What the site's build leaves open in shell.html for intake to fill in."""

LATER = "s3:"
"""Files that rest there are opened when somebody first asks for them."""

UPLOADS_AT_ONCE, UPLOADS_PER_SECOND = 120, 0.2
"""Files a network may send at once, and then each second: twice what a whole application may hold, then 720 an hour for
a community's counter. Whole carriers are one network, too; whoever is sent away loses nothing and is told to wait.
"""


class House:
    """Everything a request needs; safe to share between threads. `services` is the build's services.json.

    `open_files` is called once, when somebody first asks for files: S3's client takes a tenth of a second to make.
    `uploads` and `words_sent` count what networks send, `files_word` says whether a file would be taken.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        desk: Desk,
        open_files: Callable[[], Files],
        library: FormLibrary,
        places: Places,
        offices: Offices,
        services: Mapping[str, Mapping[str, Any]],
        calendar: Calendar,
        shell: str,
        limiter: Limiter,
        log: RequestLog,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.desk = desk
        self.library = library
        self.places = places
        self.offices = offices
        self.services = services
        self.calendar = calendar
        self.shell = shell
        self.limiter = limiter
        self.uploads = Limiter(seconds, burst=UPLOADS_AT_ONCE, per_second=UPLOADS_PER_SECOND)
        self.log = log
        self.seconds = seconds
        self.well_until = -math.inf
        self.seeking = Seeking(settings.build, functools.partial(open_unfound, settings.store, settings.var))
        self.words_sent = WordsSent(seconds)
        self._closed = frozenset(name for name, service in services.items() if not service.get("open", True))
        self._checkers: dict[str, Checker] = {}
        self._making = threading.Lock()
        self._open_files = open_files
        self._files: Files | None = None
        report = functools.partial(log.failed, request_id="health")
        self.files_word = FilesWord(seconds, self._ping_files, report)

    @property
    def files(self) -> Files:
        """Where files rest. Raises StoreUnavailable."""
        if self._files is None:
            with self._making:
                self._files = self._files or self._open_files()
        return self._files

    def _ping_files(self) -> None:
        self.files.ping()

    def offers(self, form: Form | None) -> bool:
        """Whether one can apply with this form here: the published site offers what an office has confirmed."""
        return form is not None and form.service not in self._closed

    def offered(self) -> list[Form]:
        """The forms one can apply with here."""
        return [form for form in self.library.forms.values() if self.offers(form)]

    def checker(self, form: Form) -> Checker:
        """The form's compiled checker, made once."""
        checker = self._checkers.get(form.version)
        if checker is None:
            with self._making:
                checker = self._checkers.setdefault(form.version, Checker(form, self.places))
        return checker

    def today(self) -> dt.date:
        """The date in the city, where forms are published and retired."""
        return self.desk.clock().astimezone(dt.timezone(dt.timedelta(hours=8))).date()

    def close(self) -> None:
        close = getattr(self.desk.store, "close", None)
        if close:
            close()
        self.seeking.close()


def compose(settings: Settings, world: World | None = None) -> House:
    """A house from these settings. Raises ServeError: which file or folder is missing or wrong, and what to do."""
    world = world or World()
    check_origin(
        "DOORSTEP_ORIGIN",
        settings.origin,
        of="the site",
        needed_for="" if settings.demo else "which stands in receipts' QR codes",
    )
    if settings.origin and not settings.demo and not keeps_cookies(settings.origin):
        raise ServeError(
            "DOORSTEP_ORIGIN is a plain http address, over which everybody on the way could read answers and codes: "
            "set it to the https address of the proxy that speaks TLS in front of the site"
        )
    check_origin(
        "DOORSTEP_FILES_ORIGIN",
        settings.files_origin,
        of="the bucket",
        needed_for="which browsers post files to: without it they may not" if settings.files.startswith(LATER) else "",
    )
    handed = settings.build / "intake"
    shell = _read(handed / "shell.html")
    if TITLE not in shell or MAIN not in shell:
        raise ServeError(f"{handed / 'shell.html'} has no place for title or content: build the site again")
    known = read_handed(settings.build, settings.schemas)
    try:
        keys = load_intake_keys(settings.var)
        store = open_store(settings.store, settings.var)
    except (KeyProblem, StoreUnavailable) as problem:
        raise ServeError(str(problem)) from problem
    house = House(
        settings=settings,
        desk=Desk(store, keys, world.clock, world.random, report=world.log.tampered),
        open_files=functools.partial(open_resting, settings),
        library=known.library,
        places=known.places,
        offices=known.offices,
        services=known.services,
        calendar=known.calendar,
        shell=shell,
        limiter=Limiter(world.seconds),
        log=world.log,
        seconds=world.seconds,
    )
    if not settings.files.startswith(LATER):
        open_now(house)
    return house


def open_now(house: House) -> None:
    """Open where files rest; raises ServeError."""
    try:
        _ = house.files
    except StoreUnavailable as problem:
        raise ServeError(str(problem)) from problem


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as problem:
        raise ServeError(f"{path} cannot be read ({problem.strerror}): run `doorstep build` first") from problem
