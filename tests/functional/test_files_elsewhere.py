"""Where files rest in a bucket: browsers post them straight into its quarantine, and pages allow just that address."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator

import pytest
import urllib3

from chalicelib.composition import House, compose
from chalicelib.files import digest_of
from chalicelib.settings import read_settings
from chalicelib.warm import load_everything
from doorstep.applications.store import StoreUnavailable
from doorstep.serving.application import ServeSettings
from doorstep.startup import ServeError
from tests.contract.files.conftest import s3_client
from tests.functional.house import FORM, Intake, run_intake
from tests.functional.papers import answers, examine_all, fresh_key, photo, with_papers
from tests.functional.test_files_api import ask
from tests.servers import moto
from weblib.logs import RequestLog
from weblib.world import World

WAYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of S3's API, which boto3's own settings name."""
    with moto() as found:
        for name, value in (WAYS | {"AWS_ENDPOINT_URL_S3": found}).items():
            monkeypatch.setenv(name, value)
        yield found


@pytest.fixture
def bucket(address: str) -> str:
    name = f"doorstep-test-{secrets.token_hex(6)}"
    s3_client(address).create_bucket(Bucket=name)
    return name


@pytest.fixture
def intake(settings: ServeSettings, bucket: str, address: str) -> Iterator[Intake]:
    told = {"DOORSTEP_FILES": f"s3:{bucket}", "DOORSTEP_FILES_ORIGIN": address}
    running = run_intake(settings, DOORSTEP_SCHEMAS=str(with_papers(settings)), **told)
    yield running
    running.function.stop()


def test_a_browser_posts_straight_into_the_quarantine(intake: Intake, settings: ServeSettings, bucket: str) -> None:
    key = fresh_key()
    asked = ask(intake, photo(), key).json
    upload = asked["upload"]
    assert asked["status"] == "missing"
    assert bucket in upload["url"]
    assert key not in str(upload)
    assert digest_of(photo()) not in str(upload)
    sent = {**upload["fields"], "file": ("blob", photo(), "image/jpeg")}
    assert urllib3.request("POST", upload["url"], fields=sent, retries=False, timeout=10).status == 204
    assert ask(intake, photo(), key).json["status"] == "waiting"
    assert examine_all(settings, pages=2, files=f"s3:{bucket}") == 1
    assert ask(intake, photo(), key).json["pages"] == 2
    assert intake.submit(answers(bills=[digest_of(photo())]), key).status == 201


def test_without_scripts_files_come_through_us(intake: Intake, settings: ServeSettings, bucket: str) -> None:
    key = fresh_key()
    fields = [("_key", key), ("papers_how", "photo"), ("_do", "upload:bills")]
    page = intake.client.post_files(f"/apply/{FORM}/", fields, [("_file-bills", photo())])
    assert page.status == 200
    assert "收到了，正在检查" in page.text
    assert examine_all(settings, files=f"s3:{bucket}") == 1
    assert ask(intake, photo(), key).json["status"] == "ready"


def test_pages_let_scripts_reach_just_that_address(intake: Intake, address: str) -> None:
    policy = intake.client.post_form(f"/apply/{FORM}/", [("_do", "check")]).headers["content-security-policy"]
    assert f"connect-src 'self' {address};" in policy


def test_a_bucket_whose_address_is_not_told_is_refused_at_the_start(settings: ServeSettings) -> None:
    with pytest.raises(ServeError, match="DOORSTEP_FILES_ORIGIN is missing"):
        run_intake(settings, DOORSTEP_FILES="s3:doorstep-files")
    with pytest.raises(ServeError, match="DOORSTEP_FILES must be s3"):
        run_intake(settings, DOORSTEP_FILES="s4:doorstep-files")


@pytest.mark.parametrize("told", ["https://doorstep-files.s3.example.org", "http://127.0.0.1:9"])
def test_an_origin_that_tickets_do_not_go_to_is_refused_at_the_start(
    settings: ServeSettings, bucket: str, address: str, told: str
) -> None:
    """Else browsers would block every post, and tell it nobody but their user, as a broken network."""
    with pytest.raises(ServeError, match="DOORSTEP_FILES_ORIGIN says") as refused:
        load_everything(started(settings, bucket, told))
    assert f"tickets go to {address}, and DOORSTEP_FILES_ORIGIN says {told}" in str(refused.value)


def test_where_functions_start_late_it_is_told_by_whoever_first_asks(
    settings: ServeSettings, bucket: str, address: str
) -> None:
    house = started(settings, bucket, "https://doorstep-files.s3.example.org")
    with pytest.raises(StoreUnavailable, match=f"tickets go to {address}"):
        _ = house.files
    assert house.files_word.word() == "down"
    assert started(settings, bucket, address.upper().replace("HTTP", "http")).files_word.word() == "ok"


def started(settings: ServeSettings, bucket: str, origin: str) -> House:
    told = {"DOORSTEP_FILES": f"s3:{bucket}", "DOORSTEP_FILES_ORIGIN": origin}
    return compose(read_settings(settings.environment() | told), World(log=RequestLog(io.StringIO())))
