"""The stub server's files: what was asked and sent, how each stands, and what is to go wrong with it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent / "fixtures"
SAID = {"waiting": "收到了，正在检查", "ready": "收到了，能打开，共1页。字清不清楚，请自己看看",
        "refused": "这张照片打不开，请重新拍一张", "missing": "没传上来，请去掉，再上传一次"}  # fmt: skip


@dataclass
class Kept:
    """A file that came in; after `asks` more looks the examiner is through with it."""

    content: bytes
    status: str = "ready"
    asks: int = 0


@dataclass
class Filed:
    """`cuts` connections are lost in the middle of an upload, `faults` are (status, headers) instead of an answer,
    `verdicts` say what becomes of the next files: (status, looks until then); `bucket` is where a store takes files by
    itself, which answers as those do: nothing when it took one, XML when it did not.
    """

    kept: dict[str, Kept] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    cuts: int = 0
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    verdicts: list[tuple[str, int]] = field(default_factory=list)
    bucket: str = ""

    def keep(self, content: bytes) -> str:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        self.kept[digest] = Kept(content, *(self.verdicts.pop(0) if self.verdicts else ()))
        return digest

    def take(self, fields: dict[str, list[str]], files: list[bytes]) -> dict[str, str]:
        """An upload: it must be what was announced."""
        self.sent.append(fields)
        digest = self.keep(files[0])
        assert fields["digest"] == [digest]
        return {"status": "waiting", "said": SAID["waiting"]}

    def stands(self, path: str, authorization: str | None, asked: dict[str, Any], key: str) -> dict[str, Any]:
        """The answer to how a file stands, with where to send it when it is not there."""
        self.asked.append(asked | {"path": path, "authorization": authorization})
        given = asked.get("submission_key", key)
        correcting = path.startswith("/api/applications/")
        status = self.status(asked["digest"])
        fields = {"reference": "AAAA", "code": "BBBB"} if correcting else {"submission_key": given}
        way = {"url": self.bucket or "/api/files", "fields": fields | {"digest": asked["digest"]}}
        upload = way if status == "missing" else None
        answer = {"status": status, "pages": 1, "said": SAID[status], "upload": upload}
        return answer if correcting else answer | {"submission_key": given}

    def status(self, digest: str) -> str:
        kept = self.kept.get(digest)
        if kept is None:
            return "missing"
        kept.asks -= 1
        return kept.status if kept.asks < 0 else "waiting"

    def wrong(self, post: dict[str, list[str]]) -> list[dict[str, str]]:
        """The rules of the form with files: at least one, none refused or missing, and a name."""
        errors = []
        digests = post.get("bills", [])
        if post.get("papers_how") != ["counter"]:
            bad = [digest for digest in digests if self.kept.get(digest, Kept(b"", "refused")).status == "refused"]
            if bad or not digests:
                said = f"第{digests.index(bad[0]) + 1}份没有收下，请换一份" if bad else "请拍单据"
                errors.append({"pointer": "/bills", "keyword": "required", "message": said})
        if not post.get("applicant_name", [""])[0]:
            errors.append({"pointer": "/applicant_name", "keyword": "required", "message": "填写申请人姓名"})
        return errors

    def shown(self, page: str, post: dict[str, list[str]], errors: list[dict[str, str]]) -> str:
        """The page with its attachment question and the files that were sent."""
        row = (FIXTURES / "file.html").read_text()
        rows = []
        for index, digest in enumerate(post.get("bills", [])):
            status = self.kept[digest].status if digest in self.kept else "missing"
            values = {"status": status, "digest": html.escape(digest), "n": index + 1, "index": index}
            for name, value in (values | {"said": SAID[status]}).items():
                row = row.replace(f"{{{{{name}}}}}", str(value))
            rows.append(row)
            row = (FIXTURES / "file.html").read_text()
        wrong = any(error["pointer"] == "/bills" for error in errors)
        field = (FIXTURES / "attachment.html").read_text().replace("{{files}}", "".join(rows))
        asked_if = json.dumps([{"field": "papers_how", "values": ["now"]}]) if "papers_how" in page else "[]"
        field = field.replace("{{error-class}}", " ds-field--error" if wrong else "").replace("{{asked-if}}", asked_if)
        return page.replace("{{attachment}}", field)


def problem(status: int) -> str:
    kind = "urn:doorstep:problem:broken"
    return json.dumps({"type": kind, "title": "没有收到", "status": status, "detail": "没有收到，请再传一次"})


def parts_of(kind: str, content: bytes) -> tuple[dict[str, list[str]], list[bytes]]:
    """The fields and the files of a multipart body; files that were not chosen are left out."""
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content, policy=HTTP)
    fields: dict[str, list[str]] = {}
    files = []
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        body = part.get_payload(decode=True)
        assert isinstance(body, bytes)
        if part.get_filename() is None:
            fields.setdefault(name, []).append(body.decode())
        elif body:
            files.append(body)
    return fields, files
