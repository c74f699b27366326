"""The index of one build: everything it shows, in the form that `doorstep.search` and the browser read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pypinyin import lazy_pinyin

from doorstep.portal.facts.front_matter import read_front_matter
from doorstep.portal.facts.hardship import PAGE as HARDSHIP
from doorstep.portal.facts.search_words import SearchWords
from doorstep.portal.seek.entries import (
    Entry,
    fixed_entries,
    guide_entry,
    hotline_entries,
    list_entries,
    place_entries,
    resource_entries,
)

if TYPE_CHECKING:
    from doorstep.portal.site import Portal


class SearchIndex(NamedTuple):
    """`name` is its path in the site, which changes with its content."""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/{self.name}"


def search_index(portal: Portal, words: SearchWords) -> SearchIndex:
    told: dict[str, Any] = {
        "pages": [
            {"page": entry[:5], "said": {**entry.said, "sayings": words.sayings.get(entry.key, [])}}
            for entry in entries(portal)
        ],
        "synonyms": words.synonyms,
        "stop": words.stop,
        "weights": words.weights,
    }
    text = json.dumps(told, ensure_ascii=False)
    told["sounds"] = sounds(text)
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return SearchIndex(f"assets/search.{hashlib.sha256(content).hexdigest()[:12]}.json", content)


def entries(portal: Portal) -> Iterator[Entry]:
    """Everything that can be found in this build; of entries alike in a question, the earlier stands first."""
    for guide in portal.guides:
        yield guide_entry(guide, read_front_matter(portal.root / guide.source).body)
    yield from resource_entries(portal.catalog)
    yield from hotline_entries(portal.hotlines)
    yield from fixed_entries(fixed(portal))
    yield from list_entries(portal.catalog, portal.themes, portal.theme_ids)
    yield from place_entries(portal.places)


def fixed(portal: Portal) -> Iterator[tuple[str, str, str]]:
    for path in (portal.root / "docs" / f"{name}.md" for name in ("track", "verify", "about")):
        head = read_front_matter(path).data
        yield f"/{path.stem}/", head["title"], head["summary"]
    yield "/places/", "找办事窗口", "按街道、社区找"
    if portal.hardship.pages:
        yield "/hardship/", HARDSHIP[1], "选一选，看能申请什么"


def sounds(text: str) -> Mapping[str, str]:
    """By syllable without its tone the characters that mostly sound so: those of `text`, and all that are common."""
    characters = sorted({one for one in text if "\u4e00" <= one <= "\u9fff"} | set(_common()))
    found: dict[str, str] = {}
    for one in characters:
        syllable = lazy_pinyin(one)[0].replace("ü", "v")
        found[syllable] = found.get(syllable, "") + one
    return dict(sorted(found.items()))


def _common() -> Iterable[str]:
    """The 3,755 characters that GB 2312 puts first because they are the most used."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return (pair.decode("gb2312") for pair in rows if pair < b"\xd7\xfa")
