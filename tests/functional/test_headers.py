"""Every answer of every route carries the security headers; what is personal is kept by nobody."""

from __future__ import annotations

import shutil
from urllib.parse import urlencode

import pytest

from chalicelib.operations import DESCRIBED
from chalicelib.routes import CODE, ROUTES
from doorstep.security_headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from doorstep.serving.compress import compress_tree
from tests.functional.house import FORM, Intake, run_intake

PATHS = [(route.method, route.path.replace("{form}", FORM).replace("{reference}", "x")) for route in ROUTES]


@pytest.mark.parametrize(
    ("method", "path"), [*PATHS, ("GET", "/"), ("GET", "/nothing"), ("GET", "/api/x"), ("PUT", "/")]
)
def test_headers_on_every_answer(intake: Intake, method: str, path: str) -> None:
    answer = intake.client.request(method, path)
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name.lower()] == value
    pages = {("GET", "/"), ("GET", "/verify"), ("GET", f"/apply/{FORM}"), ("GET", "/api/keys")}
    public = (method, path) in pages  # no one's data
    assert answer.headers["cache-control"] == "no-store" or public
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_the_policy_allows_nothing_inline_and_no_third_party() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY


def test_every_route_decides_who_may_call_it() -> None:
    """Routes that open an application ask for the code; a new route must be put on one side."""
    secret = {(route.method, route.path) for route in ROUTES if route.needs == CODE}
    assert secret == {
        ("GET", "/api/applications/{reference}"),
        ("POST", "/api/applications/{reference}/correction"),
        ("POST", "/api/applications/{reference}/files"),
        ("POST", "/api/applications/{reference}/supplied"),
        ("POST", "/api/applications/{reference}/withdrawal"),
        ("POST", "/track"),
    }
    assert {(r.method, r.path) for r in ROUTES if r.path.startswith("/api/")} == set(DESCRIBED)


def test_a_table_is_called_one(intake: Intake) -> None:
    table = intake.settings.build / "site" / "table.csv"
    table.write_text("\ufeff事项\r\n低保\r\n", encoding="utf-8")
    answer = run_intake(intake.settings).client.get("/table.csv")
    table.unlink()
    assert answer.headers["content-type"] == 'text/csv; charset="utf-8"'


def test_open_data_may_be_read_by_other_sites_pages_and_nothing_else_may(intake: Intake) -> None:
    folder = intake.settings.build / "site" / "open-data"
    (folder / "hsds").mkdir(parents=True)
    names = ("services.csv", "services.json", "hsds/services.json", "index.html")
    for name in names:
        (folder / name).write_text("[]" * 200, encoding="utf-8")
    client, elsewhere = run_intake(intake.settings).client, {"Origin": "https://elsewhere.example"}
    for method, name in [(method, name) for method in ("GET", "HEAD") for name in names[:3]]:
        answer = client.request(method, f"/open-data/{name}", headers=elsewhere)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
    again = client.get("/open-data/services.csv", If_None_Match=client.get("/open-data/services.csv").headers["etag"])
    assert (again.status, again.headers["access-control-allow-origin"]) == (304, "*")
    closed = [("GET", "/open-data/"), ("GET", "/open-data/no.csv"), ("POST", "/open-data/services.csv"),
              ("GET", "/open-data/../"), ("GET", "/track/"), ("GET", "/api/search?q=%E4%BD%8E%E4%BF%9D")]  # fmt: skip
    for method, path in closed:
        answer = client.request(method, path, headers=elsewhere)
        assert "access-control-allow-origin" not in answer.headers, path
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    shutil.rmtree(folder)


def test_static_files_are_compressed_tagged_and_cached(intake: Intake) -> None:
    site = intake.settings.build / "site"
    assert compress_tree(site) == 2
    running = run_intake(intake.settings)
    script = "/assets/scripts.0123abcd/main.js"
    brotli = running.client.get(script, Accept_Encoding="gzip, br")
    assert (brotli.headers["content-encoding"], brotli.headers["vary"]) == ("br", "Accept-Encoding")
    assert running.client.get(script, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
    plain = running.client.get(script)
    assert "content-encoding" not in plain.headers
    assert len(plain.content) > len(brotli.content)
    assert "immutable" in plain.headers["cache-control"]
    assert running.client.get("/track/").headers["cache-control"] == "max-age=60, public"
    again = running.client.get(script, If_None_Match=plain.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert running.client.get("/track").status == 302
    running.function.stop()


def test_the_verify_page_is_a_file_until_it_has_a_receipt(intake: Intake) -> None:
    assert "static verify" in intake.client.get("/verify/").text
    for added in ("from=singlemessage&isappinstalled=0", "receipts=x", ""):  # what messengers add accuses nobody
        assert "static verify" in intake.client.get(f"/verify/?{added}").text
    for path in (
        "/verify/?receipt=x",
        "/verify?receipt=x",
        "/verify/?from=singlemessage&receipt=x",
        "/verify/?receipt",
    ):
        assert "没验成" in intake.client.get(path).text


def test_two_receipts_are_none(intake: Intake) -> None:
    receipt = intake.submitted()["receipt"]
    for pairs, status in (([receipt], 200), ([receipt, receipt], 422), (["x", receipt], 422), ([receipt, "x"], 422)):
        sent = [("receipt", value) for value in pairs]
        assert intake.client.get(f"/verify/?{urlencode(sent)}").status == status
        assert intake.client.post_form("/verify/", sent).status == status


def test_posts_to_a_static_page_say_what_is_allowed(intake: Intake) -> None:
    assert intake.client.post_form("/", []).status in (404, 405)
