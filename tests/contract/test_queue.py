"""What every store promises of a queue's pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mypy_boto3_dynamodb.client import DynamoDBClient

from doorstep.applications.head import Head, QueueEntry
from doorstep.applications.store import Store
from doorstep.stores.sqlite import QUEUE, SqliteStore
from tests.contract.samples import sample_head


def fill(store: Store, name: str, count: int) -> list[Head]:
    """Heads of one queue in order of position; stored in another order."""
    heads = [sample_head(queue=name, position=f"2026-11-22T05:04:{number:02}Z#{number}") for number in range(count)]
    for head in sorted(heads, key=lambda head: head.reference):
        store.commit(head, [], expected_revision=0)
    return heads


def pages(store: Store, name: str, limit: int) -> Iterator[list[QueueEntry]]:
    after = None
    while True:
        page = store.queue(name, after=after, limit=limit)
        yield list(page.entries)
        if page.next_after is None:
            return
        after = page.next_after


@pytest.fixture
def name() -> str:
    return f"open/{secrets.token_hex(4)}"


@pytest.mark.parametrize("limit", [1, 3, 6, 7, 50])
def test_pages_hold_every_head_once_in_order(store: Store, name: str, limit: int) -> None:
    heads = fill(store, name, 6)
    fill(store, f"{name}1", 2)
    read = list(pages(store, name, limit))
    assert [entry.reference for page in read for entry in page] == [head.reference for head in heads]
    assert all(len(page) == limit for page in read[:-1])
    assert len(read) == -(-6 // limit)  # a full last page is known to be the last


def test_an_entry_shows_the_queue_columns_as_the_head_has_them(store: Store, name: str) -> None:
    (head,) = fill(store, name, 1)
    store.commit(head.next(status="returned"), [], expected_revision=1)
    (entry,) = store.queue(name).entries
    assert entry == QueueEntry(
        reference=head.reference,
        position=head.position,
        revision=2,
        status="returned",
        service=head.service,
        received_at=head.received_at,
    )


def test_an_unknown_queue_is_empty(store: Store) -> None:
    page = store.queue("open/nothing-here")
    assert (page.entries, page.next_after) == ((), None)


def test_heads_that_move_away_leave_no_gap_and_no_double(store: Store, name: str) -> None:
    heads = fill(store, name, 9)
    seen: list[str] = []
    for number, page in enumerate(pages(store, name, 2)):
        seen += [entry.reference for entry in page]
        # While a page is looked at, one head that was shown and one that was not move to another queue.
        for moving in (heads[number * 2], heads[-1 - number]):
            stored = store.head(moving.reference)
            assert stored is not None
            if stored.revision == 1:
                store.commit(moving.next(queue=f"{name}/closed"), [], expected_revision=1)
    assert len(seen) == len(set(seen))
    stayed = [head.reference for head in heads if (now := store.head(head.reference)) and now.queue == name]
    assert set(stayed) <= set(seen)
    left = [entry.reference for page in pages(store, name, 4) for entry in page]
    moved = [entry.reference for page in pages(store, f"{name}/closed", 4) for entry in page]
    assert left == stayed
    assert sorted(left + moved) == sorted(head.reference for head in heads)


def test_sqlite_reads_a_page_from_the_index_alone(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "applications.sqlite")
    plan = store._writer.execute(f"EXPLAIN QUERY PLAN {QUEUE}", ("q", "", 5)).fetchall()
    store.close()
    assert [row[3] for row in plan] == ["SEARCH heads USING COVERING INDEX queues (queue=? AND position>?)"]


@pytest.mark.parametrize("backend", ["dynalite", "moto"])
def test_dynamodb_projects_the_queue_columns_only(
    backend: str, endpoints: Callable[[str], tuple[str, str]], client_of: Callable[[str], DynamoDBClient]
) -> None:
    description = client_of(backend).describe_table(TableName=endpoints(backend)[1])["Table"]
    (index,) = description["GlobalSecondaryIndexes"]
    keys = {key["AttributeName"] for key in (*description["KeySchema"], *index["KeySchema"])}
    projected = keys | set(index["Projection"]["NonKeyAttributes"])
    assert index["Projection"]["ProjectionType"] == "INCLUDE"
    assert projected == set(QueueEntry.__annotations__) | {"queue", "part"}
