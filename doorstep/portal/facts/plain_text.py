"""Markdown as plain text, for programs that show what they are given."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser

from markdown import Markdown

#: The elements that stand on lines of their own.
LINES = {"p", "li", "ul", "ol", "h2", "h3", "h4", "table", "tr", "blockquote", "dt", "dd"}
ITEM = "· "
#: A line of Markdown that goes on in the next one: Chinese has no space there.
_BREAK = re.compile(r"\s*\n\s*")


@functools.lru_cache(maxsize=8_192)
def plain_text(text: str) -> str:
    """What one reads of it: a line for each paragraph, heading and item; of a link its words. Several files tell it."""
    reader = _Reader()
    try:
        reader.feed(_markdown().reset().convert(text))
    except RecursionError:
        _markdown.cache_clear()  # it stands in the middle of something
        raise
    reader.close()
    lines = ("".join(line).strip() for line in reader.lines)
    return "\n".join(line for line in lines if line not in {"", ITEM.strip()})


@functools.cache
def _markdown() -> Markdown:
    return Markdown(extensions=["attr_list", "def_list"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in LINES and self.lines[-1] != [ITEM]:
            self.lines.append([])
        if tag == "li":
            self.lines[-1].append(ITEM)

    def handle_endtag(self, tag: str) -> None:
        if tag in LINES:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if self.lines[-1] != [ITEM] or data.strip():
            self.lines[-1].append(_BREAK.sub("", data))
