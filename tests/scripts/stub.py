"""A small server that speaks as intake does, and can lose, delay and refuse: what no real intake does on request."""

from __future__ import annotations

import html
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from doorstep.portal.pages.scripts import served_scripts
from doorstep.security_headers import SECURITY_HEADERS
from tests.scripts.filing import Filed, parts_of, problem

THEME = Path(__file__).parents[2] / "theme"
SCRIPTS = served_scripts(THEME / "scripts")
PARTS = {path.name: path.read_bytes() for path in (THEME / "scripts" / "uploading").glob("*.js")}
PARTS |= {f"sight/{path.name}": path.read_bytes() for path in (THEME / "scripts" / "sight").glob("*.js")}
"""What is served within another script, for tests that look at it alone."""
FIXTURES = Path(__file__).parent / "fixtures"
KEY = "AAAAAAAAAAAAAAAAAAAAAA"
FORM = "/apply/sample/"


@dataclass
class Stub:
    """What was asked, and what to answer with instead of an answer: (status, headers, seconds to wait first)."""

    url: str = ""
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    faults: list[tuple[int, dict[str, str], float]] = field(default_factory=list)
    form: str = "form.html"
    correction: str = "correction.html"
    received: set[str] = field(default_factory=set)
    files: Filed = field(default_factory=Filed)

    def sent(self, doing: str) -> list[dict[str, list[str]]]:
        return [post for post in self.posts if post.get("_do", [""])[0] == doing]


def fixture(name: str) -> str:
    return (FIXTURES / name).read_text()


def shell(main: str, title: str) -> str:
    return fixture("shell.html").replace("{{title}}", title).replace("{{main}}", main)


