"""Words that found nothing, in the table of the applications: an item for each of a day's words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from doorstep.applications.store import RevisionConflict
from doorstep.search.unfound import MOST_A_DAY, Said
from doorstep.stores.dynamodb_calls import Calls
from doorstep.stores.dynamodb_table import key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

SHELF = "unfound"
"""The key under which they stand, which is no application's reference. `part` is the day, # and the words; with no
words, how many different ones the day was begun with.
"""

_NAMES = {"#key": "reference", "#times": "times"}
_KNOWN = {"ConditionExpression": "attribute_exists(part)"}


class DynamoUnfound:
    """An UnfoundWords in a table made by `create_table`, through a client made with `client_config()`.

    A call whose answer was lost is made again, so words may be counted once too often: nobody decides anything by it.
    """

    def __init__(
        self,
        client: DynamoDBClient,
        table: str,
        *,
        most: int = MOST_A_DAY,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._calls = Calls(client, table, sleep)
        self._most = most

    def note(self, day: str, words: str) -> bool:
        """See UnfoundWords."""
        if self._add(f"{day}#{words}", _KNOWN):
            return True
        room = {"ConditionExpression": "attribute_not_exists(#times) OR #times < :most"}
        if not self._add(f"{day}#", room, {":most": {"N": str(self._most)}}):
            return False
        return self._add(f"{day}#{words}", {})

    def since(self, day: str) -> list[Said]:
        """See UnfoundWords."""
        rows = [(*row["part"]["S"].split("#", 1), int(row["times"]["N"])) for row in self._rows("part >= :day", day)]
        return [Said(*row) for row in rows if row[1]]

    def sweep(self, before: str) -> None:
        """See UnfoundWords."""
        for row in self._rows("part < :day", before):
            self._calls.call(self._client.delete_item, {"Key": key(SHELF, row["part"]["S"])}, repeat_all=True)

    def close(self) -> None:
        """There is nothing to close."""

    def _add(self, part: str, condition: dict[str, Any], values: dict[str, Any] | None = None) -> bool:
        """One more; whether the condition held."""
        change: dict[str, Any] = {
            "Key": key(SHELF, part),
            "UpdateExpression": "ADD #times :one",
            "ExpressionAttributeNames": {"#times": "times"},
            "ExpressionAttributeValues": {":one": {"N": "1"}, **(values or {})},
            **condition,
        }
        try:
            self._calls.call(self._client.update_item, change, repeat_all=True)
        except RevisionConflict:
            return False
        return True

    def _rows(self, condition: str, day: str) -> Iterator[Any]:
        start: dict[str, Any] = {}
        while True:
            answer = self._calls.read(
                self._client.query,
                KeyConditionExpression=f"#key = :shelf AND {condition}",
                ProjectionExpression="part, #times",
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues={":shelf": {"S": SHELF}, ":day": {"S": day}},
                ConsistentRead=True,
                **start,
            )
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
