"""The same content as a stock Material site: the peer of our search, our build and our pages' weight.

Every page has the title, summary, words people say (as tags, and as text) and prose that ours has, in plain Markdown,
an explicit navigation and `not_in_nav`. What Material makes of it is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from doorstep.portal.facts.front_matter import read_front_matter
from doorstep.portal.seek.entries import Entry, entries
from doorstep.portal.site import Portal

#: Front matter that a page of Material would tell in words.
TOLD = ("fits", "offices", "materials", "limits", "visits", "fee", "laws", "audience", "how_to_get", "provider")
SETTINGS: Mapping[str, Any] = {
    "site_name": "家门口",
    "theme": {"name": "material", "language": "zh", "font": False},
    "nav": [{"首页": "index.md"}],
    "not_in_nav": "*\n!/index.md\n",
    "markdown_extensions": ["attr_list", "def_list"],
    "validation": {"links": {"absolute_links": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"}},
}


class StockPage(NamedTuple):
    """`path` below docs/, and `address`: where our site tells the same."""

    path: str
    address: str
    text: str


def write_stock(portal: Portal, folder: Path) -> dict[str, str]:
    """Writes the tree into `folder`; gives, by the address of each page of Material's, ours."""
    pages = list(stock_pages(portal))
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 家门口\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(dict(SETTINGS), allow_unicode=True), encoding="utf-8")
    for page in pages:
        path = folder / "docs" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.text, encoding="utf-8")
    return {page.path.removesuffix("index.md").removesuffix(".md") + "/": page.address for page in pages}


def build_stock(folder: Path) -> Path:
    """The built site."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    done = subprocess.run(
        command, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "site"


def stock_pages(portal: Portal) -> Iterator[StockPage]:
    """A page for each address; what is a part of another page here (a community of its street) is a heading there."""
    told: dict[str, list[Entry]] = {}
    for entry in entries(portal):
        page, _, part = entry.url.partition("#")
        told.setdefault(page if entry.kind == "place" or not part else entry.url, []).append(entry)
    for address, (first, *parts) in told.items():
        path = address.replace("tel:", "/hotlines/").replace("#", "").strip("/")
        source = portal.root / "docs" / f"{path}.md"
        yield StockPage(f"{path}.md", address, page_text(first, parts, source))


def page_text(entry: Entry, parts: list[Entry], source: Path) -> str:
    told = source.is_file() and entry.kind in {"guide", "resource"}
    page = read_front_matter(source) if told else None
    words = said(entry)
    head = {"title": entry.title, "description": entry.summary} | ({"tags": words} if words else {})
    lines = ["---", yaml.safe_dump(head, allow_unicode=True).strip(), "---", f"# {entry.title}", entry.summary]
    lines += ["、".join(words)] if words else []
    lines += [f"- {line}" for name in TOLD if page and name in page.data for line in in_words(page.data[name])]
    lines += [page.body] if page else []
    for part in parts:
        lines += [f"## {part.title} {{#c{part.url.rpartition('#')[2]}}}", part.summary, "、".join(said(part))]
    return "\n\n".join(lines) + "\n"


def said(entry: Entry) -> list[str]:
    return [text for text in entry.said.get("aliases", []) if isinstance(text, str)]


def in_words(fact: Any) -> Iterator[str]:
    """What a fact says, a line each row."""
    for row in fact if isinstance(fact, list) else [fact]:
        yield "，".join(str(value) for value in row.values()) if isinstance(row, dict) else str(row)


def search_index(site: Path) -> Any:
    return json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
