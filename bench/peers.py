"""The peers: FastAPI + uvicorn + pydantic with the same questions, the same SQLite mode, and one row an application.

`sealing` calls Doorstep's own sealing and signing; `plaintext` stores what came in as it is.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import threading
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from fastapi import FastAPI, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator
from stdnum.cn import ric

from doorstep.applications.canonical import canonical
from doorstep.applications.desk import Desk
from doorstep.applications.head import Head, Item
from doorstep.applications.keyring import create_or_load
from doorstep.applications.store import Store
from doorstep.applications.submit import submit

FOLDER = Path(os.environ["BENCH_FOLDER"])


def _resident_id(text: str) -> str:
    if ric.calc_check_digit(text) != text[-1]:
        raise ValueError("check digit")
    dt.datetime.strptime(text[6:14], "%Y%m%d")  # noqa: DTZ007 — a date without a time
    return text


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
ResidentId = Annotated[str, StringConstraints(pattern=r"^[0-9]{17}[0-9X]$"), AfterValidator(_resident_id)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9-]{7,20}$")]
Money = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$")]
Community = Annotated[str, StringConstraints(pattern=r"^([0-9]{12}|unknown)$")]


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Member(Closed):
    name: Name
    relation: Literal[
        "spouse", "minor_child", "dependent_child", "adult_child", "parent", "grandparent", "grandchild", "sibling"
    ]
    resident_id: ResidentId
    income_work: Money | None = None
    income_business: Money | None = None
    income_property: Money | None = None
    income_transfer: Money | None = None


class Answers(Closed):
    filing_for: Literal["self", "family", "community"]
    agent_name: Name | None = None
    agent_phone: Phone | None = None
    agent_statement: Literal[True] | None = None
    acting_as: Literal["entrusted", "guardian"] | None = None
    applicant_name: Name
    applicant_id: ResidentId
    phone: Phone | None = None
    language_help: Literal["none", "interpreter", "sign"] | None = None
    registered_community: Community
    registered_estate: Name | None = None
    lives_there: bool
    living_community: Community | None = None
    living_estate: Name | None = None
    home_address: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    apply_alone: Literal["family", "alone"]
    alone_grounds: Literal["severe_disability", "mental_disability", "serious_illness", "unsure"] | None = None
    income_work: Money | None = None
    income_business: Money | None = None
    income_property: Money | None = None
    income_transfer: Money | None = None
    has_household: bool
    household_members: list[Member] = []
    assets: list[Literal["houses", "vehicles", "savings"]] = []
    house_count: int | None = None
    vehicle_count: int | None = None
    savings_total: Money | None = None
    staff_relative: bool
    truth_statement: Literal[True]

    @model_validator(mode="after")
    def _asked(self) -> Answers:
        if self.filing_for != "self" and not (self.agent_name and self.agent_statement and self.acting_as):
            raise ValueError("agent")
        if self.registered_community == "unknown" and not self.registered_estate:
            raise ValueError("estate")
        if self.has_household and not self.household_members:
            raise ValueError("household")
        if not self.lives_there and not self.living_community:
            raise ValueError("living community")
        if self.apply_alone == "alone" and not self.alone_grounds:
            raise ValueError("grounds")
        return self


class Application(Closed):
    answers: Answers
    submission_key: str


class PlainRows:
    """The obvious store: a connection a thread, WAL, synchronous=FULL, one insert a commit."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connection().execute("CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, head BLOB, items BLOB)")

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            self._local.connection = connection
        found: sqlite3.Connection = self._local.connection
        return found

    def insert(self, name: str, head: bytes, items: bytes) -> None:
        self._connection().execute("INSERT INTO rows VALUES (?, ?, ?)", (name, head, items))

    def commit(self, head: Head, items: list[Item], *, expected_revision: int) -> None:
        del expected_revision
        self.insert(head.reference, head.to_bytes(), b"".join(item.content for item in items))


rows = PlainRows(FOLDER / "rows.sqlite3")
sealing = FastAPI()
plaintext = FastAPI()


def _desk() -> Desk:
    keys = create_or_load(FOLDER)
    return Desk(store=cast(Store, rows), keys=keys, clock=lambda: dt.datetime.now(dt.UTC), random=os.urandom)


@sealing.post("/api/forms/minimum-living-allowance/applications", status_code=201)
def seal_and_store(application: Application) -> dict[str, Any]:
    answers = application.answers
    phones = {"phone": answers.phone, "agent_phone": answers.agent_phone}
    done = submit(
        DESK,
        form_id="minimum-living-allowance",
        form_version="0" * 64,
        service="minimum-living-allowance",
        instance=answers.model_dump(exclude_none=True),
        routing={"community": answers.registered_community},
        key=application.submission_key,
        filed_by="applicant",
        office=f"street-{answers.registered_community[:9]}",
        phones={name: number for name, number in phones.items() if number},
    )
    return {"reference": done.reference, "receipt": done.receipt, "access_code": done.access_code}


@plaintext.post("/api/forms/minimum-living-allowance/applications", status_code=201)
def store_plainly(application: Application, response: Response) -> dict[str, Any]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{22}", application.submission_key):
        response.status_code = 422
        return {}
    rows.insert(application.submission_key, canonical(application.answers.model_dump(exclude_none=True)), b"")
    return {"reference": application.submission_key}


DESK = _desk()
