"""A made-up city for the demonstration: keys, an empty store and some staff in a folder of its own."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from doorstep.applications.desk import Desk
from doorstep.applications.keyring import load_intake_keys
from doorstep.applications.office_keys import ExaminerKeys, load_examiner, load_office_keys
from doorstep.attachments.files import Quarantine
from doorstep.counter.counter import Counter
from doorstep.counter.staff import Staff, add_staff
from doorstep.handed import read_handed
from doorstep.stores.choosing import FILES
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.office_file import OfficeFile, open_office
from doorstep.stores.sqlite import SqliteStore

STREET, OTHER_STREET, DISTRICT, CITY = "street-650203001", "street-650203002", "civil-affairs-650203", "city-desk-6502"
INSURANCE = "medical-insurance-650203"

STAFF = (
    ("演示街道受理员", STREET, "clerk"),
    ("演示邻街受理员", OTHER_STREET, "clerk"),
    ("演示市级窗口受理员", CITY, "clerk"),
    ("演示区民政局受理员", DISTRICT, "clerk"),
    ("演示区民政局审批员", DISTRICT, "decider"),
    ("演示区医疗保障局受理员", INSURANCE, "clerk"),
    ("演示区医疗保障局审批员", INSURANCE, "decider"),
    ("演示街道审计员", STREET, "auditor"),
)
"""Names of jobs, not of people: name, office, role."""


class MovedTime:
    """A clock that the stories set; aware UTC datetimes."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


class City(NamedTuple):
    """Both desks share store and clock. `staff` by name; `quarantine` and `examiner` (its keys) are for the papers, and
    `drawn` gives each of them a number of its own.
    """

    intake: Desk
    counter: Counter
    time: MovedTime
    office: OfficeFile
    staff: dict[str, Staff]
    store: SqliteStore
    quarantine: Quarantine
    examiner: ExaminerKeys
    drawn: Callable[[], int]

    def close(self) -> None:
        self.store.close()
        self.office.close()


def found_city(var: Path, build: Path, schemas: Path) -> City:
    """Opens the stores in `var`, whose keys are made already, and enters the staff. Raises what those raise."""
    time = MovedTime()
    store, office = SqliteStore(var / "applications.sqlite3"), open_office(var)
    desk = Desk(store, load_office_keys(var), time, os.urandom)
    counter = Counter(
        desk=desk, readings=office.readings, files=FolderFiles(var / FILES), **read_handed(build, schemas)._asdict()
    )
    staff = {
        name: add_staff(office.staff, name=name, office=place, role=role, subject="", random=os.urandom)[0]
        for name, place, role in STAFF
    }
    return City(
        Desk(store, load_intake_keys(var), time, os.urandom),
        counter,
        time,
        office,
        staff,
        store,
        FolderQuarantine(var / FILES),
        load_examiner(var),
        itertools.count().__next__,
    )
