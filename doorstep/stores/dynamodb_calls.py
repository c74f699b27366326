"""A call to DynamoDB's API: repeated where that cannot do harm, and what its failure means for a write."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

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

from doorstep.applications.store import OutcomeUnknown, RevisionConflict, StoreUnavailable

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
    "AccessDeniedException": "the role may not do this: give it GetItem, BatchGetItem, PutItem, "
    "UpdateItem, DeleteItem, Query and Scan on the table and its indexes",
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


class Calls:
    """Calls on one table, through a client made with `client_config()` (else ValueError)."""

    def __init__(self, client: Any, table: str, sleep: Callable[[float], None] = time.sleep) -> None:
        if (getattr(client.meta.config, "retries", None) or {}).get("total_max_attempts") != 1:
            raise ValueError("a DynamoStore's client must be made with client_config()")
        self._table = table
        self._sleep = sleep

    def read(self, operation: Callable[..., Any], **parameters: Any) -> Any:
        """The answer to a call that stores nothing."""
        return self.call(operation, parameters, repeat_all=True)

    def call(self, operation: Callable[..., Any], parameters: dict[str, Any], *, repeat_all: bool) -> Any:
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
