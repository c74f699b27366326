"""The index that the site's build makes and both rankers read: what can be found, and the words to find it by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["guide", "resource", "place", "hotline", "page"]
KINDS: dict[Kind, str] = {
    "guide": "办事指南",
    "resource": "身边的服务",
    "place": "办事窗口",
    "hotline": "电话",
    "page": "网页",
}
"""What people call each; theme/scripts/seeking/words.js says the same in the browser."""

ENCODING = "utf-16-le"
"""Two bytes a Chinese character, not three: a fifteenth less to fetch, compressed."""
APART = "|"
"""Between the phrases of one field, which hold none."""
QUESTIONS = "questions"
"""The field whose phrases are headings that one can be led to."""


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
    numbers by name. `sounds`: by character its syllable of pinyin without the tone.
    """

    pages: list[Found]
    phrases: list[Phrase]
    synonyms: list[list[str]]
    stop: list[str]
    weights: dict[str, int]
    sounds: dict[str, str]


def question_anchor(number: int) -> str:
    """The anchor of a page's `number`th frequent question, from 1."""
    return f"question-{number}"


def common_characters() -> str:
    """The 3,755 most used characters, which GB 2312 puts first, mostly in the order of their sound."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return b"".join(pair for pair in pairs if pair < b"\xd7\xfa").decode("gb2312")


def index_of(content: bytes) -> Index:
    """Reads what `doorstep.portal.seek` wrote, told by columns: `kinds`, `urls`, `titles`, `summaries` and `steps` (the
    next step's [title, address] or 0) of all pages; `said`, by field, the phrases of each page; `sounds` as [syllable,
    count, …] of the common characters in their order, and others by syllable in `rare`.
    """
    told = json.loads(content.decode(ENCODING))
    steps = [Link(*step) if step else None for step in told["steps"]]
    columns = zip(told["kinds"], told["urls"], told["titles"], told["summaries"], steps, strict=True)
    pages = [Found(*column) for column in columns]
    return Index(
        pages,
        list(_phrases(pages, {"title": told["titles"], "summary": told["summaries"], **told["said"]})),
        [group.split(APART) for group in told["synonyms"]],
        told["stop"].split(APART),
        told["weights"],
        _sounds(told["sounds"], told["rare"]),
    )


def read_index(path: Path) -> Index:
    return index_of(path.read_bytes())


def _phrases(pages: list[Found], said: dict[str, list[str]]) -> Iterator[Phrase]:
    for number, page in enumerate(pages):
        for field, column in said.items():
            for at, text in enumerate(column[number].split(APART) if column[number] else (), 1):
                link = Link(text, f"{page.url}#{question_anchor(at)}") if field == QUESTIONS else None
                yield Phrase(number, field, text, link)


def _sounds(runs: list[str | int], rare: dict[str, str]) -> dict[str, str]:
    found = {one: syllable for syllable, characters in rare.items() for one in characters}
    characters = iter(common_characters())
    for syllable, count in zip(runs[::2], runs[1::2], strict=True):
        found |= {next(characters): str(syllable) for _ in range(int(count))}
    return found
