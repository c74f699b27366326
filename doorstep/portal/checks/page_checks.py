"""What an editor's Markdown may hold, with file and line: no web code, and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from doorstep.portal.checks.page_html import INCLUDED, check_html, links_of, rendered, tangled
from doorstep.portal.findings.finding import Finding
from doorstep.portal.findings.yaml_faults import NOT_UTF8

#: (problem, remedy, rule) of a link, if anything is wrong with it.
FaultOf = Callable[[str], tuple[str, str, str] | None]
#: Pages without a Markdown file: address, title, template.
GENERATED = (
    ("services/index.md", "全部办事指南", "services.html"),
    ("places/index.md", "找我的办事窗口", "places.html"),
    ("find/index.md", "找一找", "find.html"),
    ("open-data/index.md", "公开的数据", "open-data.html"),
)
_INCLUDE = re.compile(rf"^<!-- include: (?:{INCLUDED}) --> *$")
#: Code as Markdown sees it: as many backticks behind as before, none of them escaped.
_CODE = re.compile(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)")
#: Markdown would hand on a tag, a comment, an attribute in braces, or a letter written as a code, as they are.
_HTML = re.compile(r"<[A-Za-z/!?]|\{[^{}=]*=[^}]*\}|&(?!(?:lt|gt|amp|quot);)(?:#|[A-Za-z][A-Za-z0-9]*;)")
_LINK = re.compile(r"\]\(\s*+<?([^)\s>]*+)>?[^)]*+\)|^\[[^\]]+\]:\s*(\S+)")
_DIALLING = re.compile(r"\[([^\[\]]*)\]\(\s*<?tel:([^)\s>]*)")
_ANCHOR = re.compile(r"\{#([A-Za-z][\w-]*)\}")
_TEMPLATE = re.compile(r"^template: *(\S+)", re.MULTILINE)
_ID = re.compile(r"""\bid="([^"{]+)\"""")


def check_encoding(root: Path, folders: dict[str, str]) -> Iterator[Finding]:
    """A finding for each file that is not UTF-8, by folder and pattern."""
    for folder, pattern in folders.items():
        for path in sorted((root / folder).rglob(pattern)):
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                yield Finding(path.relative_to(root).as_posix(), 0, *NOT_UTF8)


def check_pages(
    root: Path, forms: Iterable[str], made: Iterable[str] = (), numbers: Collection[str] = ()
) -> Iterator[Finding]:
    """Findings of every page below docs/. What only the built page shows, `checks.check_links` finds.

    `made` are the sources of more pages whose anchors no Markdown file holds, `numbers` those that a link may dial.
    """
    docs = root / "docs"
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in sorted(docs.rglob("*.md"))}
    anchors: dict[str, set[str] | None] = {address_of(path): None for path, _, _ in GENERATED}
    anchors |= {f"/apply/{form}/": None for form in forms}
    anchors |= {address_of(path.relative_to(docs).as_posix()): _ids(root, text) for path, text in texts.items()}
    anchors |= {address_of(source): None for source in made}
    for path, text in texts.items():
        source, address = path.relative_to(root).as_posix(), address_of(path.relative_to(docs).as_posix())
        by_line = list(_line_by_line(source, text, lambda link: _fault(link, address, anchors, docs, numbers)))  # noqa: B023
        yield from by_line or _as_built(source, text, lambda link: _fault(link, address, anchors, docs, numbers))  # noqa: B023


def _line_by_line(source: str, text: str, fault_of: FaultOf) -> Iterator[Finding]:
    """What a line shows by itself."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = _CODE.sub("", line)
        if _HTML.search(bare) and not _INCLUDE.match(line):
            remedy = "去掉；正文只用 Markdown，<!-- include: … --> 单独占一行，名字照着别的页面写"
            yield Finding(source, number, "这一行有网页代码", remedy, "web-code")
        for found in _LINK.finditer(bare):
            if fault := fault_of(found[1] or found[2] or ""):
                yield Finding(source, number, *fault)
        for shown, dialled in _DIALLING.findall(bare):
            if any(digits != dialled for digits in re.findall("[0-9]{3,}", shown)):
                problem = f"链接写的是“{shown}”，拨的是 {dialled}"
                yield Finding(source, number, problem, "写成一样", "number-unconfirmed")


def _as_built(source: str, text: str, fault_of: FaultOf) -> Iterator[Finding]:
    """What shows only once Markdown has put the lines together."""
    if line := tangled(text):
        yield Finding(source, line, "这一段太长，或者括号、反引号太多", "分成几段，空一行隔开", "line-long")
        return
    try:
        html = rendered(text)
    except RecursionError:
        yield Finding(source, 0, "正文一层套一层，读不出来", "写得平一些：一条一条，不要再套", "web-code")
        return
    yield from check_html(source, html, text)
    yield from (Finding(source, 0, *fault) for link in sorted(links_of(html)) if (fault := fault_of(link)))


def _fault(
    link: str, address: str, anchors: dict[str, set[str] | None], docs: Path, numbers: Collection[str]
) -> tuple[str, str, str] | None:
    """(problem, remedy, rule) of a link on the page at `address`."""
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets that begin an address and do not end it
        return f"链接 {link} 没有去处", "只写本站的地址，以 / 开头、以 / 结尾", "link-dead"
    if parts.scheme == "tel":
        if parts.path in numbers and link == f"tel:{parts.path}":
            return None
        return f"链接拨的 {parts.path} 没有确认过", "只拨 docs/_data/hotlines.yml 里的公用短号码", "number-unconfirmed"
    target = unquote(parts.path) or address
    if parts.scheme or parts.netloc or not target.startswith("/"):
        return f"链接 {link} 没有去处", "只写本站的地址，以 / 开头、以 / 结尾", "link-dead"
    if target not in anchors:
        if not target.endswith("/") and (docs / target.lstrip("/")).is_file():
            return None
        slashed = f"{target}/"
        remedy = f"改成 {slashed}" if slashed in anchors else "改成本站有的地址"
        return f"链接 {link} 没有去处", remedy, "link-dead"
    known = anchors[target]
    fragment = unquote(parts.fragment)
    # “_1” is what MkDocs calls a heading that was given no id: only the build counts those.
    if fragment and known is not None and fragment not in known and not fragment.startswith("_"):
        return f"链接 {link} 要去的那一段没有", "改成那一页上有的 id", "anchor-dead"
    return None


def site_addresses(root: Path, forms: Iterable[str]) -> set[str]:
    """Where a page may lead, as far as files say: pages below docs/, forms, and pages that are always made."""
    docs = root / "docs"
    sources = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    pages = {address_of(source) for source in (*sources, *(path for path, _, _ in GENERATED))}
    return pages | {f"/apply/{form}/" for form in forms}


def address_of(source: str) -> str:
    """“services/index.md” is at /services/, “about.md” at /about/."""
    path = source.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{path}/" if path else "/"


def _ids(root: Path, text: str) -> set[str]:
    """The ids on a page: those an editor gave headings, and those of the templates around them."""
    template = _TEMPLATE.search(text)
    names = {"main.html", template[1] if template else "guide.html"}
    files = [root / "theme" / name for name in names]
    return set(_ANCHOR.findall(text)).union(
        *(_ID.findall(file.read_text(encoding="utf-8", errors="replace")) for file in files if file.is_file())
    )
