"""The examiner on AWS: called for each file that came in and each hour, over a bucket, and packaged by Chalice."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest
from chalice.config import Config
from chalice.deploy.appgraph import ApplicationGraphBuilder
from chalice.deploy.models import CloudWatchEvent, ScheduledEvent

from doorstep.applications import encoding
from doorstep.applications.errors import KeyProblem
from doorstep.applications.keyring import load_intake_keys
from doorstep.attachments.container import Page
from doorstep.attachments.envelope import wrap_for_examiner
from doorstep.attachments.files import READY, REFUSED, WAITING, Files
from doorstep.attachments.naming import FileKey, file_key
from doorstep.examiner.apart import TookTooLong
from doorstep.examiner.running import Log
from doorstep.stores.choosing import open_files
from examining.work import LONGEST_WAIT, TryAgain, Work
from tests.functional.house import ROOT
from tests.servers import moto
from tests.unit.examiner import hostile, pdf_files

REFERENCE, BUCKET = "0000-0000-0000-0", "doorstep-test-files"
FOLDER = ROOT / "functions/examiner"


@contextmanager
def environment(**settings: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def bucket() -> Iterator[None]:
    with moto() as address:
        named = {"AWS_ENDPOINT_URL_S3": address, "AWS_DEFAULT_REGION": "us-east-1"}
        with environment(**named, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test"):
            boto3.client("s3").create_bucket(Bucket=BUCKET)
            yield


def load_app(**settings: str) -> ModuleType:
    """app.py as Lambda imports it, under a name of its own: the others are called `app` too."""
    spec = importlib.util.spec_from_file_location("examiner_app", FOLDER / "app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with environment(**settings):
        spec.loader.exec_module(module)
    return module


class Place:
    """A bucket with a browser on one side and the function on the other."""

    def __init__(self, var: Path) -> None:
        self.settings = {"DOORSTEP_VAR": str(var), "DOORSTEP_FILES": f"s3:{BUCKET}"}
        self.files: Files = open_files(self.settings["DOORSTEP_FILES"], var)
        self.examiner = load_intake_keys(var).examiner
        self.said = io.StringIO()
        self.later = dt.timedelta()

    def work(self, **more: str) -> Work:
        return Work(self.settings | more, Log(self.said, self.clock), self.clock)

    def clock(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.later

    def post(self, content: bytes) -> FileKey:
        """As a browser does with its ticket: bare content, and the wrap beside it."""
        key = file_key(bytes(32), encoding.encode(sha256(content).digest()))
        wrap = json.dumps(wrap_for_examiner(self.examiner, key))
        boto3.client("s3").put_object(Bucket=BUCKET, Key=at(key), Body=content, Metadata={"wrap": wrap})
        return key


def at(key: FileKey) -> str:
    return f"quarantine/{REFERENCE}/{key.name}"


@pytest.fixture
def place(bucket: None, keys: Path, tmp_path: Path) -> Place:
    return Place(shutil.copytree(keys, tmp_path / "var"))


def event(key: str) -> dict[str, Any]:
    """What EventBridge sends."""
    detail = {"bucket": {"name": BUCKET}, "object": {"key": key, "size": 1}, "reason": "PutObject"}
    return {
        "version": "0", "id": "1", "source": "aws.s3", "detail-type": "Object Created", "account": "1", "time": "t",
        "region": "us-east-1", "resources": [], "detail": detail,
    }  # fmt: skip


def test_a_file_is_examined_as_it_arrives(place: Place) -> None:
    photo, page, other = place.post(hostile.geotagged()), place.post(b"<html>"), place.post(pdf_files.of_pages(2))
    with environment(**place.settings):
        app = load_app()
        app.arrived(event(at(photo)), None)
        app.arrived(event(at(page)), None)
        app.arrived(event(at(page)), None)  # an event may come twice
        states = place.files.states(REFERENCE)
        assert (states[photo.name].status, states[photo.name].pages) == (READY, 1)
        assert (states[page.name].status, states[page.name].why) == (REFUSED, "foreign")
        assert states[other.name].status == "waiting"
        app.work.examine_all()
    assert place.files.states(REFERENCE)[other.name].pages == 2


@pytest.mark.parametrize(
    "key", ["", "quarantine/", "quarantine/../x", f"ready/{REFERENCE}/AAAAAAAAAAAAAAAAAAAAAA", "quarantine/ping", "x"]
)
def test_what_is_nobodys_file_is_left_alone(place: Place, key: str) -> None:
    place.work().examine_one(key)
    assert place.said.getvalue() == ""


def test_what_cannot_be_examined_now_is_raised_so_that_lambda_comes_again(place: Place, tmp_path: Path) -> None:
    scanner = tmp_path / "scanner"
    scanner.write_text("#!/bin/sh\nexit 2\n")
    scanner.chmod(0o700)
    key = place.post(hostile.jpeg())
    with pytest.raises(TryAgain, match="the scanner ended with 2"):
        place.work(DOORSTEP_SCANNER=str(scanner)).examine_one(at(key))
    assert place.files.states(REFERENCE)[key.name].status == "waiting"
    place.work().examine_one(at(key))
    assert place.files.states(REFERENCE)[key.name].status == READY
    assert key.name not in place.said.getvalue()


def test_a_sweep_beside_the_wrong_store_destroys_nothing(place: Place) -> None:
    key = place.post(hostile.jpeg())
    place.later = dt.timedelta(days=2)
    place.work().sweep()
    assert place.files.states(REFERENCE)[key.name].status in ("waiting", READY)
    assert json.loads(place.said.getvalue().splitlines()[-1])["event"] == "sweep hindered"


def test_without_its_key_it_says_so_at_its_first_file(place: Place, tmp_path: Path) -> None:
    work = place.work(DOORSTEP_VAR=str(tmp_path / "elsewhere"))
    with pytest.raises(KeyProblem, match=r"examiner/private\.pem: missing"):
        work.examine_one(at(place.post(hostile.jpeg())))


def test_chalice_can_package_what_calls_it() -> None:
    """A bucket's own notifications it could not."""
    app = load_app(DOORSTEP_FILES=f"s3:{BUCKET},aws:kms").app
    config = json.loads((FOLDER / ".chalice" / "config.json").read_text())
    made = Config.create(project_dir=str(FOLDER), chalice_app=app, chalice_stage="production", config_from_disk=config)
    resources = ApplicationGraphBuilder().build(made, "production").resources
    rules = [json.loads(one.event_pattern) for one in resources if isinstance(one, CloudWatchEvent)]
    assert rules == [
        {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": [BUCKET]}, "object": {"key": [{"prefix": "quarantine/"}]}},
        }
    ]
    assert [one.schedule_expression for one in resources if isinstance(one, ScheduledEvent)] == ["rate(1 hour)"]
    assert len(resources) == 2


