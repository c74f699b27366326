"""A city's office with real keys and the real office file: residents apply, steps are taken, nothing is opened."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from doorstep.applications.correct import correct
from doorstep.applications.desk import Desk
from doorstep.applications.errors import Tampered
from doorstep.applications.follow import Followed
from doorstep.applications.head import Head, Item
from doorstep.applications.journal import follow_events, next_event, wrap_digest
from doorstep.applications.keyring import load_intake_keys
from doorstep.applications.keys import mint_event_id, mint_submission_key
from doorstep.applications.office_keys import load_office_keys, load_opener
from doorstep.applications.offices import Office, Offices
from doorstep.applications.status import EVENTS
from doorstep.applications.step import Change, take_step
from doorstep.applications.store import Store
from doorstep.applications.submit import submit
from doorstep.counter.counter import Counter
from doorstep.counter.staff import Staff
from doorstep.forms.library import load_library
from doorstep.places import load_places
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.office_file import OfficeFile
from tests.parsed_once import parsed_once
from tests.unit.applications.clocks import ROOT, published

STREET, OTHER = "street-650203001", "street-650203002"
ALLOWANCE = "minimum-living-allowance"
TITLE = "申请低保"
SERVICE = {"title": TITLE, "limits": [], "acceptance": {"if_silent": "none"}, "after_approval": "payment-account"}
PHONES = {"phone": "0990-1234567", "agent_phone": "13012345678"}
LIBRARY = load_library(ROOT / "schemas")


class Clock:
    """Says the time it was told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 4, 0, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **parts: float) -> None:
        self.time += timedelta(**parts)


class City:
    """`counter` is the office's; `intake` the desk residents apply at. Both work on `store`."""

    def __init__(self, store: Store, var: Path, office_file: OfficeFile) -> None:
        self.store = store
        self.var = var
        self.file = office_file
        self.clock = Clock()
        self.reported: list[Tampered] = []
        self.intake = Desk(store, load_intake_keys(var), self.clock, secrets.token_bytes, self.reported.append)
        offices = (Office(STREET, "某街道", "street"), Office(OTHER, "别的街道", "street"),
                   Office("city-desk-650200", "市政务服务中心", "city-desk"))  # fmt: skip
        self.counter = Counter(
            desk=self.intake._replace(keys=load_office_keys(var, parsed_once)),
            services={ALLOWANCE: SERVICE},
            calendar=published(),
            offices=Offices(offices, {"street": "street", "city-desk": "city"}),
            readings=office_file.readings,
            library=LIBRARY,
            places=load_places(ROOT / "docs/places/divisions.json"),
            files=FolderFiles(var / "files"),
        )
        self.clerk = Staff("s-clerk", "甲", STREET, "clerk")
        self.colleague = Staff("s-colleague", "乙", STREET, "decider")
        self.stranger = Staff("s-stranger", "丙", OTHER, "clerk")
        self.auditor = Staff("s-auditor", "丁", STREET, "auditor")

    def apply(self, phones: dict[str, str] | None = None, office: str = STREET) -> str:
        """The reference of a new application."""
        form = LIBRARY.current(ALLOWANCE)
        assert form is not None
        return submit(
            self.intake, form_id=ALLOWANCE, form_version=form.version, service=ALLOWANCE,
            instance={"applicant_name": "阿依古丽·买买提"}, routing={"registered_community": "650203001001"},
            key=mint_submission_key(secrets.token_bytes), filed_by="applicant", office=office,
            phones=PHONES if phones is None else phones,
        ).reference  # fmt: skip

    def step(self, reference: str, kind: str, *, desk: Desk | None = None, **facts: Any) -> str:
        """Take a step of this kind with a sealed item nobody opens; its event's id."""
        event_id = mint_event_id(secrets.token_bytes)
        take_step_of(desk or self.counter.desk, reference, kind, event_id, **facts)
        return event_id

    def followed(self, reference: str) -> Followed:
        """As whoever holds the access code has it open."""
        head = self.head(reference)
        return Followed(head, load_opener(self.var, parsed_once).unwrap(head.wraps["office"]))

    def correct(self, reference: str, **routing: str) -> Head:
        """What was asked for, corrected by its resident."""
        return correct(
            self.intake, self.followed(reference), instance={"applicant_name": "阿依古丽"}, changes=(), phones=None,
            routing=routing or {"registered_community": "650203001001"}, event_id=event_id(),
        )  # fmt: skip

    def due(self, kind: str = "returned", **parts: Any) -> tuple[str, str]:
        """A new application whose resident is to be told of a step: reference and notice."""
        reference = self.apply(**parts)
        before = () if kind in ("returned", "accepted", "not_accepted") else ("accepted",)
        for needed in before:
            self.step(reference, needed)
        facts: dict[str, Any] = {}
        if kind == "code_issued":
            facts["wrap"] = wrap_digest(self.head(reference), "resident")
        return reference, self.step(reference, kind, **facts)

    def head(self, reference: str) -> Head:
        head = self.store.head(reference)
        assert head is not None
        return head


def take_step_of(desk: Desk, reference: str, kind: str, event_id: str, **facts: Any) -> Head:
    def change(head: Head | None) -> Change:
        assert head is not None
        items: tuple[Item, ...] = ()
        if EVENTS[kind].seals:
            content = secrets.token_bytes(300)
            items = (Item(sha256(content).hexdigest(), content),)
        sealed = {f"{kind}-{head.revision + 1}": item.digest for item in items}
        token = next_event(desk.keys.signer, head, event_id=event_id, kind=kind, at=desk.now(), commitment="c",
                           sealed=sealed, **({"staff": "s-clerk"} | facts))  # fmt: skip
        return Change(follow_events(head.next(events=(*head.events, token), sealed=head.sealed | sealed)), items)

    return take_step(
        desk.store, desk.head(reference), reference=reference, event_id=event_id, kind=kind, commitment="c",
        change=change,
    )  # fmt: skip


def event_id() -> str:
    return mint_event_id(secrets.token_bytes)
