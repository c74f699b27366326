"""A resource: the front matter of a page in docs/resources as typed facts, or findings that say why it is not one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from doorstep.portal.facts.catalog_words import EVERYONE, SOURCE, Vocabulary
from doorstep.portal.facts.checked_page import checked_page, page_schema
from doorstep.portal.facts.confirmed import BY, by_faults, is_confirmed
from doorstep.portal.facts.data_files import Fault
from doorstep.portal.facts.front_matter import FrontMatter
from doorstep.portal.facts.guides import A_DAY
from doorstep.portal.findings.finding import Finding, said_twice, title_again

FOLDER = "docs/resources"
SCHEMA = "schemas/content/resource.json"
#: Names of pages that are made, which no resource may take.
TAKEN = ("category", "index")
#: How a resource stands that can be had, now or soon again.
OFFERED = ("active", "temporarily closed")


@dataclass(frozen=True)
class Resource:
    """One thing a neighbourhood offers. `facts` is the front matter, valid by schemas/content/resource.json."""

    id: str
    title: str
    summary: str
    category: str
    audiences: tuple[str, ...]
    aliases: tuple[str, ...]
    facts: Mapping[str, Any]
    body: str
    source: str

    @property
    def confirmed(self) -> bool:
        """Whether the published site shows it."""
        return is_confirmed(self.facts)

    @property
    def url(self) -> str:
        return f"/resources/{self.id}/"

    @property
    def offered(self) -> bool:
        return self.facts["status"] in OFFERED

    @property
    def has_more(self) -> bool:
        """Whether its page says anything that its card does not."""
        return bool(self.body.strip()) or any(self.facts.get(name) for name in ("places", "schedule", "services"))

    @property
    def streets(self) -> tuple[str, ...]:
        """The codes of the streets it is in, each once."""
        return tuple(dict.fromkeys(code[:9] for code in self.facts.get("places", ())))

    def is_for(self, audience: str) -> bool:
        """Whether this group may use it: because it is meant for them, or for everyone."""
        return audience in self.audiences or EVERYONE in self.audiences


@dataclass(frozen=True)
class Around:
    """What resources may refer to: the vocabulary, codes of places, ids of guides, and this site's addresses.

    What is None could not be read itself, and is not looked up.
    """

    vocabulary: Vocabulary | None
    places: Container[str] | None
    guides: Container[str] | None
    addresses: Container[str]


def read_resources(root: Path, around: Around, today: date | None = None) -> tuple[list[Resource], list[Finding]]:
    """The resources that nothing is wrong with, and what is wrong with the others. Without `today` no day is late."""
    paths = [path for path in sorted((root / FOLDER).glob("*.md")) if path.stem != "index"]
    if not paths:
        return [], []
    schema = page_schema(root, SCHEMA)
    resources: list[Resource] = []
    findings: list[Finding] = []
    said: dict[tuple[str, str], dict[str, int]] = {}
    for path in paths:
        source = path.relative_to(root).as_posix()
        page, found = checked_page(path, source, schema, partial(_faults, path=path, around=around, today=today))
        findings += found
        if page is None:
            continue
        resource = _resource(page, source)
        findings += title_again(source, resource.title, resource.aliases, page.line)
        _say(resource, page, said)
        resources.append(resource)
    findings += (found for (_, text), places in said.items() for found in said_twice(text, places))
    return resources, sorted(set(findings))


def _resource(page: FrontMatter, source: str) -> Resource:
    facts = page.data
    return Resource(
        facts["id"], facts["title"], facts["summary"], facts["category"], tuple(facts["for"]), tuple(facts["aliases"]),
        facts, page.body, source,
    )  # fmt: skip


def _faults(page: FrontMatter, path: Path, around: Around, today: date | None) -> Iterator[Fault]:
    """What a schema cannot say."""
    facts = page.data
    if facts["id"] != path.stem:
        yield ("id",), "id 和文件名不一样", f"把 id 改成 {path.stem}，或者改文件名", "id-not-file"
    if facts["id"] in TAKEN:
        yield ("id",), f"id 不能叫 {facts['id']}，这个地址本站自己要用", "换一个名字，文件名也改", "id-taken"
    if around.vocabulary:
        yield from _words(facts, around.vocabulary)
    yield from _references(facts, around)
    ages = facts.get("ages", {})
    if ages.get("from", 0) > ages.get("to", 120):
        yield ("ages",), "ages 的 from 比 to 大", "from 写最小几岁，to 写最大几岁", "ages-crossed"
    yield from (((BY,), *fault) for fault in by_faults(facts))
    for name in ("checked_on", "confirmed_on"):
        if name in facts:
            yield from (((name,), *fault) for fault in day_faults(name, facts[name], today))


def _references(facts: Mapping[str, Any], around: Around) -> Iterator[Fault]:
    for name, known, where, rule in (
        ("places", around.places, "docs/places/divisions.json", "place-unknown"),
        ("services", around.guides, "docs/services", "service-unknown"),
    ):
        for number, one in enumerate(facts.get(name, ())):
            if known is not None and one not in known:
                remedy = f"照 {where} 里有的写，或者去掉"
                yield (name, number), f"{name} 里的 {one} 查不到", remedy, rule
    link = facts.get("booking", {}).get("link")
    if link is not None and link not in around.addresses:
        yield (
            ("booking", "link"),
            f"预约的地址 {link} 本站没有",
            "只写本站有的页面，以 / 开头、以 / 结尾；没有就去掉 link",
            "link-dead",
        )


def _words(facts: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Fault]:
    named: list[tuple[tuple[str | int, ...], str, Mapping[str, Any], str]] = [
        (("category",), facts["category"], vocabulary.categories, "categories"),
        (("kind",), facts["kind"], vocabulary.kinds, "kinds"),
        *((("for", number), one, vocabulary.audiences, "audiences") for number, one in enumerate(facts["for"])),
    ]
    for at, word, known, group in named:
        if word not in known:
            yield (
                at,
                f"{at[0]} “{word}”不在名单里",
                f"照 {SOURCE} 的 {group} 里的 id 写：{'、'.join(known)}",
                "word-unknown",
            )


def day_faults(name: str, text: str, today: date | None) -> Iterator[tuple[str, str, str]]:
    """(problem, remedy, rule) of a day that there is not, or, with `today`, not yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield f"没有 {text} 这一天", "改成有的日子", "day-unknown"
        return
    if today is not None and day > today + A_DAY:
        yield f"{name} 还没有到", "写真正核对的那一天", "day-to-come"


def _say(resource: Resource, page: FrontMatter, said: dict[tuple[str, str], dict[str, int]]) -> None:
    """Two of one title cannot be told apart; one alias of two says too little of either."""
    named: list[tuple[tuple[str | int, ...], str, str]] = [(("title",), "title", resource.title)]
    named += [(("aliases", number), "alias", alias) for number, alias in enumerate(resource.aliases)]
    for at, what, text in named:
        said.setdefault((what, text), {}).setdefault(resource.source, page.line(at))
