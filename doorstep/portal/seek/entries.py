"""What can be found, each with the phrases to find it by: guides, resources, counters, numbers to dial, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from doorstep.portal.facts.catalog import Catalog
from doorstep.portal.facts.guide_sections import QUESTIONS, question_anchor
from doorstep.portal.facts.guides import Guide
from doorstep.portal.facts.place_pages import PlaceList

Texts = list[str] | list[tuple[str, str]]
_QUESTION = re.compile(r"^### (.+?) *$", re.MULTILINE)


class Entry(NamedTuple):
    """`next` is the next step's title and address; `said` the phrases by where they come from, a question with its
    address; `key` the address under which sayings stand.
    """

    kind: str
    url: str
    title: str
    summary: str
    next: tuple[str, str] | None
    said: Mapping[str, Texts]

    @property
    def key(self) -> str:
        return self.url.strip("/").replace("tel:", "hotlines/")


def guide_entry(guide: Guide, body: str) -> Entry:
    """`body` is the guide's Markdown."""
    asked = body.partition(f"{{#{QUESTIONS}}}")[2]
    questions = [
        (title, f"{guide.url}#{question_anchor(number)}") for number, title in enumerate(_QUESTION.findall(asked), 1)
    ]
    step = ("在网上申请", f"/apply/{guide.form}/") if guide.form else None
    about = [guide.theme, *(paper["title"] for paper in guide.facts["materials"])]
    said = {"aliases": list(guide.aliases), "questions": questions, "fits": guide.facts["fits"], "about": about}
    return Entry("guide", guide.url, guide.title, guide.summary, step, said)


def resource_entries(catalog: Catalog) -> Iterator[Entry]:
    for one in catalog.offered:
        about = [catalog.vocabulary.categories[one.category].title, one.facts["audience"]]
        yield Entry("resource", one.url, one.title, one.summary, None, {"aliases": list(one.aliases), "about": about})


def list_entries(catalog: Catalog, themes: Mapping[str, Any], theme_ids: Mapping[str, str]) -> Iterator[Entry]:
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
            title = one.name if one.name.endswith(one.kind) else f"{one.name}{one.kind}"
            said = {"aliases": names} if names else {}
            yield Entry("place", f"{street.url}#{one.code}", title, f"{full}的办事窗口", None, said)


def hotline_entries(hotlines: Iterable[Mapping[str, str]]) -> Iterator[Entry]:
    for one in hotlines:
        number = one["number"]
        yield Entry("hotline", f"tel:{number}", f"{one['title']} {number}", one["for"], None, {})


def fixed_entries(pages: Iterable[tuple[str, str, str]]) -> Iterator[Entry]:
    """`pages`: address, title, summary."""
    for url, title, summary in pages:
        yield Entry("page", url, title, summary, None, {})
