"""Each record of an application is altered, rolled back or deleted behind the program's back, and named rightly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from doorstep.applications.head import Head
from doorstep.applications.journal import follow_events
from doorstep.counter.findings import Finding
from doorstep.counter.reconcile_shelves import hidden_from
from doorstep.stores.office_file import OfficeFile
from tests.memory_store import MemoryStore
from tests.unit.counter.telling.city import STREET, City
from tests.unit.counter.telling.town import Town


def test_a_sound_store_gives_nothing(town: Town) -> None:
    run = town.run()
    assert list(run.findings()) == []
    assert (run.applications, run.items, run.checkpoints, run.readings) == (2, 5, 2, 4)
    assert run.newest is not None
    assert run.newest.number == 2
    assert town.checkpoint() == ()


def test_a_checkpoint_holds_what_changed_and_no_content(town: Town) -> None:
    first, second = (town.file(number).read_text().splitlines() for number in (1, 2))
    assert (len(first), len(second)) == (3, 2)
    assert second[0].startswith(f"{town.second} 3 ")
    assert len(town.file(2).read_bytes()) < 1200
    assert (town.file(1).stat().st_mode & 0o777, town.folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert town.city.due()[0]
    town.checkpoint()
    assert len(town.file(3).read_text().splitlines()) == 2


def other_event(town: Town, number: int) -> Head:
    """The head with one event of another application."""
    mine, theirs = town.city.head(town.second), town.city.head(town.first)
    events = list(mine.events)
    events[number - 1] = theirs.events[min(number, 2) - 1]
    return mine._replace(events=tuple(events))


def forged_wrap(reader: str) -> Callable[[Town], Head]:
    def head(town: Town) -> Head:
        now = town.city.head(town.second)
        return now._replace(wraps=now.wraps | {reader: now.wraps[reader] | {"wrapped": "AAAA"}})

    return head


HEADS: dict[str, tuple[Callable[[Town], Head | bytes], str, str]] = {
    "first event": (lambda town: other_event(town, 1), "altered", "event 1"),
    "later event": (lambda town: other_event(town, 2), "altered", "event 2"),
    "last event": (lambda town: other_event(town, 3), "altered", "event 3"),
    "status": (lambda town: town.city.head(town.second)._replace(status="refused"), "altered", "status"),
    "queue": (lambda town: town.city.head(town.second)._replace(queue="x/closed"), "altered", "queue"),
    "sealed": (lambda town: town.city.head(town.second)._replace(sealed={}), "altered", "sealed items"),
    "answers": (
        lambda town: town.city.head(town.second)._replace(
            sealed=town.city.head(town.second).sealed | {"answers": town.city.head(town.second).sealed["approved-3"]}
        ),
        "altered",
        "sealed answers",
    ),
    "key": (lambda town: town.city.head(town.second)._replace(key_hash="0" * 64), "altered", "key's hash"),
    "routing": (lambda town: town.city.head(town.second)._replace(routing={}), "altered", "routing"),
    "office's wrap": (forged_wrap("office"), "altered", "office's wrap"),
    "resident's wrap": (forged_wrap("resident"), "altered", "resident's wrap"),
    "notifier's wrap": (forged_wrap("notifier"), "altered", "phone numbers"),
    "a wrap more": (
        lambda town: town.city.head(town.second)._replace(wraps=town.city.head(town.second).wraps | {"x": {}}),
        "altered",
        "without a step",
    ),
    "another's head": (lambda town: town.content(town.first), "altered", "another application's"),
    "no event": (lambda town: town.city.head(town.second)._replace(events=()), "altered", "no event"),
    "an older head": (lambda town: town.old[town.second], "rolled back", "revision 2, and was at 3"),
    "not a head": (lambda _town: b"spoiled", "unreadable", "not a head"),
}


@pytest.mark.parametrize("name", HEADS)
def test_an_altered_head_is_named(town: Town, name: str) -> None:
    make, what, why = HEADS[name]
    town.put(town.second, make(town))
    found = [one for one in town.findings() if one.record.startswith("application")]
    assert [(one.record, one.what, one.checkpoint) for one in found] == [(f"application {town.second}", what, 2)]
    assert why in found[0].why
    alarm = town.checkpoint()
    assert [(one.record, one.what) for one in alarm] == [(f"application {town.second}", what)]
    assert town.second not in town.file(3).read_text()
    assert (f"application {town.second}", what) in town.named()


def test_an_older_head_on_which_others_went_on_is_seen(town: Town) -> None:
    """A decision is taken back and another is taken: every signature holds, and only the checkpoint knows."""
    town.sql("UPDATE heads SET content = ?, revision = 2 WHERE reference = ?", town.old[town.second], town.second)
    town.city.step(town.second, "refused")
    assert [(one.what, one.why) for one in town.findings()] == [("altered", "event 3 is another than was checkpointed")]
    assert [one.what for one in town.checkpoint()] == ["altered"]


def test_a_deleted_application_is_missing(town: Town) -> None:
    town.sql("DELETE FROM heads WHERE reference = ?", town.first)
    assert town.findings() == [
        Finding(f"application {town.first}", "missing", "its head is not stored any more", 1, "2026-11-23T04:00:00Z")
    ]
    assert [one.what for one in town.checkpoint()] == ["missing"]
    assert [one.what for one in town.findings()] == ["missing"]


def test_everything_deleted_is_missing(town: Town) -> None:
    town.sql("DELETE FROM heads")
    assert town.named() == {(f"application {one}", "missing") for one in (town.first, town.second)}


def test_an_application_nobody_signed_is_named_and_not_checkpointed(town: Town) -> None:
    head = town.city.head(town.first)
    forged = head._replace(reference="0000-0000-0000-0", revision=1)
    town.city.store.commit(forged, (), expected_revision=0)
    named = {one.record: one.what for one in town.checkpoint()}
    assert named == {"application 0000-0000-0000-0": "altered"}
    town.sql("UPDATE heads SET reference = 'x\n y' WHERE reference = '0000-0000-0000-0'")
    assert ("application of no reference", "unreadable") in town.named()
    town.sql("UPDATE heads SET reference = CAST(x'ff80' AS TEXT) WHERE reference = 'x\n y'")
    assert ("application of no reference", "unreadable") in town.named()


@pytest.mark.parametrize("purpose", ["answers", "accepted-2", "approved-3"])
def test_a_lost_or_spoiled_item_is_named(town: Town, purpose: str) -> None:
    digest = town.city.head(town.second).sealed[purpose]
    town.sql("UPDATE items SET content = x'00' WHERE digest = ?", digest)
    assert town.named() == {(f"item {purpose} of {town.second}", "altered")}
    town.sql("DELETE FROM items WHERE digest = ?", digest)
    assert town.named() == {(f"item {purpose} of {town.second}", "missing")}


@pytest.mark.parametrize(
    ("change", "shelf"),
    [
        ("queue_shelf = 'street-650203001/unread'", "queue"),
        ("queue_shelf = NULL, queue_position = NULL", "queue"),
        ("queue_position = '2099-01-01T00:00:00Z#x'", "queue"),
        ("notices_shelf = NULL", "notices"),
        ("status = 'withdrawn'", "queue, service, place, arrivals, notices"),
        ("place = CAST(x'ff80' AS TEXT)", "queue, service, place, arrivals, notices"),
        ("queue_position = CAST(x'ff80' AS TEXT)", "queue"),
    ],
)
def test_an_application_hidden_from_staff_is_named(town: Town, change: str, shelf: str) -> None:
    town.sql(f"UPDATE heads SET {change} WHERE reference = ?", town.second)
    assert [(one.record, one.what, one.why) for one in town.findings()] == [
        (f"lists of {town.second}", "altered", f"staff do not find it where its head puts it ({shelf})")
    ]


def test_steps_after_a_checkpoint_are_no_alarm(town: Town) -> None:
    """A correction may move it, a replaced code changes the resident's wrap: both are signed."""
    town.city.correct(town.first, registered_community="650203002002")
    head = town.city.head(town.second)
    wraps = {name: wrap for name, wrap in head.wraps.items() if name != "resident"}
    town.put(town.second, head._replace(wraps=wraps))
    assert [one.record for one in town.findings()] == [f"application {town.second}"]
    town.city.step(town.second, "code_voided", wrap=None)
    assert town.findings() == []
    assert town.checkpoint() == ()
    assert town.findings() == []


