"""The pages of an editor's session over HTTP: as they were built, with a script that shows findings and what is new.

Nobody signs in here, and drafts are nobody else's: whoever asks by a name that somebody else gave this machine, as a
foreign page in the editor's browser would (DNS rebinding), is refused.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from doorstep.editing.session import Session, line_of
from doorstep.security_headers import SECURITY_HEADERS

STATE = "/.doorstep/state"
OWN = {"/.doorstep/edit.js": "text/javascript; charset=utf-8", "/.doorstep/edit.css": "text/css; charset=utf-8"}
"""What stands beside the pages, by address; no page of the site is there."""
HTML = "text/html; charset=utf-8"
END = b"</body>"
PLAIN = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>预览</title><body><p>{}</p></body></html>'
NOT_YET = PLAIN.format("正在做第一遍，稍等几秒。").encode()
NO_FORMS = PLAIN.format("预览里不能交表。想试着填，停下预览，敲 make run。").encode()
SENDS_NOTHING = PLAIN.format("预览里什么都不送出去。").encode()
NOT_HERE = PLAIN.format("这个地址不对：请用敲 make edit 以后终端里写的那个地址。").encode()
UNREADABLE = PLAIN.format("看不懂这个地址。").encode()
MOST_READ = 1 << 20
"""Bytes of a form, which is thrown away: a browser that may not finish sending shows no answer."""


def open_server(session: Session, host: str, port: int) -> ThreadingHTTPServer:
    """Raises OSError where the port is taken."""
    return ThreadingHTTPServer((host, port), partial(_Pages, session, host))


class _Pages(SimpleHTTPRequestHandler):
    def __init__(self, session: Session, host: str, *args: object) -> None:
        self.session, self.host = session, host
        super().__init__(*args, directory=str(session.folder or session.build))  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """False once what nobody may ask is answered."""
        if not super().parse_request():
            return False
        if not is_ours(self.headers.get("Host", ""), self.host):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, HTML, NOT_HERE)
            return False
        return True

    def do_GET(self) -> None:
        try:
            self._get()
        except ValueError:  # a NUL, half a letter: no file has such a name
            self._send(HTTPStatus.BAD_REQUEST, HTML, UNREADABLE)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdecimal()):
            self._send(HTTPStatus.BAD_REQUEST, HTML, UNREADABLE)
            return
        self.rfile.read(min(int(length[:9]), MOST_READ))
        if self.path.startswith("/api/"):
            self._send(HTTPStatus.NOT_IMPLEMENTED, HTML, SENDS_NOTHING)
        else:
            self._send(HTTPStatus.NOT_FOUND, HTML, NO_FORMS)

    def _get(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == STATE:
            page = parse_qs(parts.query).get("page", ["/"])[0]
            self._send(HTTPStatus.OK, "application/json", json.dumps(self._state(page)).encode())
        elif parts.path in OWN:
            self._send(HTTPStatus.OK, OWN[parts.path], (Path(__file__).parent / Path(parts.path).name).read_bytes())
        elif Path(parts.path).suffix in ("", ".html") or (body := self._built(parts.path)) is None:
            self._page(parts.path)
        else:
            self._send(HTTPStatus.OK, self.guess_type(parts.path), body)

    def end_headers(self) -> None:
        for name, value in (SECURITY_HEADERS | {"Cache-Control": "no-store"}).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """The terminal is for findings."""

    def _page(self, path: str) -> None:
        body = self._built(path)
        status = HTTPStatus.OK if body is not None else HTTPStatus.NOT_FOUND
        if body is None:
            body = self._built("/404.html") or NOT_YET
        script = f'<script src="/.doorstep/edit.js" data-page="{_mark(body)}"></script>'
        ours = f'<link rel="stylesheet" href="/.doorstep/edit.css">{script}'.encode()
        self._send(status, HTML, body.replace(END, ours + END, 1))

    def _state(self, path: str) -> dict[str, object]:
        """`page` changes when the page does; `findings` as lines, with the rule that the handbook explains."""
        body = self._built(unquote(path))
        body = body if body is not None else self._built("/404.html") or NOT_YET
        findings = [{"line": line_of(one), "rule": one["rule"]} for one in self.session.findings]
        return {"page": _mark(body), "findings": findings, "stopped": self.session.stopped}

    def _built(self, path: str) -> bytes | None:
        """The page's file, None where there is none."""
        file = Path(self.translate_path(path))  # never above the site's folder
        try:
            return (file / "index.html" if path.endswith("/") else file).read_bytes()
        except OSError:
            return None

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def is_ours(asked: str, host: str) -> bool:
    """Whether a Host header names this server: by localhost, by the name it was told to listen at, or in numbers, which
    no name server answers for. The port is any, for one may be passed on from another.
    """
    try:
        name = urlsplit(f"//{asked}").hostname or ""
        if name in ("localhost", host.lower()):
            return True
        ip_address(name)
    except ValueError:
        return False
    return True


def _mark(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
