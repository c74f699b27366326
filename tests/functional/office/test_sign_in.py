"""A link signs one person in once; sessions end; nothing of it reaches a log."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from doorstep.security_headers import SCRIPTLESS_HEADERS
from doorstep.serving.application import ServeSettings
from doorstep.startup import ServeError, keeps_cookies
from office.composition import compose
from office.cookies import SESSION
from office.settings import read_settings
from tests.functional.html_pages import PageReader
from tests.functional.office.people import hired, house_of, kind, link, signed_in, stranger
from tests.functional.office_house import Office
from weblib.limiter import BURST


def test_a_link_shows_a_button_and_the_button_signs_in_once(office: Office) -> None:
    token = link(office, hired(office))
    person = stranger(office)
    for _ in range(3):  # a messenger's preview, a mail scanner, the person
        page = person.get(f"/sign-in/link?token={token}")
        assert (page.status, person.set) == (200, [])
    (form,) = PageReader(page.text).forms
    answer = person.post(form.action, form.fields)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert re.fullmatch(rf"{SESSION}=[\w-]{{43}}; Path=/; Secure; HttpOnly; SameSite=Lax", person.set[0])
    assert "甲" in person.get("/nothing").text
    again = stranger(office).post(form.action, form.fields)
    assert (again.status, kind(again)) == (403, "link-refused")
    assert "set-cookie" not in again.headers
    assert token not in office.log.getvalue()
    assert person.cookies[SESSION] not in office.log.getvalue()


def test_a_link_ends_after_a_day_and_when_a_new_one_is_made(office: Office) -> None:
    staff = hired(office)
    old, new = link(office, staff), link(office, staff)
    assert kind(stranger(office).post("/sign-in/link", [("token", old)])) == "link-refused"
    office.time.pass_(hours=24)
    assert kind(stranger(office).post("/sign-in/link", [("token", new)])) == "link-refused"


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "<script>", "A" * 5000])
def test_other_texts_are_no_link(office: Office, token: str) -> None:
    assert kind(stranger(office).post("/sign-in/link", [("token", token)])) == "link-refused"
    page = stranger(office).get(f"/sign-in/link?token={token}")
    assert page.status == (200 if token == "A" * 43 else 403)
    assert "<script" not in page.text


@pytest.mark.parametrize(
    ("to", "going"),
    [
        ("/applications/x?page=2", "/applications/x?page=2"),
        ("/queue/", "/queue/"),
        ("//elsewhere.test", "/"),
        ("/\\elsewhere.test", "/"),
        ("https://elsewhere.test/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a//elsewhere.test", "/"),
        ("/%2F/elsewhere.test", "/"),
        ("/\r\nSet-Cookie: x=y", "/"),
        ("/\t/elsewhere.test", "/"),
        ("/sign-in", "/"),
        ("/sign-out", "/"),
        ("/" + "x" * 600, "/"),
        ("", "/"),
        ("/" + "a" * 500 + "!", "/"),  # takes no time either
    ],
)
def test_one_goes_where_one_was_going_and_to_no_other_site(office: Office, to: str, going: str) -> None:
    token = link(office, hired(office))
    answer = stranger(office).post("/sign-in/link", [("token", token), ("to", to)])
    assert (answer.status, answer.headers["location"]) == (303, going)


def test_who_is_signed_out_comes_back_to_the_page(office: Office) -> None:
    from office.paths import own_path, sign_in_path

    for going in ("/applications/x?page=2", "/queue?list=unread&after=2026-11-22T05:04:03Z", "/"):
        address = sign_in_path(going)
        person = signed_in(office, hired(office, name=going))
        assert person.get(address).headers["location"] == own_path(going)


def test_two_ways_to_go_are_none(office: Office) -> None:
    assert signed_in(office, hired(office)).get("/sign-in?to=/a&to=/b").headers["location"] == "/"


def test_leaving_ends_the_session_on_every_copy(office: Office) -> None:
    person = signed_in(office, hired(office))
    copy = stranger(office)
    copy.cookies = dict(person.cookies)
    answer = person.submit("/sign-out")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in")
    assert person.cookies == {}
    assert copy.get("/sign-in").status == 200


def test_who_signs_in_in_a_colleagues_browser_ends_the_colleagues_session(office: Office) -> None:
    first, second = hired(office), hired(office, name="乙")
    person = signed_in(office, first)
    before = dict(person.cookies)
    person.post("/sign-in/link", [("token", link(office, second))])
    assert "乙" in person.get("/nothing").text
    person.cookies = before
    assert "甲" not in person.get("/nothing").text


def test_a_busy_session_ends_after_ten_hours_and_an_idle_one_after_one(office: Office) -> None:
    person = signed_in(office, hired(office))
    for _ in range(19):
        office.time.pass_(minutes=30)
        assert person.get("/sign-in").status == 303
    office.time.pass_(minutes=30)
    assert person.get("/sign-in").status == 200
    person = signed_in(office, hired(office, name="乙"))
    office.time.pass_(minutes=60)
    assert person.get("/sign-in").status == 200


def test_guessing_is_limited_by_network_and_the_right_link_still_opens(office: Office) -> None:
    person = stranger(office)
    statuses = [person.post("/sign-in/link", [("token", "A" * 43)]).status for _ in range(BURST + 1)]
    assert statuses == [403] * BURST + [429]
    assert person.post("/sign-in/link", [("token", link(office, hired(office)))]).status == 303


def test_without_a_provider_its_addresses_are_not_there(office: Office) -> None:
    for path in ("/sign-in/oidc", "/sign-in/callback?code=x&state=y"):
        assert stranger(office).get(path).status == 404
    assert "单位账号" not in stranger(office).get("/sign-in").text


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/link", "/sign-in/link?token=" + "A" * 43])
def test_sign_in_pages_are_kept_by_nobody_and_run_nothing(office: Office, path: str) -> None:
    answer = stranger(office).get(path)
    assert answer.headers["cache-control"] == "no-store"
    for name, value in SCRIPTLESS_HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"DOORSTEP_OFFICE_ORIGIN": "http://office.example.org"}, "browsers keep no session"),
        ({"DOORSTEP_OIDC_CLIENT_ID": "doorstep"}, "DOORSTEP_OIDC_ISSUER is missing"),
        ({"DOORSTEP_OIDC_ISSUER": "http://provider.example.org", "DOORSTEP_OIDC_CLIENT_ID": "doorstep"}, "https"),
        ({"DOORSTEP_OIDC_ISSUER": "https://provider.example.org"}, "DOORSTEP_OIDC_CLIENT_ID is missing"),
        (
            {"DOORSTEP_OIDC_ISSUER": "https://provider.example.org", "DOORSTEP_OIDC_CLIENT_ID": "doorstep"},
            "DOORSTEP_OFFICE_ORIGIN is missing",
        ),
    ],
)
def test_what_would_let_nobody_in_is_said_at_the_start(
    settings: ServeSettings, changes: dict[str, str], told: str
) -> None:
    with pytest.raises(ServeError, match=told):
        compose(read_settings(settings.environment() | changes))


@pytest.mark.parametrize(
    ("content", "mode", "told"), [("s", 0o644, "others may read"), ("\n", 0o600, "is empty"), ("", 0, "cannot be read")]
)
def test_the_providers_secret_is_a_file_of_ours(settings: ServeSettings, content: str, mode: int, told: str) -> None:
    file = settings.var / "secret"
    if mode:
        file.write_text(content)
        file.chmod(mode)
    changes = {
        "DOORSTEP_OIDC_ISSUER": "https://provider.example.org",
        "DOORSTEP_OIDC_CLIENT_ID": "doorstep",
        "DOORSTEP_OIDC_CLIENT_SECRET_FILE": str(file),
        "DOORSTEP_OFFICE_ORIGIN": "https://office.example.org",
    }
    with pytest.raises(ServeError, match=told):
        compose(read_settings(settings.environment() | changes))


def test_where_browsers_keep_the_cookie() -> None:
    for origin, kept in (
        ("https://office.example.org", True), ("http://127.0.0.1:8001", True), ("http://localhost:8001", True),
        ("http://[::1]:8001", True), ("http://office.example.org", False), ("http://192.0.2.7:8001", False),
        ("http://localhost.example.org", False), ("", False),
    ):  # fmt: skip
        assert keeps_cookies(origin) == kept


def test_a_revoked_staff_members_open_page_opens_nothing_more(office: Office) -> None:
    staff = hired(office)
    person = signed_in(office, staff)
    house_of(office).records.staff.put(staff._replace(revoked_at="2026-11-22T05:04:03Z"))
    office.time.moment += dt.timedelta(seconds=1)
    assert kind(person.submit("/sign-out")) == "signed-out"
