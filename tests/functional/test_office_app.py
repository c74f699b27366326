"""The office's frame: its headers, shell, styles, and that every route says who may go there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from chalice.app import Request, Response

from doorstep.counter.staff import ROLES
from doorstep.security_headers import SCRIPTLESS_HEADERS
from doorstep.serving.application import ServeSettings
from doorstep.serving.gateway import Gateway
from doorstep.startup import ServeError
from office.admission import authorise
from office.again import trouble_words
from office.composition import House, compose
from office.problems import FAILING, KINDS
from office.routes import ROUTES
from office.settings import read_settings
from office.visitor import Visit
from tests.functional.house import ROOT, Client
from tests.functional.office_house import Office, run_office
from weblib.dispatch import App
from weblib.problems import ProblemError
from weblib.routes import PUBLIC, Route

READS_NOTHING = """
import sys
from pathlib import Path
from doorstep.serving.application import ServeSettings, load_function
from doorstep.serving.gateway import Gateway
from tests.functional.house import ROOT, Client

folder = Path(sys.argv[1])
office = load_function("office", ServeSettings(root=ROOT, var=folder / "var", build=folder / "build", demo=True))
client = Client(Gateway(office, office.routes))
loaded, opened = set(sys.modules), []
sys.addaudithook(lambda event, given: event == "open" and opened.append(str(given[0])))
for path in ("/", "/nothing", "/health", "/assets/x"):
    client.get(path)
client.post_form("/", [("x", "y")])
ends = (".html", ".py", ".pyc", ".css", ".svg")
print(sorted(set(sys.modules) - loaded), [name for name in opened if name.endswith(ends)])
"""
CLERKS = frozenset(("clerk",))


@pytest.fixture
def office(settings: ServeSettings) -> Iterator[Office]:
    running = run_office(settings)
    yield running
    running.function.stop()


PATHS = sorted({re.sub("{.*?}", "x", route.path) for route in ROUTES} | {"/nothing", "/api/x"})


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE"])
def test_headers_on_every_answer(office: Office, method: str, path: str) -> None:
    answer = office.client.request(method, path)
    for name, value in SCRIPTLESS_HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert answer.headers["cache-control"] == "no-store"
    assert "script" not in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_says_who_may_go_there(route: Route) -> None:
    assert route.needs == PUBLIC or (route.needs and route.needs <= set(ROLES))
    assert route.method in ("GET", "POST")
    assert not route.path.startswith("/api/"), "the guard against other sites' pages does not stand before /api/"


def test_what_is_open_to_all_is_little() -> None:
    """Whoever opens a route to everybody says so here as well."""
    assert {(route.method, route.path) for route in ROUTES if route.needs == PUBLIC} == {
        ("GET", "/health"), ("GET", "/assets/{name}"),
        ("GET", "/sign-in"), ("GET", "/sign-in/link"), ("POST", "/sign-in/link"), ("GET", "/sign-in/oidc"),
        ("GET", "/sign-in/callback"),
    }  # fmt: skip


class Page(HTMLParser):
    """What a test looks at: tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_shell(office: Office) -> None:
    answer = office.client.get("/sign-in")
    page = Page(answer.text)
    assert answer.status == 200
    assert page.every("html") == [{"lang": "zh-CN"}]
    assert page.every("a")[0] == {"class": "of-skip", "href": "#main"}
    assert [main["id"] for main in page.every("main")] == ["main"]
    assert "<title>登录 – 家门口 · 办事窗口</title>" in answer.text
    assert "演示站" in answer.text
    assert not page.every("script")
    assert not page.every("form"), "nobody is signed in, so there is nothing to sign out of"


def test_only_the_demonstration_has_its_strip(settings: ServeSettings) -> None:
    published = run_office(settings, DOORSTEP_DEMO="0", DOORSTEP_OFFICE_ORIGIN="https://office.example.org")
    assert "演示" not in published.client.get("/sign-in").text
    published.function.stop()


def test_styles_come_from_the_offices_own_origin_and_never_change(office: Office) -> None:
    links = [link["href"] or "" for link in Page(office.client.get("/sign-in").text).every("link")]
    assert len(links) == 2
    for address in links:
        assert re.fullmatch(r"/assets/\w+\.[0-9a-f]{12}\.(css|svg)", address)
        answer = office.client.get(address)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith(("text/css", "image/svg+xml"))
    assert office.client.get("/assets/office.0123456789ab.css").status == 404
    assert office.client.get("/assets/office.css").status == 404


