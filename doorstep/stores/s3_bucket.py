"""Calls on one bucket of S3's API. Every one is safe to repeat, so botocore may, and a failure is never in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from doorstep.applications.store import StoreUnavailable
from doorstep.attachments.files import WAITING
from doorstep.stores.file_names import ASIDE, SHELVES, Found, checked_reference, is_reference, read_leaf

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

PING = f"{SHELVES[WAITING]}/ping"
"""What a ping writes: no file's key."""

_GONE = {"NoSuchKey", "404"}

_REMEDIES = {
    "NoSuchBucket": "the bucket does not exist: deploy the stack, or check the bucket's name and the region",
    "AccessDenied": "the role may not do this: intake needs s3:ListBucket, and s3:PutObject on quarantine/*; the "
    "office s3:ListBucket, and s3:GetObject on ready/* (to reconcile, on refused/* too); the examiner s3:ListBucket, "
    "s3:GetObject and s3:DeleteObject, and s3:PutObject on ready/* and refused/*",
    "InvalidAccessKeyId": "the credentials are not valid: renew them",
    "SignatureDoesNotMatch": "the credentials are not valid: renew them",
    "ExpiredToken": "the credentials have expired: renew them",
    "SlowDown": "it asks to slow down; send again later",
}


class Stored(NamedTuple):
    """An object's whole content, None for more than was asked for, and what was put beside it."""

    content: bytes | None
    metadata: dict[str, str]


class Encryption(NamedTuple):
    """What is asked of the bucket for each object: `kind` "" for its own default, AES256 or aws:kms; `key` of KMS."""

    kind: str = ""
    key: str = ""

    def fields(self) -> dict[str, str]:
        """As a form posts them."""
        fields = {"x-amz-server-side-encryption": self.kind} if self.kind else {}
        return fields | ({"x-amz-server-side-encryption-aws-kms-key-id": self.key} if self.key else {})

    def parameters(self) -> dict[str, Any]:
        """As boto3 takes them."""
        parameters = {"ServerSideEncryption": self.kind} if self.kind else {}
        return parameters | ({"SSEKMSKeyId": self.key} if self.key else {})


def client_config() -> Config:
    """The configuration of a client: it gives up soon, for somebody waits. Checksums of its own are left out: not every
    server of S3's API takes them, and what is put there is sealed or has its digest.
    """
    return Config(
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        signature_version="s3v4",
        connect_timeout=2,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": 3},
        tcp_keepalive=True,
    )


class Bucket:
    """Objects called SHELF/REFERENCE/LEAF, as `file_names` writes them. `boundary` is called before and after each
    call that changes something.
    """

    def __init__(
        self,
        client: S3Client,
        name: str,
        encryption: Encryption | None = None,
        boundary: Callable[[str], None] | None = None,
    ) -> None:
        self.client = client
        self.name = name
        self.encryption = encryption or Encryption()
        self._boundary = boundary or (lambda _name: None)

    @contextmanager
    def trouble(self) -> Iterator[None]:
        """Turns what botocore says into StoreUnavailable, with what to do. Codes only: a message may repeat a name."""
        try:
            yield
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            remedy = _REMEDIES.get(code, "send again; if it stays so, see what the code means in S3's API reference")
            raise StoreUnavailable(f"the bucket {self.name} answered {code}: {remedy}") from error
        except BotoCoreError as error:
            raise StoreUnavailable(
                f"the bucket {self.name} cannot be reached ({type(error).__name__}): check network, endpoint "
                "(AWS_ENDPOINT_URL_S3), region and credentials"
            ) from error

    def put(self, key: str, content: bytes) -> None:
        """Durable once this returns, in the place of what has this key."""
        self._boundary("before put")
        with self.trouble():
            self.client.put_object(
                Bucket=self.name,
                Key=key,
                Body=content,
                ContentType="application/octet-stream",
                **self.encryption.parameters(),
            )
        self._boundary("put")

    def get(self, key: str, most: int) -> Stored | None:
        """None where there is no such object. Of more than `most` bytes nothing is read."""
        with self.trouble():
            try:
                answer = self.client.get_object(Bucket=self.name, Key=key)
            except ClientError as error:
                if error.response.get("Error", {}).get("Code", "") in _GONE:
                    return None
                raise
            body = answer["Body"]
            try:
                fits = answer["ContentLength"] <= most
                return Stored(body.read() if fits else None, answer["Metadata"])
            finally:
                body.close()

    def delete(self, key: str) -> None:
        """Take it away, if it is there."""
        self._boundary("before delete")
        with self.trouble():
            self.client.delete_object(Bucket=self.name, Key=key)
        self._boundary("deleted")

    def put_aside(self, key: str) -> None:
        """Move an object, if it is there, below `swept/`."""
        self._boundary("before put aside")
        with self.trouble():
            try:
                self.client.copy_object(
                    Bucket=self.name,
                    Key=f"{ASIDE}/{key}",
                    CopySource={"Bucket": self.name, "Key": key},
                    **self.encryption.parameters(),
                )
            except ClientError as error:
                if error.response.get("Error", {}).get("Code", "") not in _GONE:
                    raise
        self.delete(key)

    def listed(self, status: str, reference: str, name: str = "") -> Iterator[Found]:
        """The files of one application on this status's shelf, or what there is of the one with this name."""
        checked_reference(reference)
        for _reference, found in self.all_listed(status, f"{reference}/{name}"):
            if not name or found.name == name:
                yield found

    def all_listed(
        self, status: str, prefix: str = "", *, most: int | None = None, below: str = ""
    ) -> Iterator[tuple[str, Found]]:
        """(reference, file) of a shelf, in the order of their keys; `below` is "", or `swept/`."""
        shelf = f"{below}{SHELVES[status]}"
        with self.trouble():
            pages = self.client.get_paginator("list_objects_v2").paginate(
                Bucket=self.name, Prefix=f"{shelf}/{prefix}", PaginationConfig={"MaxItems": most} if most else {}
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    found = _read_key(status, one["Key"].removeprefix(below), one["LastModified"])
                    if found is not None:
                        yield found


def key_of(status: str, reference: str, leaf: str) -> str:
    """What an object is called."""
    return f"{SHELVES[status]}/{reference}/{leaf}"


def _read_key(status: str, key: str, arrived_at: datetime) -> tuple[str, Found] | None:
    parts = key.split("/")
    if len(parts) != 3 or not is_reference(parts[1]):
        return None
    found = read_leaf(status, parts[2], arrived_at.astimezone(UTC))
    return (parts[1], found) if found else None
