"""The built site: what every page must have, and what none may."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brotli
import pytest

from doorstep.portal.checks.across import check_links
from doorstep.portal.checks.page_reader import PageReader, read_pages
from doorstep.portal.facts.front_matter import read_front_matter

FORM = "/apply/minimum-living-allowance/"
GUIDE_PAGE = "/services/minimum-living-allowance/"
STRIP = "演示站：内容为示例，请勿填写真实个人信息"
ROOT = Path(__file__).parents[3]
PAGES = (
    {
        "/",
        "/404.html",
        "/about/",
        "/find/",
        "/hardship/",
        "/open-data/",
        "/places/",
        "/services/",
        "/track/",
        "/verify/",
    }
    | {f"/services/{path.stem}/" for path in (ROOT / "docs" / "services").glob("*.md") if path.stem != "index"}
    | {
        f"/apply/{path.stem}/"
        for path in (ROOT / "schemas" / "forms").glob("*.json")
        if "x-service" in json.loads(path.read_text(encoding="utf-8"))
    }
)
RESOURCES = [
    read_front_matter(path).data for path in (ROOT / "docs" / "resources").glob("*.md") if path.stem != "index"
]
PAGES |= {f"/resources/{one['id']}/" for one in RESOURCES} | {"/resources/"}
DIVISIONS = json.loads((ROOT / "docs" / "places" / "divisions.json").read_text(encoding="utf-8"))["divisions"]
PAGES |= {f"/places/{one['code']}/" for one in DIVISIONS if one["level"] == "street"}
PAGES |= {
    f"/editing/{path.stem}/".replace("/index/", "/") for path in (ROOT / "docs" / "editing").glob("*.md")
}  # the handbook, which the published site leaves out
PAGES |= {f"/resources/category/{one['category']}/" for one in RESOURCES}


@pytest.fixture(scope="session")
def pages(demo: Path) -> dict[str, PageReader]:
    return read_pages(demo / "site")


def html_of(built: Path, address: str) -> str:
    file = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
    return (built / "site" / file).read_text(encoding="utf-8")


def test_the_page_about_the_site_lists_every_service_there_is(demo: Path, pages: dict[str, PageReader]) -> None:
    named = {link for name, link in pages["/about/"].links if name == "href" and link.startswith("/services/")}
    assert named - {"/services/"} == {page for page in PAGES if page.startswith("/services/")} - {"/services/"}
    said = html_of(demo, "/about/")
    assert said.count("（能在网上申请）") == len([page for page in PAGES if page.startswith("/apply/")])
    assert not re.search("还没有|现在只有|以后会", said), "what is still missing ages"


def test_the_site_has_these_pages_and_no_other(pages: dict[str, PageReader]) -> None:
    assert set(pages) == PAGES


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_is_whole(pages: dict[str, PageReader], address: str) -> None:
    page = pages[address]
    assert page.lang == "zh-CN"
    assert page.tags.count("h1") == 1
    assert [page.tags.count(tag) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1]
    assert "main" in page.ids
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_asks_nobody_else_and_runs_nothing_inline(pages: dict[str, PageReader], address: str) -> None:
    page = pages[address]
    assert page.forbidden == []
    assert [link for _, link in page.links if not re.match(r"(/(?!/)|#|tel:[0-9]+$)", link)] == []


@pytest.mark.parametrize("address", sorted(PAGES))
def test_every_control_has_a_label(demo: Path, address: str) -> None:
    html = html_of(demo, address)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    controls = re.findall(r'<(?:input(?![^>]*type="hidden")|select|textarea)[^>]* id="([^"]+)"', html)
    assert set(controls) <= labelled
    assert not re.search(r'<(?:input(?![^>]*type="hidden")|select|textarea)(?![^>]* id=)', html)


def test_titles_differ_and_name_the_site(pages: dict[str, PageReader]) -> None:
    titles = [page.title for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert all("家门口" in title for title in titles)


def test_no_link_is_dead(demo: Path) -> None:
    assert check_links(demo / "site") == []


def test_dead_links_are_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="/gone/">x</a><a href="#no">y</a><a href="//cdn.example/x.js">z</a>')
    assert {finding.problem for finding in check_links(tmp_path)} == {
        "链接 /gone/ 没有去处", "链接 #no 要去的那一段没有", "链接 //cdn.example/x.js 没有去处",
    }  # fmt: skip


def test_nothing_of_material_or_mkdocs_is_shipped(demo: Path) -> None:
    site = demo / "site"
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    beside = {file for file in files if not file.endswith(".html")}
    handbook = r"editing/handbook\.css"
    data = r"open-data/(hsds/[a-z_]+|forms/[a-z-]+|[a-z]+)\.(csv|json)|robots\.txt"
    own = r"assets/(doorstep\.[0-9a-f]{12}\.css|icon\.[0-9a-f]{12}\.svg|search\.[0-9a-f]{12}\.txt)"
    scripts = r"assets/scripts\.[0-9a-f]{12}/[a-z_/-]+\.js"
    assert [file for file in beside if not re.fullmatch(f"{own}|{scripts}|{data}|{handbook}", file)] == []


def test_the_strip_stands_on_every_page_of_the_demo_alone(demo: Path, published: Path) -> None:
    for address in PAGES:
        assert html_of(demo, address).count(STRIP) == 1
    for address in read_pages(published / "site"):
        assert "演示" not in html_of(published, address)


def test_the_shell_has_a_place_for_title_and_content(demo: Path) -> None:
    shell = (demo / "intake" / "shell.html").read_text(encoding="utf-8")
    assert "<title><!--doorstep:title--></title>" in shell
    assert re.search(r'<main id="main" tabindex="-1"[^>]*><!--doorstep:main--></main>', shell)
    assert not (demo / "site" / "shell.html").exists()


def test_the_intake_gets_the_places_as_they_are(demo: Path) -> None:
    handed = json.loads((demo / "intake" / "divisions.json").read_text(encoding="utf-8"))
    assert sum(entry["level"] == "community" for entry in handed["divisions"]) == 112


def test_the_front_page_searches_first_and_leads_on(pages: dict[str, PageReader]) -> None:
    links = [link for _, link in pages["/"].links]
    assert {"/find/", "/track/", "/places/", GUIDE_PAGE} <= set(links)
    assert links.index("/find/") < links.index(GUIDE_PAGE)


def test_the_guide_says_what_the_law_says_and_promises_no_more(demo: Path) -> None:
    text = re.sub(r"<[^>]+>", "", html_of(demo, GUIDE_PAGE))
    assert "从正式收下开始办那天起，30个工作日内有决定；情况特殊的，最多45个工作日" in text
    assert "（民发〔2021〕57号）第二十二条" in text
    assert "<!-- include" not in html_of(demo, GUIDE_PAGE)
    assert re.findall(r"[^。]*10天[^。]*。", text.split("听说10天就能办完？")[1])[0].strip().startswith("2019年")


def test_the_guide_names_each_stage_and_who_holds_it(demo: Path) -> None:
    stages = re.findall(r"<li>([^<]+)<span>([^<]+)</span></li>", html_of(demo, GUIDE_PAGE))
    assert [office for _, office in stages] == ["户口所在的街道（乡镇）办", "户口所在的街道（乡镇）办", "区民政局办"]


def test_every_counter_is_listed_without_an_invented_address(demo: Path) -> None:
    html = html_of(demo, "/places/")
    streets = re.findall(r'<h3><a href="(/places/[0-9]+/)"', html)
    assert len(streets) == 15
    assert html.count("地址、时间待公布") == html.count('<article class="ds-place"')
    assert all("地址、时间待公布" in html_of(demo, address) for address in streets)


def test_every_community_has_its_place_on_the_page_of_its_street(pages: dict[str, PageReader]) -> None:
    communities = [one["code"] for one in DIVISIONS if one["level"] == "community"]
    assert len(communities) == 112
    for code in communities:
        address = f"/places/{code[:9]}/"
        assert code in pages[address].ids
        assert ("href", f"{address}#{code}") in pages["/places/"].links


def test_pages_are_light(demo: Path) -> None:
    style = next((demo / "site" / "assets").glob("doorstep.*.css")).read_bytes()
    packed = {"css": len(brotli.compress(style))}
    packed |= {address: len(brotli.compress(html_of(demo, address).encode())) for address in ("/", GUIDE_PAGE, FORM)}
    print(packed)
    assert packed["css"] <= 20_000
    assert all(size <= 12_000 for size in packed.values())


def test_styles_hold_to_what_a_webview_80_knows(demo: Path) -> None:
    style = next((demo / "site" / "assets").glob("doorstep.*.css")).read_text(encoding="utf-8")
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = style.replace("xmlns='http://www.w3.org/2000/svg'", "")  # a name, which nobody fetches
    assert not re.search(r":has\(|:is\(|:where\(|@layer|@import|aspect-ratio|inset:|[^-]gap:|&|https?:", style)
    screen = style.split("@media print")[0]
    sizes = re.findall(r"font(?:-size)?: *([0-9.]+)(rem|px|em)", screen)
    assert [size for size in sizes if float(size[0]) < (16 if size[1] == "px" else 1)] == []
