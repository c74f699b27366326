"""Applications in one table of anything that speaks DynamoDB's API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from doorstep.applications.head import DamagedHead, Head, Item, QueueEntry, QueuePage
from doorstep.applications.queues import shelf_kind
from doorstep.applications.store import RevisionConflict, StoreUnavailable
from doorstep.stores.dynamodb_calls import PAUSES, Calls
from doorstep.stores.dynamodb_table import condition_of, entry_in, key, row_of
from doorstep.stores.limits import measured
from doorstep.stores.shelves import asked_for, page_of, position_column, range_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

RESERVED = {"#reference": "reference"}
"""A word DynamoDB keeps for itself in expressions."""


class DynamoStore:
    """A Store in a table made by `create_table`, through a client made with `client_config()` (else ValueError)."""

    def __init__(self, client: DynamoDBClient, table: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._table = table
        self._sleep = sleep
        self._calls = Calls(client, table, sleep)

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        """See Store. Items first: a crash between leaves items nobody names, never a head without its items."""
        content = measured(head, items, expected_revision)
        for item in items:
            self._put_item(head.reference, item)
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(part)"}
        if expected_revision:
            condition = {
                "ConditionExpression": "revision = :expected",
                "ExpressionAttributeValues": {":expected": {"N": str(expected_revision)}},
            }
        if not self._written(row_of(head, content), condition, repeat_all=False):
            raise RevisionConflict(f"not at revision {expected_revision}")

    def head(self, reference: str) -> Head | None:
        """See Store."""
        content = self._content(reference, "head")
        return None if content is None else Head.from_bytes(content)

    def item(self, reference: str, digest: str) -> bytes | None:
        """See Store."""
        return self._content(reference, f"item#{digest}")

    def heads(self, references: Iterable[str]) -> dict[str, Head]:
        """See Store."""
        left: list[Any] = [key(reference, "head") for reference in asked_for(references)]
        found: dict[str, Head] = {}
        for pause in PAUSES:
            if left:
                rows, left = self._batch(left)
                for row in rows:
                    with suppress(DamagedHead):
                        found[row["reference"]["S"]] = Head.from_bytes(row["content"]["B"])
            if left:
                self._sleep(pause)
        if left:
            raise StoreUnavailable("DynamoDB left some heads unanswered: it asks to slow down; send again later")
        return found

    def shelf(
        self,
        name: str,
        *,
        after: str | None = None,
        until: str | None = None,
        limit: int = 50,
        newest_first: bool = False,
    ) -> QueuePage:
        """See Store. An index follows its table with a short delay; a head may be missing for a moment."""
        kind = shelf_kind(name)
        asked = range_of(after, until, newest_first=newest_first)
        if asked is None:
            return QueuePage((), None)
        entries: list[QueueEntry] = []
        start: dict[str, Any] = {}
        while len(entries) <= limit:  # an answer ends at 1 MB, whatever the limit
            answer = self._calls.read(
                self._client.query,
                IndexName=kind,
                ScanIndexForward=not newest_first,
                Limit=limit + 1 - len(entries) + (None not in asked),
                **condition_of(kind, name, asked),
                **start,
            )
            read = [entry_in(row, position_column(kind)) for row in answer["Items"]]
            entries += [entry for entry in read if entry.position not in asked]
            if "LastEvaluatedKey" not in answer:
                break
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return page_of(entries, limit)

    def references(self, *, after: str | None = None, limit: int = 1000) -> tuple[str, ...]:
        """See Store. In the order of the table's own hash; it reads every head and item to name the heads."""
        found: list[str] = []
        start = {} if after is None else {"ExclusiveStartKey": key(after, "head")}
        while len(found) < limit:
            answer = self._calls.read(
                self._client.scan,
                FilterExpression="part = :head",
                ExpressionAttributeValues={":head": {"S": "head"}},
                ProjectionExpression="#reference",
                ExpressionAttributeNames=RESERVED,
                ConsistentRead=True,
                **start,
            )
            found += [row["reference"]["S"] for row in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                break
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return tuple(found[:limit])

    def ping(self) -> None:
        """See Store. A write whose condition cannot hold: it needs table and permission, and stores nothing."""
        self._written(key("-", "ping"), {"ConditionExpression": "attribute_exists(part)"}, repeat_all=True)

    def _put_item(self, reference: str, item: Item) -> None:
        # Already there: the same bytes, since the name is their hash.
        row = {**key(reference, f"item#{item.digest}"), "content": {"B": item.content}}
        self._written(row, {"ConditionExpression": "attribute_not_exists(part)"}, repeat_all=True)

    def _written(self, row: dict[str, Any], condition: dict[str, Any], *, repeat_all: bool) -> bool:
        """Whether the condition held."""
        try:
            self._calls.call(self._client.put_item, {"Item": row, **condition}, repeat_all=repeat_all)
        except RevisionConflict:
            return False
        return True

    def _content(self, reference: str, part: str) -> bytes | None:
        answer = self._calls.read(
            self._client.get_item,
            Key=key(reference, part),
            ConsistentRead=True,
            ProjectionExpression="content",
        )
        return bytes(answer["Item"]["content"]["B"]) if "Item" in answer else None

    def _batch(self, keys: list[Any]) -> tuple[list[Any], list[Any]]:
        """The rows of these heads, and the keys DynamoDB left for another time."""
        wanted: Any = {
            "Keys": keys,
            "ConsistentRead": True,
            "ProjectionExpression": "#reference, content",
            "ExpressionAttributeNames": RESERVED,
        }

        def ask(TableName: str) -> Any:  # noqa: N803 — a batch names its table elsewhere
            return self._client.batch_get_item(RequestItems={TableName: wanted})

        answer = self._calls.read(ask)
        rows = answer["Responses"].get(self._table, [])
        return rows, answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])
