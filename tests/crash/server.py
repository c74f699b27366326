"""One life of the server: it answers requests one after another until they end or it dies."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from doorstep.applications.desk import Desk
from doorstep.applications.errors import AlreadySubmitted, ApplicationError, NotApproved, NotFound, NotOpen
from doorstep.applications.follow import follow, read_answers
from doorstep.applications.head import QueueEntry
from doorstep.applications.journal import events, verify_chain
from doorstep.applications.keyring import Keys
from doorstep.applications.keys import derive
from doorstep.applications.office_keys import OfficeKeys
from doorstep.applications.queues import arrivals, notices, shelves_of
from doorstep.applications.store import StoreError
from doorstep.applications.submit import Submitted, earlier, replay, submit
from doorstep.applications.supply import supply
from doorstep.applications.withdraw import withdraw
from doorstep.stores.shelves import entry_of
from tests.crash.office import take_office_step
from tests.crash.schedules import Draft, Request, Schedule
from tests.crash.worlds import Deathbed, World

SERVICE = "sample"
LISTS = ("unread", "corrected", "waiting", "working", "working-corrected", "working-waiting", "closed")
MORNING = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


class BothKeys(NamedTuple):
    """Intake's and the office's, made together."""

    intake: Keys
    office: OfficeKeys


Answer = tuple[str, Any]
"""A kind and what belongs to it: "receipt" (token, whether the code came along), "withdrawn" event id, "answers"
the content, "taken" and "supplied" event id, "too late" event id and status, "already" when, "not open" status,
"not found", "trouble" what."""

Standing = frozenset[tuple[str, QueueEntry]]
"""Entries with the name of the shelf each stands on."""


@dataclass(frozen=True)
class Found:
    """What rests in the store of one draft, read after all is over."""

    problems: tuple[str, ...]
    status: str
    receipt: str
    content: Any
    withdrawals: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    supplies: tuple[str, ...] = ()


class Server:
    """`life` numbers the server's lives: each draws other random bytes, as a new process would."""

    def __init__(self, schedule: Schedule, world: World, keys: BothKeys, life: int, dies_at: int | None) -> None:
        self._schedule = schedule
        self._random = Random(f"{schedule.seed}/{life}").randbytes
        self._keys = keys
        self._office = f"street-{schedule.seed}"
        self.deathbed = Deathbed(dies_at)
        self._store = world.open(self.deathbed)

    def answer(self, request: Request) -> list[Answer]:
        """The answers to all clicks of a request, in the order of its clicks."""
        desk = Desk(self._store, self._keys.intake, lambda: MORNING + timedelta(days=request.day), self._random)
        draft = self._schedule.drafts[request.draft]
        work = {
            "confirm": self._confirm,
            "withdraw": self._withdraw,
            "follow": self._follow,
            "office": self._take_step,
            "race": self._race,
            "supply": self._supply,
        }[request.kind]
        if len(request.clicks) == 1:
            return [_answer(work, desk, draft, request, request.clicks[0])]
        with ThreadPoolExecutor(len(request.clicks)) as threads:
            return list(threads.map(lambda click: _answer(work, desk, draft, request, click), request.clicks))

    def found(self, number: int) -> Found:
        """What a look at everything shows of this draft, which is known to be stored."""
        draft = self._schedule.drafts[number]
        derived = derive(draft.key)
        desk = Desk(self._store, self._keys.intake, lambda: MORNING, self._random)
        head = self._store.head(derived.reference)
        if head is None:
            return Found(("no head",), "", "", None, (), ())
        problems = verify_chain(head, self._keys.intake.public_keys)
        for purpose, digest in head.sealed.items():
            content = self._store.item(head.reference, digest)
            if content is None or sha256(content).hexdigest() != digest:
                problems.append(f"the item {purpose} is missing or another")
        content = None if problems else read_answers(desk, follow(desk, head.reference, derived.access_code))["answers"]
        withdrawals = tuple(event["id"] for event in events(head) if event["type"] == "withdrawn")
        steps = tuple((event["type"], event["id"]) for event in events(head) if event["by"] == "office")
        supplies = tuple(event["id"] for event in events(head) if event["type"] == "supplied")
        return Found(tuple(problems), head.status, head.events[0], content, withdrawals, steps, supplies)

    def shelves(self) -> tuple[Standing, Standing]:
        """What stands on the shelves of this schedule's office, and what its heads, read by themselves, put there."""
        office, place = self._office, str(self._schedule.seed)
        names = [f"{office}/{list_}" for list_ in LISTS]
        names += [f"{name}/{part}" for name in names for part in (SERVICE, place)]
        names += [arrivals(SERVICE, place), notices(office)]
        standing = {(name, entry) for name in names for entry in self._store.shelf(name).entries}
        heads = self._store.heads(derive(draft.key).reference for draft in self._schedule.drafts)
        expected = {
            (shelf.name, entry_of(head, shelf.position)) for head in heads.values() for shelf in shelves_of(head)
        }
        return frozenset(standing), frozenset(expected)

    def count(self) -> int:
        """How many applications of this schedule have arrived."""
        return len(self._store.shelf(arrivals(SERVICE, str(self._schedule.seed))).entries)

    def _confirm(self, desk: Desk, draft: Draft, request: Request, click: int) -> Answer:
        content = draft.contents[click]
        stored = earlier(desk, draft.key) if request.asks_first else None
        if stored is not None:
            return "receipt", _told(replay(desk, stored, draft.key, content))
        return "receipt", _told(
            submit(
                desk,
                form_id="sample",
                form_version="0" * 64,
                service=SERVICE,
                instance=content,
                routing={"community": str(self._schedule.seed)},
                key=draft.key,
                filed_by="self",
                office=self._office,
            )
        )

    def _withdraw(self, desk: Desk, draft: Draft, _request: Request, click: int) -> Answer:
        derived = derive(draft.key)
        event_id = draft.withdrawals[click]
        withdraw(desk, follow(desk, derived.reference, derived.access_code), reason="改主意了", event_id=event_id)
        return "withdrawn", event_id

    def _take_step(self, desk: Desk, draft: Draft, _request: Request, click: int) -> Answer:
        kind, event_id = draft.steps[click]
        try:
            take_office_step(desk._replace(keys=self._keys.office), derive(draft.key).reference, kind, event_id)
        except NotOpen as error:
            return "too late", (event_id, error.status)
        return "taken", event_id

    def _supply(self, desk: Desk, draft: Draft, _request: Request, click: int) -> Answer:
        derived, event_id = derive(draft.key), draft.supplies[click]
        followed = follow(desk, derived.reference, derived.access_code)
        try:
            supply(desk, followed, form="account", form_version="1" * 64, answers={"number": click}, event_id=event_id)
        except NotApproved as error:
            return "too late", (event_id, error.status)
        return "supplied", event_id

    def _race(self, desk: Desk, draft: Draft, request: Request, click: int) -> Answer:
        return (self._take_step if click else self._withdraw)(desk, draft, request, 0)

    def _follow(self, desk: Desk, draft: Draft, _request: Request, _click: int) -> Answer:
        derived = derive(draft.key)
        return "answers", read_answers(desk, follow(desk, derived.reference, derived.access_code))["answers"]


def _answer(work: Callable[..., Answer], desk: Desk, draft: Draft, request: Request, click: int) -> Answer:
    try:
        return work(desk, draft, request, click)
    except AlreadySubmitted as error:
        return "already", error.received_at
    except NotOpen as error:
        return "not open", error.status
    except NotFound:
        return "not found", None
    except (ApplicationError, StoreError) as error:
        return "trouble", repr(error)


def _told(submitted: Submitted) -> tuple[str, bool]:
    """The receipt, and whether the code came with it."""
    return submitted.receipt, submitted.access_code is not None
