"""What a device calls a file, what is in it, and the digest that names it stand in no log and nowhere in the store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from chalicelib.files import digest_of
from doorstep.applications import encoding
from doorstep.serving.application import ServeSettings
from tests.functional.house import CANARY_OF_NAMES, FORM, ROOT, part
from tests.functional.papers import answers, examine_all, with_papers
from tests.functional.running import Server, running

CONTENT = b"\xff\xd8\xff\xe0 canarycontent-blood-test"
FIELD = "canaryfield"
KIND = {"Content-Type": "multipart/form-data; boundary=BOUNDARY", "Accept": "text/html"}


def test_no_canary_of_a_file_in_logs_or_stores(settings: ServeSettings, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "functions").symlink_to(ROOT / "functions")
    (root / "schemas").symlink_to(with_papers(settings))
    with running(replace(settings, root=root)) as server:
        key = _send_everything(server)
        _break_everything(server)
        examine_all(settings)
        _look(server, key)
    digest = digest_of(CONTENT)
    spelled = [digest, quote(digest), encoding.decode(digest).hex(), CANARY_OF_NAMES, "canarycontent", FIELD, key]
    log = server.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert len([line for line in lines if line["event"] == "answered"]) > 12
    assert {line["route"] for line in lines if line["event"] == "answered"} >= {"/api/files", "/apply/{form}", "/track"}
    stored = [path for path in settings.var.rglob("*") if path.is_file() and "intake" not in path.parts]
    assert any("files" in path.parts for path in stored)
    everything = b"".join(path.read_bytes() for path in stored)
    names = "\n".join(str(path.relative_to(settings.var)) for path in stored)
    for canary in spelled:
        assert canary not in log, canary
        assert canary not in names, canary
        assert canary.encode() not in everything, canary
    assert encoding.decode(digest) not in everything


def _send_everything(server: Server) -> str:
    """By program and by page, taken and refused; gives the draft's key."""
    asked = {"digest": digest_of(CONTENT), "size": len(CONTENT)}
    status, answer = server.post(f"/api/forms/{FORM}/files", asked)
    assert status == 200, answer
    key: str = answer["submission_key"]
    assert _post(server, "/api/files", answer["upload"]["fields"], "file", CONTENT)[0] == 200
    assert _post(server, "/api/files", answer["upload"]["fields"], "file", b"other " + CONTENT)[0] == 200
    for verb in ("upload:bills", "check", "drop:bills:0"):
        fields = {"_key": key, "papers_how": "photo", "_do": verb}
        assert _post(server, f"/apply/{FORM}/", fields, "_file-bills", CONTENT)[0] in (200, 422)
        assert _post(server, f"/apply/{FORM}/", fields, "_file-bills", b"GIF " + CONTENT)[0] == 422
    return key


def _break_everything(server: Server) -> None:
    fields = {"submission_key": FIELD, "digest": FIELD, FIELD: FIELD}
    assert _post(server, "/api/files", fields, FIELD, CONTENT)[0] == 400
    assert _post(server, f"/apply/{FORM}/", {"_do": FIELD, "_key": FIELD}, FIELD, CONTENT)[0] == 400
    assert _post(server, "/track/", {"_reference": FIELD, "_code": FIELD}, "_file-bills", CONTENT)[0] == 404
    whole = part(f'name="{FIELD}"; filename="{CANARY_OF_NAMES}.jpg"', CONTENT)
    for broken in (whole, whole + b"--BOUNDARY--" + FIELD.encode(), b"--BOUNDARY\r\n" + FIELD.encode(), whole[:40]):
        assert server.request("POST", f"/apply/{FORM}/", broken, **KIND)[0] == 400
        assert server.request("POST", "/track/", broken, **KIND)[0] == 400
    large = part(f'name="{FIELD}"; filename="{CANARY_OF_NAMES}"', CONTENT * 150_000) + b"--BOUNDARY--\r\n"
    assert server.request("POST", f"/apply/{FORM}/", large, **KIND)[0] == 422


def _look(server: Server, key: str) -> None:
    """Submitted, shown again, and each page looked at."""
    status, done = server.submit(answers(bills=[digest_of(CONTENT)]), key)
    assert status == 201, done
    held = {"reference": done["reference"], "code": done["access_code"]}
    for verb in ("answers", "look:bills:0:0", f"look:{FIELD}:0:0"):
        assert _post(server, "/track/", held | {"_do": verb}, "_file-bills", CONTENT)[0] == 200


def _post(server: Server, path: str, fields: dict[str, str], control: str, content: bytes) -> tuple[int, bytes]:
    parts = [part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    called = f'name="{control}"; filename="{CANARY_OF_NAMES}.jpg"'
    body = b"".join([*parts, part(called, content, "Content-Type: image/jpeg"), b"--BOUNDARY--\r\n"])
    status, _, answer = server.request("POST", path, body, **KIND)
    assert CANARY_OF_NAMES.encode() not in answer
    return status, answer
