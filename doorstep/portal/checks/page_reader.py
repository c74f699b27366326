"""What one built page leads to, loads and holds, for the checks that look across pages."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

#: Attributes by which a page leads or loads, and tags that none of our pages has.
LEADING = ("href", "src", "action", "formaction", "poster", "srcset", "ping")
_LEADING = frozenset(LEADING)
FOREIGN = {"applet", "base", "embed", "frame", "iframe", "object", "portal"}
#: A tag as our templates write it. Whatever else begins with “<” is left to Python's own reader, ten times slower.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-zA-Z][\w:-]*(?:="[^"<>]*")?)*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-zA-Z][\w:-]*)(?:="([^"]*)")?')
_DOCTYPE = "<!doctype html>"
#: Within these a browser looks for their end alone.
_RAW = {"script", "style", "title", "textarea", "noscript", "xmp", "plaintext", "noembed", "noframes"}


class _Tag(NamedTuple):
    """`text` is what stands between it and the next."""

    name: str
    attributes: Mapping[str, str]
    text: str


class PageReader:
    """Collects of one page: the links and assets it names, ids, tags, title, and what the CSP forbids."""

    def __init__(self, html: str) -> None:
        self.links: list[tuple[str, str]] = []
        self.canonical = ""
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.tags: list[str] = []
        self.title = ""
        self.lang = ""
        found = plain_tags(html)
        for tag in _Any(html).found if found is None else found:
            self._take(tag)

    def _take(self, tag: _Tag) -> None:
        name, given, text = tag
        self.tags.append(name)
        if name == "html":
            self.lang = given.get("lang", self.lang)
        elif name == "title" and not self.title:
            self.title = text
        if given:
            if "id" in given:
                self.ids.append(given["id"])
            if name == "link" and given.get("rel") == "canonical":  # says where the page itself is, and leads nowhere
                self.canonical = given.get("href", "")
                given = {key: value for key, value in given.items() if key != "href"}
            if not _LEADING.isdisjoint(given):
                self.links += [(key, given[key]) for key in LEADING if key in given]
            self.forbidden += [key for key in given if key in {"style", "srcdoc", "http-equiv"} or key.startswith("on")]
        is_data = given.get("type") == "application/ld+json"  # which no browser runs, and no policy stops
        if name in FOREIGN or name == "style" or (name == "script" and "src" not in given and not is_data):
            self.forbidden.append(f"<{name}>")


def plain_tags(html: str) -> list[_Tag] | None:
    """The opening tags of a page in which every “<” begins a plain tag, None of any other."""
    body = html.removeprefix(_DOCTYPE)
    found, raw = [], ""
    tags = list(_TAG.finditer(body))
    if len(tags) != body.count("<"):
        return None
    for number, tag in enumerate(tags):
        closes, name, attributes = tag.groups()
        if raw and (not closes or name != raw):
            return None
        raw = ""
        if not closes:
            raw = name if name in _RAW else ""
            until = tags[number + 1].start() if number + 1 < len(tags) else len(body)
            text = unescape(body[tag.end() : until]) if name == "title" else ""
            found.append(_Tag(name, _given(attributes), text))
    return found


@functools.lru_cache(maxsize=4_096)
def _given(attributes: str) -> Mapping[str, str]:
    """Pages have most of their tags in common."""
    found = _ATTRIBUTE.findall(attributes)
    return {name.lower(): unescape(value) if "&" in value else value for name, value in found}


class _Any(HTMLParser):
    """The same of any page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[_Tag] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(_Tag(tag, {name: value or "" for name, value in attrs}, ""))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1].name == "title" and not self.found[-1].text:
            self.found[-1] = self.found[-1]._replace(text=data)


def read_pages(site: Path, read: Mapping[str, PageReader] = MappingProxyType({})) -> dict[str, PageReader]:
    """Every page of a built site by its address: “/”, “/find/”, “/404.html”. Those `read` are not read again."""
    paths = {f"/{path.relative_to(site).as_posix()}".removesuffix("index.html"): path for path in site.rglob("*.html")}
    return {
        address: read.get(address) or PageReader(path.read_text(encoding="utf-8"))
        for address, path in sorted(paths.items())
    }
