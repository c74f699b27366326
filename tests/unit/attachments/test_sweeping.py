"""What was never confirmed is gone after a day; nothing that was confirmed ever is."""

from __future__ import annotations

import os
import secrets
from datetime import datetime, timedelta

import pytest

from doorstep.applications.canonical import canonical
from doorstep.applications.encoding import encode
from doorstep.applications.signing import peek
from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import READY, REFUSED, WAITING
from doorstep.attachments.sweeping import SWEPT_AFTER, TAKEN_WITHIN, Swept, sweep
from tests.memory_store import MemoryStore
from tests.unit.attachments.conftest import MORNING, Draft, Machine, hours

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("why", [None, "", "foreign"])
def test_what_was_never_confirmed_is_gone_after_a_day(machine: Machine, draft: Draft, why: str | None) -> None:
    name = machine.sent(draft, b"a bill", MORNING)
    if why is not None:
        machine.examined(draft, name, MORNING, why=why)
    assert sweep(machine.store, machine.quarantine, MORNING + SWEPT_AFTER - MINUTE) == Swept()
    assert list(machine.rest(draft)) == [name]
    assert sweep(machine.store, machine.quarantine, MORNING + SWEPT_AFTER + MINUTE) == Swept(destroyed=1)
    assert machine.rest(draft) == {}


def test_what_was_confirmed_stays_for_good(machine: Machine, draft: Draft) -> None:
    ready, refused, waits, left_out = (machine.sent(draft, name, MORNING) for name in (b"a", b"b", b"c", b"d"))
    machine.examined(draft, ready, MORNING)
    machine.examined(draft, refused, MORNING, why="locked")
    machine.confirmed(draft, ready, refused, waits)
    assert sweep(machine.store, machine.quarantine, MORNING + hours(24 * 365)) == Swept(aside=1, named=3)
    assert machine.rest(draft) == {ready: READY, refused: REFUSED, waits: WAITING}
    assert left_out not in machine.rest(draft)


def test_a_confirm_in_the_last_minute_and_a_sweep_at_any_time_lose_nothing(machine: Machine) -> None:
    """The youngest file that is swept is an hour older than the oldest that intake takes."""
    last = MORNING + TAKEN_WITHIN - MINUTE
    for minutes in range(-90, 91, 10):
        draft = Draft()
        name = machine.sent(draft, b"a bill", MORNING)
        at = last + timedelta(minutes=minutes)
        sweep(machine.store, machine.quarantine, at)
        there = name in machine.rest(draft) and at - MORNING < TAKEN_WITHIN
        if there:  # intake looks, and takes half an hour to write: the margin is for that
            sweep(machine.store, machine.quarantine, at + timedelta(minutes=30))
            machine.confirmed(draft, name, at=at + timedelta(minutes=30))
        sweep(machine.store, machine.quarantine, at + hours(48))
        assert (name in machine.rest(draft)) == there
        assert there == (at <= last)


def test_what_is_sent_again_counts_anew(machine: Machine, draft: Draft) -> None:
    name = machine.sent(draft, b"a bill", MORNING)
    machine.examined(draft, name, MORNING)
    machine.sent(draft, b"a bill", MORNING + hours(24.5))
    assert sweep(machine.store, machine.quarantine, MORNING + hours(26)) == Swept()
    assert machine.rest(draft) == {name: READY}


def test_what_is_sent_again_and_confirmed_while_the_sweep_looks_stays(machine: Machine, draft: Draft) -> None:
    """The sweep read a head that named nothing; before it destroys, the file comes again and is confirmed."""
    name, late = machine.sent(draft, b"a bill", MORNING), MORNING + hours(26)

    def meanwhile(point: str) -> None:
        if point == "read-head" and not looked:
            looked.append(point)
            machine.sent(draft, b"a bill", late)

    looked: list[str] = []
    store = MemoryStore(meanwhile)
    store.kept = dict(machine.store.kept)  # what stood there when the sweep looked
    assert sweep(store, machine.quarantine, late).destroyed == 1  # it believes so
    machine.confirmed(draft, name, at=late)
    assert machine.rest(draft) == {name: WAITING}


def test_what_a_damaged_head_may_name_stays(machine: Machine, draft: Draft) -> None:
    name = machine.sent(draft, b"a bill", MORNING)
    machine.confirmed(draft, name)
    machine.store.kept[draft.reference] = b"no head"
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)) == Swept(unsure=1)
    assert list(machine.rest(draft)) == [name]


