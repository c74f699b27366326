"""One page below docs/, read once: its text, its facts, its HTML, and what is wrong in it alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from doorstep.portal.checks.across import unconfirmed_on, words_in
from doorstep.portal.checks.file_checks import hidden_in
from doorstep.portal.checks.formula_checks import formulas_in
from doorstep.portal.checks.page_html import INCLUDED, check_html, links_of, rendered, tangled
from doorstep.portal.checks.typography import slips_in
from doorstep.portal.facts.front_matter import FrontMatter, Unreadable, read_front_matter
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import NOT_UTF8

_INCLUDE = re.compile(rf"^<!-- include: (?:{INCLUDED}) --> *$")
#: Code as Markdown sees it: as many backticks behind as before, none of them escaped.
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)")
#: Markdown would hand on a tag, a comment, an attribute in braces, or a letter written as a code, as they are.
_HTML = re.compile(r"<[A-Za-z/!?]|\{[^{}=]*=[^}]*\}|&(?!(?:lt|gt|amp|quot);)(?:#|[A-Za-z][A-Za-z0-9]*;)")
_LINK = re.compile(r"\]\(\s*+<?([^)\s>]*+)>?[^)]*+\)|^\[[^\]]+\]:\s*(\S+)")
_DIALLING = re.compile(r"\[([^\[\]]*)\]\(\s*<?tel:([^)\s>]*)")


@dataclass(frozen=True)
class ReadPage:
    """`facts` is None where the head cannot be read; whoever needs it says so. `findings` are those of its text,
    `on_lines` those of its Markdown line by line, `as_built` those of its `html`, which is empty where a line is wrong.
    Links stand with their lines, 0 where none shows them; where they may lead only all pages together tell.
    """

    source: str
    text: str
    facts: FrontMatter | None
    findings: tuple[Finding, ...]
    on_lines: tuple[Finding, ...]
    links: tuple[tuple[int, str], ...]
    html: str
    as_built: tuple[Finding, ...]
    built_links: tuple[tuple[int, str], ...]

    @property
    def address(self) -> str:
        return address_of(self.source.removeprefix("docs/"))


def read_page(path: Path, root: Path, words: Mapping[str, str]) -> ReadPage:
    """The page in `path`, below `root`; `words` are those that residents do not read, with what to write instead."""
    source = path.relative_to(root).as_posix()
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    try:
        facts = read_front_matter(path)
    except Unreadable:
        facts = None
    findings = [*unconfirmed_on(text, source), *hidden_in(text, source)]
    if "\ufffd" in text and not _is_utf8(path):
        findings.append(Finding(source, 0, *NOT_UTF8))
    if not source.startswith("docs/_data/"):
        findings += words_in(text, source, words)
    if facts:
        findings += [*slips_in(facts, source), *formulas_in(facts, source)]
    links: list[tuple[int, str]] = []
    on_lines = tuple(_line_by_line(source, text, links))
    html, as_built = ("", ()) if on_lines else _as_built(source, text)
    built_links = tuple((0, link) for link in sorted(links_of(html)))
    return ReadPage(source, text, facts, tuple(findings), on_lines, tuple(links), html, as_built, built_links)


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(source: str, text: str, links: list[tuple[int, str]]) -> Iterator[Finding]:
    """What a line shows by itself; its links are added to `links`."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = _CODE.sub("", line)
        if _HTML.search(bare) and not _INCLUDE.match(line):
            remedy = "去掉；正文只用 Markdown，<!-- include: … --> 单独占一行，名字照着别的页面写"
            yield Finding(source, number, "这一行有网页代码", remedy, "web-code")
        links += [(number, found[1] or found[2] or "") for found in _LINK.finditer(bare)]
        for shown, dialled in _DIALLING.findall(bare):
            if any(digits != dialled for digits in re.findall("[0-9]{3,}", shown)):
                problem = f"链接写的是“{shown}”，拨的是 {dialled}"
                yield Finding(source, number, problem, "写成一样", "number-unconfirmed")


@functools.lru_cache(maxsize=8_192)  # an editor saves one page of hundreds
def _as_built(source: str, text: str) -> tuple[str, tuple[Finding, ...]]:
    """What shows only once Markdown has put the lines together."""
    if line := tangled(text):
        return "", (Finding(source, line, "这一段太长，或者括号、反引号太多", "分成几段，空一行隔开", "line-long"),)
    try:
        html = rendered(text)
    except RecursionError:
        return "", (Finding(source, 0, "正文一层套一层，读不出来", "写得平一些：一条一条，不要再套", "web-code"),)
    return html, tuple(check_html(source, html, text))


def address_of(source: str) -> str:
    """“services/index.md” is at /services/, “about.md” at /about/."""
    path = source.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{path}/" if path else "/"
