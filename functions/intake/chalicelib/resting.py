"""Where files rest, as intake opens it: browsers may post where its tickets go, and whether it takes any is asked."""

from __future__ import annotations

import math
from collections.abc import Callable
from threading import Lock, Thread
from urllib.parse import urlsplit

from chalicelib.settings import Settings
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import Files
from doorstep.stores.choosing import open_files

OK, DOWN = "ok", "down"

HELD = 10.0
"""Seconds a word holds: asking costs a write, and on AWS calls the examiner."""

PATIENCE = 2.0
"""Seconds to wait for a word: who watches the site asks about applications first, and gives up soon."""

_NOBODYS = ("0000-0000-0000-0", "A" * 22)
"""Reference and name of the ticket that is only looked at."""

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def open_resting(settings: Settings) -> Files:
    """Raises StoreUnavailable, also where the pages' policy would keep browsers from posting where tickets go: nobody
    would be told, and every upload look like a broken network.
    """
    files = open_files(settings.files, settings.var)
    ticket = files.ticket(*_NOBODYS, {}, 1)
    told, goes_to = _origin(settings.files_origin), _origin(ticket.url) if ticket else ""
    if goes_to and goes_to != told:
        raise StoreUnavailable(
            f"no browser could send a file: tickets go to {goes_to}, and DOORSTEP_FILES_ORIGIN says {told or 'nothing'}"
            f": set it to {goes_to}, or mend the bucket's name, its region or AWS_ENDPOINT_URL_S3"
        )
    return files


def _origin(url: str) -> str:
    """As browsers compare origins: in small letters, without the port that goes without saying."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ''))}" if url else ""


class FilesWord:
    """Whether a file would be taken now, asked anew every `HELD` seconds at most, by one thread at a time.

    `ping` raises what is wrong; `report` is told once each time that it went wrong. `seconds` counts and never goes
    back.
    """

    def __init__(
        self, seconds: Callable[[], float], ping: Callable[[], object], report: Callable[[Exception], object]
    ) -> None:
        self._seconds = seconds
        self._ping = ping
        self._report = report
        self._one_asks = Lock()
        self._holds_until = -math.inf
        self._asking: Thread | None = None
        self._word = OK

    def word(self) -> str:
        """OK or DOWN; DOWN also where no word comes within `PATIENCE`."""
        with self._one_asks:
            if self._asking is None and self._seconds() >= self._holds_until:
                self._asking = Thread(target=self._ask, name="files", daemon=True)
                self._asking.start()
                self._asking.join(PATIENCE)
            if self._asking is None:
                return self._word
            if self._asking.is_alive():
                return DOWN
            self._asking = None
            self._holds_until = self._seconds() + HELD
            return self._word

    def _ask(self) -> None:
        try:
            self._ping()
        except Exception as error:  # noqa: BLE001 — whatever it is, no file would be taken
            if self._word == OK:
                self._report(error)
            self._word = DOWN
        else:
            self._word = OK
