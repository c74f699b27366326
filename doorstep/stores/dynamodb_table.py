"""The table: its keys, its indexes, and a head as one of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from doorstep.applications.head import Head, QueueEntry
from doorstep.applications.queues import SHELVES, place_of
from doorstep.stores.shelves import ENTRY_COLUMNS, SHELF_COLUMNS, Range, columns_of, position_column, shelf_column

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PROJECTED = tuple(column for column in ENTRY_COLUMNS if column != "reference")
"""What an index holds of a head besides its keys, which every index holds."""


def create_table(client: DynamoDBClient, table: str) -> None:
    """Make the table and wait until it can be used; an existing one is left as it is.

    Key: `reference` and `part` ("head", or "item#" and a digest). One sparse index for each kind of shelf, by two
    attributes that only the heads standing on such a shelf have: its name, and a position (unique there, so paging
    needs no second key to break ties). Indexes hold the columns of a queue's entry only.
    """
    keys = ("reference", "part", *SHELF_COLUMNS)
    with suppress(client.exceptions.ResourceInUseException):
        client.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
            KeySchema=[
                {"AttributeName": "reference", "KeyType": "HASH"},
                {"AttributeName": "part", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": kind,
                    "KeySchema": [
                        {"AttributeName": shelf_column(kind), "KeyType": "HASH"},
                        {"AttributeName": position_column(kind), "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(PROJECTED)},
                }
                for kind in SHELVES
            ],
        )
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1, "MaxAttempts": 120})


def key(reference: str, part: str) -> dict[str, Any]:
    """The key of a head ("head") or of one of its items ("item#" and a digest)."""
    return {"reference": {"S": reference}, "part": {"S": part}}


def row_of(head: Head, content: bytes) -> dict[str, Any]:
    """The row of this head, whose bytes are `content`."""
    return {
        **key(head.reference, "head"),
        "content": {"B": content},
        "revision": {"N": str(head.revision)},
        "status": {"S": head.status},
        "service": {"S": head.service},
        "place": {"S": place_of(head)},
        "received_at": {"S": head.received_at},
        **{column: {"S": text} for column, text in columns_of(head).items()},
    }


def condition_of(kind: str, name: str, asked: Range) -> dict[str, Any]:
    """The key condition of a page. BETWEEN, the only one with two ends, includes both: who asks leaves them out."""
    position = {
        (False, False): "",
        (True, False): " AND #position > :low",
        (False, True): " AND #position < :high",
        (True, True): " AND #position BETWEEN :low AND :high",
    }[asked.low is not None, asked.high is not None]
    names = {"#shelf": shelf_column(kind)} | ({"#position": position_column(kind)} if position else {})
    bounds = {f":{end}": {"S": bound} for end, bound in asked._asdict().items() if bound is not None}
    return {
        "KeyConditionExpression": f"#shelf = :shelf{position}",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": {":shelf": {"S": name}} | bounds,
    }


def entry_in(row: Mapping[str, Any], position: str) -> QueueEntry:
    return QueueEntry(
        reference=row["reference"]["S"],
        position=row[position]["S"],
        revision=int(row["revision"]["N"]),
        status=row["status"]["S"],
        service=row["service"]["S"],
        place=row["place"]["S"],
        received_at=row["received_at"]["S"],
    )