def test_a_page_that_is_not_there(office: Office) -> None:
    answer = office.client.get("/nothing")
    assert answer.status == 404
    assert "<h1>没有这个页面</h1>" in answer.text
    told = office.client.get("/nothing", Accept="application/json")
    assert told.json["type"] == "urn:doorstep:problem:unknown-page"


def test_health(office: Office) -> None:
    assert office.client.get("/health").json == {"status": "ok"}


@pytest.mark.parametrize("origin", ["", "office.example.org", "https://office.example.org/desk"])
def test_a_published_office_needs_its_origin(settings: ServeSettings, origin: str) -> None:
    environment = settings.environment() | {"DOORSTEP_DEMO": "0", "DOORSTEP_OFFICE_ORIGIN": origin}
    with pytest.raises(ServeError, match="DOORSTEP_OFFICE_ORIGIN"):
        compose(read_settings(environment))


def with_route(office: Office, route: Route) -> Client:
    """The office with this one route."""
    house: House = office.function.start()
    app = App("doorstep-office", lambda: house, [route], failing=FAILING, authorise=authorise)
    return Client(Gateway(app, app.routes))


def say_yes(_visit: Visit, _request: Request) -> Response:
    return Response("yes")


def test_a_route_that_needs_a_role_lets_no_stranger_in(office: Office) -> None:
    answer = with_route(office, Route("POST", "/step", say_yes, CLERKS)).request("POST", "/step")
    assert answer.status == KINDS["signed-out"].status
    assert 'data-kind="signed-out"' in answer.text
    answer = with_route(office, Route("GET", "/step", say_yes, CLERKS)).get("/step?page=2")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?to=%2Fstep%3Fpage%3D2")


def test_posts_of_other_sites_get_nowhere(office: Office) -> None:
    client = with_route(office, Route("POST", "/step", say_yes, PUBLIC))
    assert client.post_form("/step", [], Origin="http://doorstep.test").text == "yes"
    for sent in ({}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://doorstep.test:8000"}, {"Origin": "null"}):
        assert client.post_form("/step", [], **sent).status == 403


def test_a_view_that_needs_somebody_finds_somebody(office: Office) -> None:
    with pytest.raises(LookupError):
        assert Visit(office.function.start()).staff
    assert Visit(office.function.start()).csrf("/step") == ""


def test_what_breaks_is_logged_without_its_words(office: Office) -> None:
    def break_(_visit: Visit, _request: Request) -> Response:
        raise ValueError("what a person typed")

    answer = with_route(office, Route("GET", "/step", break_, PUBLIC)).get("/step")
    assert (answer.status, "系统出错" in answer.text) == (500, True)
    assert "ValueError" in office.log.getvalue()
    assert "typed" not in office.log.getvalue() + answer.text


def test_problems_of_the_rooms_below_have_their_kinds() -> None:
    from doorstep.applications.errors import NotFound
    from doorstep.applications.store import HeadFull, OutcomeUnknown, StoreUnavailable, TooLarge

    def kind(error: Exception, *, storing: bool) -> str | None:
        problem: ProblemError | None = FAILING.problem_of(error, storing=storing)
        return problem.kind if problem else None

    assert kind(NotFound(), storing=False) == "not-found"
    assert kind(TooLarge("x"), storing=True) == "too-large"
    assert kind(HeadFull("x"), storing=True) == "full"
    assert "KB" not in trouble_words(HeadFull("x"))["words"], "shorter words would not help"
    assert kind(OutcomeUnknown("x"), storing=True) == "outcome-unknown"
    assert kind(OutcomeUnknown("x"), storing=False) == "unavailable"
    assert kind(StoreUnavailable("x"), storing=True) == "not-stored"
    assert kind(KeyError("x"), storing=True) is None


def test_importing_the_function_opens_nothing(tmp_path: Path) -> None:
    """`chalice package` imports app.py where there are no keys, no build and no database; and pages wait."""
    code = "import sys, app; assert app.app.routes; assert 'chalicelib' not in sys.modules"
    functions = ROOT / "functions"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=False,
        env={"PYTHONPATH": f"{functions / 'office'}:{functions / 'common'}:{ROOT}"},
    )  # fmt: skip
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_server_reads_no_code_and_no_template_after_its_start(settings: ServeSettings) -> None:
    """Files may be updated under a running office: what it serves must be of one piece."""
    done = subprocess.run(
        [sys.executable, "-c", READS_NOTHING, str(settings.var.parent)], cwd=ROOT, capture_output=True, text=True,
        env={"PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert done.stdout.strip().splitlines()[-1:] == ["[] []"], done.stdout + done.stderr
