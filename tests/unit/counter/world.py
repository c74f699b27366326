"""One city in memory for the use cases: real keys, forms, offices and calendar; a clock that stands until told."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from doorstep.applications.calendar import read_calendar
from doorstep.applications.correct import correct
from doorstep.applications.desk import Desk
from doorstep.applications.head import Head
from doorstep.applications.journal import stand
from doorstep.applications.key_formats import Keys
from doorstep.applications.keys import mint_event_id, mint_submission_key
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.offices import Office, Offices
from doorstep.applications.signing import Signer
from doorstep.applications.submit import Submitted, submit
from doorstep.counter.accepting import Signature, accept
from doorstep.counter.counter import Counter
from doorstep.counter.moving import advance
from doorstep.counter.opening import Opened, open_application
from doorstep.counter.papers import Seen
from doorstep.counter.readings import ReadingLog
from doorstep.counter.returning import Mark, return_for_correction
from doorstep.counter.staff import Staff
from doorstep.counter.taking import Taking
from doorstep.forms.changes import changes as differences
from doorstep.forms.library import load_library
from doorstep.forms.taken_out import phones_of, routing_of
from doorstep.places import load_places
from doorstep.portal.facts.data import read_data
from doorstep.portal.facts.offices import offices
from doorstep.portal.facts.working_days import calendar, read_working_days
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from tests.memory_store import MemoryStore
from tests.this_city import services_json

ROOT = Path(__file__).parents[3]
ALLOWANCE = "minimum-living-allowance"
STREET, OTHER_STREET, DISTRICT, CITY = (
    "street-650203001",
    "street-650203002",
    "civil-affairs-650203",
    "city-desk-6502",
)

CLERK = Staff("s-clerk", "甲", STREET, "clerk")
COLLEAGUE = Staff("s-colleague", "乙", STREET, "clerk")
STREET_DECIDER = Staff("s-street-decider", "丙", STREET, "decider")
DECIDER = Staff("s-decider", "丁", DISTRICT, "decider")
OTHER_CLERK = Staff("s-other", "戊", OTHER_STREET, "clerk")
CITY_CLERK = Staff("s-city", "己", CITY, "clerk")
AUDITOR = Staff("s-auditor", "庚", STREET, "auditor")

SEEN = (Seen("identity", seen=True),)
"""The one paper that every application for the allowance has to show."""

LIBRARY = load_library(ROOT / "schemas")
PLACES = load_places(ROOT / "docs/places/divisions.json")
_DATA = read_data(ROOT)[0]
_OFFICES = offices(_DATA.offices, ROOT / "docs/places/divisions.json")
SERVICES: dict[str, Any] = json.loads(services_json())
CALENDAR = read_calendar(calendar(read_working_days(ROOT)[0]))


class Clock:
    """Says the time it was told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 4, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class World:
    """A city with an intake and a counter on one store. Files rest in `folder`; `service` replaces parts of the
    allowance's entry, `examiner` signs what becomes of files.
    """

    def __init__(
        self,
        intake: Keys,
        office: OfficeKeys,
        readings: ReadingLog,
        folder: Path,
        service: Mapping[str, Any] | None = None,
        *,
        examiner: Signer | None = None,
    ) -> None:
        self.folder, self.examiner = folder, examiner
        self.files, self.quarantine = FolderFiles(folder / "files"), FolderQuarantine(folder / "files")
        self.store, self.clock, self.readings = MemoryStore(), Clock(), readings
        self.intake = Desk(self.store, intake, self.clock, secrets.token_bytes)
        self.library = LIBRARY
        self.offices = Offices(tuple(Office(**part) for part in _OFFICES["offices"]), _OFFICES["levels"])
        self.counter = Counter(
            desk=Desk(self.store, office, self.clock, secrets.token_bytes),
            services=SERVICES | {ALLOWANCE: SERVICES[ALLOWANCE] | dict(service or {})},
            calendar=CALENDAR,
            offices=self.offices,
            readings=self.readings,
            library=LIBRARY,
            places=PLACES,
            files=self.files,
        )

    def submit(self, changes: Mapping[str, Any] | None = None, **parts: Any) -> Submitted:
        form = self.library.forms[ALLOWANCE]
        assert form.example is not None
        instance = {**form.example, "phone": "13900000000", **(changes or {})}
        routing = routing_of(form, instance)
        sent: dict[str, Any] = {
            "form_id": form.id,
            "form_version": form.version,
            "service": form.service,
            "instance": instance,
            "routing": routing,
            "key": mint_submission_key(secrets.token_bytes),
            "filed_by": "applicant",
            "office": self.offices.in_role(SERVICES[ALLOWANCE], "accept", next(iter(routing.values()), "unknown")).id,
            "phones": phones_of(form, instance),
        }
        return submit(self.intake, **sent | parts)

    def head(self, reference: str) -> Head:
        head = self.store.head(reference)
        assert head is not None
        return head

    def taking(self, staff: Staff, reference: str, *, seen: int | None = None) -> Taking:
        revision = self.head(reference).revision if seen is None else seen
        return Taking(staff, reference, mint_event_id(secrets.token_bytes), revision)

    def open(self, reference: str, staff: Staff = CLERK, why: str = "check") -> Opened:
        return open_application(self.counter, staff, reference, why)

    def accept(self, reference: str, staff: Staff = CLERK, **parts: Any) -> Head:
        return self.accept_as(self.taking(staff, reference), **{"signatures": signed(), **parts})

    def accept_as(self, taking: Taking, **parts: Any) -> Head:
        return accept(self.counter, taking, **{"identity_checked": True, "papers": SEEN, **parts})

    def to_decide(self, reference: str) -> Head:
        """Accepted, and through both of the street's stages to the district."""
        self.accept(reference)
        advance(self.counter, self.taking(CLERK, reference), stage="public_notice")
        return advance(self.counter, self.taking(CLERK, reference), stage="confirmation")

    def ask(self, reference: str, *pointers: str, staff: Staff = CLERK, **parts: Any) -> Head:
        """A one-time notice about these fields."""
        return self.ask_as(self.taking(staff, reference), *pointers, **parts)

    def ask_as(self, taking: Taking, *pointers: str, **parts: Any) -> Head:
        said: dict[str, Any] = {"fields": [Mark(pointer, "请再核对一下") for pointer in pointers], "papers": ()}
        return return_for_correction(self.counter, taking, **said | parts)

    def correct_after_return(self, reference: str, changes: Mapping[str, Any]) -> Head:
        self.ask(reference, *(f"/{name}" for name in changes))
        return self.correct(reference, changes)

    def correct(self, reference: str, changes: Mapping[str, Any], files: Sequence[str] = ()) -> Head:
        """What the resident does at the intake: a whole corrected instance, and what it changes."""
        opened = self.open(reference, STAFF_OF[stand(self.head(reference)).office], "correction")
        instance = {**opened.instance, **changes}
        return correct(
            self.intake,
            opened.followed,
            instance=instance,
            changes=differences(opened.form, opened.instance, instance),
            routing=routing_of(opened.form, instance),
            phones=phones_of(opened.form, instance) if "phone" in changes else None,
            event_id=mint_event_id(secrets.token_bytes),
            files=files,
        )


STAFF_OF = {STREET: CLERK, DISTRICT: DECIDER, OTHER_STREET: OTHER_CLERK, CITY: CITY_CLERK}


def signed(*who: str, on: str = "2026-11-23", why: str = "") -> Sequence[Signature]:
    return [Signature("income-check", name, on, why) for name in who or ("测试人员", "测试家人")]
