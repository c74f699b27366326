"""Every route of the office, asked by everybody it is not for. A new route is walked from its first day."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from doorstep.counter.sessions import IDLE, LONGEST, csrf_token
from doorstep.counter.staff import ROLES
from office.cookies import SESSION
from office.routes import ROUTES
from tests.functional.house import Answer
from tests.functional.office.people import HOST, OURS, Person, hired, house_of, kind, signed_in, stranger
from tests.functional.office_house import Office
from weblib.routes import PUBLIC, Route

GUARDED = [route for route in ROUTES if route.needs != PUBLIC]
POSTS = [route for route in ROUTES if route.method == "POST"]
GUARDED_POSTS = [route for route in GUARDED if route.method == "POST"]
REFUSALS = {"signed-out", "not-yours", "page-too-old", "from-elsewhere"}


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def path_of(route: Route) -> str:
    return re.sub("{.*?}", "x", route.path)


def ask(person: Person, route: Route) -> Answer:
    return person.submit(path_of(route)) if route.method == "POST" else person.get(path_of(route))


def is_signed_out(answer: Answer, route: Route) -> bool:
    if route.method == "POST":
        return answer.status == 401 and kind(answer) == "signed-out"
    return answer.status == 303 and answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_every_route_has_decided(route: Route) -> None:
    assert route.needs, "a route without an auth decision"
    assert route.needs == PUBLIC or route.needs <= set(ROLES)


def test_nothing_is_served_beside_the_table(office: Office) -> None:
    served = {(method, path) for path, methods in office.function.routes.items() for method in methods}
    assert served == {(r.method, r.path) for r in ROUTES} | {("HEAD", r.path) for r in ROUTES if r.method == "GET"}


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_nobody_without_a_session(office: Office, route: Route) -> None:
    person = stranger(office)
    person.cookies[SESSION] = "A" * 43  # made up
    assert is_signed_out(ask(person, route), route)
    person.cookies[SESSION] = "nonsense"
    assert is_signed_out(ask(person, route), route)
    person.cookies.clear()
    answer = person.post(path_of(route)) if route.method == "POST" else person.get(path_of(route))
    assert is_signed_out(answer, route)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_roles(office: Office, route: Route, role: str) -> None:
    answer = ask(signed_in(office, hired(office, role)), route)
    if role in route.needs:
        assert kind(answer) not in REFUSALS
        assert answer.headers.get("location") != "/sign-in" or route.path == "/sign-out"
    else:
        assert (answer.status, kind(answer)) == (403, "not-yours")


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_revoked_and_expired_sessions_open_nothing(office: Office, route: Route) -> None:
    for number, end in enumerate(("revoked", "idle", "long", "left")):
        staff = hired(office, min(route.needs), name=f"第{number}位")
        person = signed_in(office, staff)
        records = house_of(office).records
        if end == "revoked":
            records.staff.put(staff._replace(revoked_at="2026-11-22T05:04:03Z"))
        elif end == "left":
            records.sessions.drop_sessions(staff.id)
        else:
            office.time.moment += IDLE if end == "idle" else LONGEST
        assert is_signed_out(ask(person, route), route), end


def wrong_tokens(person: Person, other: Person, path: str) -> Iterator[list[tuple[str, str]]]:
    right = csrf_token(person.cookies[SESSION], path)
    yield []
    yield [("_csrf", "")]
    yield [("_csrf", right[:-1])]
    yield [("_csrf", right), ("_csrf", right)]
    yield [("_csrf", csrf_token(person.cookies[SESSION], path + "/other"))]
    yield [("_csrf", csrf_token(other.cookies[SESSION], path))]
    yield [("_csrf", "é")]


@pytest.mark.parametrize("route", GUARDED_POSTS, ids=named)
def test_no_change_without_this_sessions_token_for_this_address(office: Office, route: Route) -> None:
    person = signed_in(office, hired(office, min(route.needs)))
    other = signed_in(office, hired(office, min(route.needs), name="乙"))
    path = path_of(route)
    for pairs in wrong_tokens(person, other, path):
        answer = person.post(path, pairs)
        assert (answer.status, kind(answer)) == (403, "page-too-old"), pairs
    assert kind(ask(person, route)) not in REFUSALS


@pytest.mark.parametrize("route", POSTS, ids=named)
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": f"http://{HOST}:8000"},  # the public site beside us
        {"Origin": f"http://{HOST}.elsewhere.test"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": f"http://{HOST}"},
    ],
)
def test_no_change_from_another_sites_page(office: Office, route: Route, sent: dict[str, str]) -> None:
    person = signed_in(office, hired(office, min(route.needs & set(ROLES) or {"clerk"})))
    path = path_of(route)
    pairs = [("_csrf", csrf_token(person.cookies[SESSION], path))]
    answer = person.post(path, pairs, sent)
    assert (answer.status, kind(answer)) == (403, "from-elsewhere")
    assert kind(person.post(path, pairs, OURS)) != "from-elsewhere"


def test_a_page_says_who_one_is_and_that_one_may_not(office: Office) -> None:
    person = signed_in(office, hired(office, "auditor", name="丙"))
    page = person.get("/nothing")
    assert ("丙" in page.text, ROLES["auditor"] in page.text) == (True, True)


def test_two_cookies_of_one_name_are_none(office: Office) -> None:
    """Whoever could set a second one would otherwise choose who somebody is."""
    person = signed_in(office, hired(office))
    right = person.cookies[SESSION]
    person.cookies[SESSION] = f"{right}; {SESSION}={right}"
    assert person.get("/sign-in").status == 200  # who is in is sent on
    person.cookies[SESSION] = right
    assert person.get("/sign-in").status == 303


def test_when_sessions_cannot_be_read_nobody_gets_in_and_the_page_says_so(office: Office) -> None:
    person = signed_in(office, hired(office))
    file = office.settings.var / "office" / "office.sqlite3"
    file.rename(file.with_name("moved"))
    answer = person.submit("/sign-out")
    assert (answer.status, kind(answer)) == (503, "not-stored")
    assert person.get("/nothing").status == 404
    assert "moved or replaced" in office.log.getvalue()
    file.with_name("moved").rename(file)
    assert person.get("/sign-in").status == 303
