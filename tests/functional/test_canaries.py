"""What people type, and what opens their applications, stands in no log and nowhere in the database."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urlencode

from doorstep.serving.application import ServeSettings
from tests.functional.house import FORM, example
from tests.functional.html_pages import PageReader
from tests.functional.running import Server, running

NAME, HOME, WORDS, PATH, QUERY, HEADER = (
    f"canary{word}" for word in ("name", "home", "words", "path", "query", "header")
)
MONEY, PHONE, ID = "7654321", "13987654321", "650203198001010014"


def answers() -> dict[str, object]:
    typed = {"applicant_name": "金丝雀人", "home_address": HOME, "income_work": MONEY, "phone": PHONE}
    return example() | typed | {"household_members": [{"name": "金丝雀甲", "relation": "spouse", "resident_id": ID}]}


def test_no_canary_in_logs_or_database(settings: ServeSettings) -> None:
    with running(settings) as server:
        secrets = _visit_everything(server)
        _break_everything(server)
    log = server.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert len([line for line in lines if line["event"] == "answered"]) > 15
    assert all(set(line) <= {"time", "event", "method", "route", "status", "ms", "request", "errors"} for line in lines)
    typed = [NAME, "金丝雀", HOME, WORDS, PATH, QUERY, HEADER, MONEY, PHONE, ID, example()["applicant_id"]]
    stored = b"".join(path.read_bytes() for path in sorted(settings.var.glob("applications.sqlite3*")))
    assert len(stored) > 4096
    for canary in typed:
        for spelled in (canary, quote(canary), json.dumps(canary).strip('"')):
            assert spelled not in log, spelled
            assert spelled.encode() not in stored, spelled
    for secret in secrets["open"]:
        assert secret not in log
        assert secret.encode() not in stored
    for known in secrets["known"]:
        assert known not in log


def _visit_everything(server: Server) -> dict[str, list[str]]:
    """The whole way, by programs and by pages; gives what opens applications, and what names them."""
    status, checked = server.post(f"/api/forms/{FORM}/check?{QUERY}={QUERY}", {"answers": answers()})
    assert status == 200, checked
    key = checked["submission_key"]
    status, receipt = server.submit(checked["answers"], key)
    assert status == 201
    reference, code = receipt["reference"], receipt["access_code"]
    bearer = {"Authorization": f"Bearer {code}", "X-Canary": HEADER, "User-Agent": HEADER, "Referer": HEADER}
    json_type = {"Content-Type": "application/json"}
    assert server.request("GET", f"/api/applications/{reference}", **bearer)[0] == 200
    assert server.request("GET", f"/verify/?receipt={receipt['receipt']}&{QUERY}=1")[0] == 200
    assert server.request("GET", f"/api/search?q={QUERY}{quote('金丝雀')}", **bearer)[0] == 200
    assert server.request("GET", f"/api/search?q={QUERY}&limit={QUERY}", **bearer)[0] == 422
    server.request("POST", f"/api/search/unfound?{QUERY}", json.dumps({"words": NAME}), **json_type, **bearer)
    server.request("POST", "/api/search/unfound", json.dumps({"words": f"{NAME}{PHONE}"}), **json_type, **bearer)
    page = PageReader(post_form(server, "/track/", reference=reference, code=code, _do="withdraw"))
    event = dict(page.forms[0].fields)["_event"]
    said = {"_event": event, "reason": "other", "words": WORDS}
    post_form(server, "/track/", reference=reference, code=code, _do="withdraw-confirm", **said)
    kept = {"_answers": json.dumps(checked["answers"]), "_key": key}
    post_form(server, f"/apply/{FORM}/", **kept, _do="confirm")
    post_form(server, f"/apply/{FORM}/", **kept, _do="change:applicant")
    return {
        "open": [key, code, code.replace("-", "")],
        "known": [reference, reference.replace("-", ""), receipt["receipt"], event],
    }


def _break_everything(server: Server) -> None:
    """Every way to be refused, with canaries in it."""
    server.post(f"/api/forms/{FORM}/check", {"answers": {"applicant_name": NAME * 40, "filing_for": NAME}})
    server.post(f"/api/forms/{FORM}/check", {"answers": {NAME: NAME}, NAME: NAME})
    server.post(f"/api/forms/{PATH}/check", {"answers": answers()})
    server.submit(answers(), NAME)
    post_form(server, f"/apply/{FORM}/", applicant_name=NAME, applicant_id=ID, income_work=NAME, _do=NAME)
    post_form(server, f"/apply/{FORM}/", applicant_name=NAME, applicant_id=ID, income_work=NAME, _do="check")
    post_form(server, "/track/", reference=NAME, code=NAME, _do="follow")
    post_form(server, "/verify/", receipt=NAME)
    json_type = {"Content-Type": "application/json", "X-Canary": HEADER}
    for path, body in ((f"/api/forms/{FORM}/check", f'{{"{NAME}'), (f"/{PATH}/", "{}"), (f"/api/{PATH}", "{}")):
        server.request("POST", path, body, **json_type)
        server.request("GET", f"{path}?{QUERY}={QUERY}", **json_type)
        server.request("CANARYNAME", path)


def post_form(server: Server, path: str, **fields: str) -> str:
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    return server.request("POST", path, urlencode(fields), **kind)[2].decode()


def test_what_intake_retains_opens_no_application(settings: ServeSettings, tmp_path: Path) -> None:
    """Its secrets, its reads, the whole database: without a code or the office's key nothing opens."""
    from app import create_app
    from doorstep.applications.follow import follow
    from tests.functional.house import run_intake

    running_intake = run_intake(settings)
    stored = running_intake.submitted(answers())
    held = create_app(settings.environment()).start()
    head = held.desk.store.head(stored["reference"])
    assert head is not None
    assert not (settings.var / "intake/private.pem").exists()
    everything = head.to_bytes() + b"".join(
        held.desk.store.item(head.reference, digest) or b"" for digest in head.sealed.values()
    )
    for canary in (HOME, MONEY, PHONE, ID, "金丝雀", stored["access_code"]):
        assert canary.encode() not in everything
    assert follow(held.desk, stored["reference"], stored["access_code"]).head == head
    running_intake.function.stop()
    held.close()