def test_its_role_may_read_the_quarantine_and_write_what_it_makes() -> None:
    policy = json.loads((FOLDER / ".chalice" / "policy-production.json").read_text())
    allowed = {
        (action, resource.rpartition(":")[2])
        for statement in policy["Statement"]
        for action in statement["Action"]
        for resource in ([statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"])
        if action.startswith("s3:") and statement["Effect"] == "Allow"
    }
    assert allowed == {
        ("s3:ListBucket", "doorstep-*"),
        *(("s3:GetObject", f"doorstep-*/{shelf}/*") for shelf in ("quarantine", "ready", "refused")),
        ("s3:PutObject", "doorstep-*/ready/*"),
        ("s3:PutObject", "doorstep-*/refused/*"),
        ("s3:PutObject", "doorstep-*/swept/*"),
        *(("s3:DeleteObject", f"doorstep-*/{shelf}/*") for shelf in ("quarantine", "ready", "refused", "swept")),
    }


def test_its_requirements_are_those_of_the_project() -> None:
    import tomllib

    wanted = {line.partition("#")[0].strip() for line in (FOLDER / "requirements.txt").read_text().splitlines()}
    assert wanted <= set(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"])


def test_a_file_that_always_takes_too_long_is_refused_in_the_end(place: Place) -> None:
    """Though no process there lives long enough to count."""

    def too_long(_content: bytes, _media_type: str) -> tuple[Page, ...]:
        raise TookTooLong

    def fresh() -> Work:
        return Work(place.settings, Log(place.said, place.clock), place.clock, too_long)

    key = place.post(hostile.jpeg() + b"not what another test sent")
    for _ in range(3):
        with pytest.raises(TryAgain, match="took too long"):
            fresh().examine_one(at(key))
    place.later = LONGEST_WAIT - dt.timedelta(minutes=5)
    fresh().examine_all()
    assert place.files.states(REFERENCE)[key.name].status == WAITING
    place.later = LONGEST_WAIT + dt.timedelta(minutes=5)
    fresh().examine_all()
    assert place.files.states(REFERENCE)[key.name][::3] == (REFUSED, "unreadable")