def test_what_goes_on_meanwhile_is_no_alarm(town: Town) -> None:
    """Residents apply and staff take steps while checkpoints are taken and all is reconciled."""
    stop, busy = Event(), Event()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            while not stop.is_set():
                reference = town.city.due("accepted")[0]
                town.city.step(reference, "advanced", stage="inquiry", office=STREET)
                town.city.step(reference, "approved")
                busy.set()
        except BaseException as error:
            failures.append(error)
            raise

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    busy.wait(20)
    alarms: list[Finding] = []
    for _ in range(4):
        alarms += town.checkpoint()
        alarms += town.findings()
    stop.set()
    for worker in workers:
        worker.join()
    assert failures == []
    assert alarms == []
    assert town.findings() == []


def test_an_empty_city_needs_no_checkpoint(keys: Path, tmp_path: Path) -> None:
    file = OfficeFile(tmp_path / "office" / "office.sqlite3")
    city = City(MemoryStore(), keys, file)
    town = Town(city, tmp_path / "none", tmp_path, tmp_path)
    assert town.findings() == []
    city.apply()
    assert [one.record for one in town.findings()] == ["checkpoints"]
    file.close()


def test_a_finding_reads_as_a_sentence(town: Town) -> None:
    town.sql("DELETE FROM heads WHERE reference = ?", town.first)
    assert [str(one) for one in town.findings()] == [
        (
            f"application {town.first}: missing: its head is not stored any more "
            "(last known from checkpoint 1, 2026-11-23T04:00:00Z)"
        )
    ]
    assert json.dumps([one._asdict() for one in town.findings()])
    assert follow_events(town.city.head(town.second)) == town.city.head(town.second)


def test_a_list_that_is_late_is_waited_for(town: Town) -> None:
    head = town.city.head(town.first)
    town.sql("UPDATE heads SET status = 'ended' WHERE reference = ?", town.first)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            town.sql("UPDATE heads SET status = ? WHERE reference = ?", head.status, town.first)

    assert hidden_from(town.city.store, head, patient=False, sleep=slept.append) != ()
    slept.clear()
    assert hidden_from(town.city.store, head, sleep=sleep) == ()
    assert slept == [0.0, 0.5]
