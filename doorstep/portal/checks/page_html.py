"""What a page's Markdown became: the few tags it makes, with nothing a browser would run, load or send."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import unescape

from markdown import Markdown

from doorstep.portal.findings.finding import Finding

#: As MkDocs has them by mkdocs.yml.
EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "def_list", "md_in_html")
#: What a page may include by name: a guide, any page, the handbook.
INCLUDED = "materials|limits|places-source|services|reported(?: [a-z0-9-]+)?|findings|plain-words|[a-z]+-facts"
#: A tag as Markdown writes it, with the attributes that a page may need; and an include.
_OWN = re.compile(
    r"</?(?:p|ul|ol|li|strong|em|code|pre|table|thead|tbody|tr|t[hd]|blockquote|d[ltd]|h[2-4]|a)>|<[hb]r ?/?>"
    r'|<h[2-4] id="[^"<>]*">|<a(?: (?:href|title)="[^"<>]*")+>|<ol start="[0-9]+">|<code class="language-[a-z0-9]+">'
    rf"|<!-- include: (?:{INCLUDED}) -->"
)
#: What a tag may have come from: an image, a title, braces that hold more than a heading's id.
_WRITTEN = {"<img": r"!\[", "<h1": "^# "}
_BRACES = r"\{:? *[^#:}\s]|\{:? *#[^}\s]+ +[^}]"
_OPENING = re.compile(r"<[/!?]*[^\s<>/]*")
_HREF = re.compile(r' href="([^"]*)"')
_BETWEEN = re.compile(r"(\n[ \t]*(?=\n))")
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)


def rendered(text: str) -> str:
    """A page's source as HTML, as the build makes it. Raises RecursionError where all is in something else."""
    try:
        return _markdown().reset().convert(_FRONT.sub("", text))
    except RecursionError:
        _markdown.cache_clear()  # it stands in the middle of something
        raise


@functools.cache
def _markdown() -> Markdown:
    """Made once: to make one takes as long as to read a short page."""
    return Markdown(extensions=EXTENSIONS)


def tangled(text: str) -> int | None:
    """The line of a paragraph in which Markdown would look for the ends of links and code too long, if there is one."""
    line = 1
    for block in _BETWEEN.split(text):
        if len(block) > 10_000 or block.count("[") > 100 or block.count("`") > 200 or " " * 40 in block:
            return line + block.startswith("\n")
        line += block.count("\n")
    return None


def links_of(html: str) -> set[str]:
    return set(map(unescape, _HREF.findall(html)))


def foreign(html: str) -> list[str]:
    """The openings of all tags and comments, as “<script”, that no page may hold; and of what is no whole tag."""
    parts = [part for part in re.findall("<[^<]*", html) if not _OWN.match(part)]
    return sorted({opening[0].replace("/", "") for part in parts if (opening := _OPENING.match(part))})


def check_html(source: str, html: str, text: str = "") -> Iterator[Finding]:
    """A finding for each kind of tag that the page `source` may not hold, at its line in `text` where that shows it."""
    for opening in foreign(html):
        written = rf"{re.escape(opening)}(?! include:)|{_WRITTEN.get(opening, _BRACES)}"
        at = re.search(written, text, re.IGNORECASE | re.MULTILINE)
        line = text.count("\n", 0, at.start()) + 1 if at else 0
        yield Finding(source, line, f"正文里有不能用的网页代码 {opening}", "去掉；正文只用手册里写的那几样", "web-code")
