"""Signing in at a real OpenID provider: only who is registered here comes in, and only the browser that set out."""

from __future__ import annotations

import datetime as dt
import http.cookiejar
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from doorstep.serving.application import ServeSettings
from office.cookies import ATTEMPT, SESSION
from office.settings import Settings
from tests.functional.office.people import Person, hired, house_of, kind, signed_in, stranger
from tests.functional.office_house import Office, run_office
from tests.provider import provider

ORIGIN = "https://office.test"
SECRET = "the-secret-of-this-client:0123456789%"


@pytest.fixture(scope="module", params=["", SECRET], ids=["public", "with-secret"])
def issuer(request: pytest.FixtureRequest) -> Iterator[str]:
    with provider(ORIGIN, request.param) as running:
        yield running


@pytest.fixture
def office(settings: ServeSettings, issuer: str, request: pytest.FixtureRequest) -> Iterator[Office]:
    secret = request.node.callspec.params["issuer"]
    environment = {
        "DOORSTEP_OFFICE_ORIGIN": ORIGIN,
        "DOORSTEP_OIDC_ISSUER": issuer,
        "DOORSTEP_OIDC_CLIENT_ID": "doorstep-ES256",
    }
    if secret:
        file = settings.var / "provider-secret"
        file.write_text(secret + "\n")
        file.chmod(0o600)
        environment["DOORSTEP_OIDC_CLIENT_SECRET_FILE"] = str(file)
    running = run_office(settings, **environment)
    running.time.moment = now()
    yield running
    running.function.stop()


def now() -> dt.datetime:
    """The provider's clock is the real one."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


class Outward(urllib.request.HTTPRedirectHandler):
    """Follows the provider's redirects, and stops where it would go to the office."""

    back = ""

    def redirect_request(self, *parts: Any, **_none: Any) -> Any:
        if parts[-1].startswith(ORIGIN):
            self.back = parts[-1].removeprefix(ORIGIN)
            return None
        return super().redirect_request(*parts)


def at_provider(address: str, account: str) -> str:
    """Signs in there; gives the office's path with which the provider sends the browser back."""
    outward = Outward()
    browser = urllib.request.build_opener(outward, urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(address, timeout=10)
    with pytest.raises(urllib.error.HTTPError) as found:
        browser.open(page.url, urlencode({"account": account}).encode(), timeout=10)
    found.value.close()
    page.close()
    assert outward.back, found.value
    return outward.back


def set_out(person: Person, to: str = "") -> str:
    answer = person.get("/sign-in/oidc" + (f"?{urlencode({'to': to})}" if to else ""))
    assert answer.status == 303, answer.text
    return answer.headers["location"]


def test_who_is_registered_comes_in_and_goes_on(office: Office) -> None:
    hired(office, "decider", subject="sub-1")
    person = stranger(office)
    assert 'href="/sign-in/oidc?to=' in person.get("/sign-in?to=/queue").text
    address = set_out(person, "/queue?list=unread")
    assert "Max-Age=600" in person.set[0]
    answer = person.get(at_provider(address, "sub-1"))
    assert (answer.status, answer.headers["location"]) == (303, "/queue?list=unread")
    assert sorted(person.cookies) == [SESSION]
    assert "甲" in person.get("/nothing").text
    told = office.log.getvalue()
    assert all(secret not in told for secret in ("sub-1", person.cookies[SESSION], SECRET))


@pytest.mark.parametrize("algorithm", ["RS256", "EdDSA"])
def test_a_provider_may_sign_otherwise(office: Office, algorithm: str) -> None:
    settings = house_of(office).settings
    other = run_office(
        office.settings, **environment_of(settings) | {"DOORSTEP_OIDC_CLIENT_ID": f"doorstep-{algorithm}"}
    )
    other.time.moment = now()
    hired(other, subject="sub-1")
    person = stranger(other)
    assert person.get(at_provider(set_out(person), "sub-1")).status == 303
    other.function.stop()


def environment_of(settings: Settings) -> dict[str, str]:
    return {
        "DOORSTEP_OFFICE_ORIGIN": settings.origin,
        "DOORSTEP_OIDC_ISSUER": settings.issuer,
        "DOORSTEP_OIDC_CLIENT_SECRET_FILE": settings.secret_file,
    }


@pytest.mark.parametrize("state", ["unknown", "revoked"])
def test_who_is_not_registered_is_told_so(office: Office, state: str) -> None:
    if state == "revoked":
        staff = hired(office, subject="sub-2")
        house_of(office).records.staff.put(staff._replace(revoked_at="2026-11-22T05:04:03Z"))
    person = stranger(office)
    answer = person.get(at_provider(set_out(person), "sub-2"))
    assert (answer.status, kind(answer)) == (403, "not-registered")
    assert "sub-2" in answer.text  # for the administrator, who registers it
    assert person.cookies == {}


def test_nobody_is_brought_in_as_somebody_else(office: Office) -> None:
    """Login CSRF: an attacker's own answer from the provider, opened in a colleague's browser."""
    hired(office, subject="sub-1")
    attacker, victim = stranger(office), stranger(office)
    back = at_provider(set_out(attacker), "sub-1")
    assert kind(victim.get(back)) == "attempt-refused"
    set_out(victim)
    assert kind(victim.get(back)) == "attempt-refused"
    assert SESSION not in victim.cookies


def test_a_code_works_once_and_an_attempt_for_ten_minutes(office: Office) -> None:
    hired(office, subject="sub-1")
    person = stranger(office)
    back = at_provider(set_out(person), "sub-1")
    kept = dict(person.cookies)
    assert person.get(back).status == 303
    person.cookies = dict(kept)
    assert kind(person.get(back)) == "provider-failed"
    assert "refused (token, status 400)" in office.log.getvalue()
    person.cookies = kept
    office.time.pass_(minutes=10)
    assert kind(person.get(back)) == "attempt-refused"


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=x", "?error=access_denied&state=x"])
def test_half_an_answer_is_none(office: Office, query: str) -> None:
    person = stranger(office)
    assert kind(person.get("/sign-in/callback" + query)) == "attempt-refused"
    set_out(person)
    assert kind(person.get("/sign-in/callback" + query)) == "attempt-refused"


def test_given_up_at_the_provider(office: Office) -> None:
    person = stranger(office)
    state = dict(parse_qsl(urlsplit(set_out(person)).query))["state"]
    answer = person.get(f"/sign-in/callback?error=access_denied&state={state}")
    assert kind(answer) == "attempt-refused"
    assert ATTEMPT not in person.cookies


def test_another_issuers_answer_is_refused(office: Office) -> None:
    hired(office, subject="sub-1")
    person = stranger(office)
    back = at_provider(set_out(person), "sub-1")
    mixed = back.replace(back.partition("iss=")[2].partition("&")[0], "https%3A%2F%2Felsewhere.test")
    assert kind(person.get(mixed)) == "provider-failed"
    assert SESSION not in person.cookies


def test_a_provider_that_is_down_is_said_and_links_still_work(settings: ServeSettings) -> None:
    office = run_office(
        settings,
        DOORSTEP_OFFICE_ORIGIN=ORIGIN,
        DOORSTEP_OIDC_ISSUER="http://127.0.0.1:9",
        DOORSTEP_OIDC_CLIENT_ID="doorstep",
    )
    answer = stranger(office).get("/sign-in/oidc")
    assert (answer.status, kind(answer)) == (503, "provider-failed")
    assert "does not answer (openid-configuration, ConnectionRefusedError)" in office.log.getvalue()
    assert signed_in(office, hired(office)).get("/sign-in").status == 303
    office.function.stop()
