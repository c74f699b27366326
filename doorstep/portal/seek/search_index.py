"""The index of one build: everything it shows, in the form that `doorstep.search` and the browser read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from pypinyin import lazy_pinyin

from doorstep.portal.facts.search_words import SearchWords
from doorstep.portal.seek.entries import Entry
from doorstep.search.index import APART, ENCODING, common_characters


class SearchIndex(NamedTuple):
    """`name` is its path in the site, which changes with its content."""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        return f"/{self.name}"


def search_index(entries: Iterable[Entry], words: SearchWords) -> SearchIndex:
    """Small: a phone on a slow line fetches it. `doorstep.search.index.index_of` says what stands where."""
    every = list(entries)
    said = [entry.said | _sayings(entry, words) for entry in every]
    fields = dict.fromkeys(name for each in said for name in each)
    told: dict[str, Any] = {
        "kinds": [entry.kind for entry in every],
        "urls": [entry.url for entry in every],
        "titles": [entry.title for entry in every],
        "summaries": [entry.summary for entry in every],
        "steps": [entry.next or 0 for entry in every],
        "said": {name: [_joined(each.get(name, [])) for each in said] for name in fields},
        "synonyms": [APART.join(group) for group in words.synonyms],
        "stop": APART.join(words.stop),
        "weights": words.weights,
    }
    told |= sounds(json.dumps(told, ensure_ascii=False))
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(ENCODING)
    return SearchIndex(f"assets/search.{hashlib.sha256(content).hexdigest()[:12]}.txt", content)


def _sayings(entry: Entry, words: SearchWords) -> dict[str, list[str]]:
    told = {name: told.get(entry.key, []) for name, told in words.said.items()}
    return told | {"sayings": [], "urgent": told["sayings"]} if entry.urgent else told


def _joined(texts: Iterable[str]) -> str:
    return APART.join(text.replace(APART, " ") for text in texts)


def sounds(text: str) -> Mapping[str, Any]:
    """How the common characters sound, as [syllable, count, …] in their order, and the others of `text`."""
    common = common_characters()
    runs = [[syllable, len(list(same))] for syllable, same in groupby(map(_syllable, common))]
    rare: dict[str, str] = {}
    for one in sorted({one for one in text if "\u4e00" <= one <= "\u9fff"} - set(common)):
        rare[_syllable(one)] = rare.get(_syllable(one), "") + one
    return {"sounds": [value for run in runs for value in run], "rare": rare}


def _syllable(character: str) -> str:
    return lazy_pinyin(character)[0].replace("ü", "v")
