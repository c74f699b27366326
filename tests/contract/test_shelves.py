"""What every store promises of a shelf's pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from mypy_boto3_dynamodb.client import DynamoDBClient

from doorstep.applications.head import Head, QueueEntry
from doorstep.applications.queues import SHELVES, shelves_of
from doorstep.applications.store import Store
from doorstep.stores.shelves import Range
from doorstep.stores.sqlite import SqliteStore, page_statement
from tests.contract.samples import sample_head


def at(number: int) -> str:
    return f"2026-11-22T05:04:{number:02}Z#{number}"


def fill(store: Store, name: str, count: int) -> list[Head]:
    """Heads of one queue in order of position; stored in another order."""
    heads = [sample_head(queue=name, position=at(number)) for number in range(count)]
    for head in sorted(heads, key=lambda head: head.reference):
        store.commit(head, [], expected_revision=0)
    return heads


def pages(store: Store, name: str, limit: int, *, newest_first: bool = False) -> Iterator[list[QueueEntry]]:
    after = None
    while True:
        page = store.shelf(name, after=after, limit=limit, newest_first=newest_first)
        yield list(page.entries)
        if page.next_after is None:
            return
        after = page.next_after


def on(store: Store, name: str) -> list[str]:
    return [entry.reference for entry in store.shelf(name).entries]


@pytest.fixture
def name() -> str:
    return f"open/{secrets.token_hex(4)}"


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 6, 7, 50])
def test_pages_hold_every_head_once_in_order(store: Store, name: str, limit: int, newest_first: bool) -> None:
    heads = fill(store, name, 6)
    fill(store, f"{name}1", 2)
    read = list(pages(store, name, limit, newest_first=newest_first))
    expected = [head.reference for head in heads]
    assert [entry.reference for page in read for entry in page] == expected[:: -1 if newest_first else 1]
    assert all(len(page) == limit for page in read[:-1])
    assert len(read) == -(-6 // limit)  # a full last page is known to be the last


def test_a_page_ends_below_until_whichever_way_and_wherever_it_starts(store: Store, name: str) -> None:
    fill(store, name, 4)
    seconds = [f"2026-11-22T05:04:{number:02}Z" for number in (0, 1, 2, 3, 4, 59)]
    marks = [None, *seconds, *(at(number) for number in range(5))]
    for after, until, newest_first in product(marks, marks, [False, True]):
        bounds = [until] if not newest_first else [until, after]
        shown = [
            at(number)
            for number in range(4)
            if all(bound is None or at(number) < bound for bound in bounds)
            and (newest_first or after is None or at(number) > after)
        ]
        shown = shown[:: -1 if newest_first else 1]
        page = store.shelf(name, after=after, until=until, limit=2, newest_first=newest_first)
        assert [entry.position for entry in page.entries] == shown[:2], (after, until, newest_first)
        assert page.next_after == (shown[1] if len(shown) > 2 else None)


def test_an_entry_shows_its_columns_as_the_head_has_them(store: Store, name: str) -> None:
    head = sample_head(queue=name, routing={"community": "650203001001"})
    store.commit(head, [], expected_revision=0)
    store.commit(head.next(status="returned"), [], expected_revision=1)
    (entry,) = store.shelf(name).entries
    assert entry == QueueEntry(
        reference=head.reference,
        position=head.position,
        revision=2,
        status="returned",
        service=head.service,
        place="650203001001",
        received_at=head.received_at,
    )


def test_a_head_stands_on_each_of_its_shelves_and_nowhere_else(store: Store) -> None:
    office, service, place = (f"{word}-{secrets.token_hex(4)}" for word in ("street", "service", "place"))
    place = str(int(place[-8:], 16))
    first = sample_head(queue=f"{office}/unread", service=service, routing={"community": place})
    told = first.next(queue=f"{office}/closed", position="2026-11-23T05:04:03Z#x", notice="2026-11-23T05:04:03Z#y")
    done = told.next(notice="")
    elsewhere = done.next(queue=f"other-{office}/working", routing={})
    everywhere = {shelf.name for head in (first, told, done, elsewhere) for shelf in shelves_of(head)}
    assert len(everywhere) == 12
    for head in (first, told, done, elsewhere):
        store.commit(head, [], expected_revision=head.revision - 1)
        found = {name: store.shelf(name).entries for name in everywhere}
        assert {(name, entry.position, entry.revision) for name, entries in found.items() for entry in entries} == {
            (shelf.name, shelf.position, head.revision) for shelf in shelves_of(head)
        }


def test_only_heads_whose_residents_are_to_be_told_stand_among_the_notices(store: Store) -> None:
    office = f"street-{secrets.token_hex(4)}"
    heads = [sample_head(queue=f"{office}/closed", notice=at(9 - number) if number % 2 else "") for number in range(6)]
    for head in heads:
        store.commit(head, [], expected_revision=0)
    assert on(store, f"notices/{office}") == [heads[5].reference, heads[3].reference, heads[1].reference]
    store.commit(heads[3].next(notice=""), [], expected_revision=1)
    assert on(store, f"notices/{office}") == [heads[5].reference, heads[1].reference]


def test_neighbours_are_found_by_when_they_came(store: Store) -> None:
    service = f"service-{secrets.token_hex(4)}"
    times = [f"2026-11-{day:02}T08:00:00Z" for day in (3, 1, 2, 9)]
    heads = [
        sample_head(service=service, received_at=time, position="moved#on", routing={"community": "650203001001"})
        for time in times
    ]
    for head in heads:
        store.commit(head, [], expected_revision=0)
    name = f"arrivals/{service}/650203001001"
    before = store.shelf(name, after=f"{times[0]}#{heads[0].reference}", newest_first=True)
    assert [entry.received_at for entry in before.entries] == [times[2], times[1]]
    after = store.shelf(name, after=f"{times[0]}#{heads[0].reference}", until="2026-11-09T09")
    assert [entry.received_at for entry in after.entries] == [times[3]]


def test_an_unknown_shelf_is_empty_and_a_name_that_is_none_a_mistake(store: Store) -> None:
    page = store.shelf("open/nothing-here")
    assert (page.entries, page.next_after) == ((), None)
    for name in ("open", "a/b/c/d", ""):
        with pytest.raises(ValueError, match="not the name of a shelf"):
            store.shelf(name)


def test_heads_that_move_away_leave_no_gap_and_no_double(store: Store, name: str) -> None:
    heads = fill(store, name, 9)
    moved_to = name.replace("open/", "shut/")
    seen: list[str] = []
    for number, page in enumerate(pages(store, name, 2)):
        seen += [entry.reference for entry in page]
        # While a page is looked at, one head that was shown and one that was not move to another queue.
        for moving in (heads[number * 2], heads[-1 - number]):
            stored = store.head(moving.reference)
            assert stored is not None
            if stored.revision == 1:
                store.commit(moving.next(queue=moved_to), [], expected_revision=1)
    assert len(seen) == len(set(seen))
    stayed = [head.reference for head in heads if (now := store.head(head.reference)) and now.queue == name]
    assert set(stayed) <= set(seen)
    left = [entry.reference for page in pages(store, name, 4) for entry in page]
    moved = [entry.reference for page in pages(store, moved_to, 4) for entry in page]
    assert left == stayed
    assert sorted(left + moved) == sorted(head.reference for head in heads)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("kind", SHELVES)
def test_sqlite_reads_a_page_from_the_index_alone(tmp_path: Path, kind: str, newest_first: bool) -> None:
    store = SqliteStore(tmp_path / "applications.sqlite")
    for asked, bounds in {
        Range(None, None): "",
        Range("a", None): f" AND {kind}_position>?",
        Range(None, "b"): f" AND {kind}_position<?",
        Range("a", "b"): f" AND {kind}_position>? AND {kind}_position<?",
    }.items():
        statement = page_statement(kind, asked, newest_first=newest_first)
        parameters = ("q", *(bound for bound in asked if bound), 5)
        plan = store._writer.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        assert [row[3] for row in plan] == [f"SEARCH heads USING COVERING INDEX {kind}_shelf ({kind}_shelf=?{bounds})"]
    store.close()


@pytest.mark.parametrize("backend", ["dynalite", "moto"])
def test_dynamodb_projects_the_queue_columns_only(
    backend: str, endpoints: Callable[[str], tuple[str, str]], client_of: Callable[[str], DynamoDBClient]
) -> None:
    description = client_of(backend).describe_table(TableName=endpoints(backend)[1])["Table"]
    indexes = {index["IndexName"]: index for index in description["GlobalSecondaryIndexes"]}
    assert set(indexes) == set(SHELVES)
    for kind, index in indexes.items():
        keys = {key["AttributeName"] for key in (*description["KeySchema"], *index["KeySchema"])}
        projected = keys | set(index["Projection"]["NonKeyAttributes"])
        assert index["Projection"]["ProjectionType"] == "INCLUDE"
        columns = set(QueueEntry.__annotations__) - {"position"}
        assert projected == columns | {f"{kind}_shelf", f"{kind}_position", "part"}
