"""A ticket lets a browser post one file straight into the quarantine: that one, that long, for ten minutes."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3

from doorstep.applications.keyring import create_or_load
from doorstep.applications.keys import expand
from doorstep.applications.office_keys import load_examiner
from doorstep.applications.sealing import Unlock
from doorstep.attachments.envelope import disclose, wrap_for_examiner
from doorstep.attachments.files import MOST_BYTES, READY, WAITING, Ticket, Uploaded
from doorstep.attachments.naming import file_key
from doorstep.stores.folder_files import FolderFiles
from doorstep.stores.s3_bucket import Bucket, Encryption
from doorstep.stores.s3_files import S3Files
from doorstep.stores.s3_quarantine import S3Quarantine
from tests.contract.files.conftest import Place
from tests.contract.files.samples import new_name, new_reference, put
from tests.unit.attachments.samples import digest_of

WRAP = {"key": "examiner-0123456789abcdef", "wrapped": "w" * 512}


@pytest.fixture(scope="session")
def examiner(tmp_path_factory: pytest.TempPathFactory) -> Unlock:
    folder = tmp_path_factory.mktemp("keys")
    create_or_load(folder)
    return load_examiner(folder).opens


@pytest.fixture
def s3(bucket: Bucket) -> Place:
    return Place(S3Files(bucket), S3Quarantine(bucket))


def ticket_for(place: Place, reference: str, name: str, size: int, wrap: dict[str, str] | None = None) -> Ticket:
    ticket = place.files.ticket(reference, name, wrap or WRAP, size)
    assert ticket is not None
    return ticket


def post(ticket: Ticket, content: bytes) -> int:
    """As a browser posts a form: the fields, then the file. The status."""
    fields: dict[str, Any] = {**ticket.fields, "file": ("blob", content, "image/jpeg")}
    return urllib3.request("POST", ticket.url, fields=fields, retries=False, timeout=10).status


def policy_of(ticket: Ticket) -> tuple[datetime, list[Any]]:
    """When it ends, and what it demands."""
    policy = json.loads(b64decode(ticket.fields["policy"]))
    return datetime.fromisoformat(policy["expiration"]), policy["conditions"]


def test_a_file_posted_with_a_ticket_reaches_the_examiner_with_its_key(s3: Place, examiner: Unlock) -> None:
    content, reference = os.urandom(70_000), new_reference()
    file = file_key(expand(b"a draft's key", "files", 32), digest_of(content))
    ticket = ticket_for(s3, reference, file.name, len(content), wrap_for_examiner(examiner.lock, file))
    assert post(ticket, content) == 204
    assert s3.files.states(reference)[file.name].status == WAITING
    waiting = s3.quarantine.waiting()
    assert [(one.reference, one.name) for one in waiting] == [(reference, file.name)]
    uploaded = s3.quarantine.read(waiting[0])
    assert uploaded is not None
    assert disclose(examiner, reference, file.name, uploaded) == (file, content)


def test_the_policy_demands_this_key_this_size_and_ten_minutes(s3: Place, bucket: Bucket) -> None:
    reference, name = new_reference(), new_name()
    ticket = ticket_for(s3, reference, name, 12_345)
    ends, conditions = policy_of(ticket)
    assert timedelta(minutes=9) < ends - datetime.now(UTC) <= timedelta(minutes=10)
    assert ["content-length-range", 12_345, 12_345] in conditions
    exact: dict[str, str] = {}
    for condition in conditions:
        if isinstance(condition, dict):
            exact |= condition
    assert exact["bucket"] == bucket.name
    assert exact["key"] == ticket.fields["key"] == f"quarantine/{reference}/{name}"
    assert json.loads(exact["x-amz-meta-wrap"]) == WRAP
    assert exact["Content-Type"] == "application/octet-stream"
    # Every condition but the size is an exact one, and every field that is posted stands under one.
    assert [condition for condition in conditions if isinstance(condition, list)] == [
        ["content-length-range", 12_345, 12_345]
    ]
    assert set(ticket.fields) == set(exact) - {"bucket"} | {"policy", "x-amz-signature"}


@pytest.mark.parametrize(
    ("encryption", "fields"),
    [
        (Encryption(), {}),
        (Encryption("AES256"), {"x-amz-server-side-encryption": "AES256"}),
        (
            Encryption("aws:kms", "papers-key"),
            {
                "x-amz-server-side-encryption": "aws:kms",
                "x-amz-server-side-encryption-aws-kms-key-id": "papers-key",
            },
        ),
    ],
)
def test_where_it_is_asked_for_everything_is_encrypted_by_the_bucket(
    bucket: Bucket, encryption: Encryption, fields: dict[str, str]
) -> None:
    asked = Bucket(bucket.client, bucket.name, encryption)
    place, reference = Place(S3Files(asked), S3Quarantine(asked)), new_reference()
    ticket = ticket_for(place, reference, new_name(), 5)
    assert {name: text for name, text in ticket.fields.items() if "encryption" in name} == fields
    assert post(ticket, b"12345") == 204
    put(place, reference)
    for file in place.quarantine.waiting():
        place.quarantine.keep(file, 1, b"container")
        key = f"ready/{file.reference}/{file.name}.1"
        kept = bucket.client.head_object(Bucket=bucket.name, Key=key)
        assert kept.get("ServerSideEncryption", "AES256") == (encryption.kind or "AES256")


def test_what_is_larger_than_any_file_may_be_is_not_read(s3: Place) -> None:
    """S3 holds the post to its size; where a server does not (moto), the quarantine does."""
    reference, name = new_reference(), new_name()
    post(ticket_for(s3, reference, name, 5), bytes(MOST_BYTES + 1))
    [file] = s3.quarantine.waiting()
    assert s3.quarantine.read(file) == Uploaded(b"", too_large=True)


def test_as_much_as_a_file_may_have_is_read(s3: Place) -> None:
    post(ticket_for(s3, new_reference(), new_name(), MOST_BYTES), bytes(MOST_BYTES))
    [file] = s3.quarantine.waiting()
    assert s3.quarantine.read(file) == Uploaded(bytes(MOST_BYTES), WRAP)


def test_a_ticket_used_again_takes_nothing_away_of_what_is_ready(s3: Place) -> None:
    reference, name = new_reference(), new_name()
    ticket = ticket_for(s3, reference, name, 5)
    post(ticket, b"12345")
    s3.quarantine.keep(s3.quarantine.waiting()[0], 1, b"container")
    post(ticket, b"54321")
    assert s3.files.states(reference)[name].status == READY
    s3.quarantine.refuse(s3.quarantine.waiting()[0], "altered")
    assert s3.files.states(reference)[name].status == READY
    assert s3.files.container(reference, name) == b"container"


@pytest.mark.parametrize("said", ["", "no json", "[]", "7", '{"key":7}', "[" * 1500])
def test_a_wrap_that_is_none_opens_nothing_and_stops_nobody(s3: Place, bucket: Bucket, said: str) -> None:
    reference, name = new_reference(), new_name()
    key = f"quarantine/{reference}/{name}"
    bucket.client.put_object(Bucket=bucket.name, Key=key, Body=b"content", Metadata={"wrap": said})
    [file] = s3.quarantine.waiting()
    uploaded = s3.quarantine.read(file)
    assert uploaded is not None
    assert not uploaded.wrap


@pytest.mark.parametrize("size", [-1, MOST_BYTES + 1])
def test_no_ticket_for_a_size_that_no_file_may_have(s3: Place, size: int) -> None:
    with pytest.raises(ValueError, match="not the size"):
        s3.files.ticket(new_reference(), new_name(), WRAP, size)


def test_a_folder_gives_no_tickets(tmp_path: Path) -> None:
    assert FolderFiles(tmp_path / "files").ticket(new_reference(), new_name(), WRAP, 5) is None
