"""What one machine serves: the site's files with the intake function behind them, and the office function alone."""

from __future__ import annotations

import functools
import importlib
import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from whitenoise import WhiteNoise

from doorstep.security_headers import FOR_EVERY_SITE, SECURITY_HEADERS, headers_with_files_at
from doorstep.serving.front import Front
from doorstep.serving.gateway import Gateway
from doorstep.serving.periodic import run_every

Function = Literal["intake", "office"]

MODULES = {"intake": "app", "office": "office.application"}
"""Where a function's `create_app` stands."""

PACKAGES = {"intake": "chalicelib", "office": "office"}

HASHED = "/assets/"
"""Everything below it has its content's hash in its address: what an address there names never changes."""

OPEN_DATA, DATA = "/open-data/", (".csv", ".json")
"""What lies below it and ends so is given away; the page that explains it is a page like all others."""


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Where the checkout, the data and the build stand.

    `proxies`: reverse proxies of ours in front of this server. `origin`: the site's public address, `office_origin`
    the office's; only the demonstration may do without. `store`: which store (DOORSTEP_STORE), `files`: where files
    rest (DOORSTEP_FILES), `files_origin`: where browsers post them, if not to us (DOORSTEP_FILES_ORIGIN). `office`: its
    own DOORSTEP_… settings as they were set.
    """

    root: Path
    var: Path
    build: Path
    demo: bool
    proxies: int = 0
    origin: str = ""
    office_origin: str = ""
    store: str = ""
    files: str = ""
    files_origin: str = ""
    office: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The same, as the functions read it from their environment on AWS."""
        return {
            "DOORSTEP_VAR": str(self.var),
            "DOORSTEP_SCHEMAS": str(self.root / "schemas"),
            "DOORSTEP_BUILD": str(self.build),
            "DOORSTEP_DEMO": "1" if self.demo else "0",
            "DOORSTEP_PROXIES": str(self.proxies),
            "DOORSTEP_ORIGIN": self.origin,
            "DOORSTEP_OFFICE_ORIGIN": self.office_origin,
            "DOORSTEP_STORE": self.store,
            "DOORSTEP_FILES": self.files,
            "DOORSTEP_FILES_ORIGIN": self.files_origin,
            **self.office,
        }


def load_function(name: Function, settings: ServeSettings) -> Any:
    """The function of this name, ready to answer; raises ServeError, which says what is missing and what to do.

    A process loads one function: Chalice wants `app.py` at the top of the import path, and each has its own.
    """
    for part in ("common", name):
        folder = str(settings.root / "functions" / part)
        if folder not in sys.path:
            sys.path.insert(0, folder)
    function = importlib.import_module(MODULES[name]).create_app(settings.environment())
    importlib.import_module(f"{PACKAGES[name]}.warm").load_everything(function.start())
    return function


def create_front(name: Function, settings: ServeSettings, threads: int) -> Front:
    """The function of this name behind its server, with its background work started.

    Before intake stand the files of `build/site`, for GET and HEAD; an unknown page gets the site's own 404.
    """
    function = load_function(name, settings)
    gateway = Gateway(function, function.routes, function.multipart)
    if name == "office":
        start_jobs(function.start())
        return Front(gateway, gateway.body_limit, threads, settings.proxies)
    headers = headers_with_files_at(settings.files_origin)
    site = with_site(settings.build / "site", gateway, headers)
    return Front(site, gateway.body_limit, threads, settings.proxies)


def start_jobs(house: Any) -> None:
    """Run what the office does by itself beside its requests, until the process ends; failures are logged."""
    for job in importlib.import_module("office.background").jobs(house):
        report = functools.partial(house.log.failed, request_id=f"job:{job.name}")
        run_every(job.every, job.work, name=job.name, report=report)


def with_site(site: Path, dynamic: WSGIApplication, security: Mapping[str, str] = SECURITY_HEADERS) -> WSGIApplication:
    """`dynamic` with the files of `site` in front of it; `security` are the headers on each."""
    static = WhiteNoise(
        dynamic,
        root=site,
        index_file=True,
        max_age=60,  # a page names its styles by hash: an old page must not outlive them by long
        allow_all_origins=False,
        mimetypes={".csv": "text/csv"},
        immutable_file_test=lambda _path, url: url.startswith(HASHED),
    )
    missing = (site / "404.html").read_bytes() if (site / "404.html").exists() else b""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO") or "/"
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith("/api/") or _is_intakes(path, environ):
            return dynamic(environ, start_response)
        environ["wsgi.file_wrapper"] = _whole
        if path not in static.files and missing:
            start_response("404 Not Found", _missing_headers(missing, security))
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [missing]

        given = {**security, **FOR_EVERY_SITE} if path.startswith(OPEN_DATA) and path.endswith(DATA) else security

        def secured(status: str, headers: list[tuple[str, str]]) -> object:
            return start_response(status, [*headers, *given.items()])

        served: Iterable[bytes] = static(environ, secured)
        return served

    return application


def _is_intakes(path: str, environ: WSGIEnvironment) -> bool:
    """Pages of the site that intake answers when they carry its parameter: the QR code's address, and the form as
    staff open it at a counter.

    Other parameters are nobody's: messengers add their own to whatever is shared.
    """
    if path.rstrip("/") == "/verify":
        wanted = "receipt"
    elif path.startswith("/apply/"):
        wanted = "counter"
    else:
        return False
    return wanted in parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)


def _missing_headers(content: bytes, security: Mapping[str, str]) -> list[tuple[str, str]]:
    own = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Content-Length": str(len(content))}
    return [*own.items(), *security.items()]


def _whole(file: io.BufferedIOBase, _block_size: int = 8192) -> list[bytes]:
    """A file in one piece: the site's files are small, and one hand-over to the server beats many."""
    with file:
        return [file.read()]
