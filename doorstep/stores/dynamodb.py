"""Applications in one table of anything that speaks DynamoDB's API; the only file that knows boto3."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProxyConnectionError,
)
from botocore.parsers import ResponseParserError

from doorstep.applications.head import Head, Item, QueueEntry, QueuePage
from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable
from doorstep.stores.limits import measured

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

QUEUE_COLUMNS = ("revision", "status", "service", "received_at")

PAUSES = (0.05, 0.25, 0.0)
"""Seconds before a call is repeated; after the last try nothing waits."""

_UNSENT = (
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProxyConnectionError,
)

_THROTTLED = {"ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"}

_REMEDIES = {
    "ResourceNotFoundException": "the table does not exist: deploy the stack, or check the table's name and the region",
    "AccessDeniedException": "the role may not do this: give it GetItem, PutItem and Query on the table and its index",
    "UnrecognizedClientException": "the credentials are not valid: renew them",
    "ExpiredTokenException": "the credentials have expired: renew them",
}


def client_config() -> Config:
    """The configuration a DynamoStore's client must have: short time-outs and no retries inside botocore.

    A retry inside botocore hides what happened: after a lost response its second try finds our own head and reports a
    conflict, or is refused a connection and reports that nothing was sent. So the store repeats calls itself, and only
    those that cannot do harm. A head written by a try whose answer was lost is an OutcomeUnknown.
    """
    return Config(connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 1}, tcp_keepalive=True)


def create_table(client: DynamoDBClient, table: str) -> None:
    """Make the table and wait until it can be used; an existing one is left as it is.

    Key: `reference` and `part` ("head", or "item#" and a digest). Index `queue`: by `queue` and `position`
    (which is unique, so paging needs no second key to break ties), queue columns only.
    """
    with suppress(client.exceptions.ResourceInUseException):
        client.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name in ("reference", "part", "queue", "position")
            ],
            KeySchema=[
                {"AttributeName": "reference", "KeyType": "HASH"},
                {"AttributeName": "part", "KeyType": "RANGE"},
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "queue",
                    "KeySchema": [
                        {"AttributeName": "queue", "KeyType": "HASH"},
                        {"AttributeName": "position", "KeyType": "RANGE"},
                    ],
                    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(QUEUE_COLUMNS)},
                }
            ],
        )
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1, "MaxAttempts": 120})


class DynamoStore:
    """A Store in a table made by `create_table`, through a client made with `client_config()` (else ValueError)."""

    def __init__(self, client: DynamoDBClient, table: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        if (getattr(client.meta.config, "retries", None) or {}).get("total_max_attempts") != 1:
            raise ValueError("a DynamoStore's client must be made with client_config()")
        self._client = client
        self._table = table
        self._sleep = sleep

    def commit(self, head: Head, items: Sequence[Item], *, expected_revision: int) -> None:
        """See Store. Items first: a crash between leaves items nobody names, never a head without its items."""
        content = measured(head, items, expected_revision)
        for item in items:
            self._put_item(head.reference, item)
        row: dict[str, Any] = {
            **_key(head.reference, "head"),
            "content": {"B": content},
            "position": {"S": head.position},
            "revision": {"N": str(head.revision)},
            "status": {"S": head.status},
            "service": {"S": head.service},
            "received_at": {"S": head.received_at},
        }
        if head.queue:  # an index key may not be empty: without one the head stands in no queue
            row["queue"] = {"S": head.queue}
        condition: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(part)"}
        if expected_revision:
            condition = {
                "ConditionExpression": "revision = :expected",
                "ExpressionAttributeValues": {":expected": {"N": str(expected_revision)}},
            }
        if not self._written(row, condition, repeat_all=False):
            raise RevisionConflict(f"not at revision {expected_revision}")

    def head(self, reference: str) -> Head | None:
        """See Store."""
        content = self._content(reference, "head")
        return None if content is None else Head.from_bytes(content)

    def item(self, reference: str, digest: str) -> bytes | None:
        """See Store."""
        return self._content(reference, f"item#{digest}")

    def queue(self, name: str, *, after: str | None = None, limit: int = 50) -> QueuePage:
        """See Store. An index follows its table with a short delay; a head may be missing for a moment."""
        rows: list[Mapping[str, Any]] = []
        start: dict[str, Any] = {}
        while len(rows) <= limit:  # an answer ends at 1 MB, whatever the limit
            answer = self._read(
                self._client.query,
                IndexName="queue",
                KeyConditionExpression="#queue = :queue AND #position > :after",
                ExpressionAttributeNames={"#queue": "queue", "#position": "position"},
                ExpressionAttributeValues={":queue": {"S": name}, ":after": {"S": after or " "}},
                Limit=limit + 1 - len(rows),
                **start,
            )
            rows += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                break
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        entries = tuple(_entry(row) for row in rows[:limit])
        return QueuePage(entries, entries[-1].position if len(rows) > limit else None)

    def ping(self) -> None:
        """See Store. A write whose condition cannot hold: it needs table and permission, and stores nothing."""
        self._written(_key("-", "ping"), {"ConditionExpression": "attribute_exists(part)"}, repeat_all=True)

    def _put_item(self, reference: str, item: Item) -> None:
        # Already there: the same bytes, since the name is their hash.
        row = {**_key(reference, f"item#{item.digest}"), "content": {"B": item.content}}
        self._written(row, {"ConditionExpression": "attribute_not_exists(part)"}, repeat_all=True)

    def _written(self, row: dict[str, Any], condition: dict[str, Any], *, repeat_all: bool) -> bool:
        """Whether the condition held."""
        try:
            self._call(self._client.put_item, {"Item": row, **condition}, repeat_all=repeat_all)
        except RevisionConflict:
            return False
        return True

    def _content(self, reference: str, part: str) -> bytes | None:
        answer = self._read(
            self._client.get_item,
            Key=_key(reference, part),
            ConsistentRead=True,
            ProjectionExpression="content",
        )
        return bytes(answer["Item"]["content"]["B"]) if "Item" in answer else None

    def _read(self, operation: Callable[..., Any], **parameters: Any) -> Any:
        return self._call(operation, parameters, repeat_all=True)

    def _call(self, operation: Callable[..., Any], parameters: dict[str, Any], *, repeat_all: bool) -> Any:
        """The answer, after up to three tries.

        `repeat_all`: the call may be made twice without harm, so nothing about it is ever unknown.
        """
        for last, pause in zip((False, False, True), PAUSES, strict=True):
            try:
                return operation(TableName=self._table, **parameters)
            except (BotoCoreError, ClientError, ResponseParserError) as error:
                failure = _meaning(error)
                unknown = isinstance(failure, OutcomeUnknown)
                if isinstance(failure, RevisionConflict) or last or not _passing(error) or (unknown and not repeat_all):
                    raise (StoreUnavailable(str(failure)) if unknown and repeat_all else failure) from error
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")


def _meaning(error: Exception) -> RevisionConflict | StoreUnavailable | OutcomeUnknown:
    """What a failed call says about a write. Only codes are told: a message may repeat what was sent."""
    if isinstance(error, ClientError):
        code = error.response.get("Error", {}).get("Code", "")
        if code == "ConditionalCheckFailedException":
            return RevisionConflict(code)
        told = f"DynamoDB answered {code}"
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) < 500:
            remedy = "it asks to slow down; send again later" if code in _THROTTLED else _REMEDIES.get(code)
            return StoreUnavailable(f"{told}: {remedy or 'see what the code means in its API reference'}")
        return OutcomeUnknown(f"{told}: read before sending again")
    name = type(error).__name__
    if isinstance(error, _UNSENT):
        return StoreUnavailable(f"DynamoDB cannot be reached ({name}): check network, endpoint and credentials")
    return OutcomeUnknown(f"DynamoDB was reached but did not answer ({name}): read before sending again")


def _passing(error: Exception) -> bool:
    """Whether another try may fare better."""
    if not isinstance(error, ClientError):
        return not isinstance(error, CredentialRetrievalError | NoCredentialsError | PartialCredentialsError)
    code = error.response.get("Error", {}).get("Code", "")
    return code in _THROTTLED or error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500) >= 500


def _key(reference: str, part: str) -> dict[str, Any]:
    return {"reference": {"S": reference}, "part": {"S": part}}


def _entry(row: Mapping[str, Any]) -> QueueEntry:
    return QueueEntry(
        reference=row["reference"]["S"],
        position=row["position"]["S"],
        revision=int(row["revision"]["N"]),
        status=row["status"]["S"],
        service=row["service"]["S"],
        received_at=row["received_at"]["S"],
    )
