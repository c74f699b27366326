"""People at the office's pages: a browser's cookies and headers, and a way in."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication

from doorstep.counter.sessions import csrf_token, start_session
from doorstep.counter.sign_in import mint_link
from doorstep.counter.staff import Staff, mint_staff_id
from office.composition import House
from office.cookies import SESSION
from tests.functional.house import Answer
from tests.functional.office_house import Office

HOST = "doorstep.test"
OURS = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}


@dataclass
class Person:
    """One browser. `cookies` are what it keeps, `set` the Set-Cookie headers of its last answer."""

    application: WSGIApplication
    address: str = "203.0.113.7"
    cookies: dict[str, str] = field(default_factory=dict)
    set: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, pairs: Iterable[tuple[str, str]] = (), headers: Mapping[str, str] = OURS) -> Answer:
        sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, urlencode(list(pairs)).encode(), sent)

    def submit(self, path: str, *pairs: tuple[str, str]) -> Answer:
        """As a page of ours posts: with its CSRF token."""
        return self.post(path, [*pairs, ("_csrf", csrf_token(self.cookies[SESSION], path))])

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        bare, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": bare, "QUERY_STRING": query, "REMOTE_ADDR": self.address,
            "HTTP_HOST": HOST, "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http",
            "CONTENT_LENGTH": str(len(body)), "HTTP_COOKIE": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
        }  # fmt: skip
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        got: dict[str, Any] = {}

        def start_response(status: str, answered: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            got.update(status=int(status[:3]), headers=answered)

        content = b"".join(self.application(environ, start_response))
        self.set = [value for name, value in got["headers"] if name.lower() == "set-cookie"]
        for line in self.set:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return Answer(got["status"], {name.lower(): value for name, value in got["headers"]}, content)


def house_of(office: Office) -> House:
    house: House = office.function.start()
    return house


def hired(office: Office, role: str = "clerk", name: str = "甲", subject: str = "") -> Staff:
    staff = Staff(mint_staff_id(os.urandom), name, "street-650203001", role, subject)
    house_of(office).records.staff.put(staff)
    return staff


def link(office: Office, staff: Staff) -> str:
    """A fresh link's token."""
    return mint_link(house_of(office).records.links, staff, now=office.time.now(), random=os.urandom)


def stranger(office: Office) -> Person:
    return Person(office.client.application)


def signed_in(office: Office, staff: Staff) -> Person:
    person = stranger(office)
    sessions = house_of(office).records.sessions
    person.cookies[SESSION] = start_session(sessions, staff, now=office.time.now(), random=os.urandom)
    return person


def kind(answer: Answer) -> str:
    """Which problem a page is about, or ""."""
    return answer.text.partition('data-kind="')[2].partition('"')[0]