class Answering(BaseHTTPRequestHandler):
    """One request of the sample form's way."""

    stub: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        script = (PARTS | SCRIPTS).get(path.removeprefix("/scripts/"))
        if path.startswith("/scripts/") and script is not None:
            self.answer(200, script.decode(), "text/javascript")
        elif path == "/doorstep.css":
            self.answer(200, (THEME / "assets" / "doorstep.css").read_text(), "text/css")
        elif path == FORM:
            self.answer(200, shell(self.form_page(), "申请示例"))
        elif path == "/verify/":
            self.answer(200, shell("<h1>这张回执是真的</h1>", "这张回执是真的"))
        else:
            self.answer(200, shell("<h1>首页</h1><a href='/apply/sample/'>去申请</a>", "首页"))

    def do_POST(self) -> None:
        if self.path.startswith(("/api/", "/bucket")):
            self.answer_api()
            return
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"].startswith("multipart/"):
            post, sent = parts_of(self.headers["Content-Type"], content)
            for file in sent:
                post.setdefault("bills", []).append(self.stub.files.keep(file))
        else:
            post = parse_qs(content.decode(), keep_blank_values=True)
        self.stub.posts.append(post)
        if self.stub.faults:
            status, headers, seconds = self.stub.faults.pop(0)
            time.sleep(seconds)
            if status == 0:
                self.close_connection = True
                self.connection.shutdown(2)
                return
            if status != 200:
                self.answer(status, headers.pop("body", shell("<h1>请稍后再试</h1>", "请稍后再试")), headers=headers)
                return
        doing, _, what = post["_do"][0].partition(":")
        own = f"correcting_{doing}" if self.path == "/track/" else ""
        getattr(self, own if hasattr(self, own) else f"do_{doing}")(post, what)

    def answer_api(self) -> None:
        """What programs ask about files; a connection may be lost in the middle of one."""
        files, length = self.stub.files, int(self.headers["Content-Length"])
        upload = self.path in ("/api/files", "/bucket")
        if upload and files.cuts:
            files.cuts -= 1
            self.rfile.read(length // 2)
            self.close_connection = True
            self.connection.shutdown(2)
            return
        content = self.rfile.read(length)
        status, headers = files.faults.pop(0) if files.faults else (200, {})
        if status != 200:
            body = headers.pop("body", problem(status))
        elif upload:
            body = json.dumps(files.take(*parts_of(self.headers["Content-Type"], content)))
        else:
            body = json.dumps(files.stands(self.path, self.headers["Authorization"], json.loads(content), KEY))
        if self.path == "/bucket":
            self.answer(204 if status == 200 else status, "" if status == 200 else "<Error/>", "application/xml")
            return
        self.answer(status, body, "application/json", headers=headers)

    def do_upload(self, post: dict[str, list[str]], _what: str) -> None:
        self.answer(200, shell(self.form_page(post), "申请示例"))

    def do_check(self, post: dict[str, list[str]], _what: str) -> None:
        errors = self.stub.files.wrong(post) if "files" in self.stub.form else wrong(post)
        if "json" in self.headers["Accept"]:
            body = {"errors": errors} if errors else {"answers": {}, "submission_key": KEY}
            self.answer(422 if errors else 200, json.dumps(body), "application/json")
        elif errors:
            self.answer(422, shell(self.form_page(post, errors), "有误：申请示例"))
        else:
            self.answer(200, shell(fixture("answers.html").replace("{{key}}", KEY), "检查您填的内容"))

    def do_add(self, post: dict[str, list[str]], _what: str) -> None:
        self.answer(200, shell(self.form_page(post, add=True), "申请示例"))

    def do_remove(self, post: dict[str, list[str]], what: str) -> None:
        self.answer(200, shell(self.form_page(post, remove=int(what.split(":")[1])), "申请示例"))

    def do_change(self, post: dict[str, list[str]], _what: str) -> None:
        before = self.stub.sent("check")[-1] if "files" in self.stub.form else {"applicant_name": ["测试人员"]}
        self.answer(200, shell(self.form_page(before | {"_key": [KEY]}), "申请示例"))

    def do_confirm(self, post: dict[str, list[str]], _what: str) -> None:
        self.stub.received.add(post["_key"][0])
        self.answer(201, shell(fixture("receipt.html"), "收件回执"))

    def do_follow(self, _post: dict[str, list[str]], _what: str) -> None:
        self.answer(200, shell(fixture("track.html"), "收到了"))

    def correcting_correct(self, post: dict[str, list[str]], _what: str) -> None:
        name = post.get("applicant_name", ["测试人员"])[0]
        page = fixture(self.stub.correction).replace("{{applicant_name}}", name)
        self.answer(200, shell(self.stub.files.shown(page, post, []), "改一改、补一补"))

    correcting_change = correcting_correct

    def correcting_check(self, post: dict[str, list[str]], what: str) -> None:
        if not post["applicant_name"][0]:
            self.correcting_correct(post, what)
        else:
            self.answer(200, shell(fixture("changes.html"), "核对一遍，还没有交"))

    def correcting_confirm(self, post: dict[str, list[str]], what: str) -> None:
        self.do_follow(post, what)

    def form_page(
        self,
        post: dict[str, list[str]] | None = None,
        errors: list[dict[str, str]] | None = None,
        *,
        add: bool = False,
        remove: int | None = None,
    ) -> str:
        """The fixture with the answers and errors set into it, and as many items as were sent."""
        post = post or {}
        numbers = sorted({int(name.split("-")[1]) for name in post if name.startswith("household_members-")})
        items = [(post.get(f"household_members-{n}-name", [""])[0]) for n in numbers if n != remove]
        if add:
            items.append("")
        page = self.stub.files.shown(fixture(self.stub.form), post, errors or [])
        item = fixture("item.html")
        page = page.replace(
            "{{items}}",
            "".join(
                item.replace("{{n}}", str(n)).replace("{{name}}", html.escape(name)) for n, name in enumerate(items)
            ),
        )
        for name in ("_key", "applicant_name", "applicant_id", "agent_name", "income_work"):
            page = page.replace(f"{{{{{name}}}}}", html.escape(post.get(name, [""])[0]))
        for name in ("filing_for", "papers_how"):
            chosen = post.get(name, [""])[0]
            page = page.replace(f'value="{chosen}" data-radio', f'value="{chosen}" checked')
        for name in ("vehicles", "truth"):
            if name in post.get("assets", []) + [key for key in post if key == "truth"]:
                page = page.replace(f'data-tick="{name}"', "checked")
        links = "".join(
            f'<li><a href="#{e["pointer"][1:].replace("/", "-")}">{e["message"]}</a></li>' for e in errors or []
        )
        summary = '<div class="ds-summary" role="alert" tabindex="-1" id="error-summary"><h2>有几处要改</h2>'
        summary += f"<ul>{links}</ul></div>"
        for error in errors or []:
            name = error["pointer"][1:].replace("/", "-")
            line = f'<p class="ds-error" id="{name}-error">{error["message"]}</p>'
            page = page.replace(f"<!--error:{name}-->", line)
        return page.replace("{{summary}}", summary if errors else "")

    def answer(self, status: int, body: str, kind: str = "text/html", *, headers: dict[str, str] | None = None) -> None:
        content = body.encode()
        self.send_response(status)
        for name, value in (SECURITY_HEADERS | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if self.command == "POST":
            self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)


def wrong(post: dict[str, list[str]]) -> list[dict[str, str]]:
    """The sample form's rules: what must be there is there, and a member has a name."""
    required = {"filing_for": "选择您给谁申请", "applicant_name": "填写申请人姓名", "truth": "请打勾"}
    if post.get("filing_for") == ["family"]:
        required["agent_name"] = "填写您的姓名"
    errors = [
        {"pointer": f"/{name}", "keyword": "required", "message": message}
        for name, message in required.items()
        if not post.get(name, [""])[0]
    ]
    kept = 0
    for number in range(12):
        name = post.get(f"household_members-{number}-name", [""])[0]
        relation = post.get(f"household_members-{number}-relation", [""])[0]
        if relation and not name:
            pointer = f"/household_members/{kept}/name"
            errors.append({"pointer": pointer, "keyword": "required", "message": "填写家人的姓名"})
        kept += bool(name or relation)
    return errors


@contextmanager
def stub_server() -> Iterator[Stub]:
    stub = Stub()
    handler = type("Handler", (Answering,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
