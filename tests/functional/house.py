"""A whole intake in one process: real WSGI, real SQLite, real keys; only time and randomness may be a test's own."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication

from doorstep.applications.keyring import create_or_load
from doorstep.portal.facts.data import read_data
from doorstep.portal.facts.offices import offices
from doorstep.portal.facts.working_days import calendar, read_working_days
from doorstep.serving.application import ServeSettings, with_site
from doorstep.serving.gateway import Gateway
from tests.functional.small_index import small_index

ROOT = Path(__file__).parents[2]
FORM = "minimum-living-allowance"
CANARY_OF_NAMES = "zhangsan-xueyejiancha"
"""What every file is called that a test sends: it must stand nowhere."""

SHELL = (
    "<!doctype html><html lang=zh-CN><head><title><!--doorstep:title--></title></head>"
    "<body><main id=main tabindex=-1><!--doorstep:main--></main></body></html>"
)
SERVICE = {
    "title": "申请低保",
    "guide": f"/services/{FORM}/",
    "form": FORM,
    "offices": {"accept": "户口所在的街道（乡镇）", "decide": "区民政局"},
    "office_kinds": {"accept": "street", "decide": "civil-affairs"},
    "stages": [{"id": "inquiry", "title": "核对收入和财产", "office": "accept", "office_title": "街道"}],
    "limits": [
        {
            "id": "decision", "from": "accepted", "days": 30, "at_most": 45, "unit": "working_day",
            "basis": "某办法第一条", "statutory": True,
        }
    ],
    "acceptance": {"missing_told": "once", "if_silent": "none", "basis": "某办法第二条"},
    "signatures": [
        {"id": "income-check", "title": "同意核对家庭收入和财产的授权书", "who": "each_adult", "basis": "某办法第三条"},
        {"id": "mandate", "title": "委托书", "who": "agent", "basis": "某办法第四条"},
    ],
    "visits": {"most": 0},
    "fee": {"yuan": 0},
    "remedies": [],
}  # fmt: skip


def build_small_site(folder: Path, keys: Path) -> ServeSettings:
    """A site of a few pages and the data folder with its keys, below `folder`."""
    site, intake = folder / "build" / "site", folder / "build" / "intake"
    for name in ("", "track", "verify", f"apply/{FORM}"):
        (site / name).mkdir(parents=True, exist_ok=True)
        (site / name / "index.html").write_text(f"<!doctype html><title>{name}</title>static {name}")
    (site / "404.html").write_text("<!doctype html><title>没有这一页</title>")
    scripts = site / "assets" / "scripts.0123abcd"
    scripts.mkdir(parents=True)
    (scripts / "main.js").write_text("export {};\n" * 100)
    intake.mkdir(parents=True)
    (intake / "shell.html").write_text(SHELL)
    (intake / "services.json").write_text(json.dumps({FORM: SERVICE}))
    divisions = ROOT / "docs/places/divisions.json"
    shutil.copyfile(divisions, intake / "divisions.json")
    data, _ = read_data(ROOT)
    (intake / "offices.json").write_text(json.dumps(offices(data.offices, divisions), ensure_ascii=False))
    (intake / "calendar.json").write_text(json.dumps(calendar(read_working_days(ROOT)[0])))
    (intake / "search.txt").write_bytes(small_index())
    shutil.copytree(keys, folder / "var")
    return ServeSettings(root=ROOT, var=folder / "var", build=folder / "build", demo=True)


def make_keys(folder: Path) -> Path:
    create_or_load(folder)
    return folder


@dataclass
class FakeTime:
    """A clock that stands until it is moved."""

    moment: dt.datetime = dt.datetime(2026, 11, 22, 5, 4, 3, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.moment

    def seconds(self) -> float:
        return self.moment.timestamp()

    def pass_(self, **parts: float) -> None:
        self.moment += dt.timedelta(**parts)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Client:
    """Calls a WSGI application as a server would."""

    application: WSGIApplication
    address: str = "203.0.113.7"

    def request(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        chunked: bool = False,
    ) -> Answer:
        bare, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": bare, "QUERY_STRING": query, "REMOTE_ADDR": self.address,
            "HTTP_HOST": "doorstep.test", "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http",
        }  # fmt: skip
        if chunked:
            environ["wsgi.input_terminated"] = True
        elif body:
            environ["CONTENT_LENGTH"] = str(len(body))
        for name, value in (headers or {}).items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        got: dict[str, Any] = {}

        def start_response(status: str, answered: Iterable[tuple[str, str]], _exc_info: Any = None) -> Any:
            got.update(status=int(status[:3]), headers={name.lower(): value for name, value in answered})

        content = b"".join(self.application(environ, start_response))
        return Answer(got["status"], got["headers"], content)

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, headers=headers)

    def post_json(self, path: str, value: Any, **headers: str) -> Answer:
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.request("POST", path, content, headers={"Content-Type": "application/json", **headers})

    def post_form(self, path: str, pairs: Iterable[tuple[str, str]], **headers: str) -> Answer:
        content = urlencode(list(pairs)).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", path, content, headers=kind | headers)

    def post_files(
        self, path: str, pairs: Iterable[tuple[str, str]], files: Iterable[tuple[str, bytes]], **headers: str
    ) -> Answer:
        """A form with files as browsers send it; what is empty was not chosen."""
        parts = [part(f'name="{name}"', value.encode()) for name, value in pairs]
        for name, content in files:
            called = f"canary-{CANARY_OF_NAMES}.jpg" if content else ""
            parts.append(part(f'name="{name}"; filename="{called}"', content, "Content-Type: image/jpeg"))
        kind = {"Content-Type": "multipart/form-data; boundary=BOUNDARY"}
        return self.request("POST", path, b"".join(parts) + b"--BOUNDARY--\r\n", headers=kind | headers)


def part(disposition: str, content: bytes, *headers: str) -> bytes:
    """One part of multipart/form-data."""
    lines = ["--BOUNDARY", f"Content-Disposition: form-data; {disposition}", *headers, "", ""]
    return "\r\n".join(lines).encode() + content + b"\r\n"


@dataclass
class Intake:
    """A running intake and what a test may look at."""

    settings: ServeSettings
    client: Client
    time: FakeTime
    log: io.StringIO
    function: Any = field(repr=False)

    def check(self, answers: Any) -> Answer:
        return self.client.post_json(f"/api/forms/{FORM}/check", {"answers": answers})

    def submit(self, answers: Any, key: str) -> Answer:
        return self.client.post_json(f"/api/forms/{FORM}/applications", {"answers": answers, "submission_key": key})

    def submitted(self, answers: Any | None = None) -> Any:
        """A fresh application's receipt, as /api gives it."""
        checked = self.check(answers or example())
        assert checked.status == 200, checked.text
        return self.submit(checked.json["answers"], checked.json["submission_key"]).json


def run_intake(settings: ServeSettings, **environment: str) -> Intake:
    """An intake over these settings; `environment` overrides what they say."""
    from app import create_app
    from weblib.logs import RequestLog
    from weblib.world import World

    time, log = FakeTime(), io.StringIO()
    world = World(clock=time.now, seconds=time.seconds, log=RequestLog(log, time.now))
    function = create_app(settings.environment() | environment, world)
    function.start()
    application = with_site(settings.build / "site", Gateway(function, function.routes, function.multipart))
    return Intake(settings, Client(application), time, log, function)


def example() -> dict[str, Any]:
    """The test person of the demonstration: a fresh copy."""
    form = json.loads((ROOT / f"schemas/forms/{FORM}.json").read_text())
    found: dict[str, Any] = form["examples"][0]
    return found
