"""The pages of an editor's session over HTTP: as they were built, with a script that shows findings and what is new."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from doorstep.editing.session import Session, line_of

STATE = "/.doorstep/state"
OWN = {"/.doorstep/edit.js": "text/javascript; charset=utf-8", "/.doorstep/edit.css": "text/css; charset=utf-8"}
"""What stands beside the pages, by address; no page of the site is there."""
HTML = "text/html; charset=utf-8"
END = b"</body>"
PLAIN = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>预览</title><body><p>{}</p></body></html>'
NOT_YET = PLAIN.format("正在做第一遍，稍等几秒。").encode()
NO_FORMS = PLAIN.format("预览里不能交表。想试着填，停下预览，敲 make run。").encode()


def open_server(session: Session, host: str, port: int) -> ThreadingHTTPServer:
    """Raises OSError where the port is taken."""
    return ThreadingHTTPServer((host, port), partial(_Pages, session))


class _Pages(SimpleHTTPRequestHandler):
    def __init__(self, session: Session, *args: object) -> None:
        self.session = session
        super().__init__(*args, directory=str(session.folder or session.build))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == STATE:
            page = parse_qs(parts.query).get("page", ["/"])[0]
            self._send(HTTPStatus.OK, "application/json", json.dumps(self._state(page)).encode())
        elif parts.path in OWN:
            self._send(HTTPStatus.OK, OWN[parts.path], (Path(__file__).parent / Path(parts.path).name).read_bytes())
        elif Path(parts.path).suffix not in ("", ".html"):
            super().do_GET()
        else:
            self._page(parts.path)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._send(HTTPStatus.NOT_FOUND, HTML, NO_FORMS)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
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
        self.wfile.write(body)


def _mark(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
