"""The index that the site's build makes and both rankers read: what can be found, and the words to find it by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, NamedTuple

Kind = Literal["guide", "resource", "place", "hotline", "page"]


class Link(NamedTuple):
    title: str
    url: str


class Found(NamedTuple):
    """What can be found: a page of the site, or a number to dial (`url` is then a tel: address)."""

    kind: Kind
    url: str
    title: str
    summary: str
    next: Link | None


class Phrase(NamedTuple):
    """One way of saying what `page` (its number) is about; `field` names where it comes from and so what it weighs.

    `link` is the heading it is, where it is one.
    """

    page: int
    field: str
    text: str
    link: Link | None


class Index(NamedTuple):
    """`synonyms`: groups of words that mean the same. `stop`: what carries no meaning in a question. `weights`: whole
    numbers by name. `sounds`: by syllable of pinyin (without tone) the characters that sound so.
    """

    pages: list[Found]
    phrases: list[Phrase]
    synonyms: list[list[str]]
    stop: list[str]
    weights: dict[str, int]
    sounds: dict[str, str]


def index_of(told: dict[str, Any]) -> Index:
    """Reads what `doorstep.portal.seek` wrote."""
    pages = [_found(*each["page"]) for each in told["pages"]]
    phrases = [
        Phrase(number, field, *_text(text))
        for number, each in enumerate(told["pages"])
        for field, texts in [("title", [each["page"][2]]), ("summary", [each["page"][3]]), *each["said"].items()]
        for text in texts
        if text
    ]
    return Index(pages, phrases, told["synonyms"], told["stop"], told["weights"], told["sounds"])


def _found(kind: Kind, url: str, title: str, summary: str, step: list[str] | None) -> Found:
    return Found(kind, url, title, summary, Link(*step) if step else None)


def _text(told: str | list[str]) -> tuple[str, Link | None]:
    return (told, None) if isinstance(told, str) else (told[0], Link(told[0], told[1]))


def read_index(path: Path) -> Index:
    return index_of(json.loads(path.read_text(encoding="utf-8")))
