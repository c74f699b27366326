"""What people say and what it means, for the search: sayings, around, synonyms and search.yml in docs/_data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from doorstep.portal.facts.data_files import Fault, read_data_file
from doorstep.portal.findings.finding import Finding
from doorstep.search.features import fold
from doorstep.search.index import APART

SYNONYMS, SETTINGS = (f"docs/_data/{name}.yml" for name in ("synonyms", "search"))
SAID = ("sayings", "around")
"""Lists by address, each of which is a field of the index: whole ideas, and words that are said around one."""
SOURCES = tuple(f"docs/_data/{name}.yml" for name in (*SAID, "synonyms", "search"))
SCHEMA = "schemas/content/{}.json"
HOTLINES = "hotlines/"
"""Before a number to dial, which has no page of its own."""


class SearchWords(NamedTuple):
    """`said`: by list and by address without its outer slashes, what people say who mean it. `synonyms`: groups of
    words that mean the same. `stop`: what carries no meaning in a question. `weights`: whole numbers by name.
    """

    said: Mapping[str, Mapping[str, list[str]]]
    synonyms: list[list[str]]
    stop: list[str]
    weights: Mapping[str, int]


def read_search_words(root: Path, known: Collection[str]) -> tuple[SearchWords | None, list[Finding]]:
    """None, and why, where one of the lists is wrong. `known` are the addresses that sayings may lead to."""
    findings: list[Finding] = []
    said = {}
    for name in SAID:
        said[name], found = read_data_file(
            root, f"docs/_data/{name}.yml", SCHEMA.format(name), lambda told: _leading(told, known)
        )
        findings += found
    synonyms, found = read_data_file(root, SYNONYMS, SCHEMA.format("synonyms"), _meaning_one_thing)
    findings += found
    settings, found = read_data_file(root, SETTINGS, SCHEMA.format("search"), lambda told: ())  # noqa: ARG005 — its schema says all
    findings += found
    if findings:
        return None, findings
    return SearchWords(said, synonyms, settings["stop"], settings["weights"]), []


def _leading(told: Mapping[str, list[str]], known: Collection[str]) -> Iterator[Fault]:
    hotlines = any(address.startswith(HOTLINES) for address in known)  # else their list is at fault, not who names them
    for address, texts in told.items():
        if address.startswith(HOTLINES) and address not in known:
            if hotlines:
                number = address.removeprefix(HOTLINES)
                yield (address,), f"没有 {number} 这条热线", "写成 docs/_data/hotlines.yml 里的号码", "saying-unknown"
        elif address not in known:
            yield (address,), f"没有 /{address}/ 这一页", "写成一页的地址，前后不要斜线", "saying-unknown"
        yield from _wordless((address,), texts)


def _meaning_one_thing(told: list[list[str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, group in enumerate(told):
        for place, word in enumerate(group):
            if word in seen:
                yield (number, place), f"“{word}”写在了两处", "一个词只放在一行里", "list-twice"
            seen.add(word)
        yield from _wordless((number,), group)


def _wordless(at: tuple[str | int, ...], texts: list[str]) -> Iterator[Fault]:
    for place, text in enumerate(texts):
        if not fold(text) or APART in text:
            yield (*at, place), f"“{text}”不是话", "写上字；不要竖线", "value-wrong"
