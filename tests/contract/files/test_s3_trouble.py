"""What a bucket or the way to it can do, each with a sentence that says what to do."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from doorstep.applications.store import StoreUnavailable
from doorstep.stores.choosing import open_files, open_quarantine
from doorstep.stores.s3_bucket import Bucket
from doorstep.stores.s3_files import S3Files
from doorstep.stores.s3_quarantine import S3Quarantine
from tests.contract.files.conftest import Place, s3_client
from tests.contract.files.samples import new_name, new_reference, put, soon


def everything(place: Place) -> list[Callable[[], object]]:
    reference, name = new_reference(), new_name()
    return [
        lambda: place.files.put(reference, name, b""),
        lambda: place.files.states(reference),
        lambda: place.files.container(reference, name),
        place.files.ping,
        place.quarantine.waiting,
        lambda: list(place.quarantine.resting(soon())),
        lambda: place.quarantine.remove(reference, name),
    ]


def test_a_bucket_that_is_not_there_is_named(bucket: Bucket) -> None:
    absent = Bucket(bucket.client, "doorstep-absent")
    for attempt in everything(Place(S3Files(absent), S3Quarantine(absent))):
        with pytest.raises(StoreUnavailable, match="doorstep-absent answered NoSuchBucket: the bucket does not exist"):
            attempt()


def test_a_network_that_leads_nowhere_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    client = s3_client(f"http://127.0.0.1:{port}")
    with pytest.raises(StoreUnavailable, match=r"cannot be reached \(EndpointConnectionError\): check network"):
        S3Files(Bucket(client, "doorstep")).states(new_reference())


def test_no_message_holds_a_reference_or_a_name(bucket: Bucket) -> None:
    absent, reference, name = Bucket(bucket.client, "doorstep-absent"), new_reference(), new_name()
    with pytest.raises(StoreUnavailable) as raised:
        S3Files(absent).put(reference, name, b"")
    assert reference not in str(raised.value)
    assert name not in str(raised.value)


def test_what_is_nobodys_file_is_left_alone(bucket: Bucket) -> None:
    place, reference = Place(S3Files(bucket), S3Quarantine(bucket)), new_reference()
    file = put(place, reference)
    foreign = [
        "quarantine/",
        f"quarantine/{reference}",
        f"quarantine/{reference}/",
        f"quarantine/{reference}/short",
        f"quarantine/{reference}/{file.name}.1",
        f"quarantine/{reference}/{file.name}/deeper",
        f"quarantine/nobody/{new_name()}",
        f"ready/{reference}/{new_name()}",
        f"ready/{reference}/{new_name()}.0",
        f"ready/{reference}/{new_name()}.x",
        f"refused/{reference}/{new_name()}.ugly",
        f"refused/{reference}/{new_name()}.",
    ]
    for key in foreign:
        bucket.client.put_object(Bucket=bucket.name, Key=key, Body=b"")
    assert list(place.files.states(reference)) == [file.name]
    assert [one.name for one in place.quarantine.waiting()] == [file.name]
    assert [one.name for one in place.quarantine.resting(soon())] == [file.name]
    place.quarantine.remove(reference, file.name)
    for key in foreign:
        bucket.client.head_object(Bucket=bucket.name, Key=key)


def test_more_files_than_one_listing_shows(bucket: Bucket) -> None:
    place = Place(S3Files(bucket), S3Quarantine(bucket))
    for _ in range(1005):
        place.files.put(new_reference(), new_name(), b"")
    assert len(place.quarantine.waiting(2000)) == 1005
    assert sum(1 for _ in place.quarantine.resting(soon())) == 1005


def test_a_setting_opens_the_bucket_it_names(bucket: Bucket, s3_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "AWS_ENDPOINT_URL_S3": s3_address,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, text)
    absent, reference, name = Path("/absent"), new_reference(), new_name()
    open_files(f"s3:{bucket.name},aws:kms=papers-key", absent).put(reference, name, b"envelope")
    stored = bucket.client.head_object(Bucket=bucket.name, Key=f"quarantine/{reference}/{name}")
    assert (stored["ServerSideEncryption"], stored["SSEKMSKeyId"]) == ("aws:kms", "papers-key")
    assert [one.name for one in open_quarantine(f"s3:{bucket.name}", absent).waiting()] == [name]


@pytest.mark.parametrize(
    "setting", ["s3", "s3:", "s3:Bucket", "s3:a b", "files", "/srv/files", "s3:papers,md5", "s3:../x"]
)
def test_a_setting_that_names_nothing_is_refused(setting: str, tmp_path: Path) -> None:
    for opening in (open_files, open_quarantine):
        with pytest.raises(StoreUnavailable, match="DOORSTEP_FILES must be s3: and a bucket's name"):
            opening(setting, tmp_path)
    assert list(tmp_path.iterdir()) == []
