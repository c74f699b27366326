"""The office's side of an application, taken by code: real keys, real store, staff of the office that holds it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doorstep.applications.calendar import load_calendar
from doorstep.applications.desk import Desk
from doorstep.applications.head import Head
from doorstep.applications.journal import stand
from doorstep.applications.keys import mint_event_id
from doorstep.applications.office_keys import load_office_keys
from doorstep.applications.offices import load_offices
from doorstep.applications.store import Store
from doorstep.counter.accepting import Signature, accept, expected_signers, papers_to_see
from doorstep.counter.counter import Counter
from doorstep.counter.opening import Opened, open_application, unsealed
from doorstep.counter.papers import Seen
from doorstep.counter.peeking import look_at
from doorstep.counter.returning import Mark, return_for_correction
from doorstep.counter.staff import Staff
from doorstep.counter.taking import Taking
from doorstep.forms.library import load_library
from doorstep.places import load_places
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.office_file import open_office
from doorstep.stores.sqlite import SqliteStore
from tests.parsed_once import parsed_once

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class CounterDesk:
    """Takes the office's steps on any application, in the name of whoever may."""

    counter: Counter

    def head(self, reference: str) -> Head:
        head = self.counter.desk.head(reference)
        assert head is not None
        return head

    def staff(self, reference: str, role: str = "clerk") -> Staff:
        return Staff(f"s-{role}", role, stand(self.head(reference)).office, role)

    def taking(self, reference: str, role: str = "clerk") -> Taking:
        return Taking(
            self.staff(reference, role), reference, mint_event_id(secrets.token_bytes), self.head(reference).revision
        )

    def ask(self, reference: str, *pointers: str, papers: tuple[str, ...] = (), why: str = "") -> Head:
        """A one-time notice: each field and paper with a reason."""
        return return_for_correction(
            self.counter,
            self.taking(reference),
            fields=[Mark(pointer, f"理由{number}：请再核对") for number, pointer in enumerate(pointers, 1)],
            papers=[Mark(paper, "上次没有带来") for paper in papers],
            justification=why,
        )

    def accept(self, reference: str) -> Head:
        opened = unsealed(self.counter, look_at(self.counter, self.head(reference)))
        expected = expected_signers(self.counter, opened)
        signed = [Signature(paper, name, "2026-11-22") for paper, names in expected.items() for name in names]
        seen = [Seen(paper.id, seen=True) for paper in papers_to_see(self.counter, opened)]
        return accept(self.counter, self.taking(reference), identity_checked=True, signatures=signed, papers=seen)

    def opened(self, reference: str) -> Opened:
        return open_application(self.counter, self.staff(reference), reference, "correction")


@contextmanager
def counter_desk(
    var: Path,
    build: Path,
    *,
    store: Store | None = None,
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    schemas: Path = ROOT / "schemas",
) -> Iterator[CounterDesk]:
    """The counter over the data folder and the build of a running intake."""
    handed = build / "intake"
    services: dict[str, Any] = json.loads((handed / "services.json").read_text())
    kept: Store = store or SqliteStore(var / "applications.sqlite3")
    file = open_office(var)
    desk = Desk(kept, load_office_keys(var, parsed_once), clock, secrets.token_bytes)
    places, library = load_places(handed / "divisions.json"), load_library(schemas)
    offices, calendar = load_offices(handed / "offices.json"), load_calendar(handed / "calendar.json")
    yield CounterDesk(
        Counter(desk, services, calendar, offices, file.readings, library, places, FolderFiles(var / "files"))
    )
    file.close()
    if store is None and isinstance(kept, SqliteStore):
        kept.close()
