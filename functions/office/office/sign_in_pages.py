"""Signing in and out: by an administrator's one-time link, or at the provider."""

from __future__ import annotations

from chalice.app import Request, Response

from doorstep.counter.oidc_login import ATTEMPT_LIFETIME, begin_attempt, read_attempt
from doorstep.counter.oidc_provider import OidcProblem, Provider
from doorstep.counter.sessions import end_session, start_session
from doorstep.counter.sign_in import SignInRefused, could_be_token, use_link
from doorstep.counter.staff import Staff
from office.cookies import ATTEMPT, SESSION, clearing, cookie, setting
from office.pages import page, render
from office.paths import own_path, parameter
from office.visitor import Visit
from weblib.answers import see_other
from weblib.problems import ProblemError

CALLBACK = "/sign-in/callback"


def sign_in(visit: Visit, request: Request) -> Response:
    """How to get in. Who is in already goes on."""
    going = own_path(parameter(request, "to"))
    if visit.who is not None:
        return see_other(going)
    return page(
        visit, title="登录", main=render("sign_in.html", going=going, provider=visit.house.provider is not None)
    )


def show_link(visit: Visit, request: Request) -> Response:
    """A button only: whatever looks at a link before its reader does (a messenger, a mail scanner) uses nothing up."""
    token = parameter(request, "token") or ""
    if not could_be_token(token):
        raise ProblemError("link-refused")
    going = own_path(parameter(request, "to"))
    return page(visit, title="登录", main=render("sign_in_link.html", token=token, going=going))


def use(visit: Visit, _request: Request) -> Response:
    """The button was pressed: the link is used up, the session begins."""
    records, now = visit.house.records, visit.house.clock()
    try:
        staff = use_link(records.links, records.staff, visit.form.get("token"), now=now)
    except SignInRefused as refused:
        raise ProblemError("link-refused") from refused
    return _welcome(visit, staff, own_path(visit.form.get("to")))


def to_provider(visit: Visit, request: Request) -> Response:
    """Off to the provider, with a cookie that the answer must fit."""
    provider, house = _provider(visit), visit.house
    attempt = begin_attempt(own_path(parameter(request, "to")), now=house.clock(), random=house.random)
    try:
        address = provider.address(attempt, _callback(visit))
    except OidcProblem as problem:
        raise ProblemError("provider-failed") from problem
    seconds = int(ATTEMPT_LIFETIME.total_seconds())
    return see_other(address, setting(ATTEMPT, attempt.cookie(), seconds=seconds))


def from_provider(visit: Visit, request: Request) -> Response:
    """Back from the provider: whoever it names comes in if they are registered here."""
    provider, house = _provider(visit), visit.house
    attempt = read_attempt(cookie(request, ATTEMPT), parameter(request, "state") or "", now=house.clock())
    if attempt is None:
        raise ProblemError("attempt-refused")
    code = parameter(request, "code")
    if not code:  # given up at the provider, or refused there
        raise ProblemError("attempt-refused", headers={"Set-Cookie": clearing(ATTEMPT)})
    try:
        subject = provider.subject(code, parameter(request, "iss"), attempt, _callback(visit), house.clock())
    except OidcProblem as problem:
        raise ProblemError("provider-failed", headers={"Set-Cookie": clearing(ATTEMPT)}) from problem
    staff = house.records.staff.by_subject(subject)
    if staff is None or not staff.active:
        main = render("not_registered.html", subject=subject)
        return page(visit, title="您还没有登记", main=main, status=403, headers={"Set-Cookie": clearing(ATTEMPT)})
    return _welcome(visit, staff, attempt.going, clearing(ATTEMPT))


def sign_out(visit: Visit, _request: Request) -> Response:
    """The session is over, here and on every machine that copied its cookie."""
    assert visit.who is not None
    end_session(visit.house.records.sessions, visit.who.token)
    return see_other("/sign-in", clearing(SESSION))


def _welcome(visit: Visit, staff: Staff, going: str, *cookies: str) -> Response:
    records = visit.house.records
    if visit.who is not None:  # who takes over a colleague's browser ends the colleague's session
        end_session(records.sessions, visit.who.token)
    token = start_session(records.sessions, staff, now=visit.house.clock(), random=visit.house.random)
    return see_other(going, setting(SESSION, token), *cookies)


def _provider(visit: Visit) -> Provider:
    if visit.house.provider is None:
        raise ProblemError("unknown-page")
    return visit.house.provider


def _callback(visit: Visit) -> str:
    return visit.house.settings.origin + CALLBACK
