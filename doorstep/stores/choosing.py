"""Which store applications rest in, and which their files: DOORSTEP_STORE and DOORSTEP_FILES say so, for functions and
commands alike.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from doorstep.applications.store import Store, StoreUnavailable
from doorstep.attachments.files import Files, Quarantine
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from doorstep.search.unfound import UnfoundWords
    from doorstep.stores.s3_bucket import Bucket

APPLICATIONS = "applications.sqlite3"
"""The SQLite store's file in the data folder."""

FILES = "files"
"""The folder of files in the data folder."""

_BUCKET = re.compile(r"s3:([a-z0-9][a-z0-9.-]{2,62})(?:,(AES256|aws:kms)(?:=([A-Za-z0-9:/_-]{1,256}))?)?")
_TABLE = re.compile(r"dynamodb:([A-Za-z0-9_.-]{3,255})")


def open_store(setting: str, var: Path) -> Store:
    """The store `setting` names: "" the SQLite file in the data folder, `dynamodb:TABLE` a table of DynamoDB's API.

    Region, address and credentials of the latter are boto3's own (AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_DYNAMODB, …).
    Raises StoreUnavailable: what is wrong and what to do.
    """
    table = table_of(setting)
    if table:
        return _dynamo(table)
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteStore(var / APPLICATIONS)


def open_files(setting: str, var: Path) -> Files:
    """Where files rest that `setting` names, for intake and office: "" the folder in the data folder, `s3:BUCKET` a
    bucket of S3's API (`s3:BUCKET,aws:kms` or `s3:BUCKET,aws:kms=KEY` where it must be asked to encrypt).

    Region, address and credentials of the latter are boto3's own (AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, …).
    Raises StoreUnavailable: what is wrong and what to do.
    """
    if not _bucket_of(setting):
        return FolderFiles(var / FILES)
    from doorstep.stores.s3_files import S3Files  # noqa: PLC0415 — boto3 takes a quarter of a second to import

    return S3Files(_bucket(setting))


def open_unfound(setting: str, var: Path, *, make: bool = True) -> UnfoundWords | None:
    """Where words rest that found nothing, beside the applications that `setting` names, as `open_store` reads it.

    `make`: also where none are yet; else None there. Raises StoreUnavailable.
    """
    table = table_of(setting)
    if table:
        from doorstep.stores.dynamodb_unfound import DynamoUnfound  # noqa: PLC0415 — as with open_store

        return DynamoUnfound(_client(), table)
    from doorstep.stores.unfound_file import UNFOUND, UnfoundFile  # noqa: PLC0415 — few requests ever need it

    return UnfoundFile(var / UNFOUND) if make or (var / UNFOUND).exists() else None


def open_quarantine(setting: str, var: Path) -> Quarantine:
    """The same place, for the examiner. Raises StoreUnavailable."""
    if not _bucket_of(setting):
        return FolderQuarantine(var / FILES)
    from doorstep.stores.s3_quarantine import S3Quarantine  # noqa: PLC0415

    return S3Quarantine(_bucket(setting))


def _bucket_of(setting: str) -> re.Match[str] | None:
    found = _BUCKET.fullmatch(setting)
    if setting and not found:
        raise StoreUnavailable(
            "DOORSTEP_FILES must be s3: and a bucket's name, such as s3:doorstep-files, with ,aws:kms or ,AES256 "
            f"behind where it must be asked to encrypt; without it, files rest in {FILES}/ in the data folder"
        )
    return found


def table_of(setting: str) -> str:
    """The table's name, "" for the SQLite file; StoreUnavailable for anything else."""
    found = _TABLE.fullmatch(setting)
    if setting and not found:
        raise StoreUnavailable(
            "DOORSTEP_STORE must be dynamodb: and a table's name, such as dynamodb:doorstep; without it, applications "
            f"rest in {APPLICATIONS} in the data folder"
        )
    return found[1] if found else ""


def make_table(table: str) -> None:
    """Make the table where it is not there, and wait until it can be used. Raises StoreUnavailable."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    from doorstep.stores.dynamodb_table import create_table  # noqa: PLC0415

    client = _client()
    try:
        create_table(client, table)
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(
            f"the table cannot be made ({type(error).__name__}): check region, address and credentials"
        ) from error


def _dynamo(table: str) -> Store:
    from doorstep.stores.dynamodb import DynamoStore  # noqa: PLC0415 — boto3 takes a quarter of a second to import

    return DynamoStore(_client(), table)


def _client() -> DynamoDBClient:
    import boto3  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    from doorstep.stores.dynamodb_calls import client_config  # noqa: PLC0415

    try:
        return boto3.client("dynamodb", config=client_config())
    except (BotoCoreError, ValueError) as error:
        raise StoreUnavailable(
            f"DynamoDB cannot be reached ({type(error).__name__}): set AWS_DEFAULT_REGION, and credentials"
        ) from error


def _bucket(setting: str) -> Bucket:
    import boto3  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    from doorstep.stores.s3_bucket import Bucket, Encryption, client_config  # noqa: PLC0415

    found = _bucket_of(setting)
    assert found is not None
    try:
        client = boto3.client("s3", config=client_config())
    except (BotoCoreError, ValueError) as error:
        raise StoreUnavailable(
            f"S3 cannot be reached ({type(error).__name__}): set AWS_DEFAULT_REGION, and credentials"
        ) from error
    return Bucket(client, found[1], Encryption(found[2] or "", found[3] or ""))
