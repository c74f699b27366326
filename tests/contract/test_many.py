"""What every store promises of many heads at once, and of all references."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from mypy_boto3_dynamodb.client import DynamoDBClient

from doorstep.applications.head import Head
from doorstep.applications.store import Store, StoreUnavailable
from doorstep.stores.dynamodb import DynamoStore
from doorstep.stores.dynamodb_table import row_of
from doorstep.stores.sqlite import SqliteStore
from tests.contract.samples import committed, sample_head, sample_item


def walk(store: Store, limit: int) -> list[str]:
    """All references, page by page."""
    found: list[str] = []
    while page := store.references(after=found[-1] if found else None, limit=limit):
        assert len(page) <= limit
        found += page
    return found


def test_many_heads_come_at_once_as_they_are_now(store: Store) -> None:
    heads = committed(store, 12)
    newer = heads[0].next(status="second")
    store.commit(newer, [], expected_revision=1)
    asked = [head.reference for head in heads] + ["nothing-here", heads[3].reference]
    assert store.heads(asked) == {head.reference: head for head in [newer, *heads[1:]]}
    assert store.heads(iter(asked[:1])) == {newer.reference: newer}
    assert store.heads([]) == {}


def test_a_hundred_of_the_largest_heads_come_at_once_and_more_are_a_mistake(store: Store) -> None:
    heads = [sample_head(events=("e" * 30_000,)) for _ in range(100)]
    for head in heads:
        store.commit(head, [], expected_revision=0)
    assert store.heads(head.reference for head in heads) == {head.reference: head for head in heads}
    with pytest.raises(ValueError, match="101 heads were asked for at once; the most is 100"):
        store.heads(secrets.token_hex(8) for _ in range(101))


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_all_references_are_walked_once(store: Store, limit: int) -> None:
    heads = [sample_head() for _ in range(25)]
    for number, head in enumerate(heads):
        store.commit(head, [sample_item() for _ in range(number % 4)], expected_revision=0)
    mine = {head.reference for head in heads}
    found = walk(store, max(limit, 7) if len(store.references()) > 500 else limit)
    assert len(found) == len(set(found))
    assert mine <= set(found)
    assert walk(store, 1000) == found  # the order is fixed


def test_a_walk_goes_on_behind_a_head_that_is_gone(store: Store) -> None:
    committed(store, 5)
    whole = walk(store, 1000)
    gone = "0000-0000-0000-0"  # never stored: as good as deleted
    rest = store.references(after=gone)
    assert set(rest) <= set(whole)
    assert list(rest) == whole[len(whole) - len(rest) :]


def test_a_walk_reads_past_large_items(store: Store) -> None:
    heads = [sample_head() for _ in range(6)]
    for head in heads:  # together more than the 1 MB that DynamoDB reads for one answer
        store.commit(head, [sample_item(secrets.token_bytes(250_000))], expected_revision=0)
    assert {head.reference for head in heads} <= set(walk(store, 1000))


def test_sqlite_leaves_out_a_damaged_head(path: Path) -> None:
    store = SqliteStore(path)
    whole, damaged = committed(store, 2)
    store.close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE heads SET content = ? WHERE reference = ?", (b"{", damaged.reference))
    connection.close()
    store = SqliteStore(path)
    assert store.heads([whole.reference, damaged.reference]) == {whole.reference: whole}
    assert set(store.references()) == {whole.reference, damaged.reference}
    store.close()


@pytest.mark.parametrize("backend", ["dynalite", "moto"])
def test_dynamodb_leaves_out_a_damaged_head(
    backend: str, endpoints: Callable[[str], tuple[str, str]], client_of: Callable[[str], DynamoDBClient]
) -> None:
    client, table = client_of(backend), endpoints(backend)[1]
    store = DynamoStore(client, table)
    whole, damaged = committed(store, 2)
    client.put_item(TableName=table, Item=row_of(damaged, b"{"))
    assert store.heads([whole.reference, damaged.reference]) == {whole.reference: whole}
    assert {whole.reference, damaged.reference} <= set(walk(store, 1000))


class Slow:
    """A client whose batches answer only some of the keys, as an overloaded DynamoDB does."""

    def __init__(self, client: DynamoDBClient, most: Iterable[int]) -> None:
        self._client = client
        self._most = iter(most)
        self.meta = client.meta

    def batch_get_item(self, RequestItems: dict[str, Any]) -> Any:  # noqa: N803
        ((table, wanted),) = RequestItems.items()
        most = next(self._most)
        now, later = wanted["Keys"][:most], wanted["Keys"][most:]
        if not now:
            return {"Responses": {}, "UnprocessedKeys": {table: wanted}}
        answer: Any = self._client.batch_get_item(RequestItems={table: wanted | {"Keys": now}})
        return answer | {"UnprocessedKeys": {table: wanted | {"Keys": later}} if later else {}}


@pytest.mark.parametrize("backend", ["dynalite", "moto"])
def test_heads_dynamodb_left_unanswered_are_asked_for_again(
    backend: str, endpoints: Callable[[str], tuple[str, str]], client_of: Callable[[str], DynamoDBClient]
) -> None:
    client, table = client_of(backend), endpoints(backend)[1]
    heads = committed(DynamoStore(client, table), 6)
    asked = [head.reference for head in heads]
    expected: dict[str, Head] = {head.reference: head for head in heads}
    pauses: list[float] = []

    def store(*most: int) -> DynamoStore:
        slow: Any = Slow(client, most)
        return DynamoStore(slow, table, sleep=pauses.append)

    assert store(6).heads(asked) == expected
    assert pauses == []
    assert store(2, 0, 4).heads(asked) == expected
    assert pauses == [0.05, 0.25]
    with pytest.raises(StoreUnavailable, match="left some heads unanswered"):
        store(2, 0, 3).heads(asked)
