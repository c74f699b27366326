"""Site and office on two machines, as the README's “Publish it” says: keys apart, one DynamoDB table between them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from doorstep.applications.keys import mint_submission_key
from tests.browser.site import free_port
from tests.functional.house import FORM, ROOT
from tests.servers import dynalite


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The environments of the public machine and of the office's, with keys made and carried as the README says."""
    build = {"DOORSTEP_BUILD": str(tmp_path / "build"), "PORT": str(free_port()), "OFFICE_PORT": str(free_port())}
    with dynalite() as address:
        table = {
            "DOORSTEP_STORE": "dynamodb:doorstep",
            "AWS_ENDPOINT_URL_DYNAMODB": address,
            "AWS_DEFAULT_REGION": "cn-north-1",
        }
        nobody = {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
        shared = os.environ | build | table | nobody
        public = shared | {"DOORSTEP_VAR": str(tmp_path / "public")}
        office = shared | {"DOORSTEP_VAR": str(tmp_path / "office")}
        doorstep(office, "keys", "--only", "office")
        (tmp_path / "public" / "intake").mkdir(parents=True, mode=0o700)
        carry(tmp_path, "office", "public", "office-public.json")
        doorstep(public, "keys", "--only", "intake")
        carry(tmp_path, "public", "office", "public-keys.json")
        doorstep(public, "table")
        doorstep(public, "build")
        yield public, office


def carry(folder: Path, here: str, there: str, name: str) -> None:
    shutil.copy(folder / here / "intake" / name, folder / there / "intake" / name)


def doorstep(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "doorstep", *words], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_for(process: subprocess.Popen[bytes], address: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


def test_what_a_resident_sends_to_the_one_stands_in_the_other(machines: tuple[dict[str, str], dict[str, str]]) -> None:
    public, office = machines
    assert [path.name for path in Path(public["DOORSTEP_VAR"]).iterdir()] == ["intake"]
    site = subprocess.Popen([sys.executable, "-m", "doorstep", "serve", "--demo", "--no-office"], env=public)
    desk = subprocess.Popen([sys.executable, "-m", "doorstep", "office", "--demo"], env=office)
    try:
        address = f"http://127.0.0.1:{public['PORT']}"
        wait_for(site, f"{address}/api/health")
        wait_for(desk, f"http://127.0.0.1:{public['OFFICE_PORT']}/health")
        sent = {"answers": json.loads((ROOT / "tests/examples" / FORM / "valid/test-person.json").read_text()),
                "submission_key": mint_submission_key(os.urandom)}  # fmt: skip
        request = urllib.request.Request(
            f"{address}/api/forms/{FORM}/applications",
            json.dumps(sent).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 201
        words = urllib.request.Request(
            f"{address}/api/search/unfound",
            json.dumps({"words": "修鞋"}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(words) as answer:
            assert answer.status == 204
    finally:
        for process in (site, desk):
            process.terminate()
            process.wait(30)
    assert "1 application new or changed" in doorstep(office, "checkpoint")
    assert "looked at 1 application" in doorstep(office, "reconcile")
    assert doorstep(office, "unfound").endswith("  修鞋\n")
    assert not list(Path(public["DOORSTEP_VAR"]).glob("*.sqlite3*"))
    assert not (Path(public["DOORSTEP_VAR"]) / "office").exists()


def test_serving_makes_no_keys_where_a_store_is_shared(tmp_path: Path) -> None:
    """New ones could not open what rests in the table: a data folder that was lost, or mistyped, is said to be so."""
    done = subprocess.run(
        [sys.executable, "-m", "doorstep", "serve", "--demo", "--no-office"],
        env=os.environ | {"DOORSTEP_STORE": "dynamodb:doorstep", "DOORSTEP_VAR": str(tmp_path / "var"),
                          "PORT": str(free_port()), "DOORSTEP_BUILD": str(tmp_path / "build")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "signing.json is not there" in done.stderr
    assert not (tmp_path / "var" / "office").exists()


def test_a_store_nobody_knows_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "doorstep", "table"],
        env=os.environ | {"DOORSTEP_STORE": "mysql:doorstep", "DOORSTEP_VAR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "DOORSTEP_STORE must be dynamodb:" in done.stderr
