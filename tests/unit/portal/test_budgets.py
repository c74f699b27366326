"""What every page of the built site may weigh, ask for and say. How it looks is the browser tests' matter."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest

from doorstep.portal.checks.page_reader import PageReader, read_pages

FIRST_VIEW, REQUESTS = 30_000, 5
FORM_PAGE = 12_000
INDEX = 60_000
TEXT = {".html", ".css", ".js", ".svg"}
#: Names that nobody fetches, in JSON-LD and in SVG.
NAMES = {"https://schema.org", "http://www.w3.org"}
#: Latin words that residents know, or read on what they hold.
KNOWN = {
    "PDF": "a kind of file, as phones call it",
    "MB": "how large a file may be",
    "AED": "what stands on the device on the wall",
    "Ctrl": "what stands on the key",
    "CSV": "open data, for programs",
    "JSON": "open data, for programs",
    "HSDS": "open data, for programs",
}
#: Pages for people who write the site, and who write programs: fields and formats have names of their own.
FOR_OTHERS = ("/editing/", "/open-data/")
SAID = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder", "title"}
UNREAD = {"script", "style", "code", "pre"}


class Said(HTMLParser):
    """What a page shows, and what it says of what cannot be seen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._within.append(tag)
        given = {name: value or "" for name, value in attrs}
        self.texts += [value for name, value in given.items() if name in SAID]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.texts.append(given.get("value", ""))
        if tag == "meta" and given.get("name") == "description":
            self.texts.append(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.texts.append(data)


def foreign(html: str) -> set[str]:
    words = {word for text in Said(html).texts for word in re.findall(r"[A-Za-z][A-Za-z'-]+", text)}  # A–Z aside
    return words - set(KNOWN)


@pytest.fixture(scope="session")
def site(demo: Path) -> Path:
    return demo / "site"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, PageReader]:
    return read_pages(site)


def file_of(site: Path, address: str) -> Path:
    return site / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))


@cache
def packed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes()))


def first_view(site: Path, address: str) -> set[Path]:
    """The files that a browser asks for before anybody touches the page: it, its style, icon and scripts."""
    page = file_of(site, address)
    tags = re.findall(r"<(?:link|script)\b[^>]*>", page.read_text(encoding="utf-8"))
    tags = [tag for tag in tags if not re.search(r'rel="?(alternate|canonical|next|prev)', tag)]
    named = [link for tag in tags for link in re.findall(r'\b(?:href|src)="(/[^"]+)"', tag)]
    files, wanted = {page}, [file_of(site, link) for link in named]
    while wanted:
        file = wanted.pop()
        if file not in files:
            files.add(file)
            if file.suffix == ".js":
                imports = re.findall(r"^import\b[^;]*?'(\./[^']+)'", file.read_text(encoding="utf-8"), re.MULTILINE)
                wanted += [file.parent / name for name in imports]
    return files


def of(pages: dict[str, PageReader], folder: str) -> list[str]:
    return [address for address in pages if address.startswith(folder) and address != folder]


def test_the_first_view_of_every_guide_is_light(site: Path, pages: dict[str, PageReader]) -> None:
    guides = of(pages, "/services/")
    weights = {
        address: (len(first_view(site, address)), sum(map(packed, first_view(site, address)))) for address in guides
    }
    print(max(weights.values(), key=lambda weight: weight[1]))
    assert len(guides) > 40
    assert {one: weight for one, weight in weights.items() if weight[0] > REQUESTS or weight[1] > FIRST_VIEW} == {}


def test_every_form_is_light(site: Path, pages: dict[str, PageReader]) -> None:
    weights = {address: packed(file_of(site, address)) for address in of(pages, "/apply/")}
    print(max(weights.values()))
    assert len(weights) > 25
    assert {one: weight for one, weight in weights.items() if weight > FORM_PAGE} == {}


def test_the_index_of_the_search_is_light_and_no_page_loads_it_unasked(
    site: Path, pages: dict[str, PageReader]
) -> None:
    (index,) = (site / "assets").glob("search.*.txt")
    assert packed(index) <= INDEX
    assert [address for address in pages if index in first_view(site, address)] == []


def asking(path: Path) -> str:
    """What of a file may make a browser ask for something: of a page its tags and scripts, not what it shows."""
    text = path.read_text(encoding="utf-8")
    return "".join(re.findall(r"<script\b.*?</script>|<[^>]*>", text, re.DOTALL)) if path.suffix == ".html" else text


def test_nothing_that_is_served_names_another_host(site: Path) -> None:
    found = {
        (path.relative_to(site).as_posix(), host)
        for path in site.rglob("*")
        if path.suffix in TEXT
        for host in re.findall(r"""(?:https?:|(?<=["'(]))//[\w.-]+""", asking(path))
        if host not in NAMES
    }
    assert found == set()


def test_no_page_says_anything_in_english(site: Path, pages: dict[str, PageReader]) -> None:
    for_residents = [address for address in pages if not address.startswith(FOR_OTHERS)]
    assert len(for_residents) > 200
    found = {address: foreign(file_of(site, address).read_text(encoding="utf-8")) for address in for_residents}
    assert {address: words for address, words in found.items() if words} == {}


def test_english_is_found_wherever_it_stands() -> None:
    told = '<title>Home</title><img alt="a cat"><input type="submit" value="Send"><p>身份证末尾的X</p><code>id</code>'
    assert foreign(told) == {"Home", "cat", "Send"}
    assert foreign('<meta name="description" content="About"><button aria-label="Close">关</button>') == {
        "About",
        "Close",
    }


def test_every_page_has_one_first_heading(pages: dict[str, PageReader]) -> None:
    assert {address for address, page in pages.items() if page.tags.count("h1") != 1} == set()