@pytest.mark.parametrize("files", [7, None, [["no name"]]])
def test_what_an_event_may_name_that_says_nonsense_stays(machine: Machine, draft: Draft, files: object) -> None:
    name = machine.sent(draft, b"a bill", MORNING)
    machine.confirmed(draft, name)
    head = machine.store.head(draft.reference)
    assert head is not None
    forged = f"e30.{encode(canonical({'files': files}))}.e30"  # nobody signed it, but it can be read
    assert peek(forged) == {"files": files}
    machine.store.kept[draft.reference] = head._replace(events=(forged,)).to_bytes()
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)) == Swept(unsure=1)
    assert list(machine.rest(draft)) == [name]


def test_while_the_store_cannot_be_read_everything_stays(machine: Machine) -> None:
    drafts = [Draft() for _ in range(3)]
    for draft in drafts:
        machine.sent(draft, b"a bill", MORNING)
    machine.store.fail_next("read-head", StoreUnavailable("the disk is gone"))
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)) == Swept(trouble="the disk is gone")
    assert all(machine.rest(draft) for draft in drafts)
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)) == Swept(destroyed=3)


def test_nothing_is_destroyed_by_the_light_of_an_empty_store(machine: Machine, draft: Draft) -> None:
    machine.sent(draft, b"a bill", MORNING)
    swept = sweep(MemoryStore(), machine.quarantine, MORNING + hours(30))
    assert swept.aside + swept.destroyed == 0
    assert "is it the one that intake writes to?" in swept.trouble
    assert machine.rest(draft)


def test_what_a_newer_head_named_rests_for_a_week_and_can_be_moved_back(machine: Machine, draft: Draft) -> None:
    ready, waits = machine.sent(draft, b"a", MORNING), machine.sent(draft, b"b", MORNING)
    machine.examined(draft, ready, MORNING)
    machine.confirmed(draft)
    older = machine.store.kept.pop(draft.reference)
    machine.confirmed(draft, ready, waits)
    head, machine.store.kept[draft.reference] = machine.store.kept[draft.reference], older  # as an older store has it
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)).aside == 2
    assert machine.rest(draft) == {}
    assert machine.files.aside(draft.reference) == {ready, waits}
    folder = machine.folder
    for path in (folder / "swept").glob("*/*/*"):
        os.utime(path, (MORNING.timestamp(), MORNING.timestamp()))
    assert sweep(machine.store, machine.quarantine, MORNING + hours(24 * 6.9)).destroyed == 0
    machine.store.kept[draft.reference] = head
    assert sweep(machine.store, machine.quarantine, MORNING + hours(24 * 30)).destroyed == 0
    assert machine.files.aside(draft.reference) == {ready, waits}
    for shelf in ("ready", "quarantine"):
        (folder / "swept" / shelf / draft.reference).rename(folder / shelf / draft.reference)
    assert machine.rest(draft) == {ready: READY, waits: WAITING}
    assert sweep(machine.store, machine.quarantine, MORNING + hours(24 * 30)) == Swept(named=2)


def test_what_was_put_aside_is_destroyed_after_a_week(machine: Machine, draft: Draft) -> None:
    machine.confirmed(draft)  # and then a paper for a correction that never came
    machine.sent(draft, b"a bill", MORNING)
    assert sweep(machine.store, machine.quarantine, MORNING + hours(30)) == Swept(aside=1)
    for path in (machine.folder / "swept").glob("*/*/*"):
        os.utime(path, (MORNING.timestamp(), MORNING.timestamp()))
    assert sweep(MemoryStore(), machine.quarantine, MORNING + hours(24 * 8)) == Swept()
    assert sweep(machine.store, machine.quarantine, MORNING + hours(24 * 8)) == Swept(destroyed=1)
    assert machine.files.aside(draft.reference) == frozenset()


def test_many_applications_at_once(machine: Machine) -> None:
    kept: list[tuple[Draft, str]] = []
    gone: list[tuple[Draft, str]] = []
    for number in range(40):
        draft, at = Draft(), MORNING - hours(number)
        names = [machine.sent(draft, secrets.token_bytes(4), at) for _ in range(2)]
        if number % 2:
            machine.confirmed(draft, names[0])
            kept.append((draft, names[0]))
        (gone if _old(at) else kept).append((draft, names[1]))
        if not number % 2:
            (gone if _old(at) else kept).append((draft, names[0]))
    sweep(machine.store, machine.quarantine, MORNING)
    assert all(name in machine.rest(draft) for draft, name in kept)
    assert not any(name in machine.rest(draft) for draft, name in gone)


def _old(at: datetime) -> bool:
    return MORNING - at > SWEPT_AFTER
