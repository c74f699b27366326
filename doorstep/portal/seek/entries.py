"""What can be found, each with the phrases to find it by: guides, resources, counters, numbers to dial, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.front_matter import read_front_matter
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.hardship import PAGE as HARDSHIP
from doorstep.portal.facts.hardship import Hardship
from doorstep.portal.facts.place_pages import PlaceList
from doorstep.search.index import QUESTIONS

_QUESTION = re.compile(r"^### (.+?) *$", re.MULTILINE)


class Entry(NamedTuple):
    """`next` is the next step's title and address; `said` the phrases by where they come from,
    frequent questions in their order; `key` the address under which sayings stand; what is `urgent` weighs
    more in them.
    """

    kind: str
    url: str
    title: str
    summary: str
    next: tuple[str, str] | None
    said: dict[str, list[str]]
    urgent: bool = False

    @property
    def key(self) -> str:
        return self.url.strip("/").replace("tel:", "hotlines/")


class Shown(Protocol):
    """What one build shows."""

    @property
    def root(self) -> Path: ...
    @property
    def guides(self) -> tuple[Guide, ...]: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def hotlines(self) -> tuple[dict[str, Any], ...]: ...
    @property
    def themes(self) -> Mapping[str, list[Guide]]: ...
    @property
    def theme_ids(self) -> Mapping[str, str]: ...
    @property
    def places(self) -> PlaceList: ...
    @property
    def centres(self) -> tuple[dict[str, Any], ...]: ...
    @property
    def hardship(self) -> Hardship: ...


def guide_entry(guide: Guide, body: str) -> Entry:
    """`body` is the guide's Markdown."""
    asked = body.partition(f"{{#{QUESTIONS}}}")[2]
    questions = _QUESTION.findall(asked)
    step = ("在网上申请", f"/apply/{guide.form}/") if guide.form else None
    said = {"aliases": list(guide.aliases), QUESTIONS: questions}
    return Entry("guide", guide.url, guide.title, guide.summary, step, said)


def resource_entries(catalog: Catalog) -> Iterator[Entry]:
    for one in catalog.offered:
        yield Entry("resource", one.url, one.title, one.summary, None, {"aliases": list(one.aliases)})


def list_entries(catalog: Catalog, themes: Mapping[str, list[Guide]], theme_ids: Mapping[str, str]) -> Iterator[Entry]:
    """The lists that pages stand in."""
    for theme, guides in themes.items():
        yield Entry("page", f"/services/#{theme_ids[theme]}", theme, f"这一类有{len(guides)}件事", None, {})
    for one in catalog.categories:
        url = f"/resources/category/{one.term.id}/"
        yield Entry("page", url, one.term.title, f"身边的服务和活动，这一类有{len(one.resources)}样", None, {})


def place_entries(places: PlaceList) -> Iterator[Entry]:
    for street in places.streets.values():
        full = f"{street.district}{street.name}"
        names = [street.short, *street.facts.get("aliases", ())]
        yield Entry("place", street.url, full, "办事窗口", None, {"aliases": names})
        for one in street.communities:
            names = [*one.facts.get("aliases", ()), *one.facts.get("estates", ())]
            said = {"aliases": names} if names else {}
            yield Entry("place", f"{street.url}#{one.code}", one.name, f"{full}的办事窗口", None, said)


def centre_entries(centres: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    """What stands beside the counters of streets, on their list."""
    for one in centres:
        yield Entry(
            "place", f"/places/#{one['id']}", one["title"], one["text"], None, {"aliases": one.get("aliases", [])}
        )


def hotline_entries(hotlines: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for one in hotlines:
        number = one["number"]
        yield Entry(
            "hotline", f"tel:{number}", f"{one['title']} {number}", one["for"], None, {}, one.get("urgent", False)
        )


def fixed_entries(shown: Shown) -> Iterator[Entry]:
    """Pages that are neither guides nor resources."""
    for path in (shown.root / "docs" / f"{name}.md" for name in ("track", "verify", "about")):
        head = read_front_matter(path).data
        yield Entry("page", f"/{path.stem}/", head["title"], head["summary"], None, {})
    yield Entry("page", "/places/", "找办事窗口", "按街道、社区找", None, {})
    if shown.hardship.pages:
        yield Entry("page", "/hardship/", HARDSHIP[1], "选一选，看能申请什么", None, {})


def entries(shown: Shown) -> Iterator[Entry]:
    """Everything that can be found in this build; of entries alike in a question, the earlier stands first."""
    for guide in shown.guides:
        yield guide_entry(guide, read_front_matter(shown.root / guide.source).body)
    yield from resource_entries(shown.catalog)
    yield from hotline_entries(shown.hotlines)
    yield from fixed_entries(shown)
    yield from list_entries(shown.catalog, shown.themes, shown.theme_ids)
    yield from place_entries(shown.places)
    yield from centre_entries(shown.centres)
