"""Every backend that files are tested on, opened anew as often as a test likes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import boto3
import pytest

from doorstep.attachments.files import Files, Quarantine
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.folder_quarantine import FolderQuarantine
from doorstep.stores.s3_bucket import Bucket, Encryption, client_config
from doorstep.stores.s3_files import S3Files
from doorstep.stores.s3_quarantine import S3Quarantine
from tests.servers import moto

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


class Place(NamedTuple):
    """The two doors to one place."""

    files: Files
    quarantine: Quarantine


OpenPlace = Callable[[], Place]


def s3_client(endpoint: str) -> S3Client:
    """A client as production makes it, with credentials that any test server takes."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        config=client_config(),
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with moto() as address:
        yield address


@pytest.fixture
def bucket(s3_address: str) -> Bucket:
    """A new, empty one."""
    client, name = s3_client(s3_address), f"doorstep-test-{secrets.token_hex(6)}"
    client.create_bucket(Bucket=name)
    return Bucket(client, name, Encryption())


@pytest.fixture(params=["folder", "s3"])
def open_place(request: pytest.FixtureRequest, tmp_path: Path) -> OpenPlace:
    """A function that opens the two doors; whatever it opens leads to the same files."""
    if request.param == "folder":
        return lambda: Place(FolderFiles(tmp_path / "files"), FolderQuarantine(tmp_path / "files"))
    bucket: Bucket = request.getfixturevalue("bucket")
    return lambda: Place(S3Files(bucket), S3Quarantine(bucket))


@pytest.fixture
def place(open_place: OpenPlace) -> Place:
    return open_place()
